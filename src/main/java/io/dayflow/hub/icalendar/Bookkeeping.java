package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.View;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a write owes the object besides its fields: revision, scheduling, storability. */
final class Bookkeeping {

    /** Changes that attendees have to know of (RFC 5546 section 2.1.4). */
    private static final Set<String> RESCHEDULING = Set.of("start", "end", "due", "recurrence", "rdates", "exdates");

    private Bookkeeping() {}

    /** Whether the change asks for a new SEQUENCE. */
    static boolean reschedules(View current, View desired) {
        return RESCHEDULING.stream().anyMatch(field -> !Objects.equals(current.get(field), desired.get(field)))
                || isCancelled(current) != isCancelled(desired);
    }

    /** The same for one occurrence. */
    static boolean reschedules(@Nullable JsonNode current, @Nullable JsonNode desired) {
        return current == null
                || desired == null
                || reschedules(Fields.occurrence(current), Fields.occurrence(desired));
    }

    private static boolean isCancelled(View view) {
        return "cancelled".equals(view.text("status"));
    }

    /** Marks a changed component. */
    static void touch(Component component, boolean reschedules, Stamp stamp, Edit edit) {
        put(component, "DTSTAMP", DateText.of(stamp.now()), edit);
        put(component, "LAST-MODIFIED", DateText.of(stamp.now()), edit);
        if (reschedules) {
            String old = component.text("SEQUENCE");
            int sequence = old != null && old.matches("\\d{1,9}") ? Integer.parseInt(old) : 0;
            put(component, "SEQUENCE", Integer.toString(sequence + 1), edit);
        }
    }

    private static void put(Component component, String property, String value, Edit edit) {
        ContentLine old = component.line(property);
        component.put(old, old == null ? edit.line(property, value) : old.with(edit.eol(), value));
    }

    /** Takes scheduling away from the server (RFC 6638 section 7.1). */
    static void silence(List<Component> components, Edit edit) {
        for (Component component : components) {
            for (String property : List.of("ATTENDEE", "ORGANIZER")) {
                for (ContentLine line : component.lines(property)) {
                    String agent = line.parameter("SCHEDULE-AGENT");
                    if (agent == null || !Set.of("CLIENT", "NONE").contains(agent.toUpperCase(Locale.ROOT))) {
                        component.put(line, line.withParameter(edit.eol(), "SCHEDULE-AGENT", "CLIENT"));
                    }
                }
            }
        }
    }

    /** Stored objects carry no METHOD (RFC 4791 section 4.1). */
    static void unpublish(Document document) {
        document.calendars().forEach(calendar -> calendar.removeLines("METHOD"));
    }
}
