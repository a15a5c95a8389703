package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * VALARM (RFC 5545 section 3.6.6): patched one by one. Alarms without effect and snoozed ones (RFC 9074 section 7) are no
 * reminders; equal ones are one. In views {@code related} is only named when it is the end, {@code action} only when it is
 * not on the screen.
 */
final class RemindersField implements Field {

    private static final String FIELD = "reminders";
    private static final String VALARM = "VALARM";
    private static final Set<String> ACTIONS = Set.of("DISPLAY", "EMAIL", "AUDIO");

    @Override
    public void read(Component component, Zones zones, Map<String, JsonNode> view) {
        ArrayNode reminders = JsonNodeFactory.instance.arrayNode();
        Set<ObjectNode> distinct = new LinkedHashSet<>();
        for (Component alarm : component.components(VALARM)) {
            ObjectNode reminder = reminder(alarm, zones);
            if (reminder != null) {
                distinct.add(reminder);
            }
        }
        reminders.addAll(distinct);
        if (!reminders.isEmpty()) {
            view.put(FIELD, reminders);
        }
    }

    private static @Nullable ObjectNode reminder(Component alarm, Zones zones) {
        ContentLine trigger = alarm.line("TRIGGER");
        String action =
                Objects.requireNonNullElse(alarm.text("ACTION"), "DISPLAY").toUpperCase(Locale.ROOT);
        if (trigger == null || !ACTIONS.contains(action) || alarm.line("RELATED-TO") != null) {
            return null;
        }
        Span span = Span.parse(trigger.value());
        When at = span == null ? zones.whenOrNull(trigger, trigger.value()) : null;
        if (span == null && !(at instanceof When.Zoned)) {
            return null;
        }
        boolean end = span != null && "END".equalsIgnoreCase(trigger.parameter("RELATED"));
        String text = span != null
                ? span.toString()
                : When.of(Objects.requireNonNull(at).instantIn(ZoneOffset.UTC)).toString();
        return reminder(text, end ? "end" : null, action.toLowerCase(Locale.ROOT));
    }

    private static ObjectNode reminder(String trigger, @Nullable String related, @Nullable String action) {
        ObjectNode reminder = JsonNodeFactory.instance.objectNode().put("trigger", trigger);
        if ("end".equals(related)) {
            reminder.put("related", related);
        }
        if (action != null && !action.equals("display")) {
            reminder.put("action", action);
        }
        return reminder;
    }

    @Override
    public void patch(Component component, View current, View desired, Edit edit) {
        Set<ObjectNode> gone = reminders(current);
        Set<ObjectNode> wanted = reminders(desired);
        Set<ObjectNode> added = new LinkedHashSet<>(wanted);
        added.removeAll(gone);
        gone.removeAll(wanted);
        for (Component alarm : component.components(VALARM)) {
            ObjectNode reminder = reminder(alarm, edit.zones());
            if (reminder != null && gone.contains(reminder)) {
                Optional<ObjectNode> instead = added.stream()
                        .filter(other -> action(other).equals(action(reminder)))
                        .findFirst();
                instead.ifPresentOrElse(other -> retime(alarm, other, edit), () -> component.remove(alarm));
                instead.ifPresent(added::remove);
            }
        }
        added.forEach(reminder -> component.add(alarm(reminder, desired, edit), null));
    }

    /** The alarm goes off at another time; whatever else its writer put into it stays. */
    private static void retime(Component alarm, ObjectNode reminder, Edit edit) {
        ContentLine old = Objects.requireNonNull(alarm.line("TRIGGER"));
        List<Parameter> parameters = new ArrayList<>(old.parameters());
        boolean toEnd = reminder.has("related");
        boolean wasEnd = "END".equalsIgnoreCase(old.parameter("RELATED"));
        ContentLine plain = trigger(reminder, edit);
        boolean relative = plain.parameter("VALUE") == null;
        parameters.removeIf(
                parameter -> parameter.is("VALUE") || (parameter.is("RELATED") && (!relative || toEnd != wasEnd)));
        for (Parameter parameter : plain.parameters()) {
            if (parameter.is("VALUE") || toEnd != wasEnd) {
                parameters.add(parameter);
            }
        }
        alarm.put(old, old.with(edit.eol(), parameters, plain.value()));
        // that somebody saw it go off at the former time says nothing about the new one (RFC 9074 section 6.1)
        alarm.removeLines("ACKNOWLEDGED");
    }

    private static ContentLine trigger(ObjectNode reminder, Edit edit) {
        String trigger = reminder.path("trigger").asText();
        if (Span.parse(trigger) != null) {
            List<Parameter> related = reminder.has("related") ? List.of(Parameter.of("RELATED", "END")) : List.of();
            return ContentLine.of(edit.eol(), "TRIGGER", related, trigger);
        }
        return ContentLine.of(
                edit.eol(),
                "TRIGGER",
                List.of(Parameter.of("VALUE", "DATE-TIME")),
                DateText.of(When.parse(trigger).instantIn(ZoneOffset.UTC)));
    }

    private static String action(ObjectNode reminder) {
        return reminder.path("action").asText("display").toUpperCase(Locale.ROOT);
    }

    private static Component alarm(ObjectNode reminder, View view, Edit edit) {
        Component alarm = Component.of(edit.eol(), VALARM);
        String action = action(reminder);
        alarm.add(edit.line("ACTION", action));
        alarm.add(trigger(reminder, edit));
        String title = Objects.requireNonNullElse(view.text("title"), "Reminder");
        if (!action.equals("AUDIO")) {
            alarm.add(edit.line("DESCRIPTION", TextValue.escape(title)));
        }
        if (action.equals("EMAIL")) {
            alarm.add(edit.line("SUMMARY", TextValue.escape(title)));
        }
        return alarm;
    }

    /** In the one spelling that is read, so that others' spellings of the same reminder are no change. */
    private static Set<ObjectNode> reminders(View view) {
        Set<ObjectNode> reminders = new LinkedHashSet<>();
        JsonNode values = view.get(FIELD);
        if (values != null) {
            for (JsonNode value : values) {
                String trigger = value.path("trigger").asText();
                Span span = Span.parse(trigger);
                reminders.add(reminder(
                        span == null ? trigger : span.toString(),
                        span == null ? null : value.path("related").textValue(),
                        value.path("action").textValue()));
            }
        }
        return reminders;
    }
}
