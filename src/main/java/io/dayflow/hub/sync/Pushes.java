package io.dayflow.hub.sync;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * From agreement to a side that has not heard of it yet. Nothing is queued: what is to be written is computed, each time,
 * from the difference between what the side should hold and what it was last seen to hold.
 */
@Component
public class Pushes {

    private static final Logger log = LoggerFactory.getLogger(Pushes.class);
    private static final String RESOURCE = "push:";
    private static final int BATCH = 100;

    private final HubTransaction transaction;
    private final LinkStore store;
    private final Books books;
    private final Planner planner;
    private final Profiles profiles;
    private final Leases leases;
    private final JobProgress jobs;
    private final CollectionStore collections;
    private final RunStatus status;
    private final PushGuard guard;
    private final SyncSettings settings;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final JdbcClient jdbc;

    Pushes(
            HubTransaction transaction,
            LinkStore store,
            Books books,
            Planner planner,
            Profiles profiles,
            Leases leases,
            JobProgress jobs,
            CollectionStore collections,
            RunStatus status,
            PushGuard guard,
            SyncSettings settings,
            Clock clock,
            Supplier<UUID> ids,
            JdbcClient jdbc) {
        this.transaction = transaction;
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.profiles = profiles;
        this.leases = leases;
        this.jobs = jobs;
        this.collections = collections;
        this.status = status;
        this.guard = guard;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.jdbc = jdbc;
    }

    /**
     * The pushes of one connection, under a lease.
     *
     * @param jobId the job that pushes are counted for; null where nobody asked
     */
    public record Batch(Lease lease, Profile profile, Provider provider, @Nullable UUID jobId) {}

    /** Connections with links to push, each with a lease that this instance has just taken. */
    public List<Batch> take() {
        List<UUID> due = jdbc.sql("""
                        select c.id from hub.connection c
                        where c.disconnected_at is null and c.active and c.confirmed_at is not null
                          and c.status <> 'needs_reconnect' and (c.not_before is null or c.not_before <= now())
                          and coalesce(c.settings ->> 'syncDirection', '') not in ('one_way', 'manual')
                          and exists (select 1 from hub.link l
                                      where l.connection_id = c.id and l.pending and l.state = 'live'
                                        and (l.not_before is null or l.not_before <= now()))
                        """)
                .query(UUID.class)
                .list();
        List<Batch> taken = new ArrayList<>();
        due.forEach(connection -> take(connection, null).ifPresent(taken::add));
        return taken;
    }

    /** The pushes of one connection, unless another instance is at them. */
    public Optional<Batch> take(UUID connectionId, @Nullable UUID jobId) {
        return profiles.find(connectionId)
                .filter(configured -> configured.profile().pushes())
                .flatMap(configured -> leases.take(RESOURCE + connectionId)
                        .map(lease -> new Batch(lease, configured.profile(), configured.provider(), jobId)));
    }

    /** The next links to look at; empty when there are none left that may be tried now. */
    public List<UUID> next(Batch batch) {
        UUID connectionId = batch.profile().connection().id();
        boolean deletesHeld = guard.holds(batch);
        return jdbc.sql("""
                        select l.id from hub.link l join hub.item i on i.id = l.item_id
                        where l.connection_id = :connection and l.pending and l.state = 'live'
                          and (l.not_before is null or l.not_before <= now())
                          and (not :held or i.deleted_at is null or l.delete_allowed)
                        order by i.updated_at, l.id limit :limit
                        """)
                .param("connection", connectionId)
                .param("held", deletesHeld)
                .param("limit", BATCH)
                .query(UUID.class)
                .list();
    }

    /** Decides what to do about one link, and notes the intent where something is to be created. */
    public PushTask plan(Batch batch, UUID linkId) {
        return transaction.run(() -> {
            leases.fence(batch.lease());
            WriteSet out = new WriteSet();
            PushTask task = open(batch, linkId)
                    .map(open -> {
                        PushTask planned = plan(batch.profile(), open.book(), open.link());
                        open.book().close(out, open.link().id());
                        return planned;
                    })
                    .orElseGet(() -> new PushTask.Nothing(linkId));
            planner.write(out.rows());
            store.apply(out);
            return task;
        });
    }

