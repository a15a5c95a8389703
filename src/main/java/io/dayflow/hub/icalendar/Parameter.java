package io.dayflow.hub.icalendar;

import java.util.ArrayList;
import java.util.List;

/**
 * A property parameter (RFC 5545 section 3.2).
 *
 * @param name as spelled
 * @param values decoded (RFC 6868), without quotes
 * @param raw as written, {@code NAME=value}
 */
record Parameter(String name, List<String> values, String raw) {

    /** A parameter to be written, encoded (RFC 6868) and quoted where its value needs it. */
    static Parameter of(String name, String value) {
        StringBuilder encoded = new StringBuilder();
        value.codePoints().forEach(c -> {
            switch (c) {
                case '^' -> encoded.append("^^");
                case '\n' -> encoded.append("^n");
                case '"' -> encoded.append("^'");
                default -> {
                    if (c == '\t' || !Character.isISOControl(c)) {
                        encoded.appendCodePoint(c);
                    }
                }
            }
        });
        // A backslash is quoted because some writers escape with it in bare values, and readers follow them.
        boolean quote = encoded.chars().anyMatch(c -> c == ';' || c == ':' || c == ',' || c == '\\')
                || !encoded.toString().strip().contentEquals(encoded);
        return new Parameter(name, List.of(value), name + "=" + (quote ? "\"" + encoded + "\"" : encoded));
    }

    /** Reads what stands between a semicolon and the next one; without an equals sign it has no values. */
    static Parameter parse(String raw) {
        int equals = raw.indexOf('=');
        return equals < 0
                ? new Parameter(raw.strip(), List.of(), raw)
                : new Parameter(raw.substring(0, equals).strip(), values(raw.substring(equals + 1)), raw);
    }

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** All values as one: a comma that should have been quoted is part of the text. */
    String value() {
        return String.join(",", values);
    }

    private static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '^' && (next == 'n' || next == '^' || next == '\'')) {
                value.append(next == 'n' ? '\n' : next == '^' ? '^' : '"');
                i++;
            } else if (c == '\\' && !quoted && (next == ';' || next == ',')) {
                value.append(next);
                i++;
            } else if (c == ',' && !quoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        return List.copyOf(values);
    }
}
