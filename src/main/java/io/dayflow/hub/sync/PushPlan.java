package io.dayflow.hub.sync;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Push;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a side is to be told about one item, computed from what it should hold and what it was last seen to hold. */
@Component
class PushPlan {

    private final CollectionStore collections;

    PushPlan(CollectionStore collections) {
        this.collections = collections;
    }

    /** Decides on an open book, and leaves in it what is known from then on. */
    PushTask plan(Profile profile, ItemBook book, Link link) {
        if (link.state() == Link.State.GONE && isUndecided(profile, book, link)) {
            Reconcile.gone(book, link, profile, book.context().now());
            return book.link(profile.connection().id())
                    .filter(now -> now.state() == Link.State.LIVE)
                    .map(now -> plan(profile, book, now))
                    .orElseGet(() -> new PushTask.Nothing(link.id()));
        }
        UUID collectionId = link.collectionId();
        boolean waits = link.pending() || book.isChanged();
        if (!waits || link.state() != Link.State.LIVE || collectionId == null) {
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
        if (link.base() == null) {
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
}
