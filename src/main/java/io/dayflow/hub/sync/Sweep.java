package io.dayflow.hub.sync;

import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * DayFlow's part of a sweep: compares the rows of everything that a connection has copies of with what was last agreed. What
 * differs and was never captured is taken in as an edit of now, and counted as repaired.
 */
@Component
public class Sweep {

    /** The journal's word for what a sweep wrote. */
    static final String CAUSE = "sweep";

    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    private static final int BATCH = 200;

    private final HubTransaction transaction;
    private final LinkStore store;
    private final Books books;
    private final Planner planner;
    private final DayflowCapture capture;
    private final Profiles profiles;
    private final Leases leases;
    private final JobStore jobs;
    private final Wake wake;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Sweep(
            HubTransaction transaction,
            LinkStore store,
            Books books,
            Planner planner,
            DayflowCapture capture,
            Profiles profiles,
            Leases leases,
            JobStore jobs,
            Wake wake,
            Clock clock,
            Supplier<UUID> ids) {
        this.transaction = transaction;
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.capture = capture;
        this.profiles = profiles;
        this.leases = leases;
        this.jobs = jobs;
        this.wake = wake;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Compares the rows, a batch in a transaction.
     *
     * @throws RunStopped if a person asked to pause or cancel
     */
    public void rows(Run run) {
        UUID connectionId = run.connection().id();
        UUID after = new UUID(0, 0);
        for (List<Link> links = store.copies(connectionId, after, BATCH);
                !links.isEmpty();
                links = store.copies(connectionId, after, BATCH)) {
            jobs.obey(run.jobId());
            jobs.expect(run.jobId(), links.size());
            rows(run, links.stream().map(Link::itemId).toList());
            after = links.getLast().id();
        }
    }

    private void rows(Run run, List<UUID> items) {
        transaction.execute(() -> {
            leases.fence(run.lease());
            UUID userId = run.connection().userId();
            Context context =
                    new Context(userId, planner.zone(userId), planner, clock.instant(), ids, run.jobId(), CAUSE);
            List<Profiles.Configured> connections = profiles.ofUser(userId);
            WriteSet out = new WriteSet();
            Known known = store.lock(items);
            Map<UUID, ItemBook> open = books.openAsStored(context, known);
            Set<UUID> told = told(known, open);
            open.forEach((id, book) -> {
                if (!told.contains(id)) {
                    row(run, book, connections, out);
                }
            });
            planner.write(out.rows());
            store.apply(out);
            jobs.add(run.jobId(), out.counts(), items.size());
            if (out.counts().containsKey(Count.REPAIRED)) {
                log.warn("rows of DayFlow were repaired: {}", out.counts().get(Count.REPAIRED));
                wake.pushes();
            }
        });
    }

    /** Items of whose rows a change was captured: that is taken in as any other, with its own time. */
    private Set<UUID> told(Known known, Map<UUID, ItemBook> open) {
        Map<UUID, UUID> itemOf = open.keySet().stream()
                .collect(Collectors.toMap(
                        id -> UUID.fromString(
                                known.dayflowLink(id).orElseThrow().externalId()),
                        id -> id));
        Set<UUID> told = new HashSet<>();
        capture.waiting(itemOf.keySet()).forEach(row -> told.add(itemOf.get(row)));
        return told;
    }

    private static void row(Run run, ItemBook book, List<Profiles.Configured> connections, WriteSet out) {
        book.absorbRow(book.context().now());
        boolean edited = book.isChanged();
        if (edited) {
            connections.forEach(c ->
                    book.link(c.connection().id()).ifPresent(link -> Reconcile.reconsider(book, link, c.profile())));
        }
        boolean neverMade = book.link(run.connection().id())
                .filter(link -> run.profile().pushes() && isNeverMade(book, link))
                .map(link -> {
                    book.put(link.withPending(true));
                    return true;
                })
                .orElse(false);
        int rows = out.rows().size();
        book.close(out, null);
        if (edited || neverMade || out.rows().size() > rows) {
            out.count(Count.REPAIRED);
        }
    }

    /** A copy that is to be made, and that nobody is about to make. */
    private static boolean isNeverMade(ItemBook book, Link link) {
        return link.state() == Link.State.LIVE
                && link.base() == null
                && !link.pending()
                && !link.isQuarantined()
                && !book.isDeleted()
                && link.collectionId() != null
                && link.parkedRevision() == null;
    }
}
