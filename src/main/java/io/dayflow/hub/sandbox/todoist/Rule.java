package io.dayflow.hub.sandbox.todoist;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a task comes back.
 *
 * @param unit what {@code every} counts
 * @param interval how many of them
 * @param days for weeks, the days on which it comes; for months, the weekday that {@code nth} counts; empty for the day of
 *     the occurrence
 * @param nth for months, which of the weekdays: 1 to 4, or -1 for the last; null for none
 * @param monthDays for months and years, the days of the month, 31 for the last; empty for the day of the occurrence
 * @param month for years, the month; null for the month of the occurrence
 * @param afterCompletion counts from the completion instead of from the occurrence ({@code every!})
 * @param until the last day on which it may come; null for no end
 */
record Rule(
        Unit unit,
        int interval,
        SortedSet<DayOfWeek> days,
        @Nullable Integer nth,
        SortedSet<Integer> monthDays,
        @Nullable Integer month,
        boolean afterCompletion,
        @Nullable LocalDate until) {

    enum Unit {
        HOUR,
        DAY,
        WEEK,
        MONTH,
        YEAR
    }

    Rule {
        if (interval < 1) {
            throw new IllegalArgumentException("a rule counts from 1");
        }
        days = Collections.unmodifiableSortedSet(new TreeSet<>(days));
        monthDays = Collections.unmodifiableSortedSet(new TreeSet<>(monthDays));
    }

    static Rule every(Unit unit, int interval) {
        return new Rule(unit, interval, new TreeSet<>(), null, new TreeSet<>(), null, false, null);
    }

    Rule on(SortedSet<DayOfWeek> weekdays) {
        return new Rule(unit, interval, weekdays, nth, monthDays, month, afterCompletion, until);
    }

    Rule onNth(int which, DayOfWeek day) {
        return new Rule(
                unit,
                interval,
                new TreeSet<>(Collections.singleton(day)),
                which,
                monthDays,
                month,
                afterCompletion,
                until);
    }

    Rule onDays(SortedSet<Integer> ofMonth) {
        return new Rule(unit, interval, days, nth, ofMonth, month, afterCompletion, until);
    }

    Rule in(int monthOfYear) {
        return new Rule(unit, interval, days, nth, monthDays, monthOfYear, afterCompletion, until);
    }

    Rule counting(boolean fromCompletion, @Nullable LocalDate last) {
        return new Rule(unit, interval, days, nth, monthDays, month, fromCompletion, last);
    }

    /** The first day on or after the given one. */
    LocalDate first(LocalDate from) {
        boolean anyDay = days.isEmpty() && monthDays.isEmpty();
        var day = from;
        while (!anyDay && !comes(day)) {
            day = day.plusDays(1);
        }
        return day;
    }

    /**
     * The occurrence after one that is done now: later than the one done and not on a day that is past; null when the rule
     * has ended.
     */
    @Nullable
    LocalDateTime next(LocalDateTime occurrence, LocalDateTime now) {
        var next = step(afterCompletion ? restarted(occurrence, now) : occurrence);
        while (unit == Unit.HOUR ? !next.isAfter(now) : next.toLocalDate().isBefore(now.toLocalDate())) {
            next = step(next);
        }
        return until != null && next.toLocalDate().isAfter(until) ? null : next;
    }

    private LocalDateTime restarted(LocalDateTime occurrence, LocalDateTime now) {
        return unit == Unit.HOUR
                ? now.withSecond(0).withNano(0)
                : now.toLocalDate().atTime(occurrence.toLocalTime());
    }

    private LocalDateTime step(LocalDateTime from) {
        return unit == Unit.HOUR
                ? from.plusHours(interval)
                : stepped(from.toLocalDate()).atTime(from.toLocalTime());
    }

    private LocalDate stepped(LocalDate from) {
        return switch (unit) {
            case HOUR -> from;
            case DAY -> from.plusDays(interval);
            case WEEK -> days.isEmpty() ? from.plusWeeks(interval) : nextWeekday(from);
            case MONTH ->
                days.isEmpty() && monthDays.isEmpty() ? from.plusMonths(interval) : nextInMonth(from, interval);
            case YEAR -> monthDays.isEmpty() ? from.plusYears(interval) : nextInMonth(from, 12 * interval);
        };
    }

    /** The next of the days in the same week, else the first one in the week that is due. */
    private LocalDate nextWeekday(LocalDate from) {
        for (var day = from.plusDays(1); day.getDayOfWeek() != DayOfWeek.MONDAY; day = day.plusDays(1)) {
            if (days.contains(day.getDayOfWeek())) {
                return day;
            }
        }
        return first(
                from.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).plusWeeks(interval));
    }

    /** The next day in the same month, else the first one in the month that is due. */
    private LocalDate nextInMonth(LocalDate from, int months) {
        var month = YearMonth.from(from);
        for (var day = from.plusDays(1); YearMonth.from(day).equals(month); day = day.plusDays(1)) {
            if (comes(day)) {
                return day;
            }
        }
        return first(month.plusMonths(months).atDay(1));
    }

    private boolean comes(LocalDate day) {
        if (month != null && day.getMonthValue() != month) {
            return false;
        }
        if (!monthDays.isEmpty()) {
            boolean last = day.getDayOfMonth() == day.lengthOfMonth();
            return monthDays.contains(day.getDayOfMonth()) || last && monthDays.last() > day.getDayOfMonth();
        }
        return days.contains(day.getDayOfWeek()) && (nth == null || isNth(day, nth));
    }

    private static boolean isNth(LocalDate day, int which) {
        return which < 0 ? day.getDayOfMonth() + 7 > day.lengthOfMonth() : (day.getDayOfMonth() - 1) / 7 + 1 == which;
    }
}
