package io.dayflow.hub.sync;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.provider.CollectionRef;
import java.time.Duration;
import java.time.Instant;

/**
 * What the pages of a sweep are counted for: copies that differ from what was last agreed although nobody had told of it. They
 * are merged as any other; of other pages nothing is counted.
 */
final class Audit {

    /** A write that is not in its service's listings after this long, and not in the copy, was lost. */
    private static final Duration LOST = Duration.ofMinutes(10);

    private final Visit visit;
    private final Profile profile;
    private final WriteSet out;

    Audit(Visit visit, Profile profile, WriteSet out) {
        this.visit = visit;
        this.profile = profile;
        this.out = out;
    }

    /**
     * The link that a sight is to be compared with. Where a service that tells of changes never told of the hub's last write,
     * and still holds what that write replaced, it never took it: that is nobody's edit, and the write is still to be made.
     */
    Link known(Link link, Seen seen, Instant now) {
        View base = link.base();
        boolean lost = visit == Visit.AUDIT
                && base != null
                && !link.verified()
                && link.trail().isLost(base, seen.view(), now.minus(LOST));
        return lost ? link.unwritten(seen.view()) : link;
    }

    /**
     * A copy was compared.
     *
     * @param before its link before that
     * @param edited whether the item had an edit by then that the copy is yet to hear of
     */
    void compared(ItemBook book, Link before, Seen seen, CollectionRef home, boolean edited) {
        if (!visit.audits() || visit == Visit.AUDIT_ALONE && isNews(before, seen)) {
            return;
        }
        View base = before.base();
        boolean differs = base != null && !base.equals(seen.view()) && !seen.isAnswerTo(before);
        boolean pending =
                book.link(profile.connection().id()).filter(Link::pending).isPresent();
        boolean undone = pending && !before.pending() && !edited && profile.pushes() && !home.readOnly();
        if (differs || undone) {
            out.count(Count.REPAIRED);
        }
    }

    /** An object was found that nobody knew. */
    void created() {
        if (visit == Visit.AUDIT) {
            out.count(Count.REPAIRED);
        }
    }

    /** A copy is no longer there. */
    void missed(ItemBook book, Link before) {
        boolean there = before.state() == Link.State.LIVE && before.base() != null && !before.isQuarantined();
        if (visit == Visit.AUDIT && there && !book.isDeleted()) {
            out.count(Count.REPAIRED);
        }
    }

    private static boolean isNews(Link link, Seen seen) {
        return !link.verified() || seen.version() == null || !seen.version().equals(link.version());
    }
}
