package io.dayflow.hub.sync.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.sync.UndoStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What undos read and leave, in memory. */
public record MemoryUndo(MemoryStore store) implements UndoStore {

    @Override
    public Optional<Job> job(UUID userId, UUID jobId) {
        Optional<Job> run = store.jobs
                .find(jobId)
                .filter(job -> job.userId().equals(userId))
                .map(job -> new Job(job.connectionId(), job.status(), job.preview()));
        return run.or(() ->
                undone(userId, jobId).map(undone -> new Job(undone.connectionId(), "completed", undone.preview())));
    }

    private Optional<Undone> undone(UUID userId, UUID jobId) {
        return store.undone.find(jobId).filter(undone -> undone.userId().equals(userId));
    }

    @Override
    public List<Write> writes(UUID userId, UUID jobId) {
        Stream<Write> journal = store.journal.stream()
                .filter(entry -> jobId.equals(entry.jobId())
                        && entry.userId().equals(userId)
                        && !entry.cause().equals("moved"))
                .map(MemoryUndo::write);
        Stream<Write> undo = undone(userId, jobId).stream()
                .flatMap(undone -> undone.steps().stream()
                        .filter(step -> step.left() == null && step.connectionId() != null)
                        .map(step -> new Write(
                                step.itemId(),
                                step.connectionId(),
                                step.before(),
                                step.after(),
                                null,
                                null,
                                undone.at())));
        return Stream.concat(journal, undo).toList();
    }

    @Override
    public Optional<Entry> entry(UUID userId, long entryId) {
        Optional<JournalEntry> found =
                store.journal.find(entryId).filter(entry -> entry.userId().equals(userId));
        return found.map(entry -> {
            Optional<UUID> connection = Stream.concat(
                            Stream.ofNullable(entry.connectionId()), store.connections.keys().stream())
                    .findFirst();
            if (entry.cause().equals("moved") || connection.isEmpty()) {
                throw new ConflictingState("This entry tells of no write that could be taken back.");
            }
            return new Entry(write(entry), connection.get());
        });
    }

    private static Write write(JournalEntry entry) {
        return new Write(
                entry.itemId(),
                entry.connectionId(),
                fields(entry.before()),
                fields(entry.after()),
                fields(entry.itemBefore()),
                fields(entry.itemAfter()),
                entry.at());
    }

    private static @Nullable Map<String, JsonNode> fields(@Nullable View view) {
        return view == null ? null : view.fields();
    }

    @Override
    public void add(Undone undone) {
        store.undone.put(undone.jobId(), undone);
    }
}
