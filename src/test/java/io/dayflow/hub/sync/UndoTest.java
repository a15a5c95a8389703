package io.dayflow.hub.sync;

import static io.dayflow.hub.link.Count.CREATED;
import static io.dayflow.hub.link.Count.DELETED;
import static io.dayflow.hub.link.Count.FAILED;
import static io.dayflow.hub.link.Count.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.item.View;
import io.dayflow.hub.job.NotRestored;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.sync.UndoStore.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Undo writes the values from before back, as an edit that gives way to whatever came later. */
class UndoTest {

    private final MemoryScene scene = new MemoryScene();
    private final SceneAccount lists = new SceneAccount(scene, "{\"exportNew\": \"all\"}", "home", "work");

    @Test
    void whatARunTookFromTheServiceIsTakenBackOnBothSides() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk", "notes", "two"));
        lists.run();
        lists.service.set("milk", "title", "Buy oat milk");
        lists.service.set("milk", "notes", null);
        UUID run = lists.run();
        assertThat(scene.row("Buy oat milk").text("notes")).isNull();

        UUID undo = undo(run);

        assertThat(scene.row("Buy milk").text("notes")).isEqualTo("two");
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy milk");
        assertThat(lists.service.field("milk", "notes")).isEqualTo("two");
        assertThat(counts(undo)).isEqualTo(Map.of(UPDATED, 1L));
        assertThat(scene.journal().stream().filter(entry -> undo.equals(entry.jobId())))
                .singleElement()
                .satisfies(entry -> assertThat(entry.cause()).isEqualTo("undo"));
        settles();
    }

    @Test
    void aFieldThatWasEditedSinceStaysAndIsNamed() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk", "notes", "two"));
        lists.run();
        lists.service.set("milk", "title", "Buy oat milk");
        lists.service.set("milk", "notes", "three");
        UUID run = lists.run();
        scene.edit(scene.rowId("Buy oat milk"), Map.of("title", "Buy soy milk"));

        UUID undo = undo(run);

        assertThat(scene.row("Buy soy milk").text("notes")).isEqualTo("two");
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy soy milk");
        assertThat(lists.service.field("milk", "notes")).isEqualTo("two");
        assertThat(counts(undo)).isEqualTo(Map.of(UPDATED, 1L, FAILED, 1L));
        assertThat(left(undo)).singleElement().satisfies(step -> {
            assertThat(step.left()).isEqualTo(NotRestored.EDITED_LATER);
            assertThat(step.before().keySet()).containsExactly("title");
        });
    }

    @Test
    void anEditOnTheServiceThatTheHubHasNotSeenYetIsNotOverwritten() {
        SceneAccount latest = new SceneAccount(scene, "{\"conflictResolution\": \"latest\"}", "home");
        latest.service.add("milk", "home", Map.of("title", "Buy milk"));
        latest.run();
        scene.clock.move(Duration.ofMinutes(1));
        latest.service.set("milk", "title", "Buy oat milk");
        UUID run = latest.run();
        scene.clock.move(Duration.ofMinutes(1));
        latest.service.set("milk", "title", "Buy soy milk");
        scene.clock.move(Duration.ofMinutes(1));

        undo(run);
        latest.push();
        latest.run();

        assertThat(latest.service.field("milk", "title")).isEqualTo("Buy soy milk");
        assertThat(scene.row("Buy soy milk")).isNotNull();
    }

    @Test
    void whatARunPushedIsTakenBackToo() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk", "notes", "two"));
        lists.run();
        scene.edit(scene.rowId("Buy milk"), Map.of("title", "Buy oat milk"));
        scene.absorb();
        lists.service.set("milk", "notes", "three");
        UUID run = lists.run();
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy oat milk");

        undo(run);

        assertThat(scene.row("Buy milk").text("notes")).isEqualTo("two");
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy milk");
        assertThat(lists.service.field("milk", "notes")).isEqualTo("two");
        settles();
    }

    @Test
    void whatARunMadeIsDeletedEverywhere() {
        SceneAccount other = new SceneAccount(scene, "{\"exportNew\": \"all\"}", "home");
        lists.service.add("milk", "home", Map.of("title", "Buy milk"));
        UUID run = lists.run();
        assertThat(scene.rows()).hasSize(1);

        UUID undo = undo(run);
        other.push();

        assertThat(scene.rows()).isEmpty();
        assertThat(lists.held()).isEmpty();
        assertThat(other.held()).isEmpty();
        assertThat(counts(undo)).isEqualTo(Map.of(DELETED, 1L));
        settles();
    }

    @Test
    void whatARunMadeStaysWhereSomebodyEditedItSince() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk"));
        UUID run = lists.run();
        scene.edit(scene.rowId("Buy milk"), Map.of("notes", "two"));

        UUID undo = undo(run);

        assertThat(scene.row("Buy milk").text("notes")).isEqualTo("two");
        assertThat(left(undo)).extracting(Step::left).containsExactly(NotRestored.EDITED_LATER);
        assertThat(counts(undo)).isEqualTo(Map.of(FAILED, 1L));
    }

    @Test
    void aCopyOfWhatDayflowHadBeforeTheRunStays() {
        scene.add(Map.of("title", "Buy milk"));
        scene.absorb();
        UUID run = lists.run();
        assertThat(lists.held()).hasSize(1);

        UUID undo = undo(run);

        assertThat(scene.rows()).hasSize(1);
        assertThat(lists.held()).hasSize(1);
        assertThat(left(undo)).extracting(Step::left).containsExactly(NotRestored.OLDER_THAN_RUN);
    }

    @Test
    void whatARunDeletedComesBackWithItsRowAndItsCopies() {
        SceneAccount other = new SceneAccount(scene, "{\"exportNew\": \"all\"}", "home");
        UUID row = scene.add(Map.of("title", "Buy milk", "notes", "two"));
        scene.add(Map.of("title", "Buy bread"));
        scene.absorb();
        lists.push();
        other.push();
        lists.service.remove(only(lists, "Buy milk"));
        UUID run = lists.run();
        other.push();
        assertThat(scene.rows()).doesNotContainKey(row);
        assertThat(other.held()).hasSize(1);

        UUID undo = undo(run);
        other.push();

        assertThat(scene.rows().get(row).text("notes")).isEqualTo("two");
        assertThat(lists.held().values()).extracting(view -> view.text("title")).contains("Buy milk");
        assertThat(other.held().values()).extracting(view -> view.text("title")).contains("Buy milk");
        assertThat(counts(undo)).isEqualTo(Map.of(CREATED, 1L));
        settles();
    }

    @Test
    void anUndoCanItselfBeUndone() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk"));
        lists.service.add("bread", "home", Map.of("title", "Buy bread"));
        lists.run();
        lists.service.set("milk", "title", "Buy oat milk");
        lists.service.remove("bread");
        lists.service.add("salt", "home", Map.of("title", "Buy salt"));
        UUID run = lists.run();
        Map<UUID, View> afterRun = scene.rows();

        UUID undo = undo(run);
        assertThat(titles()).containsExactlyInAnyOrder("Buy milk", "Buy bread");
        UUID redo = undo(undo);

        assertThat(scene.rows()).isEqualTo(afterRun);
        assertThat(lists.held().values().stream().map(view -> view.text("title")))
                .containsExactlyInAnyOrder("Buy oat milk", "Buy salt");
        undo(redo);
        assertThat(titles()).containsExactlyInAnyOrder("Buy milk", "Buy bread");
        settles();
    }

    @Test
    void doneTwiceItChangesNothingMore() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk"));
        lists.run();
        lists.service.set("milk", "title", "Buy oat milk");
        lists.service.add("salt", "home", Map.of("title", "Buy salt"));
        UUID run = lists.run();
        undo(run);
        Map<UUID, View> rows = scene.rows();
        int writes = scene.journal().size();

        UUID again = undo(run);

        assertThat(scene.rows()).isEqualTo(rows);
        assertThat(scene.journal()).hasSize(writes);
        assertThat(scene.undone(again).steps()).isEmpty();
        assertThat(counts(again)).isEmpty();
    }

    @Test
    void aPreviewSaysTheSameAndWritesNothing() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk", "notes", "two"));
        lists.run();
        lists.service.set("milk", "title", "Buy oat milk");
        lists.service.set("milk", "notes", "three");
        UUID run = lists.run();
        scene.edit(scene.rowId("Buy oat milk"), Map.of("notes", "four"));
        scene.absorb();
        lists.push();
        Map<UUID, View> rows = scene.rows();
        var links = List.copyOf(scene.store.links.all());

        UUID preview = scene.hub.undo().undo(scene.user, run, true);

        assertThat(scene.rows()).isEqualTo(rows);
        assertThat(scene.store.links.all()).containsExactlyElementsOf(links);
        assertThat(scene.undone(preview).preview()).isTrue();
        UUID undo = undo(run);
        assertThat(scene.undone(preview).steps()).isEqualTo(scene.undone(undo).steps());
        assertThat(scene.undone(preview).steps())
                .filteredOn(step -> step.left() == null)
                .extracting(Step::connectionId)
                .containsExactly(null, lists.connection);
    }

    @Test
    void anItemThatIsNoLongerKeptIsNamed() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk"));
        lists.run();
        lists.service.remove("milk");
        UUID run = lists.run();
        lists.confirm();
        scene.store.links.keys().forEach(scene.store.links::remove);
        scene.store.items.keys().forEach(scene.store.items::remove);

        UUID undo = undo(run);

        assertThat(left(undo)).singleElement().satisfies(step -> {
            assertThat(step.left()).isEqualTo(NotRestored.FORGOTTEN);
            assertThat(step.title()).isEqualTo("Buy milk");
        });
    }

    @Test
    void whereNothingIsWrittenAnyMoreDayflowIsRestoredAndTheServiceNamed() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk"));
        lists.run();
        lists.service.set("milk", "title", "Buy oat milk");
        UUID run = lists.run();
        lists.set("{\"syncDirection\": \"one_way\"}");

        UUID undo = undo(run);

        assertThat(titles()).containsExactly("Buy milk");
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy oat milk");
        assertThat(left(undo)).singleElement().satisfies(step -> {
            assertThat(step.left()).isEqualTo(NotRestored.NOT_WRITTEN);
            assertThat(step.connectionId()).isEqualTo(lists.connection);
        });
    }

    @Test
    void whatWasWrittenToADisconnectedServiceIsNamed() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk"));
        lists.run();
        scene.edit(scene.rowId("Buy milk"), Map.of("title", "Buy oat milk"));
        scene.absorb();
        UUID run = lists.run();
        scene.store.connections.remove(lists.connection);

        UUID undo = scene.hub.undo().undo(scene.user, run, false);

        assertThat(titles()).containsExactly("Buy oat milk");
        assertThat(left(undo)).extracting(Step::left).containsExactly(NotRestored.DISCONNECTED);
    }

    @Test
    void oneLivePushIsTakenBackByItsEntry() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk"));
        lists.run();
        UUID row = scene.rowId("Buy milk");
        scene.edit(row, Map.of("title", "Buy oat milk"));
        scene.absorb();
        lists.push();

        scene.hub.undo().undoEntry(scene.user, scene.lastEntry(row), false);
        lists.push();

        assertThat(titles()).containsExactly("Buy milk");
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy milk");
        settles();
    }

    @Test
    void aLaterDeletionIsNotTakenBack() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk"));
        lists.service.add("bread", "home", Map.of("title", "Buy bread"));
        lists.run();
        lists.service.set("milk", "title", "Buy oat milk");
        UUID run = lists.run();
        scene.delete(scene.rowId("Buy oat milk"));
        scene.absorb();

        UUID undo = undo(run);

        assertThat(titles()).containsExactly("Buy bread");
        assertThat(left(undo)).extracting(Step::left).containsExactly(NotRestored.DELETED_LATER);
    }

    @Test
    void anOccurrenceThatTheServiceLeftBehindIsNotCompletedAgain() {
        lists.service.add("water", "home", Map.of("title", "Water", "due", "2026-12-01", "recurrence", "FREQ=DAILY"));
        lists.run();
        UUID row = scene.rowId("Water");
        scene.edit(row, Map.of("status", "completed", "completedAt", "2026-11-01T09:00:00Z"));
        scene.absorb();
        lists.service.complete("water");
        UUID run = lists.run();
        assertThat(lists.service.field("water", "due")).isEqualTo("2026-12-02");

        UUID undo = undo(run);

        assertThat(lists.service.field("water", "due")).isEqualTo("2026-12-02");
        assertThat(scene.rows().get(row).text("status")).isEqualTo("pending");
        assertThat(left(undo)).extracting(Step::left).contains(NotRestored.NEXT_OCCURRENCE);
        settles();
    }

    @Test
    void aSetLosesOnlyTheElementThatTheRunAdded() {
        UUID row = scene.add(Map.of("title", "Buy milk"));
        scene.absorb();
        lists.push();
        scene.clock.move(Duration.ofMinutes(1));
        lists.service.setLabels(only(lists, "Buy milk"), "shop", "soon");
        UUID run = lists.run();
        scene.editLabels(row, "shop", "soon", "mine");

        undo(run);

        assertThat(scene.rows().get(row).get("labels").toString()).isEqualTo("[\"mine\"]");
    }

    @Test
    void onlyWhatIsOverCanBeUndoneAndOnlyByItsUser() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk"));
        UUID run = lists.run();

        assertThatThrownBy(() -> scene.hub.undo().undo(UUID.randomUUID(), run, false))
                .isInstanceOf(NotFound.class);
        scene.store.jobs.update(run, job -> job.withStatus("running"));
        assertThatThrownBy(() -> undo(run)).isInstanceOf(ConflictingState.class).hasMessageContaining("running");
    }

    private UUID undo(UUID job) {
        scene.clock.move(Duration.ofMinutes(1));
        UUID undo = scene.hub.undo().undo(scene.user, job, false);
        scene.clock.move(Duration.ofMinutes(1));
        lists.push();
        return undo;
    }

    /** Nothing is left to be written on either side. */
    private void settles() {
        scene.absorb();
        lists.push();
        int writes = scene.journal().size();
        lists.run();
        lists.push();
        assertThat(scene.journal()).hasSize(writes);
    }

    private List<Step> left(UUID undo) {
        return scene.undone(undo).steps().stream()
                .filter(step -> step.left() != null)
                .toList();
    }

    private Map<Count, Long> counts(UUID undo) {
        return scene.undone(undo).counts();
    }

    private List<String> titles() {
        return scene.rows().values().stream().map(view -> view.text("title")).toList();
    }

    private static String only(SceneAccount account, String title) {
        return account.held().entrySet().stream()
                .filter(held -> title.equals(held.getValue().text("title")))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
