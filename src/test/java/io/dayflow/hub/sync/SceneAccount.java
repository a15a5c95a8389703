package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.connection.DeletePolicy;
import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.connection.SyncDirection;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.merge.FieldLens;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.sync.memory.MemoryConnections;
import io.dayflow.hub.sync.memory.MemoryJobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account at a {@link ListService}, kept in agreement with a user of a {@link MemoryScene}; driven by the test's thread. */
final class SceneAccount {

    private static final Provider LISTS = new ProviderCatalog(
                    Path.of("src/test/resources/engine/providers"), service -> null)
            .find("lists")
            .orElseThrow();
    private static final int PAGE = 50;
    private static final int ATTEMPTS = 4;

    final ListService service;
    final UUID connection;

    private final MemoryScene scene;

    /** Connects the account, and selects these of the service's lists. */
    SceneAccount(MemoryScene scene, String settings, String... selected) {
        this.scene = scene;
        this.service = new ListService(scene.clock::instant);
        this.connection = scene.id();
        scene.store.connections.put(connection, MemoryConnections.Stored.fresh(configured(settings)));
        scene.ports.collections().refresh(connection, service.collections());
        for (String list : selected) {
            select(list, true);
        }
    }

    private Profiles.Configured configured(String settings) {
        ConnectionRef ref = new ConnectionRef(connection, scene.user, "lists", "", connection.toString(), Map.of());
        Settings read = Settings.of(json(settings), LISTS.poll().fastest());
        Profile profile = new Profile(
                ref,
                read.strategies(),
                Map.of(
                        Kind.TASK,
                        new FieldLens(
                                Kind.TASK,
                                Set.copyOf(Objects.requireNonNull(LISTS.fields().get(Kind.TASK))))),
                read.deletePolicy() == DeletePolicy.KEEP,
                read.syncDirection() != SyncDirection.ONE_WAY,
                true);
        return new Profiles.Configured(ref, read, LISTS, profile);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void set(String settings) {
        scene.store.connections.update(connection, stored -> stored.withConfigured(configured(settings)));
    }

    void select(String list, boolean selected) {
        scene.store.collections.keys().stream()
                .filter(id -> scene.store.collections.get(id).connectionId().equals(connection))
                .filter(id -> scene.store.collections.get(id).ref().externalId().equals(list))
                .forEach(id -> scene.store.collections.update(id, stored -> stored.withSelected(selected)));
    }

    // ---- what the routes do

    /** A run from its lease to its end; its job. */
    UUID run() {
        return run(JobStore.Mode.INCREMENTAL);
    }

    UUID run(JobStore.Mode mode) {
        return run(scene.id(), mode);
    }

    UUID run(UUID job, JobStore.Mode mode) {
        scene.store.jobs.put(job, MemoryJobs.Stored.requested(job, connection, scene.user, mode, false));
        return run(job);
    }

    /** A sweep from its lease to its end; how much it repaired. */
    long sweep() {
        UUID job = run(JobStore.Mode.SWEEP);
        assertThat(scene.store.jobs.get(job).status()).isEqualTo("completed");
        return scene.store.jobs.get(job).counts().getOrDefault(Count.REPAIRED, 0L);
    }

    /** Works on the job that somebody asked for. */
    void goOn() {
        run(scene.store.jobs.stream()
                .filter(job ->
                        job.connectionId().equals(connection) && job.status().equals("pending"))
                .findFirst()
                .orElseThrow()
                .id());
    }

    private UUID run(UUID job) {
        MemoryHub hub = scene.hub;
        Lease lease = scene.ports.leases().take("run:" + connection).orElseThrow();
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
            if (!hub.runs().settleDeletions(run)) {
                push(run.jobId());
                hub.runOutcomes().complete(run);
            }
        } catch (FaultException e) {
            hub.runOutcomes().failed(run, e.fault());
        } catch (RunStopped e) {
            hub.runOutcomes().stopped(run, e);
        }
        return job;
    }

    private void walk(Run run, Walk walk) {
        CollectionRef collection = walk.collection();
        while (walk.hasMore()) {
            for (Walk.Chunk chunk : walk.next(service.list(walk.collection()), PAGE)) {
                scene.hub.runs().obey(run);
                List<Fetched> objects = new ArrayList<>(chunk.atHand());
                objects.addAll(service.get(chunk.fetch()));
                List<Mapped> read = service.mapped(objects).stream()
                        .map(mapped -> scene.hub.inbound().checked(run.profile(), collection.kind(), mapped))
                        .toList();
                Page page = walk.page(chunk, read, ListService.missing(objects));
                scene.hub.inbound().write(run.lease(), run.profile(), collection, page, run.jobId(), "sync");
                scene.hub.runs().written(walk, chunk);
            }
        }
    }

