package io.dayflow.hub.sync;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.Occurrences;
import java.util.UUID;

/** What was written without an answer, and is seen to have arrived. */
final class Arrivals {

    private Arrivals() {}

    /**
     * Notes what the sight of a copy says of earlier writes. Call it once the sight has been taken in.
     *
     * @param before the link as it was before
     */
    static void note(ItemBook book, Link before, Seen seen, Profile profile, WriteSet out) {
        UUID connectionId = profile.connection().id();
        boolean hadToWrite = before.pending() || before.parkedRevision() != null;
        if (hadToWrite && !Reconcile.isEdited(book, book.link(connectionId).orElse(before), profile)) {
            // what could not be written, or whose answer was lost, is there now
            out.readable(connectionId, DeadLetter.Direction.OUTBOUND, seen.externalId());
            out.readable(connectionId, DeadLetter.Direction.OUTBOUND, book.id().toString());
        }
        if (hasArrived(before, seen.view())) {
            Context context = book.context();
            out.count(Count.PUSHED);
            out.journal(new JournalEntry(
                    context.now(),
                    context.userId(),
                    context.jobId(),
                    book.id(),
                    connectionId,
                    before.base(),
                    seen.view(),
                    "push"));
        }
    }

    private static boolean hasArrived(Link before, View theirs) {
        View sent = before.intent();
        View base = before.base();
        if (sent == null || theirs.equals(base)) {
            return false;
        }
        return theirs.equals(sent) || base != null && theirs.equals(Occurrences.settle(base, sent, theirs));
    }
}
