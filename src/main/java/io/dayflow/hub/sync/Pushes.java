package io.dayflow.hub.sync;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.Push;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * From agreement to a side that has not heard of it yet. Nothing is queued: what is to be written is computed, each time,
 * from the difference between what the side should hold and what it was last seen to hold.
 */
@Component
public class Pushes {

    private static final String RESOURCE = "push:";
    private static final int BATCH = 100;

    private final ConnectionStore connections;
    private final PendingLinks pending;
    private final HubTransaction transaction;
    private final LinkStore store;
    private final PushDesk desk;
    private final Planner planner;
    private final Profiles profiles;
    private final Leases leases;
    private final CollectionStore collections;
    private final PushGuard guard;

    Pushes(
            ConnectionStore connections,
            PendingLinks pending,
            HubTransaction transaction,
            LinkStore store,
            PushDesk desk,
            Planner planner,
            Profiles profiles,
            Leases leases,
            CollectionStore collections,
            PushGuard guard) {
        this.connections = connections;
        this.pending = pending;
        this.transaction = transaction;
        this.store = store;
        this.desk = desk;
        this.planner = planner;
        this.profiles = profiles;
        this.leases = leases;
        this.collections = collections;
        this.guard = guard;
    }

    /**
     * The pushes of one connection, under a lease.
     *
     * @param jobId the job that pushes are counted for; null where nobody asked
     */
    public record Batch(
            Lease lease,
            Profile profile,
            Provider provider,
            @Nullable UUID jobId) {}

    /** Connections with links to push, each with a lease that this instance has just taken. */
    public List<Batch> take() {
        List<Batch> taken = new ArrayList<>();
        connections.duePushes().forEach(connection -> take(connection, null).ifPresent(taken::add));
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
        return pending.next(connectionId, guard.holds(batch), BATCH);
    }

    /** Decides what to do about one link, and notes the intent where something is to be created. */
    public PushTask plan(Batch batch, UUID linkId) {
        return transaction.run(() -> {
            leases.fence(batch.lease());
            WriteSet out = new WriteSet();
            PushTask task = desk.open(batch, linkId)
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
        if (link.state() == Link.State.GONE && isUndecided(profile, book, link)) {
            Reconcile.gone(book, link, profile, book.context().now());
            return book.link(profile.connection().id())
                    .filter(now -> now.state() == Link.State.LIVE)
                    .map(now -> plan(profile, book, now))
                    .orElseGet(() -> new PushTask.Nothing(link.id()));
        }
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
        if (now.mustBeRead()) {
            return new PushTask.Look(link.id(), now.externalId(), collection);
        }
        if (now.base() == null) {
            // a create without an answer may have come to be: its own request is sent again, and what changed since
            // follows
            View sent = now.intent() == null ? desired : now.intent();
            book.put(now.intending(sent).withPending(true));
            return new PushTask.Write(
                    link.id(),
                    PushTask.Verb.CREATE,
                    push(book, now, sent),
                    collection,
                    sent.equals(desired) ? book.stored().revision() : PushTask.OUTDATED);
        }
        // where the answer is lost, the side is read before anything is written again
        book.put(now.intending(desired).withPending(true));
        return new PushTask.Write(
                link.id(),
                PushTask.Verb.UPDATE,
                push(book, now, desired),
                collection,
                book.stored().revision());
    }

    /** An edit met a copy that is no longer there. Without an edit the deletion waits for the end of a run. */
    private static boolean isUndecided(Profile profile, ItemBook book, Link link) {
        return book.conflict(link) == null && !book.isDeleted() && Reconcile.isEdited(book, link, profile);
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
                    PushTask.OUTDATED);
        }
        if (link.mustBeRead()) {
            return new PushTask.Look(link.id(), link.externalId(), collection);
        }
        return new PushTask.Write(
                link.id(),
                PushTask.Verb.DELETE,
                push(book, link, null),
                collection,
                book.stored().revision());
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

    /** There is nothing more that may be pushed. */
    public void release(Batch batch) {
        leases.release(batch.lease());
    }
}
