package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where something begins and ends: DTSTART with DTEND or DUE, or with DURATION (RFC 5545 sections 3.8.2.2 to 3.8.2.5). A
 * DURATION stays one as long as it can say the end.
 *
 * @param endField the canonical name of the end
 * @param endProperty DTEND or DUE
 * @param required whether start and end are never absent: an event's are not, a task's may be
 */
record TimesField(String endField, String endProperty, boolean required) implements Field {

    static final TimesField EVENT = new TimesField("end", "DTEND", true);
    static final TimesField TASK = new TimesField("due", "DUE", false);

    private static final String START = "start";

    @Override
    public void read(Component component, Zones zones, Map<String, JsonNode> view) {
        When start = start(component, zones);
        if (start != null) {
            view.put(START, TextNode.valueOf(start.toString()));
        }
        When end = end(component, zones, start);
        if (end != null) {
            view.put(endField, TextNode.valueOf(end.toString()));
        }
    }

    private @Nullable When start(Component component, Zones zones) {
        ContentLine line = component.line("DTSTART");
        if (line == null) {
            if (required) {
                throw new UnreadablePart("it has no start (DTSTART)");
            }
            return null;
        }
        When start = zones.when(line, line.value());
        if (start == null && required) {
            throw new UnreadablePart("its start (DTSTART) \"" + line.value() + "\" is no date and no time");
        }
        return start;
    }

    private @Nullable When end(Component component, Zones zones, @Nullable When start) {
        ContentLine line = component.line(endProperty);
        When end = line == null ? null : zones.when(line, line.value());
        if (start == null || !required) {
            return end != null || start == null ? end : afterDuration(component, start);
        }
        if (end != null && end.isDay() == start.isDay() && !isBefore(end, start)) {
            return end.equals(start) ? shortest(start) : end;
        }
        When computed = end == null ? afterDuration(component, start) : null;
        return computed == null || isBefore(computed, start) || computed.equals(start) ? shortest(start) : computed;
    }

    private static @Nullable When afterDuration(Component component, When start) {
        ContentLine line = component.line("DURATION");
        Span duration = line == null ? null : Span.parse(line.value());
        return duration == null ? null : duration.after(start);
    }

    /** How long something without an end is (RFC 5545 section 3.6.1). */
    private static When shortest(When start) {
        return start instanceof When.Day day ? When.of(day.date().plusDays(1)) : start;
    }

    private static boolean isBefore(When end, When start) {
        return switch (start) {
            case When.Zoned from
            when end instanceof When.Zoned to -> to.dateTime().isBefore(from.dateTime());
            case When.Floating from
            when end instanceof When.Floating to -> to.dateTime().isBefore(from.dateTime());
            case When.Day from when end instanceof When.Day to -> to.date().isBefore(from.date());
            case When mixed -> false;
        };
    }

    @Override
    public void patch(Component component, View current, View desired, Edit edit) {
        When start = when(desired, START);
        When end = when(desired, endField);
        boolean moved = !Objects.equals(when(current, START), start);
        if (!moved && Objects.equals(when(current, endField), end)) {
            return;
        }
        if (moved) {
            patchStart(component, start, edit);
        }
        boolean implied = required
                && current.get(START) != null
                && component.line(endProperty) == null
                && component.line("DURATION") == null
                && start != null
                && shortest(start).equals(end);
        if (!implied) {
            patchEnd(component, start, end, edit);
        }
    }

    private void patchStart(Component component, @Nullable When start, Edit edit) {
        ContentLine old = component.line("DTSTART");
        if (start == null) {
            component.removeLines("DTSTART");
        } else {
            component.put(old, edit.time("DTSTART", start, old, component.line(endProperty)));
        }
    }

    private void patchEnd(Component component, @Nullable When start, @Nullable When end, Edit edit) {
        ContentLine old = component.line(endProperty);
        ContentLine duration = component.line("DURATION");
        if (end == null) {
            component.removeLines(endProperty);
            component.removeLines("DURATION");
            return;
        }
        if (old == null && duration != null && start != null) {
            if (end.equals(afterDuration(component, start))) {
                return;
            }
            Span span = Span.between(start, end);
            if (span != null && span.days() >= 0 && span.seconds() >= 0 && end.equals(span.after(start))) {
                component.put(duration, duration.with(edit.eol(), span.toString()));
                return;
            }
        }
        component.removeLines("DURATION");
        if (old == null || !end.equals(edit.zones().whenOrNull(old, old.value()))) {
            component.put(old, edit.time(endProperty, end, old, component.line("DTSTART")));
        }
    }

    private static @Nullable When when(View view, String field) {
        String text = view.text(field);
        return text == null ? null : When.parse(text);
    }
}
