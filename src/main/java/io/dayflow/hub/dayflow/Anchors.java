package io.dayflow.hub.dayflow;

import io.dayflow.hub.item.Reminder;
import io.dayflow.hub.item.Reminder.Related;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the reminders of an item count from, and the one reminder that DayFlow holds: the nearest before {@code zero}, in
 * minutes rounded up.
 *
 * @param start what reminders related to the start count from; null where nothing is known
 * @param end the same for reminders related to the end
 * @param zero what DayFlow's minutes count from
 * @param told how a reminder relates to {@code zero}
 */
record Anchors(
        @Nullable Instant start,
        @Nullable Instant end,
        @Nullable Instant zero,
        @Nullable Related told) {

    /** A duration of RFC 5545 section 3.3.6, with days of 24 hours. */
    private static final Pattern DURATION = Pattern.compile(
            "([+-]?)P(?:(\\d{1,6})W)?(?:(\\d{1,6})D)?(?:T(?:(\\d{1,8})H)?(?:(\\d{1,10})M)?(?:(\\d{1,8})S)?)?");

    private record Known(Reminder reminder, Duration offset) {}

    static Anchors ofEvent(Instant start, Instant end) {
        return new Anchors(start, end, start, null);
    }

    /** A task's reminders count from when it is due; those related to its start from there if it has one. */
    static Anchors ofTask(@Nullable Instant due, @Nullable Instant start) {
        Instant zero = due != null ? due : start;
        return new Anchors(start != null ? start : due, zero, zero, due == null ? null : Related.END);
    }

    /** The minutes that DayFlow holds, or null where no reminder comes before. */
    @Nullable
    Integer minutes(List<Reminder> reminders) {
        Known nearest = nearest(reminders);
        return nearest == null
                ? null
                : (int) Math.min(Integer.MAX_VALUE, ceilMinutes(nearest.offset().negated()));
    }

    /**
     * The reminders after DayFlow was seen to hold {@code minutes}. Unchanged minutes keep all of them; changed ones replace
     * the reminder they told of, and the others stay as long as DayFlow would then hold these minutes.
     */
    static List<Reminder> absorb(List<Reminder> before, Anchors was, Anchors now, @Nullable Integer minutes) {
        if (Objects.equals(was.minutes(before), minutes) && Objects.equals(now.minutes(before), minutes)) {
            return before;
        }
        Known replaced = was.nearest(before);
        List<Reminder> others = new ArrayList<>(before);
        if (replaced != null) {
            others.remove(replaced.reminder());
        }
        List<Reminder> told = minutes == null
                ? List.of()
                : List.of(new Reminder(
                        minutes == 0 ? "PT0S" : "-PT" + minutes + "M",
                        now.told(),
                        replaced == null ? null : replaced.reminder().action()));
        List<Reminder> all = joined(others, told);
        return Objects.equals(now.minutes(all), minutes)
                ? all
                : joined(others.stream().filter(other -> !now.isBefore(other)).toList(), told);
    }

    private static List<Reminder> joined(List<Reminder> some, List<Reminder> more) {
        List<Reminder> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private @Nullable Known nearest(List<Reminder> reminders) {
        List<Known> before = new ArrayList<>();
        for (Reminder reminder : reminders) {
            Duration offset = offset(reminder);
            if (offset != null && !offset.isPositive()) {
                before.add(new Known(reminder, offset));
            }
        }
        return before.stream().max(Comparator.comparing(Known::offset)).orElse(null);
    }

    private boolean isBefore(Reminder reminder) {
        Duration offset = offset(reminder);
        return offset != null && !offset.isPositive();
    }

    /** From {@code zero}; null where that is not known or the trigger is none. */
    private @Nullable Duration offset(Reminder reminder) {
        Duration relative = duration(reminder.trigger());
        if (relative == null) {
            Instant at = instant(reminder.trigger());
            return at == null || zero == null ? null : Duration.between(zero, at);
        }
        Instant from = reminder.related() == Related.END ? end : start;
        return from == null || zero == null
                ? relative
                : Duration.between(zero, from).plus(relative);
    }

    private static long ceilMinutes(Duration before) {
        return before.toMinutes() + (before.equals(Duration.ofMinutes(before.toMinutes())) ? 0 : 1);
    }

    private static @Nullable Instant instant(String trigger) {
        try {
            return Instant.parse(trigger);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable Duration duration(String trigger) {
        Matcher parts = DURATION.matcher(trigger);
        if (!parts.matches()) {
            return null;
        }
        Duration length = Duration.ofDays(7 * number(parts.group(2)) + number(parts.group(3)))
                .plusHours(number(parts.group(4)))
                .plusMinutes(number(parts.group(5)))
                .plusSeconds(number(parts.group(6)));
        return "-".equals(parts.group(1)) ? length.negated() : length;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
