package io.dayflow.hub.provider;

import io.dayflow.hub.item.View;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code <provider>.map} makes of one {@link Fetched}.
 *
 * @param parts the items in it; an object usually holds one
 * @param problems what in it could not be read, and why; such parts are neither changed nor deleted
 * @param collection external id of the collection that the object lives in now; null: in the one that was asked
 */
public record Mapped(
        Fetched object,
        List<Part> parts,
        List<Problem> problems,
        @Nullable String collection) {

    /** An object of the collection that was asked. */
    public Mapped(Fetched object, List<Part> parts, List<Problem> problems) {
        this(object, parts, problems, null);
    }

    /**
     * One item of the object.
     *
     * @param key tells it from others in the same object; stable while the object lives
     * @param modifiedAt when the side says it was last edited
     */
    public record Part(String key, View view, @Nullable Instant modifiedAt) {}

    /** @param key the part's key where it is known, else empty: the whole object */
    public record Problem(String key, String reason) {}
}
