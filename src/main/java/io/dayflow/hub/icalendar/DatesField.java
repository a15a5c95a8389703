package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * RDATE and EXDATE (RFC 5545 sections 3.8.5.1 and 3.8.5.2): any number of properties with any number of times, told as the
 * series tells its start; patched time by time. Of a PERIOD its start counts.
 */
record DatesField(String field, String property) implements Field {

    @Override
    public void read(Component component, Zones zones, Map<String, JsonNode> view) {
        When start = SeriesTime.start(component, zones);
        TreeSet<String> times = new TreeSet<>();
        for (ContentLine line : component.lines(property)) {
            for (String element : line.value().split(",")) {
                When time = time(line, element, start, zones);
                if (time != null) {
                    times.add(time.toString());
                }
            }
        }
        if (!times.isEmpty()) {
            ArrayNode values = JsonNodeFactory.instance.arrayNode();
            times.forEach(values::add);
            view.put(field, values);
        }
    }

    private static @Nullable When time(ContentLine line, String element, @Nullable When start, Zones zones) {
        int slash = element.indexOf('/');
        When time = zones.whenOrNull(line, slash < 0 ? element : element.substring(0, slash));
        return time == null || start == null ? time : SeriesTime.like(start, time);
    }

    @Override
    public void patch(Component component, View current, View desired, Edit edit) {
        Set<String> gone = times(current);
        Set<String> wanted = times(desired);
        Set<String> added = new TreeSet<>(wanted);
        added.removeAll(gone);
        gone.removeAll(wanted);
        if (!gone.isEmpty()) {
            remove(component, gone, edit);
        }
        ContentLine start = component.line("DTSTART");
        for (String time : added) {
            component.add(edit.time(property, When.parse(time), null, start));
        }
    }

    /** Reads with the start as it still is: the times are patched before it. */
    private void remove(Component component, Set<String> gone, Edit edit) {
        When start = SeriesTime.start(component, edit.zones());
        for (ContentLine line : component.lines(property)) {
            List<String> kept = new ArrayList<>();
            boolean changed = false;
            for (String element : line.value().split(",")) {
                When time = time(line, element, start, edit.zones());
                boolean keep = time == null || !gone.contains(time.toString());
                changed |= !keep;
                if (keep) {
                    kept.add(element);
                }
            }
            if (changed && kept.isEmpty()) {
                component.remove(line);
            } else if (changed) {
                component.put(line, line.with(edit.eol(), String.join(",", kept)));
            }
        }
    }

    private Set<String> times(View view) {
        Set<String> times = new TreeSet<>();
        JsonNode values = view.get(field);
        if (values != null) {
            values.forEach(value -> times.add(value.asText()));
        }
        return times;
    }
}
