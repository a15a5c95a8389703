package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.merge.FieldLens;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.sync.memory.MemoryConnections;
import io.dayflow.hub.sync.memory.MemoryJobs;
import io.dayflow.hub.sync.memory.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One DayFlow user, their account at a {@link ListService}, and the engine between them over a {@link MemoryStore}: no
 * database, no thread, and a time that moves only when it is told to. The same seed gives the same ids.
 */
final class MemoryAccount {

    private static final int PAGE = 5;
    private static final int ATTEMPTS = 4;
    private static final Provider LISTS = new Provider(
            "lists",
            "Lists",
            "task_management",
            Set.of(Kind.TASK),
            List.of(),
            "lists",
            null,
            null,
            Map.of(),
            Provider.FaultRules.STANDARD,
            new Provider.Features(true, false, true, true, true),
            new Provider.Limits(60, 10, 2, PAGE),
            new Provider.Poll(Duration.ofMinutes(30), Duration.ofMinutes(20)),
            Map.of(Kind.TASK, List.of("title", "notes", "status", "completedAt", "due", "recurrence", "labels")),
            null);

    final ListService service = new ListService();
    final MemoryStore store;
    final MemoryHub hub;
    final UUID user;
    final UUID connection;

    private final Supplier<UUID> ids;
    private Instant now = Instant.parse("2026-11-26T08:00:00Z");

    /** Connects, and selects these of the service's lists. */
    MemoryAccount(long seed, ObjectNode stored, String... selected) {
        Random random = new Random(seed);
        ids = () -> new UUID(random.nextLong(), random.nextLong());
        store = new MemoryStore(new Moving(() -> now));
        user = ids.get();
        connection = ids.get();
        store.zones.put(user, ZoneOffset.UTC);
        SyncSettings settings = new SyncSettings(
                Duration.ofSeconds(30),
                500,
                10,
                25,
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                Duration.ofMinutes(15),
                5,
                Duration.ofDays(30),
                Duration.ofDays(7),
                5,
                Duration.ofHours(1));
        hub = MemoryHub.of(EnginePorts.over(store, settings, store.clock, ids, random));
        use(stored);
        hub.ports().collections().refresh(connection, service.collections());
        for (String list : selected) {
            store.collections.stream()
                    .filter(known -> known.ref().externalId().equals(list))
                    .toList()
                    .forEach(known -> store.collections.put(known.ref().id(), known.withSelected(true)));
        }
    }

    /** The connection has these settings from now on. */
    void use(ObjectNode stored) {
        Settings ours = Settings.of(stored, Duration.ZERO);
        ConnectionRef ref = new ConnectionRef(connection, user, "lists", "", "ann", Map.of());
        Profile profile = new Profile(
                ref,
                ours.strategies(),
                Map.of(
                        Kind.TASK,
                        new FieldLens(Kind.TASK, Set.copyOf(LISTS.fields().get(Kind.TASK)))),
                false,
                true,
                true);
        store.connections.put(
                connection, MemoryConnections.Stored.fresh(new Profiles.Configured(ref, ours, LISTS, profile)));
    }

    /** A clock that shows what it is told. */
    private static final class Moving extends Clock {

        private final InstantSource source;

        Moving(InstantSource source) {
            this.source = source;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return source.instant();
        }
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    // ---- what the routes do

    /** A run from its lease to its end. */
    MemoryJobs.Stored run(boolean preview) {
        UUID job = ids.get();
        store.jobs.put(job, MemoryJobs.Stored.requested(job, connection, user, false, preview));
        return goOn();
    }

    /** Works on the job that is open, from its lease to its end. */
    MemoryJobs.Stored goOn() {
        Lease lease = hub.ports().leases().take("run:" + connection).orElseThrow();
        Run run = hub.runs().begin(new Runs.RunLease(connection, lease)).orElseThrow();
        try {
            hub.runs().takeCollections(run, service.collections());
            hub.runs().plan(run).forEach(collection -> walk(run, hub.runs().walk(run, collection)));
            if (run.sweeps()) {
                hub.sweep().rows(run);
                hub.runs()
                        .planAudit(run)
                        .forEach(collection -> walk(run, hub.runs().audit(run, collection)));
            }
            if (run.preview()) {
                hub.previews().end(run);
            }
            if (run.preview() || !hub.runs().settleDeletions(run)) {
                if (!run.preview()) {
                    push(run.jobId());
                }
                hub.runs().obey(run);
                hub.runOutcomes().complete(run);
            }
        } catch (FaultException e) {
            hub.runOutcomes().failed(run, e.fault());
        } catch (RunStopped e) {
            hub.runOutcomes().stopped(run, e);
        }
        return store.jobs.get(run.jobId());
    }

