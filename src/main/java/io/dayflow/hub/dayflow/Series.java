package io.dayflow.hub.dayflow;

import io.dayflow.hub.item.Event.Occurrence;
import io.dayflow.hub.item.When;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How an event repeats, with the exceptions that DayFlow cannot hold. */
record Series(@Nullable String rule, List<When> rdates, List<When> exdates, SortedMap<String, Occurrence> overrides) {

    static final Series NONE = new Series(null, List.of(), List.of(), new TreeMap<>());

    private static final Pattern UNTIL = Pattern.compile("(?<=UNTIL=)(\\d{8})(?:T(\\d{6})(Z?))?");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

    Series ruledBy(String other) {
        return new Series(other, rdates, exdates, overrides);
    }

    /**
     * The series after its first occurrence moved. Exceptions are known by the time they would have had, so they move by as
     * much on the clock of the series; an occurrence that was changed but not moved moves along, one that was moved stays.
     * Values that are not told as the start is stay as they are. A rule's end is told as the start is.
     */
    Series moved(When from, When to) {
        if (from.equals(to)) {
            return this;
        }
        UnaryOperator<When> move = value -> value.getClass() == from.getClass() ? moved(value, from, to) : value;
        TreeMap<String, Occurrence> moved = new TreeMap<>();
        overrides.forEach((original, occurrence) -> {
            When was = When.parse(original);
            When is = move.apply(was);
            moved.put(
                    is.toString(),
                    occurrence.start().equals(was) ? at(occurrence, is, move.apply(occurrence.end())) : occurrence);
        });
        return new Series(
                rule == null || from.getClass() == to.getClass() ? rule : untilLike(rule, from, to),
                rdates.stream().map(move).toList(),
                exdates.stream().map(move).toList(),
                moved);
    }

    private static When moved(When value, When from, When to) {
        Duration step = Duration.between(local(from, from), local(to, to));
        LocalDateTime there = local(value, from).plus(step);
        return switch (to) {
            case When.Day day -> When.of(there.toLocalDate());
            case When.Floating floating -> When.of(there);
            case When.Zoned zoned -> {
                When told = When.of(there.atZone(zoned.dateTime().getZone()));
                yield value instanceof When.Zoned own
                        ? When.of(told.instantIn(ZoneOffset.UTC)
                                .atZone(own.dateTime().getZone()))
                        : told;
            }
        };
    }

    /** The value on the clock by which {@code like} is told. */
    private static LocalDateTime local(When value, When like) {
        return switch (value) {
            case When.Day day -> day.date().atStartOfDay();
            case When.Floating floating -> floating.dateTime();
            case When.Zoned zoned ->
                zoned.dateTime().withZoneSameInstant(zone(like)).toLocalDateTime();
        };
    }

    private static ZoneId zone(When when) {
        return when instanceof When.Zoned zoned ? zoned.dateTime().getZone() : ZoneOffset.UTC;
    }

    /** UNTIL is a date where the start is one, in UTC where it has a zone, else floating (RFC 5545 section 3.3.10). */
    private static String untilLike(String rule, When from, When to) {
        return UNTIL.matcher(rule).replaceAll(until -> {
            LocalDateTime last = lastTime(until, from);
            String date = DateTimeFormatter.BASIC_ISO_DATE.format(last);
            return switch (to) {
                case When.Day day -> date;
                case When.Floating floating -> date + "T" + TIME.format(last);
                case When.Zoned zoned -> {
                    LocalDateTime utc = last.atZone(zone(to))
                            .withZoneSameInstant(ZoneOffset.UTC)
                            .toLocalDateTime();
                    yield DateTimeFormatter.BASIC_ISO_DATE.format(utc.toLocalDate()) + "T" + TIME.format(utc) + "Z";
                }
            };
        });
    }

    private static LocalDateTime lastTime(MatchResult until, When from) {
        LocalDate date = LocalDate.parse(until.group(1), DateTimeFormatter.BASIC_ISO_DATE);
        if (until.group(2) == null) {
            return date.atTime(LocalTime.of(23, 59, 59));
        }
        LocalDateTime time = date.atTime(LocalTime.parse(until.group(2), TIME));
        return "Z".equals(until.group(3))
                ? time.atZone(ZoneOffset.UTC).withZoneSameInstant(zone(from)).toLocalDateTime()
                : time;
    }

    private static Occurrence at(Occurrence was, When start, When end) {
        return new Occurrence(
                was.title(),
                was.description(),
                start,
                end,
                was.location(),
                was.meetingUrl(),
                was.attendees(),
                was.reminders(),
                was.status(),
                was.transparency(),
                was.visibility(),
                was.categories(),
                was.colour(),
                was.url());
    }
}
