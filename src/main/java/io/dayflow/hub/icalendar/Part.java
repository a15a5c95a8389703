package io.dayflow.hub.icalendar;

import io.dayflow.hub.item.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One item of an object: a master with its overrides, or an override that has no master here.
 *
 * @param key the UID, with the RECURRENCE-ID as written where there is no master; {@code -} and its place in the object
 *     where it has no UID
 * @param overrides of the master; in the order they stand in
 */
record Part(String key, Kind kind, Component main, List<Component> overrides, boolean orphan) {

    /** The parts, masters first. Components without a UID belong together: an object is meant to hold one (RFC 4791). */
    static List<Part> of(Document document) {
        List<Component> components = document.components().stream()
                .filter(component -> component.is("VEVENT") || component.is("VTODO"))
                .toList();
        Map<String, Part> masters = new HashMap<>();
        List<Part> parts = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < components.size(); i++) {
            Component component = components.get(i);
            if (component.line("RECURRENCE-ID") == null) {
                String uid = component.text("UID");
                Part part = part(unique(uid == null ? "-" + i : uid, keys), component, false);
                parts.add(part);
                masters.putIfAbsent(component.name() + uid, part);
            }
        }
        for (int i = 0; i < components.size(); i++) {
            Component component = components.get(i);
            ContentLine recurrenceId = component.line("RECURRENCE-ID");
            if (recurrenceId != null) {
                String uid = component.text("UID");
                Part master = masters.get(component.name() + uid);
                if (master != null) {
                    master.overrides().add(component);
                } else {
                    String key = uid == null
                            ? "-" + i
                            : uid + "/" + recurrenceId.value().strip();
                    parts.add(part(unique(key, keys), component, true));
                }
            }
        }
        return parts;
    }

    static @Nullable Part find(Document document, String key) {
        return of(document).stream()
                .filter(part -> part.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    private static Part part(String key, Component main, boolean orphan) {
        return new Part(key, main.is("VEVENT") ? Kind.EVENT : Kind.TASK, main, new ArrayList<>(), orphan);
    }

    private static String unique(String key, Set<String> keys) {
        String candidate = key;
        for (int n = 2; !keys.add(candidate); n++) {
            candidate = key + "#" + n;
        }
        return candidate;
    }

    /** All its components, the main one first. */
    List<Component> components() {
        List<Component> components = new ArrayList<>(List.of(main));
        components.addAll(overrides);
        return components;
    }
}
