package io.dayflow.hub.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dayflow.hub.conflict.Resolution;
import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.RowWrite;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.merge.Strategy;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Hint;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.sync.CollectionStore;
import io.dayflow.hub.sync.EnginePorts;
import io.dayflow.hub.sync.HubTransaction;
import io.dayflow.hub.sync.JobStore;
import io.dayflow.hub.sync.MemoryHub;
import io.dayflow.hub.sync.Planner;
import io.dayflow.hub.sync.Profile;
import io.dayflow.hub.sync.Profiles;
import io.dayflow.hub.sync.SyncSettings;
import io.dayflow.hub.sync.memory.MemoryConnections;
import io.dayflow.hub.sync.memory.MemoryJobs;
import io.dayflow.hub.sync.memory.MemoryStore;
import io.dayflow.hub.webhook.MemoryHints;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The hub over a store in memory: one user, any number of instances. */
final class SimulatedHub implements Hub {

    private static final SyncSettings SETTINGS = new SyncSettings(
            Duration.ofSeconds(30),
            500,
            3,
            25,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            5,
            Duration.ofDays(30),
            Duration.ofDays(7),
            5,
            Duration.ofHours(1));
    private static final Set<String> OPEN = Set.of("pending", "running", "paused");

    private final MemoryStore store;
    private final MemoryHints hints;
    private final Timeline timeline;
    private final ZoneId zone;
    private final Supplier<UUID> ids;
    private final SplittableRandom chance;
    private final Planted planted;
    private final Tally tally;
    private final Story story;
    private final Consumer<Instance.Wakeup> wake;
    private final MemoryHub people;
    private final UUID user;
    private final List<RowWrite> rowWrites = new ArrayList<>();
    private final Map<Place, UUID> places = new HashMap<>();

    SimulatedHub(
            Timeline timeline,
            ZoneId zone,
            Supplier<UUID> ids,
            SplittableRandom chance,
            Planted planted,
            Tally tally,
            Story story,
            Consumer<Instance.Wakeup> wake) {
        this.timeline = timeline;
        this.zone = zone;
        this.ids = ids;
        this.chance = chance;
        this.planted = planted;
        this.tally = tally;
        this.story = story;
        this.wake = wake;
        this.store = new MemoryStore(timeline.clock(() -> 0));
        this.hints = new MemoryHints(store.clock::instant, this::isWorkable);
        this.user = ids.get();
        store.zones.put(user, zone);
        this.people = MemoryHub.of(ports(() -> 0).withTransaction(new Transactions(store, () -> null)));
    }

    // ---- instances

    /** A new instance over the store. */
    Engine engine(Instance instance) {
        EnginePorts over = ports(instance::clockOffset);
        HubTransaction transaction = new Transactions(planted.transaction(store), instance::dying);
        EnginePorts ports = over.withTransaction(transaction)
                .withLinks(planted.links(over.links()))
                .withCollections(planted.collections(over.collections()))
                .withLeases(planted.leases(over.leases()));
        MemoryHub hub = MemoryHub.of(ports);
        return new Engine(
                instance.name(),
                tally,
                story,
                hub.runs(),
                hub.runOutcomes(),
                hub.sweep(),
                hub.inbound(),
                hub.pushes(),
                hub.pushOutcomes(),
                hub.dayflow(),
                hints.hints(
                        ports.chance(),
                        ports.profiles(),
                        ports.leases(),
                        transaction,
                        ports.links(),
                        hub.inbound(),
                        hub.besideRuns(),
                        ports.wake(),
                        ports.clock(),
                        ids),
                ports.leases(),
                ports.collections(),
                () -> planted.compares(this),
                planted);
    }

    CollectionStore collections() {
        return people.ports().collections();
    }

    private EnginePorts ports(java.util.function.LongSupplier clockOffset) {
        EnginePorts ports = EnginePorts.over(store, SETTINGS, timeline.clock(clockOffset), ids, chance.split());
        return ports.withPlanner(recorded(planted.planner(ports.planner()))).withLinks(told(ports.links()));
    }

