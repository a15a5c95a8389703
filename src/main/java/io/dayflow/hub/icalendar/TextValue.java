package io.dayflow.hub.icalendar;

import java.util.ArrayList;
import java.util.List;

/** Values of type TEXT (RFC 5545 section 3.3.11), single and in lists. */
final class TextValue {

    private TextValue() {}

    /** Escapes for a property; line breaks of all kinds become {@code \n}, other control characters go. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        String lines = text.replace("\r\n", "\n").replace('\r', '\n');
        for (int i = 0; i < lines.length(); i++) {
            char c = lines.charAt(i);
            switch (c) {
                case '\\', ';', ',' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                default -> {
                    if (c == '\t' || !Character.isISOControl(c)) {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    /** Reads an escaped value; a backslash before anything else stands for itself. */
    static String unescape(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            char next = c == '\\' && i + 1 < value.length() ? value.charAt(i + 1) : 0;
            switch (next) {
                case 'n', 'N' -> out.append('\n');
                case '\\', ';', ',', ':', '"' -> out.append(next);
                default -> {
                    out.append(c);
                    continue;
                }
            }
            i++;
        }
        return out.toString();
    }

    /** The elements of a comma separated list, still escaped. */
    static List<String> split(String value) {
        List<String> elements = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '\\') {
                i++;
            } else if (value.charAt(i) == ',') {
                elements.add(value.substring(start, i));
                start = i + 1;
            }
        }
        elements.add(value.substring(start));
        return elements;
    }

    /** A URI or another value that is written as it is: only what would break the line is taken out. */
    static String plain(String value) {
        StringBuilder out = new StringBuilder(value.length());
        value.chars().filter(c -> !Character.isISOControl(c)).forEach(c -> out.append((char) c));
        return out.toString();
    }
}
