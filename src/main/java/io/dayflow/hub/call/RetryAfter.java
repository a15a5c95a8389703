package io.dayflow.hub.call;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After}, RFC 9110 section 10.2.3: seconds, or an HTTP date in its preferred form. */
final class RetryAfter {

    /** A service that asks for more is asked again after this time. */
    static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /** The time before which nothing should be sent, never before {@code now}; null if the value says nothing usable. */
    static @Nullable Instant read(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        if (text.matches("[0-9]{1,12}")) {
            return cap(now.plusSeconds(Long.parseLong(text)), now);
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                    .toInstant();
            return cap(until, now);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The time after a wait; null where there is none. */
    static @Nullable Instant after(@Nullable Duration wait, Instant now) {
        return wait == null ? null : cap(now.plus(wait), now);
    }

    private static Instant cap(Instant until, Instant now) {
        Instant latest = now.plus(LONGEST);
        return until.isBefore(now) ? now : until.isAfter(latest) ? latest : until;
    }
}
