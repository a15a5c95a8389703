package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.provider.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sweep finds what nobody told of, on either side, and takes it through the merge; a second one finds nothing. */
class SweepTest {

    private final MemoryScene scene = new MemoryScene();
    private final SceneAccount lists =
            new SceneAccount(scene, "{\"exportNew\": \"all\", \"conflictResolution\": \"manual\"}", "home");

    /** Whatever a sweep did, the next one has nothing to do, and both sides agree. */
    @AfterEach
    void nothingIsLeftForASecondSweep() {
        scene.absorb();
        lists.push();
        assertThat(lists.sweep()).isZero();
        int writes = lists.service.writes.size();
        assertThat(lists.sweep()).isZero();
        assertThat(lists.service.writes).hasSize(writes);
    }

    @Test
    void aValueThatChangedInAKnownVersionIsFoundByASweepAndByNothingElse() {
        milk();
        lists.service.corrupt("milk", "title", "Buy milt");

        lists.run();
        assertThat(scene.row("Buy milk")).isNotNull();

        assertThat(lists.sweep()).isEqualTo(1);
        assertThat(scene.row("Buy milt")).isNotNull();
        assertThat(scene.journal().getLast().cause()).isEqualTo("sweep");
    }

    @Test
    void aRowThatChangedBehindTheCaptureReachesTheService() {
        milk();
        UUID row = scene.rowId("Buy milk");
        scene.unnoticed(() -> scene.edit(row, Map.of("title", "Buy oat milk")));

        scene.absorb();
        lists.run();
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy milk");

        assertThat(lists.sweep()).isEqualTo(1);
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy oat milk");
    }