    private Planner recorded(Planner planner) {
        return Around.method(Planner.class, planner, "write", (original, arguments) -> {
            int before = rowWrites.size();
            store.onRollback(() -> rowWrites.subList(before, rowWrites.size()).clear());
            for (Object write : (List<?>) arguments[0]) {
                RowWrite row = (RowWrite) write;
                rowWrites.add(row);
                story.tell(
                        () -> "the hub writes row " + row.rowId() + ": " + Differences.of(row.before(), row.after()));
            }
            return original.call(arguments);
        });
    }

    private LinkStore told(LinkStore links) {
        return Around.method(LinkStore.class, links, "apply", (original, arguments) -> {
            WriteSet writes = (WriteSet) arguments[0];
            Stream.concat(writes.newLinks().stream(), writes.links().stream())
                    .forEach(link -> places.put(new Place(link.connectionId(), link.externalId()), link.itemId()));
            Stream.concat(writes.newLinks().stream(), writes.links().stream())
                    .filter(link -> link.connectionId() != null)
                    .forEach(
                            link -> story.tell(() -> "the hub keeps link " + link.id() + " of " + link.itemId() + " to "
                                    + link.externalId() + " " + link.state() + " version " + link.version()
                                    + (link.pending() ? " pending" : "") + (link.verified() ? "" : " unverified")
                                    + (link.intent() == null ? "" : " intending")));
            writes.conflicts()
                    .forEach(conflict -> story.tell(() -> "the hub opens a conflict " + conflict.type() + " of "
                            + conflict.itemId() + ": " + conflict.fields()));
            writes.closedConflicts()
                    .forEach((link, why) -> story.tell(() -> "the hub closes the conflict of " + link + ": " + why));
            writes.deadLetters()
                    .forEach(letter ->
                            story.tell(() -> "the hub parks " + letter.externalId() + ": " + letter.message()));
            return original.call(arguments);
        });
    }

    /** Transactions in which an instance may die. */
    private final class Transactions implements HubTransaction {

        private final HubTransaction inner;
        private final Supplier<Instance.@Nullable Dying> dying;
        private boolean open;

        Transactions(HubTransaction inner, Supplier<Instance.@Nullable Dying> dying) {
            this.inner = inner;
            this.dying = dying;
        }

        @Override
        public <T> T run(Supplier<T> work) {
            if (open) {
                return inner.run(work);
            }
            Instance.Dying death = dying.get();
            Object told = hints.snapshot();
            open = true;
            boolean committed = false;
            try {
                T result = inner.run(() -> {
                    T made = work.get();
                    if (death == Instance.Dying.BEFORE_COMMIT) {
                        throw new Crash();
                    }
                    return made;
                });
                committed = true;
                if (death == Instance.Dying.AFTER_COMMIT) {
                    throw new Crash();
                }
                return result;
            } finally {
                open = false;
                if (!committed) {
                    hints.restore(told);
                }
            }
        }

        @Override
        public void own() {
            inner.own();
        }
    }

    /** Wakes everybody for whom there is work. */
    void tell() {
        if (!store.wakes.isEmpty()) {
            List<String> told = List.copyOf(store.wakes);
            store.wakes.clear();
            told.forEach(what -> wake.accept(
                    switch (what) {
                        case "push" -> Instance.Wakeup.PUSHES;
                        case "run" -> Instance.Wakeup.RUNS;
                        case "webhook" -> Instance.Wakeup.HINTS;
                        case "dayflow" -> Instance.Wakeup.DAYFLOW;
                        default -> throw new IllegalStateException(what);
                    }));
        }
    }

    // ---- connections

