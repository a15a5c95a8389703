package io.dayflow.hub.sandbox.todoist;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a task comes back.
 *
 * @param unit what {@code every} counts
 * @param interval how many of them
 * @param days for weeks: the days on which it comes; empty for the day of the occurrence
 * @param dayOfMonth for months: the day, 31 or more for the last one; null for the day of the occurrence
 * @param afterCompletion counts from the day of completion instead of from the occurrence ({@code every!})
 * @param until the last day on which it may come; null for no end
 */
record Rule(
        Unit unit,
        int interval,
        Set<DayOfWeek> days,
        @Nullable Integer dayOfMonth,
        boolean afterCompletion,
        @Nullable LocalDate until) {

    enum Unit {
        DAY,
        WEEK,
        MONTH,
        YEAR
    }

    Rule {
        days = Set.copyOf(days);
        if (interval < 1) {
            throw new IllegalArgumentException("a rule counts from 1");
        }
    }

    /** The first day on or after the given one. */
    LocalDate first(LocalDate from) {
        if (!days.isEmpty()) {
            var day = from;
            while (!days.contains(day.getDayOfWeek())) {
                day = day.plusDays(1);
            }
            return day;
        }
        if (unit == Unit.MONTH && dayOfMonth != null) {
            var day = inMonth(YearMonth.from(from));
            return day.isBefore(from) ? inMonth(YearMonth.from(from).plusMonths(1)) : day;
        }
        return from;
    }

    /**
     * The occurrence after one that is done today: later than the one done and not in the past; null when the rule has
     * ended.
     */
    @Nullable
    LocalDate next(LocalDate occurrence, LocalDate today) {
        var next = step(afterCompletion ? today : occurrence);
        while (!afterCompletion && next.isBefore(today)) {
            next = step(next);
        }
        return until != null && next.isAfter(until) ? null : next;
    }

    private LocalDate step(LocalDate from) {
        return switch (unit) {
            case DAY -> from.plusDays(interval);
            case WEEK -> days.isEmpty() ? from.plusWeeks(interval) : nextDay(from);
            case MONTH -> {
                var month = YearMonth.from(from).plusMonths(interval);
                yield dayOfMonth == null ? from.plusMonths(interval) : inMonth(month);
            }
            case YEAR -> from.plusYears(interval);
        };
    }

    /** The next of the days in the same week, else the first one in the week that is due. */
    private LocalDate nextDay(LocalDate from) {
        for (var day = from.plusDays(1); day.getDayOfWeek() != DayOfWeek.MONDAY; day = day.plusDays(1)) {
            if (days.contains(day.getDayOfWeek())) {
                return day;
            }
        }
        var monday =
                from.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).plusWeeks(interval);
        return first(monday);
    }

    private LocalDate inMonth(YearMonth month) {
        return month.atDay(Math.min(dayOfMonth == null ? 1 : dayOfMonth, month.lengthOfMonth()));
    }
}