    @Test
    void bothSidesChangedUnnoticedIsAConflictAsAlways() {
        milk();
        UUID row = scene.rowId("Buy milk");
        scene.unnoticed(() -> scene.edit(row, Map.of("title", "Buy oat milk", "notes", "two")));
        lists.service.corrupt("milk", "title", "Buy milt");

        assertThat(lists.sweep()).isEqualTo(2);

        assertThat(scene.store.conflicts.stream().filter(conflict -> conflict.open()))
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.content().fields())
                        .singleElement()
                        .satisfies(field -> {
                            assertThat(field.field()).isEqualTo("title");
                            assertThat(field.dayflow().asText()).isEqualTo("Buy oat milk");
                            assertThat(field.external().asText()).isEqualTo("Buy milt");
                        }));
        assertThat(lists.service.field("milk", "notes")).isEqualTo("two");
    }

    @Test
    void whatIsMerelyNewIsTakenAsUsualAndCountsAsNoRepair() {
        milk();
        lists.service.set("milk", "title", "Buy oat milk");
        lists.service.add("bread", "home", Map.of("title", "Buy bread"));
        scene.add(Map.of("title", "Buy tea", "status", "pending", "priority", "medium"));
        UUID row = scene.rowId("Buy milk");
        scene.edit(row, Map.of("notes", "two"));

        assertThat(lists.sweep()).isZero();

        assertThat(scene.row("Buy oat milk").text("notes")).isEqualTo("two");
        assertThat(lists.service.field("milk", "notes")).isEqualTo("two");
        assertThat(scene.row("Buy bread")).isNotNull();
    }

    @Test
    void aWriteThatTheServiceTookAndLostIsMadeAgainAndIsNobodysEdit() {
        milk();
        lists.service.losesWrites = 1;
        scene.edit(scene.rowId("Buy milk"), Map.of("title", "Buy oat milk"));
        scene.absorb();
        lists.push();
        scene.clock.move(Duration.ofHours(1));
        lists.run();
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy milk");

        assertThat(lists.sweep()).isEqualTo(1);

        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy oat milk");
        assertThat(scene.row("Buy oat milk")).isNotNull();
    }

    @Test
    void whatTheServicesUserTookBackIsTheirEditAndNoLostWrite() {
        milk();
        scene.edit(scene.rowId("Buy milk"), Map.of("title", "Buy oat milk"));
        scene.absorb();
        lists.push();
        scene.clock.move(Duration.ofHours(1));
        lists.service.set("milk", "title", "Buy milk");

        assertThat(lists.sweep()).isZero();

        assertThat(scene.row("Buy milk")).isNotNull();
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy milk");
    }

    @Test
    void aPushThatWasForgottenIsMade() {
        milk();
        scene.edit(scene.rowId("Buy milk"), Map.of("title", "Buy oat milk"));
        scene.absorb();
        forget();
        lists.run();
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy milk");

        assertThat(lists.sweep()).isEqualTo(1);
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy oat milk");
    }

    @Test
    void aCopyThatWasNeverMadeIsMade() {
        UUID row = scene.add(Map.of("title", "Buy tea", "status", "pending", "priority", "medium"));
        scene.absorb();
        forget();
        lists.run();
        assertThat(lists.service.ids()).isEmpty();

        assertThat(lists.sweep()).isEqualTo(1);
        assertThat(lists.service.field(row.toString(), "title")).isEqualTo("Buy tea");
    }

    @Test
    void anObjectThatNoListingOfChangesNamesIsTakenIn() {
        milk();
        lists.service.add("bread", "home", Map.of("title", "Buy bread"));
        lists.passOver();
        lists.run();
        assertThat(scene.rows()).hasSize(1);

        assertThat(lists.sweep()).isEqualTo(1);
        assertThat(scene.row("Buy bread")).isNotNull();
    }

    @Test
    void aDeletionThatNobodyToldOfIsProvenByTheEnumerationAndCarriedOver() {
        milk();
        lists.service.vanish("milk");
        lists.run();
        assertThat(scene.rows()).hasSize(1);

        assertThat(lists.sweep()).isEqualTo(1);
        assertThat(scene.rows()).isEmpty();
    }

    @Test
    void tooManyCopiesThatAreGoneAreHeldAndNotDeleted() {
        for (int i = 0; i < 20; i++) {
            lists.service.add("t" + i, "home", Map.of("title", "Task " + i));
        }
        lists.run();
        for (int i = 0; i < 20; i++) {
            lists.service.vanish("t" + i);
        }

        UUID job = lists.run(JobStore.Mode.SWEEP);

        assertThat(scene.store.jobs.get(job).status()).isEqualTo("held");
        assertThat(scene.store.jobs.get(job).counts()).containsEntry(Count.REPAIRED, 20L);
        assertThat(scene.rows()).hasSize(20);
        lists.confirm();
        assertThat(scene.rows()).isEmpty();
    }

    @Test
    void aRowThatWasDeletedBehindTheCaptureGoesFromTheService() {
        milk();
        UUID row = scene.rowId("Buy milk");
        scene.unnoticed(() -> scene.delete(row));

        assertThat(lists.sweep()).isEqualTo(1);
        assertThat(lists.service.isGone("milk")).isTrue();
    }

    @Test
    void whatWasRefusedIsNotAskedForAgain() {
        milk();
        scene.edit(scene.rowId("Buy milk"), Map.of("title", "Buy oat milk"));
        scene.absorb();
        lists.service.writeFault.set(new Fault.Rejected("no oats"));
        lists.push();
        int writes = lists.service.writes.size();

        assertThat(lists.sweep()).isZero();
        assertThat(lists.service.writes).hasSize(writes);
        assertThat(scene.store.letters.all()).hasSize(1);
    }

    @Test
    void aSweepThatIsCancelledStopsBetweenPages() {
        milk();
        lists.service.corrupt("milk", "title", "Buy milt");
        UUID job = scene.id();
        lists.service.onAnswer = () -> scene.store.jobs.update(job, open -> open.withControl("cancel"));

        lists.run(job, JobStore.Mode.SWEEP);

        assertThat(scene.store.jobs.get(job).status()).isEqualTo("cancelled");
        assertThat(scene.row("Buy milk")).isNotNull();
        lists.service.onAnswer = () -> {};
        assertThat(lists.sweep()).isEqualTo(1);
    }

    private void milk() {
        lists.service.add("milk", "home", Map.of("title", "Buy milk"));
        lists.run();
        scene.absorb();
        assertThat(scene.row("Buy milk")).isNotNull();
    }

    /** As if the hub had lost sight of what it still has to push. */
    private void forget() {
        scene.store.links.keys().forEach(id -> scene.store.links.update(id, (Link link) -> link.withPending(false)));
    }
}
