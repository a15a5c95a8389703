package io.dayflow.hub.sandbox.caldav;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A week such as people have, the same for every account: three events to one task. */
final class MadeUpCalendar {

    private static final long SEED = 20_260_302;
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private static final List<String> EVENTS = List.of(
            "Team meeting",
            "Dentist",
            "Lunch with the neighbours",
            "Project review",
            "Yoga",
            "Choir practice",
            "Interview",
            "Library closes early",
            "Parents' evening",
            "Budget planning",
            "Swimming",
            "Product demo",
            "Car inspection",
            "Language course",
            "Board games",
            "Quarterly planning",
            "Museum",
            "Workshop on testing");

    private static final List<String> TASKS = List.of(
            "Water the plants",
            "Prepare the slides",
            "Return the ladder",
            "Fill in the tax form",
            "Buy stamps",
            "Answer the survey",
            "Back up the laptop",
            "Look for the blue folder",
            "Order new filters");

    private static final List<String> PLACES =
            List.of("Room 4", "Town hall", "Café at the corner", "Online", "Main library");

    private final Map<String, StandInCalendar> calendars;
    private final Instant now;
    private final ZoneId zone;
    private final Random random = new Random(SEED);

    /** @param calendars with {@code personal}, {@code work} and {@code tasks} */
    MadeUpCalendar(Map<String, StandInCalendar> calendars, Instant now, ZoneId zone) {
        this.calendars = calendars;
        this.now = now;
        this.zone = zone;
    }

    void make(int count) {
        var monday = LocalDate.ofInstant(now, zone).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        for (int i = 0; i < count; i++) {
            boolean task = i % 4 == 3;
            var object = IcsText.create(task ? "VTODO" : "VEVENT", "sandbox-" + i, CanonicalObject.stamp(now));
            if (task) {
                fill(object, monday.plusDays(random.nextInt(7)), i / 4);
            } else {
                event(object, monday.plusDays(i % 7), i - i / 4);
            }
            var folder = task ? "tasks" : i % 3 == 0 ? "work" : "personal";
            calendar(folder).put("sandbox-" + i + ".ics", object.toString());
        }
    }

    private void event(IcsText event, LocalDate day, int n) {
        event.setText("SUMMARY", name(EVENTS, n));
        if (n % 6 == 5) {
            event.set("DTSTART", ";VALUE=DATE", DAY.format(day));
            event.set("DTEND", ";VALUE=DATE", DAY.format(day.plusDays(1)));
            return;
        }
        var start = day.atTime(LocalTime.of(8 + random.nextInt(10), random.nextBoolean() ? 0 : 30))
                .atZone(zone)
                .toInstant();
        event.set("DTSTART", "", CanonicalObject.stamp(start));
        event.set("DTEND", "", CanonicalObject.stamp(start.plusSeconds(1_800L * (1 + random.nextInt(4)))));
        if (n % 2 == 0) {
            event.setText("LOCATION", PLACES.get(random.nextInt(PLACES.size())));
        }
        if (n % 5 == 1) {
            event.set("RRULE", "", "FREQ=WEEKLY;COUNT=" + (4 + random.nextInt(8)));
        }
        if (n % 7 == 2) {
            event.setText("DESCRIPTION", "Bring the notes of last time; the agenda comes the day before.");
        }
    }

    private void fill(IcsText task, LocalDate day, int n) {
        task.setText("SUMMARY", name(TASKS, n));
        task.set("DUE", ";VALUE=DATE", DAY.format(day));
        task.set("STATUS", "", "NEEDS-ACTION");
        if (n % 3 == 0) {
            task.set("PRIORITY", "", List.of("1", "3", "5", "9").get(random.nextInt(4)));
        }
    }

    private static String name(List<String> names, int n) {
        var name = names.get(n % names.size());
        return n < names.size() ? name : name + " " + (1 + n / names.size());
    }

    private StandInCalendar calendar(String folder) {
        var calendar = calendars.get(folder);
        if (calendar == null) {
            throw new IllegalStateException("no calendar " + folder);
        }
        return calendar;
    }
}
