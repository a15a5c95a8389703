package io.dayflow.hub.dayflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.RandomItems;
import io.dayflow.hub.item.View;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a person may make of a row with DayFlow's forms. */
final class RandomRows {

    private final RandomItems chance;
    private final ZoneId zone;

    RandomRows(RandomItems chance, ZoneId zone) {
        this.chance = chance;
        this.zone = zone;
    }

    /** The row after a few edits; an edit of the time keeps start, end and the all-day flag together, or only moves. */
    View edited(View row) {
        View view = row;
        View other = row(row.kind());
        List<String> names = new ArrayList<>(new TreeSet<>(other.fields().keySet()));
        names.addAll(List.of("recurrence", "reminder", "attendees", "due", "start"));
        for (int edits = 1 + chance.number(4); edits > 0; edits--) {
            String field = chance.pick(names);
            boolean time = row.kind() == Kind.EVENT
                    && List.of("start", "end", "allDay").contains(field);
            view = !time
                    ? view.with(field, other.get(field))
                    : chance.chance(50)
                            ? view.overlay(other, List.of("start", "end", "allDay"))
                            : moved(view, Duration.ofMinutes(30L * (1 + chance.number(100))));
        }
        return view;
    }

    View row(Kind kind) {
        View row = View.empty(kind)
                .with("title", TextNode.valueOf(chance.title() + "x"))
                .with("list", maybe(text("Work / home")));
        row = row.with("recurrence", maybe(recurrence()))
                .with("reminder", maybe(IntNode.valueOf(chance.pick(List.of(0, 5, 15, 90, 1440)))));
        return kind == Kind.EVENT ? event(row) : task(row);
    }

    private View event(View row) {
        boolean allDay = chance.chance(40);
        Instant start = instant(allDay);
        Instant end = allDay
                ? midnight(start.atZone(zone).toLocalDate().plusDays(1 + chance.number(3)))
                : start.plus(Duration.ofMinutes(1 + 15L * chance.number(20)));
        return row.with("allDay", BooleanNode.valueOf(allDay))
                .with("start", text(UserClock.text(start)))
                .with("end", text(UserClock.text(end)))
                .with("description", maybe(text(chance.text())))
                .with("attendees", attendees())
                .with("categories", chance.event().view().get("categories"));
    }

    private View task(View row) {
        return row.with("status", text(chance.task().status().id()))
                .with("priority", text(chance.pick(List.of("low", "medium", "high", "urgent"))))
                .with("due", maybe(text(UserClock.text(instant(chance.chance(50))))))
                .with("start", maybe(text(UserClock.text(instant(chance.chance(20))))))
                .with("completedAt", maybe(text(UserClock.text(chance.instant()))))
                .with("labels", chance.task().view().get("labels"))
                .with("notes", maybe(text(chance.text())))
                .with("estimate", maybe(IntNode.valueOf(45)))
                .with("progress", maybe(IntNode.valueOf(chance.number(101))));
    }

    private View moved(View row, Duration step) {
        return row.with(
                        "start",
                        text(UserClock.text(Instant.parse(row.text("start")).plus(step))))
                .with("end", text(UserClock.text(Instant.parse(row.text("end")).plus(step))));
    }

    private Instant instant(boolean midnight) {
        Instant instant = chance.when().instantIn(zone);
        return midnight ? midnight(instant.atZone(zone).toLocalDate()) : instant;
    }

    private Instant midnight(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
    }

    private ArrayNode attendees() {
        ArrayNode attendees = JsonNodeFactory.instance.arrayNode();
        for (int more = chance.number(3); more > 0; more--) {
            attendees
                    .addObject()
                    .put("email", chance.attendee().email())
                    .put("status", chance.pick(List.of("pending", "accepted", "declined")));
        }
        return attendees;
    }

    private JsonNode recurrence() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("type", chance.pick(List.of("daily", "weekly", "monthly", "yearly")));
        return chance.chance(50) ? json.put("interval", 2 + chance.number(3)) : json;
    }

    private JsonNode maybe(JsonNode value) {
        return chance.chance(60) ? value : null;
    }

    private static TextNode text(String text) {
        return TextNode.valueOf(text);
    }
}
