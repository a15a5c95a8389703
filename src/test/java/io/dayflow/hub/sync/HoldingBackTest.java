package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.link.Link;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hub deletes on proof only, in bulk only when asked, and keeps what it deleted. */
class HoldingBackTest {

    private final MemoryScene scene = new MemoryScene();
    private final SceneAccount lists = new SceneAccount(scene, "{\"exportNew\": \"all\"}", "home", "work");

    // ---- the guard's borders, wherever deletions come from

    @ParameterizedTest
    @CsvSource({"40, 10, false", "43, 11, false", "42, 11, true", "12, 11, true", "99, 25, false", "99, 26, true"})
    void aRunThatFindsThemGone(int all, int gone, boolean held) {
        // and one task more, in the other list
        given(all);

        IntStream.range(0, gone).forEach(i -> lists.service.remove("t" + i));
        UUID run = lists.run();

        assertThat(scene.store.jobs.get(run).status()).isEqualTo(held ? "held" : "completed");
        assertThat(scene.rows()).hasSize(held ? all + 1 : all + 1 - gone);
    }

    @ParameterizedTest
    @CsvSource({"40, 10, false", "43, 11, false", "42, 11, true"})
    void rowsDeletedInDayflow(int all, int gone, boolean held) {
        // and one task more, in the other list
        given(all);

        deleteRows(gone);
        lists.push();

        assertThat(lists.held()).hasSize(held ? all + 1 : all + 1 - gone);
        assertThat(scene.store.jobs.stream().filter(job -> job.status().equals("held")))
                .hasSize(held ? 1 : 0);
    }

    @Test
    void rowsDeletedOneByOneAreJudgedTogetherForFiveMinutes() {
        given(30);
        deleteRows(10);
        lists.push();
        assertThat(lists.held()).hasSize(21);

        deleteRows(1);
        lists.push();
        assertThat(lists.held()).hasSize(21);

        scene.clock.move(Duration.ofMinutes(6));
        lists.push();
        assertThat(lists.held()).hasSize(20);
    }