    private PushTask plan(Profile profile, ItemBook book, Link link) {
        UUID collectionId = link.collectionId();
        if (!link.pending() || link.state() != Link.State.LIVE || collectionId == null) {
            book.put(link.withPending(false));
            return new PushTask.Nothing(link.id());
        }
        CollectionRef collection = collections.find(collectionId);
        if (book.isDeleted()) {
            return planDelete(profile, book, link, collection);
        }
        if (collection.readOnly()) {
            book.put(link.withPending(false));
            return new PushTask.Nothing(link.id());
        }
        Reconcile.reconsider(book, link, profile);
        Link now = book.link(profile.connection().id()).orElse(link);
        View desired = Reconcile.desired(book, now, profile);
        if (desired.equals(now.base())) {
            book.put(now.withPending(false));
            return new PushTask.Nothing(link.id());
        }
        if (now.base() != null && !now.verified()) {
            return new PushTask.Look(link.id(), now.externalId(), collection);
        }
        if (now.base() == null) {
            book.put(now.intending(desired).withPending(true));
            return new PushTask.Write(
                    link.id(), PushTask.Verb.CREATE, push(book, now, desired), collection, book.stored().revision());
        }
        book.put(now.withPending(true));
        return new PushTask.Write(
                link.id(), PushTask.Verb.UPDATE, push(book, now, desired), collection, book.stored().revision());
    }

    private PushTask planDelete(Profile profile, ItemBook book, Link link, CollectionRef collection) {
        boolean neverThere = link.base() == null && link.intent() == null;
        Instant now = book.context().now();
        if (neverThere) {
            book.put(link.ended(now));
            return new PushTask.Nothing(link.id());
        }
        if (profile.keepDeleted() || collection.readOnly()) {
            book.put(link.released(now));
            return new PushTask.Nothing(link.id());
        }
        if (link.externalId().isEmpty()) {
            // a create without an answer: whether it came to be shows when its own request is sent again
            return new PushTask.Write(
                    link.id(),
                    PushTask.Verb.CREATE,
                    push(book, link, Objects.requireNonNull(link.intent())),
                    collection,
                    book.stored().revision());
        }
        if (!link.verified()) {
            return new PushTask.Look(link.id(), link.externalId(), collection);
        }
        return new PushTask.Write(
                link.id(), PushTask.Verb.DELETE, push(book, link, null), collection, book.stored().revision());
    }

    private static Push push(ItemBook book, Link link, @Nullable View desired) {
        String uid = book.item().uid();
        return new Push(
                book.id(),
                book.kind(),
                link.externalId().isEmpty() ? null : link.externalId(),
                link.part(),
                link.version(),
                link.base(),
                desired,
                link.extras(),
                uid == null ? book.id().toString() : uid);
    }

    /**
     * The side answered a write.
     *
     * @return where the side must be looked at before the next attempt, if it must
     */
    public Optional<String> confirm(Batch batch, PushTask.Write task, Pushed pushed) {
        return transaction.run(() -> {
            leases.fence(batch.lease());
            WriteSet out = new WriteSet();
            Optional<String> look = open(batch, task.linkId()).flatMap(open -> {
                Optional<String> place = confirm(batch, open.book(), open.link(), task, pushed, out);
                open.book().close(out, open.link().id());
                return place;
            });
            planner.write(out.rows());
            store.apply(out);
            if (batch.jobId() != null) {
                jobs.add(batch.jobId(), out.counts(), 0);
            }
            return look;
        });
    }

    private Optional<String> confirm(
            Batch batch, ItemBook book, Link link, PushTask.Write task, Pushed pushed, WriteSet out) {
        View before = task.push().base();
        View desired = task.push().desired();
        return switch (pushed) {
            case Pushed.Written written -> {
                boolean seenMeanwhile = !Objects.equals(link.base(), before) && link.version() != null;
                if (seenMeanwhile) {
                    // a poll was faster and knows more than this answer
                    book.put(link.withPending(true));
                    yield Optional.empty();
                }
                View held = Objects.requireNonNull(desired);
                Link now = link.written(
                        written.externalId(), written.part(), written.version(), held, written.payload());
                boolean stale = book.stored().revision() != task.revision();
                book.put(now.withPending(stale));
                out.journal(entry(book, batch, before, held));
                out.count(Count.PUSHED);
                out.readable(batch.profile().connection().id(), DeadLetter.Direction.OUTBOUND, place(book, link));
                yield written.version() == null ? Optional.of(written.externalId()) : Optional.empty();
            }
            case Pushed.Deleted deleted -> {
                book.put(link.ended(book.context().now()));
                out.journal(entry(book, batch, before, null));
                out.count(Count.PUSHED);
                yield Optional.empty();
            }
            case Pushed.Stale stale -> {
                if (link.externalId().isEmpty()) {
                    book.put(link.at(stale.externalId(), task.push().uid()));
                }
                yield Optional.of(stale.externalId());
            }
            case Pushed.Gone gone -> {
                Reconcile.gone(book, link, batch.profile(), book.context().now());
                yield Optional.empty();
            }
        };
    }

