package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random views of what a calendar object can hold, from a seed. */
final class Generated {

    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kolkata",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "America/St_Johns",
            "Pacific/Auckland",
            "America/Sao_Paulo",
            "Asia/Tehran",
            "Europe/Dublin");
    private static final List<String> WORDS = List.of(
            "Plan",
            "a;b",
            "c,d",
            "back\\slash",
            "\\n",
            "Größe",
            "日本語の予定",
            "🎉🎈",
            "\"quoted\"",
            "it's: 10 %",
            "^caret^n",
            "line one\nline two",
            "tab\there",
            "BEGIN:VEVENT",
            "END:VCALENDAR",
            "x".repeat(90),
            "ü".repeat(70),
            " lead",
            "trail ");
    private static final List<String> RULES = List.of(
            "FREQ=DAILY",
            "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20301231T225959Z",
            "FREQ=MONTHLY;BYDAY=-1FR;COUNT=10",
            "RSCALE=CHINESE;FREQ=YEARLY;SKIP=FORWARD",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Random random;

    Generated(long seed) {
        this.random = new Random(seed);
    }

    View view() {
        return random.nextInt(3) == 0 ? task() : event();
    }

    View event() {
        When start = when();
        ObjectNode event = occurrence(start);
        maybe(3, () -> event.set("organizer", person()));
        if (random.nextInt(3) == 0) {
            event.put("recurrence", pick(RULES));
            event.set("exdates", times(start));
            event.set("rdates", times(start));
            ObjectNode overrides = JSON.objectNode();
            times(start).forEach(time -> overrides.set(time.asText(), occurrence(like(start))));
            event.set("overrides", overrides);
        }
        return valid(Kind.EVENT, event);
    }

    View task() {
        ObjectNode task = JSON.objectNode();
        maybe(9, () -> task.put("title", text()));
        maybe(5, () -> task.put("notes", text()));
        task.put("status", pick(List.of("pending", "in_progress", "completed", "cancelled")));
        maybe(5, () -> task.put("priority", pick(List.of("low", "medium", "high", "urgent"))));
        maybe(5, () -> task.put("due", when().toString()));
        maybe(3, () -> task.put("start", when().toString()));
        maybe(3, () -> task.put("completedAt", instant().toString()));
        maybe(5, () -> task.put("progress", random.nextInt(101)));
        maybe(3, () -> task.put("recurrence", pick(RULES)));
        maybe(3, () -> task.put("url", "https://example.org/t?a=1;b=2,3&c=" + random.nextInt(99)));
        maybe(4, () -> task.set("labels", labels()));
        maybe(4, () -> task.set("reminders", reminders()));
        return valid(Kind.TASK, task);
    }

    /** The view with some of its fields taken from another one; what names occurrences goes with the start. */
    View edited(View view) {
        View other = view.kind() == Kind.EVENT ? event() : task();
        List<List<String>> families = view.kind() == Kind.EVENT
                ? List.of(
                        List.of("title"),
                        List.of("description"),
                        List.of("location"),
                        List.of("meetingUrl"),
                        List.of("attendees"),
                        List.of("reminders"),
                        List.of("status"),
                        List.of("transparency"),
                        List.of("visibility"),
                        List.of("categories"),
                        List.of("colour"),
                        List.of("url"),
                        List.of("start", "end", "recurrence", "rdates", "exdates", "overrides"))
                : List.of(
                        List.of("title"),
                        List.of("notes"),
                        List.of("status"),
                        List.of("priority"),
                        List.of("due"),
                        List.of("start"),
                        List.of("completedAt"),
                        List.of("progress"),
                        List.of("recurrence"),
                        List.of("url"),
                        List.of("labels"),
                        List.of("reminders"));
        List<String> names = new ArrayList<>();
        families.forEach(family -> maybe(4, () -> names.addAll(family)));
        return view.overlay(other, names);
    }

    private ObjectNode occurrence(When start) {
        ObjectNode event = JSON.objectNode();
        maybe(9, () -> event.put("title", text()));
        maybe(5, () -> event.put("description", text()));
        maybe(5, () -> event.put("location", text()));
        event.put("start", start.toString());
        event.put("end", end(start).toString());
        maybe(3, () -> event.put("meetingUrl", "https://meet.example.org/" + random.nextInt(999)));
        maybe(3, () -> event.put("url", "https://example.org/e;" + random.nextInt(99)));
        maybe(4, () -> event.set("attendees", attendees()));
        maybe(4, () -> event.set("reminders", reminders()));
        maybe(5, () -> event.put("status", pick(List.of("tentative", "confirmed", "cancelled"))));
        maybe(5, () -> event.put("transparency", pick(List.of("opaque", "transparent"))));
        maybe(5, () -> event.put("visibility", pick(List.of("public", "private", "confidential"))));
        maybe(4, () -> event.set("categories", labels()));
        maybe(3, () -> event.put("colour", pick(List.of("turquoise", "#3b82f6"))));
        return event;
    }

    private static View valid(Kind kind, ObjectNode node) {
        View view = View.empty(kind);
        for (var entry : node.properties()) {
            view = view.with(entry.getKey(), entry.getValue());
        }
        return Item.of(view).view();
    }

    private When when() {
        return switch (random.nextInt(4)) {
            case 0 -> When.of(local().toLocalDate());
            case 1 -> When.of(local());
            case 2 -> When.of(instant());
            default -> When.of(local().atZone(ZoneId.of(pick(ZONES))).withEarlierOffsetAtOverlap());
        };
    }

    private LocalDateTime local() {
        return LocalDateTime.of(1975, 1, 1, 0, 0).plusMinutes(random.nextInt(60 * 24 * 365 * 70));
    }

    private Instant instant() {
        return local().toInstant(ZoneOffset.UTC).plusSeconds(random.nextInt(60));
    }

    /** Of the same type and in the same zone. */
    private When like(When start) {
        return switch (start) {
            case When.Day day -> When.of(day.date().plusDays(random.nextInt(500)));
            case When.Floating floating -> When.of(floating.dateTime().plusMinutes(random.nextInt(500_000)));
            case When.Zoned zoned ->
                When.of(zoned.dateTime().plusMinutes(random.nextInt(500_000)).withEarlierOffsetAtOverlap());
        };
    }

    private When end(When start) {
        return switch (start) {
            case When.Day day -> When.of(day.date().plusDays(1 + random.nextInt(3)));
            case When.Floating floating -> When.of(floating.dateTime().plusMinutes(random.nextInt(300)));
            case When.Zoned zoned -> {
                ZoneId zone = random.nextInt(5) == 0
                        ? ZoneId.of(pick(ZONES))
                        : zoned.dateTime().getZone();
                yield When.of(zoned.dateTime()
                        .plusHours(3 + random.nextInt(9))
                        .withZoneSameInstant(zone)
                        .withEarlierOffsetAtOverlap());
            }
        };
    }

    private ArrayNode times(When start) {
        ArrayNode times = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            times.add(like(start).toString());
        }
        return times;
    }

    private ObjectNode person() {
        ObjectNode person = JSON.objectNode().put("email", pick(List.of("a", "b", "c.d", "e+f")) + "@example.org");
        maybe(6, () -> person.put("name", name()));
        return person;
    }

    private ArrayNode attendees() {
        ArrayNode attendees = JSON.arrayNode();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            ObjectNode person = person();
            maybe(5, () -> person.put("role", pick(List.of("chair", "required", "optional", "non_participant"))));
            person.put("response", pick(List.of("needs_action", "accepted", "declined", "tentative", "delegated")));
            attendees.add(person);
        }
        return attendees;
    }

    private ArrayNode reminders() {
        ArrayNode reminders = JSON.arrayNode();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            ObjectNode reminder = JSON.objectNode();
            boolean relative = random.nextInt(4) > 0;
            reminder.put(
                    "trigger",
                    relative
                            ? pick(List.of("-PT10M", "-P1D", "PT0S", "-P1DT2H30M", "PT5M"))
                            : instant().toString());
            maybe(3, () -> reminder.put("action", pick(List.of("email", "audio"))));
            if (relative) {
                maybe(3, () -> reminder.put("related", "end"));
            }
            reminders.add(reminder);
        }
        return reminders;
    }

    private ArrayNode labels() {
        ArrayNode labels = JSON.arrayNode();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            labels.add(text().strip());
        }
        return labels;
    }

    private String text() {
        return random.nextInt(3) == 0 ? pick(WORDS) + pick(WORDS) : pick(WORDS);
    }

    private String name() {
        return text().replace('\t', ' ').strip();
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private void maybe(int tenths, Supplier<?> then) {
        if (random.nextInt(10) < tenths) {
            then.get();
        }
    }
}
