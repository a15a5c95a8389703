package io.dayflow.hub.provider;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What {@code <provider>.create}, {@code .update} and {@code .delete} are asked to write.
 *
 * @param externalId for a create: null, or the id chosen by an earlier attempt, which must be used again
 * @param version what the side was last seen to hold; the write must fail where it now holds something else
 * @param base the view last agreed on, null for a create
 * @param desired the view to hold, null for a delete
 * @param payload the object as last seen, to be changed rather than made anew; null for a create
 * @param uid the item's own identity, for sides that keep one
 */
public record Push(
        UUID itemId,
        Kind kind,
        @Nullable String externalId,
        String part,
        @Nullable String version,
        @Nullable View base,
        @Nullable View desired,
        @Nullable String payload,
        String uid) {}
