package io.dayflow.hub.paging;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The place of a row in a list, opaque to callers.
 *
 * @param at the row's time, which orders the list; lists ordered by a number alone use {@link Instant#EPOCH}
 * @param key what tells rows of the same time apart
 */
public record Cursor(Instant at, String key) {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** The place of a row in a list ordered by a growing number. */
    public static Cursor of(long number) {
        return new Cursor(Instant.EPOCH, Long.toString(number));
    }

    /** The place of a row in a list ordered by time and id. */
    public static Cursor of(Instant at, UUID id) {
        return new Cursor(at, id.toString());
    }

    /** The form that callers get and send back. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + " " + key).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads {@link #text()} back, or null where it is none. */
    public static @Nullable Cursor parse(String text) {
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int space = plain.indexOf(' ');
            // No key of ours holds a control character, and PostgreSQL takes no NUL in a text.
            if (space < 0 || plain.chars().anyMatch(Character::isISOControl)) {
                return null;
            }
            var cursor = new Cursor(Instant.parse(plain.substring(0, space)), plain.substring(space + 1));
            // Beyond these are valid instants and no valid timestamps.
            return cursor.at().isAfter(LATEST) || cursor.at().isBefore(EARLIEST) ? null : cursor;
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }

    /** The key as a number, or null where it is none: the cursor of another list. */
    public @Nullable Long number() {
        try {
            return Long.valueOf(key);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The key as an id, or null where it is none: the cursor of another list. */
    public @Nullable UUID id() {
        try {
            return UUID.fromString(key);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