    private void walk(Run run, Walk walk) {
        CollectionRef collection = walk.collection();
        while (walk.hasMore()) {
            for (Walk.Chunk chunk : walk.next(service.list(walk.collection()), PAGE)) {
                hub.runs().obey(run);
                List<Fetched> objects = new ArrayList<>(chunk.atHand());
                objects.addAll(service.get(chunk.fetch()));
                Page page = walk.page(chunk, service.mapped(objects), ListService.missing(objects));
                if (run.preview()) {
                    hub.previews().page(run, collection, page);
                } else {
                    walk.left(hub.inbound().write(run.lease(), run.profile(), collection, page, run.jobId(), "sync"));
                    hub.runs().written(walk, chunk);
                }
            }
        }
    }

    /** Takes in what was changed in DayFlow. */
    void absorbDayflow() {
        boolean more = true;
        while (more) {
            more = hub.dayflow().absorb();
        }
    }

    /** Takes in what was changed in DayFlow, and pushes what is pending. */
    void push() {
        absorbDayflow();
        push(null);
    }

    private void push(@Nullable UUID job) {
        Optional<Pushes.Batch> taken = hub.pushes().take(connection, job);
        if (taken.isEmpty()) {
            return;
        }
        Pushes.Batch batch = taken.get();
        Set<UUID> tried = new HashSet<>();
        List<UUID> links = hub.pushes().next(batch);
        while (tried.addAll(links)) {
            for (UUID link : links) {
                if (!hub.pushes().begin(batch)) {
                    hub.pushes().release(batch);
                    return;
                }
                push(batch, link);
            }
            links = hub.pushes().next(batch);
        }
        hub.pushes().release(batch);
    }

    private void push(Pushes.Batch batch, UUID link) {
        try {
            PushTask task = hub.pushes().plan(batch, link);
            for (int attempt = 1; attempt < ATTEMPTS && !(task instanceof PushTask.Nothing); attempt++) {
                switch (task) {
                    case PushTask.Write write ->
                        hub.pushOutcomes()
                                .confirm(batch, write, service.write(write))
                                .ifPresent(id -> look(batch, id, write.collection()));
                    case PushTask.Look look -> look(batch, look.externalId(), look.collection());
                    case PushTask.Nothing nothing -> {}
                }
                task = hub.pushes().plan(batch, link);
            }
        } catch (FaultException e) {
            hub.pushOutcomes().failed(batch, link, e.fault());
        }
    }

    private void look(Pushes.Batch batch, String id, CollectionRef collection) {
        long tick = hub.inbound().tick();
        List<Fetched> objects = service.get(List.of(id));
        Page page = Page.ofLook(service.mapped(objects), ListService.missing(objects), tick);
        hub.inbound().write(batch.lease(), batch.profile(), collection, page, batch.jobId(), "push");
    }

    // ---- what the user does in DayFlow

    UUID addRow(String title) {
        UUID row = ids.get();
        Map<String, @Nullable JsonNode> fields = new HashMap<>();
        fields.put("title", TextNode.valueOf(title));
        fields.put("status", TextNode.valueOf("pending"));
        fields.put("priority", TextNode.valueOf("medium"));
        store.saveRow(user, Kind.TASK, row, fields);
        return row;
    }

    void setRow(UUID row, String field, @Nullable String value) {
        Map<String, @Nullable JsonNode> change = new HashMap<>();
        change.put(field, value == null ? null : TextNode.valueOf(value));
        store.saveRow(user, Kind.TASK, row, change);
    }

    List<UUID> rows() {
        return store.rows.keys();
    }

    /** What the job wrote, in the journal's words. */
    List<JournalEntry> journal(UUID job) {
        return store.journal.stream().filter(entry -> job.equals(entry.jobId())).toList();
    }

    static ObjectNode settings(String strategy) {
        return JsonNodeFactory.instance.objectNode().put("conflictResolution", strategy);
    }
}