    /** As if the next listing of changes began after everything that has happened so far. */
    void passOver() {
        scene.store.collections.keys().stream()
                .map(scene.store.collections::get)
                .filter(known -> known.connectionId().equals(connection) && known.selected())
                .forEach(known -> scene.ports
                        .collections()
                        .advance(
                                known.ref(),
                                Objects.requireNonNull(
                                        service.list(known.ref().from(null)).cursor())));
    }

    /** Confirms what a held run of this account asks, and lets it go on. */
    void confirm() {
        scene.store
                .links
                .keys()
                .forEach(id -> scene.store.links.update(id, link -> {
                    boolean here = connection.equals(link.connectionId());
                    boolean gone = link.state() == io.dayflow.hub.link.Link.State.GONE
                            || scene.store.items.get(link.itemId()).isDeleted();
                    return here && gone ? allowed(link) : link;
                }));
        scene.store.jobs.keys().stream()
                .filter(id -> scene.store.jobs.get(id).status().equals("held"))
                .filter(id -> scene.store.jobs.get(id).connectionId().equals(connection))
                .forEach(id -> {
                    scene.store.jobs.update(id, job -> job.withStatus("pending"));
                    run(id);
                });
    }

    private static io.dayflow.hub.link.Link allowed(io.dayflow.hub.link.Link link) {
        return new io.dayflow.hub.link.Link(
                link.id(),
                link.itemId(),
                link.connectionId(),
                link.collectionId(),
                link.externalId(),
                link.part(),
                link.version(),
                link.base(),
                link.intent(),
                link.extras(),
                link.verified(),
                link.zone(),
                link.state(),
                link.goneAt(),
                true,
                link.parkedRevision(),
                link.attempts(),
                link.notBefore(),
                true,
                link.trail(),
                link.quarantinedAt(),
                link.learnt());
    }

    /** Takes in what a webhook says of objects, and judges those that are gone. */
    void hint(String list, String... objectIds) {
        Lease lease = scene.ports.leases().take("hint:" + connection).orElseThrow();
        List<Fetched> objects = service.get(List.of(objectIds));
        Page page = Page.ofRecent(service.mapped(objects), ListService.missing(objects));
        scene.hub.inbound().write(lease, profile(), collection(list), page, null, "webhook");
        scene.hub.besideRuns().settleDeletions(lease, profile(), page.gone());
        scene.ports.leases().release(lease);
    }

    /** Pushes what is pending. */
    void push() {
        push(null);
    }

    private void push(@Nullable UUID job) {
        Pushes pushes = scene.hub.pushes();
        Optional<Pushes.Batch> taken = pushes.take(connection, job);
        if (taken.isEmpty()) {
            return;
        }
        Pushes.Batch batch = taken.get();
        Set<UUID> tried = new HashSet<>();
        List<UUID> links = pushes.next(batch);
        while (tried.addAll(links)) {
            links.forEach(link -> push(batch, link));
            links = pushes.next(batch);
        }
        pushes.release(batch);
    }

    private void push(Pushes.Batch batch, UUID link) {
        Pushes pushes = scene.hub.pushes();
        try {
            PushTask task = pushes.plan(batch, link);
            for (int attempt = 1; attempt < ATTEMPTS && !(task instanceof PushTask.Nothing); attempt++) {
                switch (task) {
                    case PushTask.Write write ->
                        scene.hub
                                .pushOutcomes()
                                .confirm(batch, write, service.write(write))
                                .ifPresent(id -> look(batch, id, write.collection()));
                    case PushTask.Look look -> look(batch, look.externalId(), look.collection());
                    case PushTask.Nothing nothing -> {}
                }
                task = pushes.plan(batch, link);
            }
        } catch (FaultException e) {
            scene.hub.pushOutcomes().failed(batch, link, e.fault());
        }
    }

    private void look(Pushes.Batch batch, String id, CollectionRef collection) {
        List<Fetched> objects = service.get(List.of(id));
        Page page = Page.ofRecent(service.mapped(objects), ListService.missing(objects));
        scene.hub.inbound().write(batch.lease(), batch.profile(), collection, page, batch.jobId(), "push");
    }

    Profile profile() {
        return scene.ports.profiles().find(connection).orElseThrow().profile();
    }

    private CollectionRef collection(String list) {
        return scene.ports.collections().homes(connection, Kind.TASK).stream()
                .map(Homes.Home::collection)
                .filter(collection -> collection.externalId().equals(list))
                .findFirst()
                .orElseThrow();
    }

    /** Every task that the service holds, by id. */
    Map<String, View> held() {
        Map<String, View> held = new HashMap<>();
        service.ids().stream().filter(id -> !service.isGone(id)).forEach(id -> held.put(id, service.view(id)));
        return held;
    }

    static TextNode text(String value) {
        return TextNode.valueOf(value);
    }
}
