package io.dayflow.hub.recurrence;

import java.util.List;
import java.util.Locale;

/** Days of the week: DayFlow's numbers and the names of RRULE. */
final class Weekdays {

    private static final List<String> NAMES = List.of("SU", "MO", "TU", "WE", "TH", "FR", "SA");

    private Weekdays() {}

    static String name(int day) {
        return NAMES.get(day);
    }

    /** -1 if it is no plain name of a day. */
    static int number(String name) {
        return NAMES.indexOf(name.strip().toUpperCase(Locale.ROOT));
    }
}
