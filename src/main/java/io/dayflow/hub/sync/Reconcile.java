package io.dayflow.hub.sync;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.merge.DeleteEdit;
import io.dayflow.hub.merge.EditTimes;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.merge.Merged;
import io.dayflow.hub.merge.Normalised;
import io.dayflow.hub.merge.Occurrences;
import io.dayflow.hub.merge.Strategies;
import io.dayflow.hub.merge.Strategy;
import io.dayflow.hub.merge.ThreeWay;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides what one side's copy and the item mean to each other. Works on open books only; stores nothing. */
final class Reconcile {

    private static final String DELETED = Strategies.DELETED;

    /** The time of what nobody edited: earlier than any edit. */
    private static final Instant NO_EDIT = Instant.MIN;

    private Reconcile() {}

    /** The side was seen to hold this: three-way merge against the base, per field. */
    static void seen(ItemBook book, Link link, Seen seen, Profile profile) {
        Link now = seen.on(link, book.context().now());
        if (book.isDeleted()) {
            seenAfterDelete(book, link, now, seen, profile);
            return;
        }
        OpenConflict conflict = book.conflict(link);
        if (conflict != null && conflict.type() == OpenConflict.Type.DELETE_EDIT) {
            book.closeConflict(link, "settled: the service holds it again");
        }
        View base = baseOf(link, seen.view());
        if (seen.isAnswerTo(link)) {
            View ours = profile.lens(book.kind()).project(book.item());
            merge(book, link, now, ThreeWay.answered(base, ours, seen.view()), seen.view(), NO_EDIT, profile);
        } else {
            merge(book, link, now, base, seen.view(), seen.modifiedAt(), profile);
        }
    }

    /** The item changed while fields of this link were under conflict: looks whether they still are. */
    static void reconsider(ItemBook book, Link link, Profile profile) {
        View held = link.base();
        OpenConflict conflict = book.conflict(link);
        if (held == null || conflict == null || book.isDeleted()) {
            return;
        }
        if (Questions.isFieldConflict(conflict)) {
            merge(book, link, link, held, held, null, profile);
        } else if (conflict.type() == OpenConflict.Type.DUPLICATE) {
            Duplicates.reconsider(book, link, profile);
        } else if (link.state() == Link.State.LIVE) {
            // another side brought the item back: there is no deletion left to decide on
            book.closeConflict(link, "settled: kept, as it was edited");
        }
    }

    /** What the side is to hold: the item's projection, with what is under conflict left as the side has it. */
    static View desired(ItemBook book, Link link, Profile profile) {
        View projected = profile.lens(book.kind()).project(book.item());
        OpenConflict conflict = book.conflict(link);
        View base = link.base();
        if (conflict == null || base == null || !Questions.isFieldConflict(conflict)) {
            return projected;
        }
        return ThreeWay.hold(projected, base, Questions.paths(conflict));
    }

    /** Whether the item was changed since it and the side last agreed. */
    static boolean isEdited(ItemBook book, Link link, Profile profile) {
        View base = link.base();
        return base != null && !profile.lens(book.kind()).project(book.item()).equals(base);
    }

    /** Whether the difference is more than what another service made of the values: that is nobody's edit. */
    private static boolean isEditedByAnybody(ItemBook book, Link link, Profile profile) {
        View base = link.base();
        return base != null && !Normalised.same(base, profile.lens(book.kind()).project(book.item()));
    }

    /** The side was seen to hold its copy no more: what that means is decided later, unless nothing is left to decide. */
    static void lost(ItemBook book, Link link) {
        Link now = book.link(Objects.requireNonNull(link.connectionId())).orElse(link);
        // what was deleted and made anew may be known at its new place already
        boolean elsewhere = !now.externalId().equals(link.externalId());
        View sent = now.intent();
        if (now.base() == null
                && sent != null
                && !now.pending()
                && !now.externalId().isEmpty()) {
            // it was there, and could never be read: what was sent is all that is known of it
            now = now.seen(now.externalId(), now.part(), now.version(), sent, now.extras());
        }
        if (elsewhere || now.base() == null || now.state() == Link.State.GONE || now.isQuarantined()) {
            return;
        }
        Instant at = book.context().now();
        if (book.isDeleted()) {
            book.put(now.ended(at));
            book.closeConflict(now, "settled: deleted on both sides");
        } else if (now.state() == Link.State.DUPLICATE) {
            book.put(now.ended(at));
            book.closeConflict(now, "settled: the service no longer holds it");
        } else {
            book.put(now.withState(Link.State.GONE, at));
        }
    }

