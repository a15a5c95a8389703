package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.View;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A field that is one property's value, as text or as it is; its first property counts. */
record TextField(String field, String property, UnaryOperator<String> decode, UnaryOperator<String> encode)
        implements Field {

    /** Of type TEXT (RFC 5545 section 3.3.11). */
    static TextField text(String field, String property) {
        return new TextField(field, property, TextValue::unescape, TextValue::escape);
    }

    /** Written as it is: a URI, a recurrence rule. */
    static TextField plain(String field, String property) {
        return new TextField(field, property, String::strip, TextValue::plain);
    }

    @Override
    public void read(Component component, Zones zones, Map<String, JsonNode> view) {
        ContentLine line = component.line(property);
        String text = line == null ? "" : decode.apply(line.value());
        if (!text.isEmpty()) {
            view.put(field, TextNode.valueOf(text));
        }
    }

    @Override
    public void patch(Component component, View current, View desired, Edit edit) {
        String text = desired.text(field);
        if (Objects.equals(current.text(field), text)) {
            return;
        }
        ContentLine old = component.line(property);
        if (text == null || text.isEmpty()) {
            component.removeLines(property);
        } else if (old == null) {
            component.add(edit.line(property, encode.apply(text)));
        } else {
            component.put(old, old.with(edit.eol(), encode.apply(text)));
        }
    }
}
