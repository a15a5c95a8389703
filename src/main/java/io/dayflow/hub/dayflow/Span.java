package io.dayflow.hub.dayflow;

import io.dayflow.hub.item.When;
import java.time.Duration;
import java.time.Instant;

/** The time of an event in a row; it ends after its start, and when all-day at local midnights. */
record Span(Instant start, Instant end, boolean allDay) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** A start and an end of the model. */
    record Times(When start, When end) {}

    static Span of(Times times, UserClock clock) {
        return positive(
                clock.instant(times.start()),
                clock.instant(times.end()),
                times.start().isDay(),
                clock);
    }

    /** What a row means that may have been written by anybody. */
    static Span read(Instant start, Instant end, boolean allDay, UserClock clock) {
        if (!allDay) {
            return positive(start, end, false, clock);
        }
        Instant last = clock.isMidnight(end) ? end : clock.nextMidnight(end);
        return positive(clock.midnight(clock.date(start)), last, true, clock);
    }

    private static Span positive(Instant start, Instant end, boolean allDay, UserClock clock) {
        Instant least = allDay ? clock.nextMidnight(start) : start.plus(SHORTEST);
        return new Span(start, end.isAfter(start) ? end : least, allDay);
    }

    /**
     * The start and end that this says of an event that had others before. What did not move stays as it was told; what
     * moved is told as before: in its zone, floating, or as a day. An event without length keeps none when it only moved.
     */
    Times told(Times before, UserClock clock) {
        Span was = of(before, clock);
        if (equals(was)) {
            return before;
        }
        if (allDay) {
            return new Times(When.of(clock.date(start)), When.of(clock.date(end)));
        }
        boolean hadNoLength = !was.allDay && !clock.instant(before.end()).isAfter(was.start);
        boolean hasNoLength = hadNoLength && SHORTEST.equals(Duration.between(start, end));
        Times times = new Times(
                !was.allDay && start.equals(was.start) ? before.start() : clock.time(start, before.start()),
                !was.allDay && !hadNoLength && end.equals(was.end)
                        ? before.end()
                        : clock.time(hasNoLength ? start : end, before.end()));
        boolean oneForm = times.start().getClass() == times.end().getClass();
        return oneForm && equals(of(times, clock)) ? times : new Times(clock.zoned(start), clock.zoned(end));
    }
}