    /**
     * The side no longer holds its copy, and that is proven: decides between the deletion and an edit made here.
     *
     * @param goneAt when the absence was noticed
     */
    static void gone(ItemBook book, Link link, Profile profile, Instant goneAt) {
        if (book.isDeleted()) {
            book.put(link.ended(goneAt));
            book.closeConflict(link, "settled: deleted on both sides");
            return;
        }
        if (profile.keepDeleted()) {
            book.put(link.ended(goneAt));
            return;
        }
        boolean edited = isEditedByAnybody(book, link, profile);
        DeleteEdit decision = edited
                ? DeleteEdit.decide(profile.strategies().at(DELETED), latestEdit(book), goneAt, true)
                : DeleteEdit.DELETE;
        switch (decision) {
            case DELETE -> {
                if (edited) {
                    Losers.keepDeletion(book, link, profile, true, true);
                }
                book.delete(goneAt);
                book.put(link.ended(goneAt));
                book.closeConflict(link, "settled: deleted on the service");
            }
            case KEEP -> {
                Losers.keepDeletion(book, link, profile, true, false);
                book.put(link.forgotten());
                book.closeConflict(link, "settled: kept, as it was edited");
            }
            case ASK -> {
                book.put(link.withState(Link.State.GONE, goneAt).withPending(false));
                book.openConflict(Questions.deleteConflict(book, link, profile, true));
            }
        }
    }

    private static void seenAfterDelete(ItemBook book, Link link, Link now, Seen seen, Profile profile) {
        Instant deletedAt = Objects.requireNonNull(book.stored().deletedAt());
        if (link.base() == null || seen.isAnswerTo(link) || Normalised.same(seen.view(), baseOf(link, seen.view()))) {
            // the row may have gone with this very look, so that nobody has made the deletion pending yet
            boolean undecided = book.conflict(link) != null || isRefused(book, link, seen.view());
            book.put(now.withPending(link.pending() || !undecided));
            return;
        }
        switch (DeleteEdit.decide(profile.strategies().at(DELETED), seen.modifiedAt(), deletedAt, false)) {
            case DELETE -> {
                // the deleted item takes the edit along: whoever wants it back wants it so
                takeAlong(book, link, seen, profile);
                Losers.keepDeletion(book, link, profile, false, true);
                book.put(now.withPending(true));
            }
            case KEEP -> {
                Losers.keepDeletion(book, link, profile, false, false);
                book.closeConflict(link, "settled: kept, as it was edited");
                book.restore();
                merge(book, link, now, baseOf(link, seen.view()), seen.view(), seen.modifiedAt(), profile);
            }
            case ASK -> {
                // the item takes the service's edit along, so that whoever keeps it keeps that too
                takeAlong(book, link, seen, profile);
                book.put(now.withPending(false));
                book.openConflict(Questions.deleteConflict(book, link, profile, false));
            }
        }
    }

    /** The service's edit, beside those that other services' copies brought along before. */
    private static void takeAlong(ItemBook book, Link link, Seen seen, Profile profile) {
        Lens lens = profile.lens(book.kind());
        Merged merged = ThreeWay.merge(
                baseOf(link, seen.view()),
                lens.project(book.item()),
                seen.view(),
                Strategy.SOURCE,
                new EditTimes(book.stored().edited(), null, Map.of(), seen.modifiedAt()));
        book.become(lens.absorb(book.item(), merged.view()), seen.modifiedAt());
        Losers.keep(book, link, profile, merged);
    }

    private static void merge(
            ItemBook book, Link before, Link now, View base, View theirs, @Nullable Instant theirsAt, Profile profile) {
        Lens lens = profile.lens(book.kind());
        View ours = lens.project(book.item());
        Merged merged = ThreeWay.merge(
                base,
                Occurrences.settle(base, ours, theirs),
                theirs,
                profile.strategies(),
                new EditTimes(book.stored().edited(), null, Map.of(), theirsAt),
                Questions.heldBase(book.conflict(before)));
        if (!merged.view().equals(ours)) {
            Item item = Occurrences.reopened(book.item(), lens.absorb(book.item(), merged.view()), merged.view());
            if (NO_EDIT.equals(theirsAt)) {
                book.takeOn(item);
            } else {
                book.become(item, theirsAt == null ? book.context().now() : theirsAt);
            }
        }
        if (!NO_EDIT.equals(theirsAt)) {
            Losers.keep(book, before, profile, merged);
        }
        if (merged.open().isEmpty()) {
            book.closeConflict(before, merged.decided().isEmpty() ? "settled" : "strategy");
        } else {
            book.openConflict(Questions.fieldConflict(book, before, profile, merged));
        }
        View wanted = ThreeWay.hold(lens.project(book.item()), theirs, merged.heldPaths());
        book.put(now.withPending(!wanted.equals(theirs) && !isRefused(book, before, theirs)));
    }

    /** The service has refused this very edit, and holds what it held then: asking again would change nothing. */
    private static boolean isRefused(ItemBook book, Link link, View theirs) {
        Long refused = link.parkedRevision();
        return refused != null && refused == book.stored().revision() && theirs.equals(link.base());
    }

    /** What of a write whose answer was lost has arrived was agreed on; a copy that was created so is what was sent. */
    private static View baseOf(Link link, View theirs) {
        View base = link.base();
        View sent = link.intent();
        if (base == null) {
            return sent == null ? theirs : sent;
        }
        return sent == null ? base : ThreeWay.arrived(base, sent, theirs);
    }

    private static @Nullable Instant latestEdit(ItemBook book) {
        return book.stored().edited().values().stream()
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
