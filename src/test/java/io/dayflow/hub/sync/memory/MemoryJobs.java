package io.dayflow.hub.sync.memory;

import io.dayflow.hub.link.Count;
import io.dayflow.hub.sync.Foreseen;
import io.dayflow.hub.sync.JobStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** Jobs in memory. */
public record MemoryJobs(MemoryStore store) implements JobStore {

    private static final Set<String> UNFINISHED = Set.of("pending", "running", "paused");
    private static final Set<Count> NOTHING_DONE = Set.of(Count.READ, Count.UNCHANGED);

    /** A job as it is kept. */
    public record Stored(
            UUID id,
            UUID connectionId,
            UUID userId,
            String operation,
            Mode mode,
            boolean preview,
            String status,
            String control,
            Map<Count, Long> counts,
            @Nullable String message,
            @Nullable Instant startedAt,
            List<Foreseen> changes) {

        /** A job that somebody asks for. */
        public static Stored requested(UUID id, UUID connectionId, UUID userId, boolean full, boolean preview) {
            return requested(id, connectionId, userId, full ? Mode.FULL : Mode.INCREMENTAL, preview);
        }

        /** A job that somebody asks for. */
        public static Stored requested(UUID id, UUID connectionId, UUID userId, Mode mode, boolean preview) {
            return new Stored(
                    id,
                    connectionId,
                    userId,
                    "manual_sync",
                    mode,
                    preview,
                    "pending",
                    "",
                    Map.of(),
                    null,
                    null,
                    List.of());
        }

        public Stored withStatus(String newStatus) {
            return new Stored(
                    id,
                    connectionId,
                    userId,
                    operation,
                    mode,
                    preview,
                    newStatus,
                    "",
                    counts,
                    message,
                    startedAt,
                    changes);
        }

        public Stored withControl(String asked) {
            return new Stored(
                    id,
                    connectionId,
                    userId,
                    operation,
                    mode,
                    preview,
                    status,
                    asked,
                    counts,
                    message,
                    startedAt,
                    changes);
        }

        Stored begun(Instant at) {
            return new Stored(
                    id,
                    connectionId,
                    userId,
                    operation,
                    mode,
                    preview,
                    "running",
                    control,
                    counts,
                    message,
                    startedAt == null ? at : startedAt,
                    changes);
        }

        Stored saying(@Nullable String newMessage) {
            return new Stored(
                    id,
                    connectionId,
                    userId,
                    operation,
                    mode,
                    preview,
                    status,
                    control,
                    counts,
                    newMessage,
                    startedAt,
                    changes);
        }

        Stored counting(Map<Count, Long> more) {
            Map<Count, Long> sum = new EnumMap<>(Count.class);
            sum.putAll(counts);
            more.forEach((what, number) -> sum.merge(what, number, Long::sum));
            return new Stored(
                    id,
                    connectionId,
                    userId,
                    operation,
                    mode,
                    preview,
                    status,
                    control,
                    sum,
                    message,
                    startedAt,
                    changes);
        }

        Stored previewing(List<Foreseen> more) {
            List<Foreseen> all = new ArrayList<>(changes);
            all.addAll(more);
            return new Stored(
                    id,
                    connectionId,
                    userId,
                    operation,
                    mode,
                    preview,
                    status,
                    control,
                    counts,
                    message,
                    startedAt,
                    List.copyOf(all));
        }

        Stored withoutChanges() {
            return new Stored(
                    id,
                    connectionId,
                    userId,
                    operation,
                    mode,
                    preview,
                    status,
                    control,
                    counts,
                    message,
                    startedAt,
                    List.of());
        }

        boolean isOpen() {
            return UNFINISHED.contains(status);
        }
    }

    private Stream<Stored> of(UUID connectionId) {
        return store.jobs.stream().filter(job -> job.connectionId().equals(connectionId));
    }

    @Override
    public Optional<Open> open(UUID connectionId) {
        Optional<Stored> open = of(connectionId)
                .filter(job -> job.isOpen() && !job.status().equals("paused"))
                .findFirst();
        open.ifPresent(job -> store.jobs.put(job.id(), job.begun(store.clock.instant())));
        return open.map(job -> new Open(job.id(), job.mode(), job.preview()));
    }

    @Override
    public void schedule(UUID jobId, UUID connectionId, UUID userId) {
        if (of(connectionId).anyMatch(Stored::isOpen)) {
            throw new DuplicateKeyException("the connection has an open job: " + connectionId);
        }
        add(jobId, connectionId, userId, "incremental_sync", "running", null, store.clock.instant());
    }

    @Override
    public void request(UUID jobId, UUID connectionId, UUID userId) {
        if (of(connectionId).noneMatch(Stored::isOpen)) {
            add(jobId, connectionId, userId, "manual_sync", "pending", null, null);
        }
    }

    @Override
    public void ask(UUID jobId, UUID connectionId, UUID userId, String operation, String reason) {
        add(jobId, connectionId, userId, operation, "held", reason, store.clock.instant());
    }

    private void add(
            UUID jobId,
            UUID connectionId,
            UUID userId,
            String operation,
            String status,
            @Nullable String message,
            @Nullable Instant startedAt) {
        store.jobs.insert(
                jobId,
                new Stored(
                        jobId,
                        connectionId,
                        userId,
                        operation,
                        Mode.INCREMENTAL,
                        false,
                        status,
                        "",
                        Map.of(),
                        message,
                        startedAt,
                        List.of()));
    }

    @Override
    public void add(UUID jobId, Map<Count, Long> counts, long done) {
        if (store.jobs.find(jobId).isPresent()) {
            store.jobs.update(jobId, job -> job.counting(counts));
        }
    }

    @Override
    public void expect(UUID jobId, long more) {
        // nobody watches the progress
    }

    @Override
    public String control(UUID jobId) {
        return store.jobs.find(jobId).map(Stored::control).orElse("cancel");
    }

    @Override
    public void end(UUID jobId, String status, @Nullable String errorType, @Nullable String message) {
        store.jobs
                .find(jobId)
                .filter(job -> job.isOpen() && !job.status().equals("paused"))
                .ifPresent(job -> store.jobs.put(jobId, job.withStatus(status).saying(message)));
    }

    @Override
    public boolean isHeld(UUID connectionId) {
        return of(connectionId).anyMatch(job -> job.status().equals("held"));
    }

    @Override
    public Optional<String> question(UUID connectionId) {
        return of(connectionId)
                .filter(job -> job.status().equals("held"))
                .max(Comparator.comparing(job -> job.id().toString()))
                .map(job -> job.message() == null ? "" : job.message());
    }

    @Override
    public void releaseHeld(UUID connectionId) {
        of(connectionId)
                .filter(job -> job.status().equals("held"))
                .toList()
                .forEach(job -> store.jobs.put(job.id(), job.withStatus("cancelled")));
    }

    @Override
    public boolean forget(UUID jobId) {
        boolean known = store.jobs.find(jobId).isPresent();
        store.jobs.remove(jobId);
        return known;
    }

    @Override
    public void forgetIfEmpty(UUID jobId) {
        store.jobs
                .find(jobId)
                .filter(job -> NOTHING_DONE.containsAll(job.counts().keySet()))
                .ifPresent(job -> store.jobs.remove(jobId));
    }

    @Override
    public void preview(UUID jobId, List<Foreseen> foreseen) {
        store.jobs.update(jobId, job -> job.previewing(foreseen));
    }

    @Override
    public void forgetPreview(UUID jobId) {
        store.jobs.update(jobId, Stored::withoutChanges);
    }
}