    @Test
    void deletionsThatAreToldOneByOneAreJudgedTogether() {
        given(30);
        for (int i = 0; i < 10; i++) {
            lists.service.remove("t" + i);
            lists.hint("home", "t" + i);
        }
        assertThat(scene.rows()).hasSize(21);

        lists.service.remove("t10");
        lists.hint("home", "t10");

        assertThat(scene.rows()).hasSize(21);
        assertThat(scene.store.jobs.stream().filter(job -> job.status().equals("held")))
                .hasSize(1);
        lists.confirm();
        assertThat(scene.rows()).hasSize(20);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "9, true"})
    void aListThatIsSuddenlyEmpty(int items, boolean held) {
        given(items);
        scene.store.collections.keys().forEach(scene.ports.collections()::rewind);
        lists.service.whole = Listing.Coverage.EVERYTHING;

        IntStream.range(0, items).forEach(i -> lists.service.remove("t" + i));
        UUID run = lists.run();

        assertThat(scene.store.jobs.get(run).status()).isEqualTo(held ? "held" : "completed");
        assertThat(scene.rows()).hasSize(held ? items + 1 : 1);
    }

    @Test
    void aConfirmationLetsGoWhatWasFoundAndNothingThatComesLater() {
        given(30);
        IntStream.range(0, 12).forEach(i -> lists.service.remove("t" + i));
        lists.run();

        lists.confirm();
        assertThat(scene.rows()).hasSize(19);

        IntStream.range(12, 24).forEach(i -> lists.service.remove("t" + i));
        UUID next = lists.run();
        assertThat(scene.store.jobs.get(next).status()).isEqualTo("held");
        assertThat(scene.rows()).hasSize(19);
    }

    @Test
    void whatAnUndoDeletesIsJudgedToo() {
        UUID first = given(30);

        scene.hub.undo().undo(scene.user, first, false);
        lists.push();

        assertThat(scene.rows()).isEmpty();
        assertThat(lists.held()).hasSize(31);
        assertThat(scene.store.jobs.stream().filter(job -> job.status().equals("held")))
                .hasSize(1);
    }

    // ---- proof

    @Test
    void absenceFromAListingOfChangesOrOfTheVisibleIsNoProof() {
        given(3);
        scene.store.collections.keys().forEach(scene.ports.collections()::rewind);
        lists.service.complete("t0");
        lists.service.whole = Listing.Coverage.VISIBLE;

        lists.run();
        lists.run();

        assertThat(scene.rows()).hasSize(4);
    }

    // ---- kept, and taken back

    @Test
    void aDeletionIsTakenBackOnEverySide() {
        UUID row = given(2, "t1");
        scene.edit(row, Map.of("notes", "two"));
        scene.absorb();
        lists.push();
        scene.delete(row);
        scene.absorb();
        lists.push();
        assertThat(lists.held()).hasSize(2);

        scene.hub.restore().restore(scene.user, row);
        lists.push();

        assertThat(scene.rows().get(row).text("notes")).isEqualTo("two");
        assertThat(lists.held()).hasSize(3);
        lists.run();
        assertThat(scene.rows()).hasSize(3);
    }

    @Test
    void aCopyThatTheServiceKeptIsTheItemsAgain() {
        lists.set("{\"exportNew\": \"all\", \"deletePolicy\": \"keep\"}");
        UUID row = given(2, "t1");
        scene.delete(row);
        scene.absorb();
        lists.push();
        assertThat(lists.held()).hasSize(3);

        scene.hub.restore().restore(scene.user, row);
        lists.push();
        scene.edit(row, Map.of("title", "Changed"));
        scene.absorb();
        lists.push();

        assertThat(lists.held()).hasSize(3);
        assertThat(lists.service.field("t1", "title")).isEqualTo("Changed");
        lists.run();
        assertThat(scene.rows()).hasSize(3);
    }

    @Test
    void aDeletionThatIsHeldBackIsTakenBackWithoutAWrite() {
        given(20);
        deleteRows(15);
        lists.push();
        int writes = lists.service.writes.size();

        scene.store.items.stream()
                .filter(item -> item.isDeleted())
                .map(item -> item.id())
                .toList()
                .forEach(id -> scene.hub.restore().restore(scene.user, id));
        lists.push();

        assertThat(scene.rows()).hasSize(21);
        assertThat(lists.service.writes).hasSize(writes);
        assertThat(scene.store.links.stream().filter(Link::pending)).isEmpty();
    }

    @Test
    void onlyWhatIsDeletedAndOnesOwnIsTakenBack() {
        UUID row = given(2, "t1");
        assertThatThrownBy(() -> scene.hub.restore().restore(scene.user, row))
                .isInstanceOf(ConflictingState.class)
                .hasMessageContaining("not deleted");
        assertThatThrownBy(() -> scene.hub.restore().restore(scene.user, UUID.randomUUID()))
                .isInstanceOf(NotFound.class);
        scene.delete(row);
        scene.absorb();
        UUID stranger = scene.id();
        scene.store.zones.put(stranger, ZoneOffset.UTC);
        assertThatThrownBy(() -> scene.hub.restore().restore(stranger, row)).isInstanceOf(NotFound.class);
    }

    @Test
    void whileAConflictAsksAboutTheDeletionThatIsWhereItIsDecided() {
        lists.set("{\"conflictResolution\": \"manual\"}");
        UUID row = given(2, "t1");
        scene.delete(row);
        lists.service.set("t1", "title", "Edited");
        lists.run();
        scene.absorb();
        assertThat(scene.store.conflicts.stream().filter(conflict -> conflict.open()))
                .hasSize(1);

        assertThatThrownBy(() -> scene.hub.restore().restore(scene.user, row))
                .isInstanceOf(ConflictingState.class)
                .hasMessageContaining("conflict");
        scene.clock.move(Duration.ofDays(31));
        assertThat(scene.hub.forgetDeleted().forget()).isZero();
    }

    @Test
    void whatWasDeletedIsForgottenAfterThirtyDaysUnlessItsCopyStillWaits() {
        given(20);
        lists.service.remove("t0");
        lists.run();
        deleteRows(15);
        lists.push();
        assertThat(lists.held()).as("held back").hasSize(20);

        scene.clock.move(Duration.ofDays(29));
        assertThat(scene.hub.forgetDeleted().forget()).isZero();
        scene.clock.move(Duration.ofDays(2));
        assertThat(scene.hub.forgetDeleted().forget()).isEqualTo(1);
        assertThat(scene.store.items.stream().filter(item -> item.isDeleted())).hasSize(15);

        lists.confirm();
        assertThat(lists.held()).hasSize(5);
        assertThat(scene.hub.forgetDeleted().forget()).isEqualTo(15);
        lists.run();
        assertThat(scene.rows()).hasSize(5);
    }

    /** So many tasks in one list and one in another, all in agreement; the run that took them over. */
    private UUID given(int tasks) {
        IntStream.range(0, tasks).forEach(i -> lists.service.add("t" + i, "home", Map.of("title", "Task " + i)));
        lists.service.add("other", "work", Map.of("title", "Other"));
        UUID run = lists.run();
        assertThat(scene.rows()).hasSize(tasks + 1);
        return run;
    }

    private UUID given(int tasks, String id) {
        given(tasks);
        return scene.rowId("Task " + id.substring(1));
    }

    private void deleteRows(int count) {
        var rows = new ArrayList<UUID>();
        scene.store.rows.stream()
                .filter(row -> row.view().fields().get("title").asText().startsWith("Task"))
                .limit(count)
                .forEach(row -> rows.add(row.id()));
        rows.forEach(scene::delete);
        scene.absorb();
    }
}
