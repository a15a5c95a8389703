package io.dayflow.hub.item;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * A point in a calendar: a day, a date-time in a zone, or a floating date-time that means the same wall clock everywhere
 * (RFC 5545 section 3.3.5, forms 1 to 3).
 *
 * <p>The text form is canonical, so two values are equal exactly when their texts are: {@code 2026-03-01},
 * {@code 2026-03-01T09:00:00}, {@code 2026-03-01T09:00:00Z} and {@code 2026-03-01T09:00:00+01:00[Europe/Berlin]}.
 */
public sealed interface When extends Comparable<When> {

    /** The first and the last instant {@linkplain #isWithinReach(Instant) within reach}. */
    Instant EARLIEST = Instant.parse("-4000-01-01T00:00:00Z");

    Instant LATEST = Instant.parse("+200001-01-01T00:00:00Z");

    /** A whole day, in whatever zone its reader lives. */
    record Day(LocalDate date) implements When {
        @Override
        public Instant instantIn(ZoneId zone) {
            return date.atStartOfDay(zone).toInstant();
        }

        @Override
        public LocalDate dateIn(ZoneId zone) {
            return date;
        }

        @Override
        public String toString() {
            return date.toString();
        }
    }

    /** A wall-clock time without a zone. */
    record Floating(LocalDateTime dateTime) implements When {
        @Override
        public Instant instantIn(ZoneId zone) {
            return dateTime.atZone(zone).toInstant();
        }

        @Override
        public LocalDate dateIn(ZoneId zone) {
            return dateTime.toLocalDate();
        }

        @Override
        public String toString() {
            return WhenText.of(dateTime);
        }
    }

    /** An instant, told in a zone. UTC in all its spellings is held as {@link ZoneOffset#UTC}. */
    record Zoned(ZonedDateTime dateTime) implements When {
        public Zoned {
            if (dateTime.getZone().normalized().equals(ZoneOffset.UTC)) {
                dateTime = dateTime.withZoneSameInstant(ZoneOffset.UTC);
            }
        }

        @Override
        public Instant instantIn(ZoneId zone) {
            return dateTime.toInstant();
        }

        @Override
        public LocalDate dateIn(ZoneId zone) {
            return dateTime.withZoneSameInstant(zone).toLocalDate();
        }

        @Override
        public String toString() {
            return WhenText.of(dateTime);
        }
    }

    static When of(LocalDate date) {
        return new Day(date);
    }

    static When of(LocalDateTime floating) {
        return new Floating(floating);
    }

    static When of(ZonedDateTime dateTime) {
        return new Zoned(dateTime);
    }

    /** The instant in UTC. */
    static When of(Instant instant) {
        return new Zoned(instant.atZone(ZoneOffset.UTC));
    }

    /** The instant meant by a reader who lives in {@code zone}; for a day, its first instant there. */
    Instant instantIn(ZoneId zone);

    /** The calendar day meant by a reader who lives in {@code zone}. */
    LocalDate dateIn(ZoneId zone);

    /** Whether this is a whole day. */
    default boolean isDay() {
        return this instanceof Day;
    }

    @JsonValue
    @Override
    String toString();

    @Override
    default int compareTo(When other) {
        return toString().compareTo(other.toString());
    }

    /** Whether times of that year can be held by everybody who holds items, such as PostgreSQL: from 4713 BC to 294276. */
    static boolean isWithinReach(int year) {
        return year >= -4_000 && year <= 200_000;
    }

    /** The same of an instant. */
    static boolean isWithinReach(Instant instant) {
        return !instant.isBefore(EARLIEST) && instant.isBefore(LATEST);
    }

    private static void check(int year) {
        if (!isWithinReach(year)) {
            throw new DateTimeException("the year is out of reach");
        }
    }

    /**
     * Reads the text form. An offset that contradicts its zone is corrected to the zone's, keeping the instant.
     *
     * @throws IllegalArgumentException with what is accepted, if the text is none of the forms, or the year is not
     *     {@linkplain #isWithinReach(int) within reach}
     */
    @JsonCreator
    static When parse(String text) {
        try {
            When usual = WhenText.usual(text);
            if (usual != null) {
                return usual;
            }
            if (text.indexOf('T') < 0) {
                LocalDate date = LocalDate.parse(text);
                check(date.getYear());
                return new Day(date);
            }
            boolean zoned =
                    text.endsWith("Z") || text.endsWith("]") || text.lastIndexOf('+') > 9 || text.lastIndexOf('-') > 9;
            if (zoned) {
                ZonedDateTime time = ZonedDateTime.parse(text, DateTimeFormatter.ISO_ZONED_DATE_TIME);
                check(time.getYear());
                return new Zoned(time);
            }
            LocalDateTime time = LocalDateTime.parse(text);
            check(time.getYear());
            return new Floating(time);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no date (2026-03-01), floating time (2026-03-01T09:00:00) or zoned time"
                            + " (2026-03-01T09:00:00+01:00[Europe/Berlin], 2026-03-01T08:00:00Z)",
                    e);
        }
    }
}
