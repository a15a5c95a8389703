package io.dayflow.hub.api;

import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands in addresses: read strictly, refused by name. */
final class QueryParameters {

    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    private static final int LONGEST_TEXT = 200;

    private QueryParameters() {}

    /** An id in a path: what is no id names nothing. */
    static UUID pathId(String value, String what) {
        if (!ID.matcher(value).matches()) {
            throw new NotFound("There is no such " + what + ".");
        }
        return UUID.fromString(value);
    }

    /** A number in a path: what is none names nothing. */
    static long pathNumber(String value, String what) {
        if (!value.matches("[0-9]{1,18}")) {
            throw new NotFound("There is no such " + what + ".");
        }
        return Long.parseLong(value);
    }

    /** An id in a query, or null where the query has none or an empty one. */
    static @Nullable UUID id(String name, @Nullable String value) {
        return value == null || value.isEmpty() ? null : neededId(name, value);
    }

    /** An id in a query that says nothing without. */
    static UUID neededId(String name, String value) {
        if (!ID.matcher(value).matches()) {
            throw new InvalidRequest(name, "must be an id (a UUID)");
        }
        return UUID.fromString(value);
    }

    /** One of a few words in a query, or null where the query has none or an empty one. */
    static @Nullable String choice(String name, @Nullable String value, List<String> accepted) {
        return value == null || value.isEmpty() ? null : word(name, value, accepted);
    }

    /** One of a few words, or null where there is none: of what changes something, where an empty word may be a mistake. */
    static @Nullable String word(String name, @Nullable String value, List<String> accepted) {
        if (value != null && !accepted.contains(value)) {
            throw new InvalidRequest(name, "must be one of " + String.join(", ", accepted));
        }
        return value;
    }

    /** A time in a query, or null where the query has none. */
    static @Nullable Instant instant(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            var time = OffsetDateTime.parse(value).toInstant();
            if (time.isAfter(EARLIEST) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeParseException no) {
            // said below
        }
        throw new InvalidRequest(name, "must be a time as in RFC 3339, for example 2026-01-31T08:00:00Z");
    }

    /** A word or a few in a query, or null where the query has none. */
    static @Nullable String text(String name, @Nullable String value) {
        if (value != null && (value.isBlank() || value.length() > LONGEST_TEXT)) {
            throw new InvalidRequest(name, "must be a text of at most " + LONGEST_TEXT + " characters");
        }
        return value;
    }

    /** A page of a list whose rows are told apart by id. */
    static PageRequest pageById(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(limit(limit), cursor("cursor", cursor, Cursor::id));
    }

    /** A page of a list whose rows are told apart by a text. */
    static PageRequest page(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(limit(limit), cursor("cursor", cursor, Cursor::key));
    }

    /** A page of a list whose rows are numbered. */
    static PageRequest pageByNumber(@Nullable String limit, String cursorName, @Nullable String cursor) {
        return new PageRequest(limit(limit), cursor(cursorName, cursor, Cursor::number));
    }

    private static int limit(@Nullable String value) {
        if (value == null) {
            return PageRequest.USUAL;
        }
        int limit = value.matches("[0-9]{1,4}") ? Integer.parseInt(value) : 0;
        if (limit < 1 || limit > PageRequest.MOST) {
            throw new InvalidRequest("limit", "must be a whole number from 1 to " + PageRequest.MOST);
        }
        return limit;
    }

    private static @Nullable Cursor cursor(
            String name, @Nullable String value, Function<Cursor, @Nullable Object> key) {
        if (value == null) {
            return null;
        }
        var cursor = Cursor.parse(value);
        if (cursor == null || key.apply(cursor) == null) {
            throw new InvalidRequest(name, "must be a nextCursor of this list");
        }
        return cursor;
    }
}