    /** A write failed: waits, parks, or stops the connection's pushes, as the fault asks for. True if others may go on. */
    public boolean failed(Batch batch, UUID linkId, Fault fault) {
        UUID connectionId = batch.profile().connection().id();
        return transaction.run(() -> {
            leases.fence(batch.lease());
            WriteSet out = new WriteSet();
            boolean goOn = open(batch, linkId)
                    .map(open -> {
                        boolean others = failed(batch, open.book(), open.link(), fault, out);
                        open.book().close(out, open.link().id());
                        return others;
                    })
                    .orElse(true);
            store.apply(out);
            if (!goOn) {
                status.failed(connectionId, fault);
            }
            if (batch.jobId() != null) {
                jobs.add(batch.jobId(), out.counts(), 0);
            }
            log.warn("push failed: {}: {}", fault.kind(), fault.message());
            return goOn;
        });
    }

    private boolean failed(Batch batch, ItemBook book, Link link, Fault fault, WriteSet out) {
        boolean givenUp =
                switch (fault) {
                    case Fault.Rejected f -> true;
                    case Fault.Gone f -> true;
                    case Fault.Unreadable f -> link.attempts() + 1 >= settings.attempts();
                    case Fault.Transient f -> false;
                    case Fault.RateLimited f -> false;
                    case Fault.NeedsReconnect f -> false;
                };
        if (givenUp) {
            out.park(letter(batch, book, link, fault));
            out.count(Count.FAILED);
            book.put(link.parked(book.stored().revision()));
            return true;
        }
        book.put(link.retryAt(clock.instant()
                .plus(Runs.backOff(settings.retryDelay(), settings.retryLongest(), link.attempts()))));
        return fault instanceof Fault.Unreadable;
    }

    private DeadLetter letter(Batch batch, ItemBook book, Link link, Fault fault) {
        View desired = book.isDeleted() ? null : Reconcile.desired(book, link, batch.profile());
        return new DeadLetter(
                ids.get(),
                book.context().userId(),
                batch.profile().connection().id(),
                link.collectionId(),
                batch.jobId(),
                book.id(),
                link.id(),
                DeadLetter.Direction.OUTBOUND,
                place(book, link),
                link.part(),
                link.version(),
                fault.kind(),
                fault.message(),
                desired == null ? null : desired.fields().toString(),
                book.context().now());
    }

    /** Where a dead letter of the link stands: its copy, or while there is none, the item. */
    private static String place(ItemBook book, Link link) {
        return link.externalId().isEmpty() ? book.id().toString() : link.externalId();
    }

    /** Nothing is left to push for now. */
    public void release(Batch batch) {
        leases.release(batch.lease());
    }

    private record Open(ItemBook book, Link link) {}

    private Optional<Open> open(Batch batch, UUID linkId) {
        Optional<UUID> itemId = jdbc.sql("select item_id from hub.link where id = :id and state <> 'detached'")
                .param("id", linkId)
                .query(UUID.class)
                .optional();
        if (itemId.isEmpty()) {
            return Optional.empty();
        }
        UUID userId = batch.profile().connection().userId();
        Context context = new Context(
                userId, planner.zone(userId), planner, clock.instant(), ids, batch.jobId(), "push");
        Known known = store.lock(List.of(itemId.get()));
        Map<UUID, ItemBook> open = books.open(context, known);
        return open.values().stream()
                .findFirst()
                .flatMap(book -> book.links().stream()
                        .filter(l -> l.id().equals(linkId))
                        .findFirst()
                        .map(link -> new Open(book, link)));
    }

    private static JournalEntry entry(ItemBook book, Batch batch, @Nullable View before, @Nullable View after) {
        return new JournalEntry(
                book.context().now(),
                book.context().userId(),
                batch.jobId(),
                book.id(),
                batch.profile().connection().id(),
                before,
                after,
                "push");
    }
}
