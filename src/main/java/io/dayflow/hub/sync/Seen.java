package io.dayflow.hub.sync;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.Turn;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a side was seen to hold of one item.
 *
 * @param modifiedAt when the side says it was last edited, else when it was seen
 */
record Seen(
        String externalId,
        String part,
        @Nullable String version,
        View view,
        @Nullable String extras,
        Instant modifiedAt) {

    /** What a part of an object shows, last edited at {@code now} where it says nothing, or something that is to come. */
    static Seen of(Fetched object, Mapped.Part part, Instant now) {
        Instant edited = part.modifiedAt();
        return new Seen(
                object.externalId(),
                part.key(),
                object.version(),
                part.view(),
                object.payload(),
                edited == null || edited.isAfter(now) ? now : edited);
    }

    /** Whether it is, to the letter, what the side answered to the hub's own write: how it differs from that, nobody edited. */
    boolean isAnswerTo(Link link) {
        return !link.verified() && extras != null && extras.equals(link.extras());
    }

    /** The link once this was seen, and who changed the copy if it is not as it was. */
    Link on(Link link, Instant now) {
        Link seen = link.seen(externalId, part, version, view, extras);
        View base = link.base();
        if (base == null || base.equals(view)) {
            return seen;
        }
        return seen.noting(Turn.of(now, view.equals(link.intent()) ? Turn.By.HUB : Turn.By.SERVICE, base, view));
    }

    /**
     * Whether something else was learnt of the copy since this was read, so that it may be what the side held before.
     *
     * @param readAt the tick before it was read
     */
    boolean mayBeOlder(Link link, long readAt, Profile profile) {
        String latest = link.version();
        boolean same = version != null && version.equals(latest) && link.state() == Link.State.LIVE;
        boolean newer = profile.ordered() && latest != null && version != null && version.compareTo(latest) > 0;
        return link.learnt() > readAt && !same && !newer;
    }

    /**
     * Whether it is of no account: nothing is carried over from a copy in quarantine; and where a webhook was late, or faster
     * than the page that was being read, what it told is known. What a sweep looked at is what the side holds now.
     */
    boolean isPassedOver(Link link, Page page, Profile profile) {
        return link.isQuarantined()
                || profile.ordered() && isOlderThan(link) && !page.visit().audits();
    }

    /** Whether the link has seen a later version, where versions are ordered as texts. */
    boolean isOlderThan(Link link) {
        String latest = link.version();
        return link.base() != null
                && link.state() != Link.State.GONE
                && latest != null
                && version != null
                && version.compareTo(latest) < 0;
    }

    /**
     * Whether something else was learnt of a copy since this, which could not be read, was seen; or of a later version.
     *
     * @param links those of the copy
     * @param readAt the tick before it was read
     */
    static boolean isOutdated(@Nullable String version, List<Link> links, long readAt, Profile profile) {
        return links.stream().filter(link -> link.state() == Link.State.LIVE).anyMatch(link -> {
            String latest = link.version();
            boolean earlier = profile.ordered() && version != null && latest != null && version.compareTo(latest) < 0;
            return earlier || link.learnt() > readAt;
        });
    }
}
