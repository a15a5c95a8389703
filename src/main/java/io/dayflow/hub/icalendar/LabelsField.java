package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dayflow.hub.item.View;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** CATEGORIES (RFC 5545 section 3.8.1.2): any number of properties with any number of names; patched name by name. */
record LabelsField(String field) implements Field {

    private static final String CATEGORIES = "CATEGORIES";

    @Override
    public void read(Component component, Zones zones, Map<String, JsonNode> view) {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        component.lines(CATEGORIES).stream()
                .flatMap(line -> TextValue.split(line.value()).stream())
                .map(LabelsField::name)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        if (!names.isEmpty()) {
            view.put(field, names);
        }
    }

    @Override
    public void patch(Component component, View current, View desired, Edit edit) {
        Set<String> gone = names(current);
        Set<String> wanted = names(desired);
        Set<String> added = new LinkedHashSet<>(wanted);
        added.removeAll(gone);
        gone.removeAll(wanted);
        for (ContentLine line : component.lines(CATEGORIES)) {
            List<String> kept = new ArrayList<>(TextValue.split(line.value()));
            if (!kept.removeIf(element -> gone.contains(name(element)))) {
                continue;
            }
            if (kept.stream().allMatch(String::isBlank)) {
                component.remove(line);
            } else {
                component.put(line, line.with(edit.eol(), String.join(",", kept)));
            }
        }
        if (!added.isEmpty()) {
            ContentLine first = component.line(CATEGORIES);
            String names = added.stream().map(TextValue::escape).collect(Collectors.joining(","));
            component.put(
                    first,
                    first == null
                            ? edit.line(CATEGORIES, names)
                            : first.with(edit.eol(), first.value().isBlank() ? names : first.value() + "," + names));
        }
    }

    private static String name(String element) {
        return TextValue.unescape(element).strip();
    }

    private Set<String> names(View view) {
        Set<String> names = new LinkedHashSet<>();
        JsonNode value = view.get(field);
        if (value != null) {
            value.forEach(name -> names.add(name.asText().strip()));
        }
        return names;
    }
}
