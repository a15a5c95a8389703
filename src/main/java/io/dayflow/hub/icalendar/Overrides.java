package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The changed occurrences of a series: components beside the master, one for each original start. */
final class Overrides {

    private static final String FIELD = "overrides";
    private static final String RECURRENCE_ID = "RECURRENCE-ID";

    private Overrides() {}

    /**
     * The overrides by original start, or null where there are none. Of several for one start the last counts.
     *
     * @throws UnreadablePart if one cannot be read: leaving it out would look as if it had been undone
     */
    static @Nullable ObjectNode read(Part part, Zones zones) {
        ObjectNode overrides = JsonNodeFactory.instance.objectNode();
        for (Component component : part.overrides()) {
            When original = original(part, component, zones);
            if (original == null) {
                throw new UnreadablePart(
                        "one of its changed occurrences names no date or time it belongs to (RECURRENCE-ID)");
            }
            ObjectNode occurrence = JsonNodeFactory.instance.objectNode();
            occurrence.setAll(occurrence(part, component, original, zones));
            overrides.set(original.toString(), occurrence);
        }
        return overrides.isEmpty() ? null : overrides;
    }

    private static Map<String, JsonNode> occurrence(Part part, Component component, When original, Zones zones) {
        if (component.line("DTSTART") != null) {
            return Fields.read(Fields.OCCURRENCE, component, zones);
        }
        // Without a start it takes place when it would have: some writers leave the times of such occurrences out.
        List<Field> untimed = Fields.OCCURRENCE.stream()
                .filter(field -> !TimesField.EVENT.equals(field))
                .toList();
        Map<String, JsonNode> view = Fields.read(untimed, component, zones);
        Map<String, JsonNode> series = Fields.read(List.of(TimesField.EVENT), part.main(), zones);
        Span length = Span.between(
                When.parse(Objects.requireNonNull(series.get("start")).textValue()),
                When.parse(Objects.requireNonNull(series.get("end")).textValue()));
        view.put("start", TextNode.valueOf(original.toString()));
        view.put("end", TextNode.valueOf((length == null ? original : length.after(original)).toString()));
        return view;
    }

    private static @Nullable When original(Part part, Component component, Zones zones) {
        ContentLine line = component.line(RECURRENCE_ID);
        When start = SeriesTime.start(part.main(), zones);
        When original = line == null ? null : zones.when(line, line.value());
        return original == null || start == null ? original : SeriesTime.like(start, original);
    }

    /** Changes, adds and removes single occurrences; to be done while the master still has its old start. */
    static void patch(Part part, View current, View desired, Edit edit) {
        JsonNode before = Objects.requireNonNullElse(current.get(FIELD), JsonNodeFactory.instance.objectNode());
        JsonNode after = Objects.requireNonNullElse(desired.get(FIELD), JsonNodeFactory.instance.objectNode());
        Set<String> keys = new TreeSet<>();
        before.fieldNames().forEachRemaining(keys::add);
        after.fieldNames().forEachRemaining(keys::add);
        for (String key : keys) {
            JsonNode old = before.get(key);
            JsonNode wanted = after.get(key);
            if (!Objects.equals(old, wanted)) {
                patch(part, key, old, wanted, edit);
            }
        }
    }

    private static void patch(Part part, String key, @Nullable JsonNode old, @Nullable JsonNode wanted, Edit edit) {
        List<Component> components = part.overrides().stream()
                .filter(component -> key.equals(String.valueOf(original(part, component, edit.zones()))))
                .toList();
        if (wanted == null) {
            components.forEach(component -> {
                edit.parent(component).remove(component);
                part.overrides().remove(component);
            });
        } else if (components.isEmpty()) {
            add(part, When.parse(key), Fields.occurrence(wanted), edit);
        } else {
            View current = old == null ? View.empty(Kind.EVENT) : Fields.occurrence(old);
            Fields.patch(Fields.OCCURRENCE, components.getLast(), current, Fields.occurrence(wanted), edit);
        }
    }

    private static void add(Part part, When original, View occurrence, Edit edit) {
        Component main = part.main();
        Component component = Component.of(edit.eol(), main.name());
        for (String copied : new String[] {"UID", "ORGANIZER", "SEQUENCE"}) {
            ContentLine line = main.line(copied);
            if (line != null) {
                component.add(line);
            }
        }
        component.add(edit.time(RECURRENCE_ID, original, null, main.line("DTSTART")));
        Fields.patch(Fields.OCCURRENCE, component, View.empty(Kind.EVENT), occurrence, edit);
        List<Component> present = new ArrayList<>(part.components());
        Component last = present.getLast();
        last.terminate(edit.eol());
        edit.parent(main).add(component, last);
        part.overrides().add(component);
    }

    /** Whether the change of one override's component is one that attendees have to know of. */
    static boolean reschedules(Component component, View current, View desired, Zones zones) {
        // By the start the series had: a key of the old series where the start moved too.
        ContentLine line = component.line(RECURRENCE_ID);
        When original = line == null ? null : zones.whenOrNull(line, line.value());
        if (original == null) {
            return true;
        }
        String text = current.text("start");
        String key = (text == null ? original : SeriesTime.like(When.parse(text), original)).toString();
        return Bookkeeping.reschedules(at(current, key), at(desired, key));
    }

    private static @Nullable JsonNode at(View view, String key) {
        JsonNode overrides = view.get(FIELD);
        return overrides == null ? null : overrides.get(key);
    }
}
