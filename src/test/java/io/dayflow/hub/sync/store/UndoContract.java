package io.dayflow.hub.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.job.NotRestored;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.sync.UndoStore;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The journal holds every write in its order, and tells it to its user only. */
interface UndoContract {

    Store store();

    private UndoStore undos() {
        return store().ports().undos();
    }

    private UUID done(Sample sample) {
        UUID job = store().id();
        store().ports().jobs().schedule(job, sample.connection, sample.user);
        store().ports().jobs().end(job, "completed", null, null);
        return job;
    }

    @Test
    default void aJobsWritesAreToldInTheirOrderWithoutMoves() {
        Sample sample = Sample.in(store());
        UUID job = done(sample);
        StoredItem item = sample.kept("Milk");
        sample.write(out -> {
            out.journal(sample.entry(job, item, null, null, Sample.titled("a"), "sync"));
            out.journal(sample.entry(job, item, null, Sample.titled("a"), Sample.titled("a"), "moved"));
            out.journal(sample.entry(store().id(), item, null, Sample.titled("a"), Sample.titled("x"), "sync"));
            out.journal(new JournalEntry(
                    store().now(),
                    sample.user,
                    job,
                    item.id(),
                    null,
                    Sample.titled("a"),
                    Sample.titled("b"),
                    Sample.titled("rich a"),
                    Sample.titled("rich b"),
                    "sync"));
        });
        sample.write(out -> out.journal(sample.entry(job, item, sample.connection, Sample.titled("b"), null, "push")));

        List<UndoStore.Write> writes = undos().writes(sample.user, job);

        assertThat(writes)
                .extracting(
                        UndoStore.Write::itemId,
                        UndoStore.Write::connectionId,
                        UndoStore.Write::before,
                        UndoStore.Write::after,
                        UndoStore.Write::itemBefore,
                        UndoStore.Write::itemAfter)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(item.id(), null, null, Sample.fields("a"), null, null),
                        org.assertj.core.groups.Tuple.tuple(
                                item.id(),
                                null,
                                Sample.fields("a"),
                                Sample.fields("b"),
                                Sample.fields("rich a"),
                                Sample.fields("rich b")),
                        org.assertj.core.groups.Tuple.tuple(
                                item.id(), sample.connection, Sample.fields("b"), null, null, null));
        assertThat(undos().writes(store().user("UTC"), job)).isEmpty();
        assertThat(undos().job(sample.user, job)).contains(new UndoStore.Job(sample.connection, "completed", false));
        assertThat(undos().job(store().user("UTC"), job)).isEmpty();
    }

    @Test
    default void oneEntryIsFoundByItsNumberUnlessItIsAMove() {
        Sample sample = Sample.in(store());
        UUID job = done(sample);
        StoredItem item = sample.kept("Milk");
        sample.write(out -> out.journal(
                sample.entry(job, item, sample.connection, Sample.titled("a"), Sample.titled("b"), "push")));
        long number = store().lastEntry(item.id());
        sample.write(
                out -> out.journal(sample.entry(job, item, null, Sample.titled("b"), Sample.titled("b"), "moved")));
        long moved = store().lastEntry(item.id());

        assertThat(moved).isGreaterThan(number);
        UndoStore.Entry entry = undos().entry(sample.user, number).orElseThrow();
        assertThat(entry.connectionId()).isEqualTo(sample.connection);
        assertThat(entry.write().after()).isEqualTo(Sample.fields("b"));
        assertThat(undos().entry(store().user("UTC"), number)).isEmpty();
        assertThatThrownBy(() -> undos().entry(sample.user, moved)).isInstanceOf(ConflictingState.class);
    }

    @Test
    default void anUndoIsAJobThatTellsWhatItLeftToBePushed() {
        Sample sample = Sample.in(store());
        UUID job = done(sample);
        UUID undo = store().id();
        StoredItem item = sample.kept("Milk");
        var here = new UndoStore.Step(item.id(), "Milk", null, "update", Sample.fields("b"), Sample.fields("a"), null);
        var there = new UndoStore.Step(
                item.id(), "Milk", sample.connection, "update", Sample.fields("b"), Sample.fields("a"), null);
        var left = new UndoStore.Step(
                item.id(), "Milk", sample.connection, "update", Sample.fields("b"), null, NotRestored.CANNOT_HOLD);
        undos().add(new UndoStore.Undone(
                undo,
                sample.connection,
                sample.user,
                job,
                null,
                false,
                store().now().truncatedTo(ChronoUnit.MICROS),
                1,
                Map.of(Count.UPDATED, 1L),
                List.of(here, there, left)));

        assertThat(undos().job(sample.user, undo)).contains(new UndoStore.Job(sample.connection, "completed", false));
        assertThat(undos().writes(sample.user, undo))
                .singleElement()
                .matches(write -> sample.connection.equals(write.connectionId())
                        && Sample.fields("b").equals(write.before())
                        && Sample.fields("a").equals(write.after()));
        assertThat(undos().writes(store().user("UTC"), undo)).isEmpty();
    }
}
