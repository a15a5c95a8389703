package io.dayflow.hub.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.link.Count;
import io.dayflow.hub.sync.Foreseen;
import io.dayflow.hub.sync.JobStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

/** A connection has one job that is not over, beside those that wait for a person; a job ends once. */
interface JobsContract {

    Store store();

    private JobStore jobs() {
        return store().ports().jobs();
    }

    @Test
    default void aJobIsOpenedUntilItEnds() {
        Sample sample = Sample.in(store());
        assertThat(jobs().open(sample.connection)).isEmpty();
        UUID asked = store().id();
        store().request(asked, sample.connection, sample.user, true, true);

        JobStore.Open open = new JobStore.Open(asked, JobStore.Mode.FULL, true);
        assertThat(jobs().open(sample.connection)).contains(open);
        assertThat(store().status(asked)).contains("running");
        assertThat(jobs().open(sample.connection)).as("after its hub died").contains(open);
        jobs().end(asked, "completed", null, null);
        assertThat(store().status(asked)).contains("completed");
        assertThat(jobs().open(sample.connection)).isEmpty();
        jobs().end(asked, "failed", "error", "too late");
        assertThat(store().status(asked)).contains("completed");
    }

    @Test
    default void aConnectionHasOneJobThatIsNotOver() {
        Sample sample = Sample.in(store());
        UUID first = store().id();
        UUID second = store().id();
        jobs().schedule(first, sample.connection, sample.user);

        assertThatThrownBy(() -> jobs().schedule(second, sample.connection, sample.user))
                .isInstanceOf(DuplicateKeyException.class);
        jobs().request(second, sample.connection, sample.user);
        assertThat(store().status(second)).isEmpty();
        jobs().end(first, "paused", null, null);
        jobs().request(second, sample.connection, sample.user);
        assertThat(store().status(second)).isEmpty();
        assertThat(jobs().open(sample.connection))
                .as("a paused job goes on when somebody says so")
                .isEmpty();
        assertThatThrownBy(() -> jobs().schedule(second, sample.connection, sample.user))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    default void whoeverAsksForARunGetsOneWhereNoneIsOpen() {
        Sample sample = Sample.in(store());
        UUID job = store().id();

        jobs().request(job, sample.connection, sample.user);

        assertThat(store().status(job)).contains("pending");
        assertThat(jobs().open(sample.connection)).contains(new JobStore.Open(job, JobStore.Mode.INCREMENTAL, false));
    }

    @Test
    default void whatAPersonAsksOfAJobIsThereUntilItEnds() {
        Sample sample = Sample.in(store());
        UUID job = store().id();
        jobs().schedule(job, sample.connection, sample.user);
        assertThat(jobs().control(job)).isEmpty();
        store().control(job, "pause");
        assertThat(jobs().control(job)).isEqualTo("pause");
        jobs().open(sample.connection);
        assertThat(jobs().control(job)).isEqualTo("pause");
        jobs().end(job, "paused", null, null);
        assertThat(jobs().control(job)).isEmpty();
        assertThat(jobs().control(store().id())).as("a job that is no more").isEqualTo("cancel");
    }

    @Test
    default void countsAddUpAndAnEmptyJobIsForgotten() {
        Sample sample = Sample.in(store());
        UUID job = store().id();
        jobs().schedule(job, sample.connection, sample.user);
        jobs().add(job, Map.of(), 0);
        jobs().add(job, Map.of(Count.READ, 3L), 3);
        jobs().add(job, Map.of(Count.READ, 2L, Count.CREATED, 1L), 2);
        jobs().expect(job, 5);

        assertThat(store().counts(job)).isEqualTo(Map.of(Count.READ, 5L, Count.CREATED, 1L));
        jobs().forgetIfEmpty(job);
        assertThat(store().status(job)).isPresent();
        assertThat(jobs().forget(job)).isTrue();
        assertThat(store().status(job)).isEmpty();
        assertThat(jobs().forget(job)).isFalse();

        jobs().schedule(job, sample.connection, sample.user);
        jobs().add(job, Map.of(Count.READ, 3L, Count.UNCHANGED, 3L), 3);
        jobs().forgetIfEmpty(job);
        assertThat(store().status(job)).isEmpty();
        jobs().forgetIfEmpty(job);
        jobs().add(job, Map.of(Count.READ, 1L), 1);
        jobs().end(job, "completed", null, null);
        jobs().forget(job);
        assertThat(store().status(job)).isEmpty();
    }

    @Test
    default void questionsWaitBesideTheOpenJobAndTheLatestIsAsked() {
        Sample sample = Sample.in(store());
        UUID earlier = store().id();
        UUID later = store().id();
        jobs().schedule(store().id(), sample.connection, sample.user);
        assertThat(jobs().isHeld(sample.connection)).isFalse();
        assertThat(jobs().question(sample.connection)).isEmpty();

        jobs().ask(later, sample.connection, sample.user, "webhook", "Delete 20?");
        jobs().ask(earlier, sample.connection, sample.user, "incremental_sync", "Delete 12?");

        assertThat(jobs().isHeld(sample.connection)).isTrue();
        assertThat(jobs().question(sample.connection)).contains("Delete 20?");
        jobs().end(later, "completed", null, null);
        assertThat(store().status(later)).as("only its answer ends it").contains("held");
        jobs().releaseHeld(sample.connection);
        assertThat(store().status(earlier)).contains("cancelled");
        assertThat(jobs().isHeld(sample.connection)).isFalse();
    }

    @Test
    default void aPreviewIsNotedAndForgotten() {
        Sample sample = Sample.in(store());
        UUID job = store().id();
        store().request(job, sample.connection, sample.user, true, true);
        Foreseen create = new Foreseen(
                sample.connection, Foreseen.What.CREATE, store().id(), "Milk", null, Sample.titled("Milk"), null);
        Foreseen hold = new Foreseen(null, Foreseen.What.HOLD, null, "", null, null, "So many?");

        jobs().preview(job, List.of());
        jobs().preview(job, List.of(create));
        jobs().preview(job, List.of(create, hold));

        assertThat(store().foreseen(job)).isEqualTo(3);
        jobs().forgetPreview(job);
        assertThat(store().foreseen(job)).isZero();
    }
}
