package io.dayflow.hub.recurrence;

import io.dayflow.hub.item.When;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/** The day of the last occurrence of a rule that counts them. */
final class LastOccurrence {

    /** More than anyone counts on purpose; a rule beyond it is taken as endless. */
    private static final int MOST = 5_000;

    private LastOccurrence() {}

    /** Empty where the rule is invalid or counts further than is worth playing out. */
    static Optional<LocalDate> of(String text, When start) {
        try {
            RecurrenceRule rule = new RecurrenceRule(text.replace(" ", ""));
            Integer count = rule.getCount();
            if (count == null || count < 1 || count > MOST) {
                return Optional.empty();
            }
            RecurrenceRuleIterator iterator = rule.iterator(first(start));
            DateTime last = null;
            while (iterator.hasNext()) {
                last = iterator.nextDateTime();
            }
            return Optional.ofNullable(last).map(LastOccurrence::date);
        } catch (InvalidRecurrenceRuleException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static LocalDate date(DateTime time) {
        return LocalDate.of(time.getYear(), time.getMonth() + 1, time.getDayOfMonth());
    }

    /** In local time: rules count days, whatever the zone. */
    private static DateTime first(When start) {
        return switch (start) {
            case When.Day day ->
                new DateTime(
                        day.date().getYear(),
                        day.date().getMonthValue() - 1,
                        day.date().getDayOfMonth());
            case When.Floating floating -> first(floating.dateTime());
            case When.Zoned zoned -> first(zoned.dateTime().toLocalDateTime());
        };
    }

    private static DateTime first(LocalDateTime time) {
        return new DateTime(
                time.getYear(),
                time.getMonthValue() - 1,
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
    }
}
