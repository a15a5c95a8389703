package io.dayflow.hub.recurrence;

import io.dayflow.hub.item.When;
import java.util.stream.Collectors;

/** Says DayFlow's recurrence as an RRULE value. */
final class RuleWriter {

    private RuleWriter() {}

    static String write(DayflowRecurrence recurrence, When start) {
        StringBuilder rule = new StringBuilder("FREQ=").append(recurrence.type().name());
        if (recurrence.interval() > 1) {
            rule.append(";INTERVAL=").append(recurrence.interval());
        }
        if (!recurrence.daysOfWeek().isEmpty()) {
            rule.append(recurrence.daysOfWeek().stream()
                    .map(Weekdays::name)
                    .collect(Collectors.joining(",", ";BYDAY=", "")));
        }
        if (recurrence.endDate() != null) {
            rule.append(";UNTIL=").append(Until.of(recurrence.endDate(), start));
        }
        return rule.toString();
    }
}
