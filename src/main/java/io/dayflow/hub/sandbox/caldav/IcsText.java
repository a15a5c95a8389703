package io.dayflow.hub.sandbox.caldav;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The text of a calendar object, of whose first event or task single properties are read and replaced. All other lines stay
 * as they are.
 */
final class IcsText {

    private static final int WIDTH = 74;

    private final List<String> lines;
    private final String component;

    private IcsText(List<String> lines, String component) {
        this.lines = lines;
        this.component = component;
    }

    static IcsText parse(String text) {
        var lines = new ArrayList<String>();
        for (var line : text.split("\r?\n")) {
            if (!lines.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"))) {
                lines.set(lines.size() - 1, lines.getLast() + line.substring(1));
            } else if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        return new IcsText(lines, lines.contains("BEGIN:VTODO") ? "VTODO" : "VEVENT");
    }

    /** A new object with nothing but its identity. */
    static IcsText create(String component, String uid, String stamp) {
        return parse(String.join(
                "\n",
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//DayFlow Hub//Sandbox//EN",
                "BEGIN:" + component,
                "UID:" + uid,
                "DTSTAMP:" + stamp,
                "END:" + component,
                "END:VCALENDAR"));
    }

    boolean isTask() {
        return component.equals("VTODO");
    }

    /** A property's line, with its parameters; null where there is none. */
    @Nullable
    String line(String name) {
        int at = find(name);
        return at < 0 ? null : lines.get(at);
    }

    /** The value as it is written. */
    @Nullable
    String value(String name) {
        var line = line(name);
        return line == null ? null : line.substring(colon(line) + 1);
    }

    /** The value as a text. */
    @Nullable
    String text(String name) {
        var value = value(name);
        return value == null ? null : unescaped(value);
    }

    /** Several texts. */
    List<String> texts(String name) {
        var value = value(name);
        if (value == null || value.isEmpty()) {
            return List.of();
        }
        return List.of(value.split("(?<!\\\\),")).stream()
                .map(IcsText::unescaped)
                .toList();
    }

    IcsText setText(String name, @Nullable String text) {
        return set(name, "", text == null ? null : escaped(text));
    }

    IcsText setTexts(String name, List<String> texts) {
        var joined = String.join(",", texts.stream().map(IcsText::escaped).toList());
        return set(name, "", texts.isEmpty() ? null : joined);
    }

    /** @param parameters with their leading semicolon; @param value null removes the property */
    IcsText set(String name, String parameters, @Nullable String value) {
        int at = find(name);
        if (value == null) {
            if (at >= 0) {
                lines.remove(at);
            }
        } else if (at >= 0) {
            lines.set(at, name + parameters + ":" + value);
        } else {
            lines.add(lines.indexOf("BEGIN:" + component) + 1, name + parameters + ":" + value);
        }
        return this;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var line : lines) {
            int width = 0;
            for (int i = 0; i < line.length(); i = line.offsetByCodePoints(i, 1)) {
                int point = line.codePointAt(i);
                int size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
                if (width + size > WIDTH) {
                    text.append("\r\n ");
                    width = 1;
                }
                text.appendCodePoint(point);
                width += size;
            }
            text.append("\r\n");
        }
        return text.toString();
    }

    /** Where a property of the component itself is: not of another one, and not of an alarm inside it. */
    private int find(String name) {
        int depth = 0;
        for (int i = lines.indexOf("BEGIN:" + component) + 1; i < lines.size(); i++) {
            var line = lines.get(i).toUpperCase(Locale.ROOT);
            if (line.equals("END:" + component)) {
                return -1;
            }
            depth += line.startsWith("BEGIN:") ? 1 : line.startsWith("END:") ? -1 : 0;
            if (depth == 0
                    && line.startsWith(name)
                    && line.length() > name.length()
                    && ":;".indexOf(line.charAt(name.length())) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** The colon before the value: one that stands in no quotes. */
    private static int colon(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            if (c == ':' && !quoted) {
                return i;
            }
        }
        return line.length() - 1;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\n", "\\n");
    }

    private static String unescaped(String value) {
        var text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                char next = value.charAt(++i);
                text.append(next == 'n' || next == 'N' ? '\n' : next);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
