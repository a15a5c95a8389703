package io.dayflow.hub.dayflow;

import io.dayflow.hub.item.When;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The instants by which DayFlow tells days and times to a user who lives in {@code zone}. A day's midnight is its first
 * instant, which some days have at another hour and a skipped day shares with the next.
 */
record UserClock(ZoneId zone) {

    /** The instant that a column holds for this, to the microsecond. */
    Instant instant(When when) {
        return when.instantIn(zone).truncatedTo(ChronoUnit.MICROS);
    }

    /** The instant in a view's text, to the microsecond. */
    Instant read(String text) {
        return instant(When.parse(text));
    }

    static String text(Instant instant) {
        return When.of(instant).toString();
    }

    Instant midnight(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
    }

    LocalDate date(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }

    boolean isMidnight(Instant instant) {
        return midnight(date(instant)).equals(instant);
    }

    /** Without what is less than a minute of the wall clock. */
    Instant toMinute(Instant instant) {
        return instant.atZone(zone).truncatedTo(ChronoUnit.MINUTES).toInstant();
    }

    /** The first midnight after the instant. */
    Instant nextMidnight(Instant instant) {
        LocalDate date = date(instant);
        Instant next;
        do {
            date = date.plusDays(1);
            next = midnight(date);
        } while (!next.isAfter(instant));
        return next;
    }

    /** The instant told in the user's zone. */
    When zoned(Instant instant) {
        return When.of(instant.atZone(zone));
    }

    /** The instant as a time, told as {@code like} is: in its zone, or floating where that means this instant. */
    When time(Instant instant, When like) {
        return switch (like) {
            case When.Day day -> zoned(instant);
            case When.Zoned zoned -> When.of(instant.atZone(zoned.dateTime().getZone()));
            case When.Floating floating -> {
                LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
                yield local.atZone(zone).toInstant().equals(instant) ? When.of(local) : zoned(instant);
            }
        };
    }

    /**
     * What a task's column says now of a point that was {@code before}: the same as long as the instant is; a day where it
     * was one, or was nothing, and the instant is a local midnight; else a time.
     */
    @Nullable
    When point(@Nullable When before, @Nullable Instant now) {
        if (now == null) {
            return null;
        }
        if (before != null && instant(before).equals(now)) {
            return before;
        }
        if (before == null || before.isDay()) {
            return isMidnight(now) ? When.of(date(now)) : zoned(now);
        }
        return time(now, before);
    }
}