    @Override
    public UUID connect(SimulatedService service, Strategy strategy) {
        UUID id = ids.get();
        Character character = service.character;
        Provider provider = provider(character);
        ConnectionRef ref = new ConnectionRef(id, user, provider.id(), "", character.name(), Map.of());
        Settings settings = Settings.of(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("conflictResolution", strategy.id())
                        .put("syncInterval", 5),
                Duration.ofMinutes(1));
        Profile profile = new Profile(
                ref,
                settings.strategies(),
                Map.of(character.kind(), character.lens(zone)),
                false,
                true,
                character.ordered());
        store.connections.put(
                id,
                MemoryConnections.Stored.fresh(new Profiles.Configured(ref, settings, provider, profile))
                        .withNext(store.clock.instant()));
        people.ports().collections().refresh(id, service.collections());
        for (UUID collection : store.collections.keys()) {
            store.collections.update(collection, stored -> stored.withSelected(true));
        }
        return id;
    }

    private static Provider provider(Character character) {
        return new Provider(
                character.name(),
                character.name(),
                "simulated",
                Set.of(character.kind()),
                List.of(),
                character.name(),
                null,
                null,
                Map.of(),
                Provider.FaultRules.STANDARD,
                new Provider.Features(true, true, true, character.incremental(), true),
                new Provider.Limits(1000, 100, 1, 5),
                new Provider.Poll(Duration.ofMinutes(5), Duration.ofMinutes(1)),
                Map.of(character.kind(), List.copyOf(character.fields())),
                new Provider.Webhook(
                        new Provider.Signature("X-Signature", Provider.Signature.Encoding.HEX, ""),
                        null,
                        null,
                        character.ordered(),
                        false,
                        false));
    }

    private boolean isWorkable(UUID connectionId) {
        MemoryConnections.Stored connection = store.connections.get(connectionId);
        Instant notBefore = connection.notBefore();
        // what was there before the hub is known only from the first run on
        return completedRuns(connectionId) > 0
                && !needsReconnect(connectionId)
                && (notBefore == null || !notBefore.isAfter(store.clock.instant()));
    }

    /** A service told something. */
    void hint(UUID connectionId, Hint hint) {
        hints.tell(ids.get(), connectionId, hint);
    }

    @Override
    public void request(UUID connectionId, JobStore.Mode mode) {
        if (hasOpenJob(connectionId)) {
            return;
        }
        UUID id = ids.get();
        store.jobs.put(id, MemoryJobs.Stored.requested(id, connectionId, user, mode, false));
        wake.accept(Instance.Wakeup.RUNS);
    }

    private boolean hasOpenJob(UUID connectionId) {
        return store.jobs.stream()
                .anyMatch(job -> job.connectionId().equals(connectionId) && OPEN.contains(job.status()));
    }

    @Override
    public boolean needsReconnect(UUID connectionId) {
        return store.connections.get(connectionId).status().equals("needs_reconnect");
    }

    @Override
    public void reconnect(UUID connectionId) {
        store.connections.update(connectionId, connection -> connection.reconnected(store.clock.instant()));
        wake.accept(Instance.Wakeup.RUNS);
    }

    @Override
    public boolean confirm(UUID connectionId) {
        Optional<MemoryJobs.Stored> held = store.jobs.stream()
                .filter(job ->
                        job.connectionId().equals(connectionId) && job.status().equals("held"))
                .findFirst();
        if (held.isEmpty() || hasOpenJob(connectionId)) {
            return false;
        }
        store.links.stream()
                .filter(link -> connectionId.equals(link.connectionId()))
                .filter(link -> link.state() == Link.State.GONE
                        || link.state() == Link.State.LIVE
                                && store.items.get(link.itemId()).isDeleted())
                .toList()
                .forEach(link -> store.links.put(link.id(), Links.deleteAllowed(link)));
        store.jobs.put(held.get().id(), held.get().withStatus("pending"));
        wake.accept(Instance.Wakeup.RUNS);
        return true;
    }

    @Override
    public int completedRuns(UUID connectionId) {
        return (int) store.jobs.stream()
                .filter(job ->
                        job.connectionId().equals(connectionId) && job.status().equals("completed"))
                .count();
    }

    @Override
    public int completedSweeps(UUID connectionId) {
        return (int) store.jobs.stream()
                .filter(job -> job.connectionId().equals(connectionId)
                        && job.mode() == JobStore.Mode.SWEEP
                        && job.status().equals("completed"))
                .count();
    }

