package io.dayflow.hub.dayflow;

import static io.dayflow.hub.dayflow.Values.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Event;
import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An event as a row of {@code calendar_events}. */
record EventForm(UserClock clock, RecurrenceForm form) {

    private static final List<String> TEXTS = List.of("title", "description", "location", "meetingUrl", "list");

    View project(Event event) {
        Span span = span(event);
        TreeMap<String, JsonNode> row = new TreeMap<>();
        Values.put(row, "title", event.title());
        Values.put(row, "description", event.description());
        Values.put(row, "location", event.location());
        Values.put(row, "meetingUrl", event.meetingUrl());
        Values.put(row, "list", event.list());
        row.put("start", TextNode.valueOf(UserClock.text(span.start())));
        row.put("end", TextNode.valueOf(UserClock.text(span.end())));
        row.put("allDay", BooleanNode.valueOf(span.allDay()));
        row.put("categories", Values.texts(event.categories()));
        row.put("attendees", Attendees.project(event.attendees()));
        JsonNode recurrence = recurrence(event);
        if (recurrence != null) {
            row.put("recurrence", recurrence);
        }
        Integer reminder = anchors(times(event)).minutes(event.reminders());
        if (reminder != null) {
            row.put("reminder", IntNode.valueOf(reminder));
        }
        return new View(Kind.EVENT, row);
    }

    View canonical(View view) {
        Span span = span(view);
        TreeMap<String, JsonNode> row = Values.keep(view, TEXTS);
        row.put("start", TextNode.valueOf(UserClock.text(span.start())));
        row.put("end", TextNode.valueOf(UserClock.text(span.end())));
        row.put("allDay", BooleanNode.valueOf(span.allDay()));
        row.put("categories", Values.canonicalTexts(view.get("categories")));
        row.put("attendees", Attendees.canonical(view.get("attendees")));
        Values.putCommon(row, view);
        return new View(Kind.EVENT, row);
    }

    /** An event that holds only the row's time, told as a new event's is. */
    Event blank(View row) {
        Span span = span(row);
        When start = span.allDay() ? When.of(clock.date(span.start())) : clock.zoned(span.start());
        When end = span.allDay() ? When.of(clock.date(span.end())) : clock.zoned(span.end());
        return new Event(
                "",
                null,
                start,
                end,
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                new TreeMap<>(),
                List.of(),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null);
    }

    Event absorb(Event event, View row) {
        Span.Times before = times(event);
        Span.Times now = span(row).told(before, clock);
        Series series = series(event, row.get("recurrence"), before.start(), now.start());
        JsonNode reminder = row.get("reminder");
        return new Event(
                Objects.requireNonNullElse(text(row, "title"), ""),
                text(row, "description"),
                now.start(),
                now.end(),
                text(row, "location"),
                text(row, "meetingUrl"),
                event.organizer(),
                Attendees.absorb(event.attendees(), row.get("attendees")),
                series.rule(),
                series.rdates(),
                series.exdates(),
                series.overrides(),
                Anchors.absorb(
                        event.reminders(),
                        anchors(before),
                        anchors(now),
                        reminder == null ? null : reminder.intValue()),
                event.status(),
                event.transparency(),
                event.visibility(),
                Values.list(row.get("categories")),
                event.colour(),
                event.url(),
                text(row, "list"),
                event.uid());
    }

    private Series series(Event event, @Nullable JsonNode now, When from, When to) {
        Series series = new Series(event.recurrence(), event.rdates(), event.exdates(), event.overrides());
        if (form.agree(now, event.recurrence(), from)) {
            return series.moved(from, to);
        }
        return now == null ? Series.NONE : series.moved(from, to).ruledBy(form.toRule(now, to));
    }

    private @Nullable JsonNode recurrence(Event event) {
        return event.recurrence() == null ? null : form.toDayflow(event.recurrence(), event.start());
    }

    private Span span(Event event) {
        return Span.of(times(event), clock);
    }

    private Span span(View row) {
        String start = row.text("start");
        if (start == null) {
            throw new InvalidItem("start", "an event needs a start");
        }
        Instant from = clock.read(start);
        String end = row.text("end");
        JsonNode allDay = row.get("allDay");
        return Span.read(from, end == null ? from : clock.read(end), allDay != null && allDay.asBoolean(), clock);
    }

    private Anchors anchors(Span.Times times) {
        return Anchors.ofEvent(
                times.start().instantIn(clock.zone()), times.end().instantIn(clock.zone()));
    }

    private static Span.Times times(Event event) {
        return new Span.Times(event.start(), event.end());
    }
}
