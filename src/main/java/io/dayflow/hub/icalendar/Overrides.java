package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    /**
     * Changes, adds and removes single occurrences; to be done while the master still has its old start. Where the series
     * moves, its occurrences stay the components that they are and only take the name of their new place.
     */
    static void patch(Part part, View current, View desired, Edit edit) {
        JsonNode before = Objects.requireNonNullElse(current.get(FIELD), JsonNodeFactory.instance.objectNode());
        JsonNode after = Objects.requireNonNullElse(desired.get(FIELD), JsonNodeFactory.instance.objectNode());
        Map<String, List<Component>> components = part.overrides().stream()
                .collect(Collectors.groupingBy(component -> String.valueOf(original(part, component, edit.zones()))));
        Set<String> left = new TreeSet<>();
        after.fieldNames().forEachRemaining(left::add);
        Step step = before.properties().stream().allMatch(entry -> after.has(entry.getKey()))
                ? Step.NONE
                : Step.between(current, desired);
        before.properties().forEach(entry -> {
            String key = entry.getKey();
            List<Component> found = components.getOrDefault(key, List.of());
            String now = left.stream()
                    .filter(candidate -> step.leads(key, candidate))
                    .findFirst()
                    .orElse(null);
            JsonNode wanted = now == null ? null : after.get(now);
            if (now == null || wanted == null || found.isEmpty()) {
                remove(part, found, edit);
                return;
            }
            left.remove(now);
            if (!now.equals(key)) {
                found.forEach(component -> rename(part, component, When.parse(now), edit));
            }
            if (!wanted.equals(entry.getValue())) {
                Fields.patch(
                        Fields.OCCURRENCE,
                        found.getLast(),
                        Fields.occurrence(entry.getValue()),
                        Fields.occurrence(wanted),
                        edit);
            }
        });
        left.forEach(key -> add(part, When.parse(key), Fields.occurrence(after.get(key)), edit));
    }

    /** How the series moves on its own clock; null where it does not. */
    private record Step(@Nullable When from, @Nullable When to) {

        static final Step NONE = new Step(null, null);

        static Step between(View current, View desired) {
            String from = current.text("start");
            String to = desired.text("start");
            return from == null || to == null || from.equals(to) ? NONE : new Step(When.parse(from), When.parse(to));
        }

        boolean leads(String key, String candidate) {
            if (from == null || to == null) {
                return key.equals(candidate);
            }
            Duration step = Duration.between(SeriesTime.clock(from, from), SeriesTime.clock(to, to));
            LocalDateTime there = SeriesTime.clock(from, When.parse(key)).plus(step);
            return SeriesTime.clock(to, When.parse(candidate)).equals(there);
        }
    }

    private static void remove(Part part, List<Component> components, Edit edit) {
        components.forEach(component -> {
            edit.parent(component).remove(component);
            part.overrides().remove(component);
        });
    }

    private static void rename(Part part, Component component, When original, Edit edit) {
        ContentLine old = component.line(RECURRENCE_ID);
        component.put(old, edit.time(RECURRENCE_ID, original, old, part.main().line("DTSTART")));
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
