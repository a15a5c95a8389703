package io.dayflow.hub.sync;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import java.time.Instant;
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

    /** Whether the link has seen a later version, where versions are ordered as texts. */
    boolean isOlderThan(Link link) {
        String latest = link.version();
        return link.base() != null
                && link.state() != Link.State.GONE
                && latest != null
                && version != null
                && version.compareTo(latest) < 0;
    }
}