    // ---- DayFlow's people

    @Override
    public List<Row> rows() {
        return store.rows.stream()
                .sorted(Comparator.comparing(Planner.Row::id))
                .map(row -> new Row(row.id(), row.kind(), row.view()))
                .toList();
    }

    @Override
    public @Nullable View row(UUID id) {
        return store.rows.find(id).map(Planner.Row::view).orElse(null);
    }

    @Override
    public Lens lens() {
        return people.ports().planner().lens(Kind.TASK, zone);
    }

    @Override
    public void write(UUID id, Kind kind, View view) {
        Map<String, com.fasterxml.jackson.databind.JsonNode> fields = new HashMap<>();
        View held = row(id);
        if (held != null) {
            held.fields().keySet().forEach(field -> fields.put(field, null));
        }
        fields.putAll(view.fields());
        store.saveRow(user, kind, id, fields);
    }

    @Override
    public void writeUnnoticed(UUID id, Kind kind, View view) {
        Set<Long> before = Set.copyOf(store.captured.keys());
        write(id, kind, view);
        store.captured.keys().stream()
                .filter(change -> !before.contains(change))
                .toList()
                .forEach(store.captured::remove);
    }

    @Override
    public void delete(UUID id) {
        store.deleteRow(id);
    }

    @Override
    public void place(UUID id, Kind kind, View view) {
        store.rows.put(id, new Planner.Row(id, user, kind, view, store.clock.instant()));
    }

    @Override
    public void resolve(UUID conflictId, Resolution resolution) {
        if (!people.resolve().resolve(user, conflictId, resolution, Map.of())) {
            throw new ConflictingState("The item was edited just now.");
        }
    }

    @Override
    public void replay(UUID letterId) {
        people.replay().replay(user, letterId);
    }

    // ---- what there is

    @Override
    public List<StoredItem> items() {
        return List.copyOf(store.items.all());
    }

    @Override
    public List<Link> links() {
        return List.copyOf(store.links.all());
    }

    @Override
    public Map<Place, UUID> places() {
        return places;
    }

    @Override
    public List<OpenConflict> openConflicts() {
        return store.conflicts.stream()
                .filter(MemoryStore.Conflict::open)
                .map(MemoryStore.Conflict::content)
                .sorted(Comparator.comparing(OpenConflict::id))
                .toList();
    }

    @Override
    public List<OpenConflict> allConflicts() {
        return store.conflicts.stream().map(MemoryStore.Conflict::content).toList();
    }

    @Override
    public List<DeadLetter> letters() {
        return store.letters.stream()
                .sorted(Comparator.comparing(DeadLetter::id))
                .toList();
    }

    @Override
    public List<JournalEntry> journal() {
        return store.journal();
    }

    @Override
    public List<RowWrite> rowWrites() {
        return rowWrites;
    }

    @Override
    public Map<String, Integer> unfinished() {
        Map<String, Integer> unfinished = new TreeMap<>();
        unfinished.put("captured", store.captured.all().size());
        unfinished.put("hints", hints.waiting());
        unfinished.put("leases", (int) store.leases.stream()
                .filter(lease -> lease.until().isAfter(store.clock.instant()))
                .count());
        unfinished.put("jobs", (int) store.jobs.stream()
                .filter(job -> OPEN.contains(job.status()) || job.status().equals("held"))
                .count());
        unfinished.put("pending", (int) store.links.stream()
                .filter(link -> link.pending() && link.state() == Link.State.LIVE)
                .count());
        unfinished.put("quarantined", (int)
                store.links.stream().filter(Link::isQuarantined).count());
        unfinished.put("gone", (int) store.links.stream()
                .filter(link -> link.connectionId() != null && link.state() == Link.State.GONE)
                .filter(link -> store.conflicts.stream()
                        .noneMatch(conflict ->
                                conflict.open() && conflict.content().linkId().equals(link.id())))
                .count());
        unfinished.values().removeIf(count -> count == 0);
        return unfinished;
    }
}
