package io.dayflow.hub.webhook;

import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.sync.BackOff;
import io.dayflow.hub.sync.BesideRuns;
import io.dayflow.hub.sync.HubTransaction;
import io.dayflow.hub.sync.Inbound;
import io.dayflow.hub.sync.Lease;
import io.dayflow.hub.sync.Leases;
import io.dayflow.hub.sync.Page;
import io.dayflow.hub.sync.Profile;
import io.dayflow.hub.sync.Profiles;
import io.dayflow.hub.sync.Wake;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The second stage of the work on deliveries: what is said about one connection's objects is compared with what the hub
 * knows, and absorbed. One worker a connection, under a lease; hints are done in the transaction that writes their page, so
 * that a killed hub repeats at most what changes nothing.
 */
@Component
public class Hints {

    private static final Logger log = LoggerFactory.getLogger(Hints.class);
    private static final String RESOURCE = "hint:";

    private final RandomGenerator chance;
    private final Profiles profiles;
    private final Leases leases;
    private final HubTransaction transaction;
    private final HintStore hints;
    private final LinkStore links;
    private final Inbound inbound;
    private final BesideRuns engine;
    private final Wake wake;
    private final WebhookSettings settings;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Hints(
            RandomGenerator chance,
            Profiles profiles,
            Leases leases,
            HubTransaction transaction,
            HintStore hints,
            LinkStore links,
            Inbound inbound,
            BesideRuns engine,
            Wake wake,
            WebhookSettings settings,
            Clock clock,
            Supplier<UUID> ids) {
        this.chance = chance;
        this.profiles = profiles;
        this.leases = leases;
        this.transaction = transaction;
        this.hints = hints;
        this.links = links;
        this.inbound = inbound;
        this.engine = engine;
        this.wake = wake;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    /** The hints of one connection, under a lease. */
    public record Batch(Lease lease, Profiles.Configured configured) {

        UUID connectionId() {
            return configured.connection().id();
        }
    }

    /**
     * Objects of one collection that are dealt with together.
     *
     * @param looks ids of those that the service is asked for
     * @param brought those that hints brought
     * @param hints ids of the hints by object
     * @param seen what the hub knew of each object when this was decided
     * @param attempts how often work on them failed
     * @param tick the {@linkplain LinkStore#tick tick} before this was decided
     */
    public record Group(
            CollectionRef collection,
            List<String> looks,
            List<Fetched> brought,
            Map<String, Set<UUID>> hints,
            Map<String, Set<String>> seen,
            int attempts,
            long tick) {

        Set<UUID> allHints() {
            return hints.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        }
    }

    /** Connections with hints to work on, each with a lease that this instance has just taken. */
    public List<Batch> take() {
        List<Batch> taken = new ArrayList<>();
        for (UUID connection : hints.waitingConnections()) {
            profiles.find(connection)
                    .ifPresent(configured -> leases.take(RESOURCE + connection)
                            .ifPresent(lease -> taken.add(new Batch(lease, configured))));
        }
        return taken;
    }

    /** Whether there are hints of the connection that may be worked on now. */
    public boolean hasMore(Batch batch) {
        return !hints.waiting(batch.connectionId(), 1).isEmpty();
    }

    /** What to do about the hints that have waited longest; those that change nothing are done with it. */
    public List<Group> next(Batch batch) {
        Profiles.Configured configured = batch.configured();
        Provider.Webhook form = configured.provider().webhook();
        boolean ordered = form != null && form.ordered();
        boolean believed = form != null && form.believed();
        long tick = links.tick();
        List<Wish> wishes = Wish.of(hints.waiting(batch.connectionId(), settings.batch()), ordered);
        List<String> objects = wishes.stream().map(Wish::externalId).toList();
        Map<String, List<Link>> known = known(batch, objects);
        List<CollectionRef> selected = engine.selected(configured);
        Map<UUID, Decision.Use> uses = new LinkedHashMap<>();
        Map<Wish, Decision> decisions = new LinkedHashMap<>();
        Set<UUID> dropped = new HashSet<>();
        for (Wish wish : wishes) {
            Decision decision =
                    Decision.of(wish, known.getOrDefault(wish.externalId(), List.of()), selected, ordered, believed);
            decisions.put(wish, decision);
            switch (decision) {
                case Decision.Drop drop -> dropped.addAll(wish.hints());
                case Decision.Use use -> uses.put(use.hint(), use);
                case Decision.Look look -> {}
            }
        }
        if (!dropped.isEmpty()) {
            transaction.execute(() -> {
                leases.fence(batch.lease());
                hints.done(dropped);
            });
        }
        int size = Math.min(configured.provider().limits().pageSize(), settings.batch());
        return Groups.of(decisions, known, hints.payloads(uses.keySet()), size, tick);
    }

    private Map<String, List<Link>> known(Batch batch, List<String> objects) {
        return links.find(batch.connectionId(), objects).stream().collect(Collectors.groupingBy(Link::externalId));
    }

    /**
     * Absorbs what was seen of a group's objects, and is done with their hints. An object that somebody else absorbed since
     * this was decided is left out, and its hints stay: what was seen of it may be older than what is known now. So do those
     * of an object that cannot be judged yet, for a while.
     *
     * @return ids of the objects that are gone there and had a copy
     * @throws io.dayflow.hub.sync.LeaseLost if somebody else works on it now; nothing is written then
     */
    public Set<String> write(Batch batch, Group group, Page page) {
        return transaction.run(() -> {
            leases.fence(batch.lease());
            Set<String> outdated = outdated(batch, group);
            Set<String> goneHere = new HashSet<>(page.gone());
            goneHere.removeAll(outdated);
            Page current = Page.ofRecent(
                    page.objects().stream()
                            .filter(object -> !outdated.contains(object.object().externalId()))
                            .toList(),
                    goneHere);
            Profile profile = batch.configured().profile();
            Set<String> left = current.objects().isEmpty() && goneHere.isEmpty()
                    ? Set.of()
                    : inbound.write(batch.lease(), profile, group.collection(), current, null, "webhook");
            Set<UUID> done = new HashSet<>();
            Set<UUID> again = new HashSet<>();
            group.hints().forEach((object, its) -> {
                if (left.contains(object)) {
                    again.addAll(its);
                } else if (!outdated.contains(object)) {
                    done.addAll(its);
                }
            });
            hints.later(again, retryAt(group));
            hints.done(done);
            goneHere.removeIf(
                    object -> group.seen().getOrDefault(object, Set.of()).isEmpty());
            return goneHere;
        });
    }

    /** Locks the items of the group's objects, and says of which objects the hub knows something else by now. */
    private Set<String> outdated(Batch batch, Group group) {
        List<String> objects = List.copyOf(group.hints().keySet());
        links.lock(links.find(batch.connectionId(), objects).stream()
                .map(Link::itemId)
                .toList());
        Map<String, List<Link>> now = known(batch, objects);
        // what came and went meanwhile is as unknown as before
        Set<String> ended = links.ended(batch.connectionId(), objects, group.tick());
        return objects.stream()
                .filter(object -> ended.contains(object)
                        || !Groups.seen(now.getOrDefault(object, List.of()))
                                .equals(group.seen().getOrDefault(object, Set.of())))
                .collect(Collectors.toSet());
    }

    /** Judges what was found to be gone, and carries it over or asks. */
    public void settleDeletions(Batch batch, Set<String> gone) {
        engine.settleDeletions(batch.lease(), batch.configured().profile(), gone);
    }

    /** The service failed a look: the hints wait, or are given up, as the fault asks for. True if others may go on. */
    public boolean failed(Batch batch, Group group, Fault fault) {
        log.warn("look at what a webhook told failed: {}: {}", fault.kind(), fault.message());
        return transaction.run(() -> {
            leases.fence(batch.lease());
            return switch (fault) {
                case Fault.Transient f -> waits(batch, group, fault, retryAt(group));
                case Fault.RateLimited f -> waits(batch, group, fault, f.until());
                case Fault.NeedsReconnect f -> waits(batch, group, fault, retryAt(group));
                case Fault.Rejected f -> isolate(batch, group, fault);
                case Fault.Gone f -> isolate(batch, group, fault);
                case Fault.Unreadable f -> isolate(batch, group, fault);
            };
        });
    }

    private boolean waits(Batch batch, Group group, Fault fault, Instant until) {
        hints.later(group.allHints(), until);
        engine.failed(batch.connectionId(), fault);
        return false;
    }

    private boolean isolate(Batch batch, Group group, Fault fault) {
        if (group.hints().size() > 1) {
            hints.part(group.allHints());
        } else if (group.attempts() + 1 < settings.attempts()) {
            hints.later(group.allHints(), retryAt(group));
        } else {
            park(batch, group, fault);
            hints.done(group.allHints());
        }
        return true;
    }

    private Instant retryAt(Group group) {
        return clock.instant()
                .plus(BackOff.of(chance, settings.retryDelay(), settings.retryLongest(), group.attempts()));
    }

    private void park(Batch batch, Group group, Fault fault) {
        WriteSet out = new WriteSet();
        UUID user = batch.configured().connection().userId();
        UUID collection = group.collection().id();
        Instant now = clock.instant();
        for (String object : group.hints().keySet()) {
            out.park(DeadLetter.unread(
                    ids.get(), user, batch.connectionId(), collection, object, fault.kind(), fault.message(), now));
        }
        links.apply(out);
    }

    /** There is nothing left. What came between the last look and this is told to whoever listens. */
    public void release(Batch batch) {
        leases.release(batch.lease());
        if (hints.waitingConnections().contains(batch.connectionId())) {
            wake.webhooks();
        }
    }

    /** The work is given up; whoever looks next takes it up. */
    public void giveUp(Batch batch) {
        leases.release(batch.lease());
    }
}
