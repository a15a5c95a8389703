package io.dayflow.hub.caldav;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a listing ended, as kept with a collection: the way it is told and the server's own value, for example
 * {@code token:data:,1-2} or {@code ctag:"17"}.
 */
record Cursor(Way way, String value) {

    enum Way {
        /** A sync-token (RFC 6578) after everything before it was listed. */
        TOKEN,
        /** A sync-token in the middle of a first walk. */
        WALK,
        /** The collection's tag, where the server knows no sync-tokens; empty where it has no tag either. */
        CTAG
    }

    /** Null for a missing cursor and for one that was not made here: both begin anew. */
    static @Nullable Cursor of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (Way way : Way.values()) {
            String mark = mark(way);
            if (text.startsWith(mark)) {
                return new Cursor(way, text.substring(mark.length()));
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return mark(way) + value;
    }

    private static String mark(Way way) {
        return way.name().toLowerCase(Locale.ROOT) + ":";
    }
}
