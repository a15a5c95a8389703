package io.dayflow.hub.sync.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.merge.FieldLens;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.sync.EnginePorts;
import io.dayflow.hub.sync.Leases;
import io.dayflow.hub.sync.Profile;
import io.dayflow.hub.sync.Profiles;
import io.dayflow.hub.sync.SyncSettings;
import io.dayflow.hub.sync.memory.MemoryConnections;
import io.dayflow.hub.sync.memory.MemoryJobs;
import io.dayflow.hub.sync.memory.MemoryLeases;
import io.dayflow.hub.sync.memory.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** The storage in memory, which the simulation runs on, keeps the contract. */
class MemoryStoreTest
        implements LinksContract,
                UniqueLinksContract,
                ConflictsContract,
                PendingContract,
                GoneContract,
                CollectionsContract,
                ConnectionsContract,
                JobsContract,
                UndoContract,
                PlannerContract,
                LeasesContract {

    private final Store store = new InMemory();

    @Override
    public Store store() {
        return store;
    }

    private static final class InMemory implements Store {

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
                new Provider.Limits(60, 10, 2, 50),
                new Provider.Poll(Duration.ofMinutes(30), Duration.ofMinutes(20)),
                Map.of(Kind.TASK, List.of("title", "notes")),
                null);
        private static final SyncSettings SETTINGS = new SyncSettings(
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

        private final MemoryStore memory =
                new MemoryStore(Clock.fixed(Instant.parse("2026-11-01T08:00:00.123456Z"), ZoneId.of("UTC")));
        private final EnginePorts ports = EnginePorts.over(memory, SETTINGS, memory.clock, this::id, new Random(7));
        private long last;

        @Override
        public EnginePorts ports() {
            return ports;
        }

        @Override
        public Instant now() {
            return memory.clock.instant();
        }

        @Override
        public UUID id() {
            return new UUID(0x7000L, ++last);
        }

        @Override
        public UUID user(String zone) {
            UUID user = id();
            memory.zones.put(user, ZoneId.of(zone));
            return user;
        }

        @Override
        public UUID connection(UUID user, String stored) {
            UUID id = id();
            ConnectionRef ref = new ConnectionRef(id, user, "lists", "", id.toString(), Map.of());
            Settings settings = Settings.of(json(stored), Duration.ZERO);
            Profile profile = new Profile(
                    ref,
                    settings.strategies(),
                    Map.of(Kind.TASK, new FieldLens(Kind.TASK, Set.of("title", "notes"))),
                    false,
                    true,
                    false);
            memory.connections.put(
                    id, MemoryConnections.Stored.fresh(new Profiles.Configured(ref, settings, LISTS, profile)));
            return id;
        }

        private static ObjectNode json(String text) {
            try {
                return (ObjectNode) new JsonMapper().readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void select(UUID collection) {
            memory.collections.update(collection, stored -> stored.withSelected(true));
        }

        @Override
        public Leases otherInstance() {
            return new MemoryLeases(memory, SETTINGS.leaseDuration(), this::id);
        }

        @Override
        public void expire(String resource) {
            memory.leases.update(resource, held -> new MemoryLeases.Held(held.token(), now().minusSeconds(1)));
        }

        @Override
        public void request(UUID job, UUID connection, UUID user, boolean full, boolean preview) {
            memory.jobs.put(job, MemoryJobs.Stored.requested(job, connection, user, full, preview));
        }

        @Override
        public void control(UUID job, String asked) {
            memory.jobs.update(job, stored -> stored.withControl(asked));
        }

        @Override
        public Optional<String> status(UUID job) {
            return memory.jobs.find(job).map(MemoryJobs.Stored::status);
        }

        @Override
        public Map<Count, Long> counts(UUID job) {
            return memory.jobs.get(job).counts();
        }

        @Override
        public int foreseen(UUID job) {
            return memory.jobs.get(job).changes().size();
        }

        @Override
        public Card card(UUID connection) {
            MemoryConnections.Stored stored = memory.connections.get(connection);
            return new Card(stored.status(), stored.code(), stored.message());
        }

        @Override
        public Optional<Ended> conflict(UUID conflict) {
            return memory.conflicts
                    .find(conflict)
                    .map(kept -> new Ended(kept.open(), kept.resolution(), kept.resolvedBy()));
        }

        @Override
        public long lastEntry(UUID item) {
            return memory.journal.keys().stream()
                    .filter(id -> memory.journal.get(id).itemId().equals(item))
                    .reduce((first, second) -> second)
                    .orElseThrow();
        }

        @Override
        public UUID addRow(UUID user, String title) {
            UUID row = id();
            memory.saveRow(user, Kind.TASK, row, Map.of("title", TextNode.valueOf(title)));
            return row;
        }

        @Override
        public void renameRow(UUID row, String title) {
            memory.saveRow(memory.rows.get(row).userId(), Kind.TASK, row, Map.of("title", TextNode.valueOf(title)));
        }

        @Override
        public void deleteRow(UUID row) {
            memory.deleteRow(row);
        }

        @Override
        public void moveUser(UUID user, String zone) {
            memory.moveTo(user, ZoneId.of(zone));
        }

        @Override
        public Set<String> woken() {
            Set<String> woken = Set.copyOf(memory.wakes);
            memory.wakes.clear();
            return woken;
        }
    }
}
