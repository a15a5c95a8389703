package io.dayflow.hub.icalendar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A property with the physical lines it was written in (RFC 5545 section 3.1). Immutable: an edit makes a new line, folded
 * anew, which keeps the group, the spelling of the name and the text of every parameter that is not replaced.
 */
final class ContentLine implements Node {

    private static final Set<String> TIMES = Set.of("DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "EXDATE", "RDATE");

    private final String raw;
    private final String group;
    private final String name;
    private final List<Parameter> parameters;
    private final String value;

    private ContentLine(String raw, String group, String name, List<Parameter> parameters, String value) {
        this.raw = raw;
        this.group = group;
        this.name = name;
        this.parameters = parameters;
        this.value = value;
    }

    /** A new line, folded and ended with {@code eol}. */
    static ContentLine of(String eol, String name, List<Parameter> parameters, String value) {
        return write(eol, "", name, parameters, value);
    }

    /** A new line without parameters. */
    static ContentLine of(String eol, String name, String value) {
        return of(eol, name, List.of(), value);
    }

    /** Reads physical lines, folds and line ends included; null if they are no content line. */
    static @Nullable ContentLine parse(String raw) {
        String line = Folding.unfold(raw);
        int end = 0;
        while (end < line.length() && line.charAt(end) != ':' && line.charAt(end) != ';') {
            end++;
        }
        String full = line.substring(0, end).strip();
        if (end == line.length() || !isName(full)) {
            return null;
        }
        List<Parameter> parameters = new ArrayList<>();
        while (line.charAt(end) == ';') {
            int start = end + 1;
            end = parameterEnd(line, start);
            if (end < 0) {
                return null;
            }
            parameters.add(Parameter.parse(line.substring(start, end)));
        }
        int dot = full.lastIndexOf('.') + 1;
        return bareColon(raw, full.substring(0, dot), full.substring(dot), parameters, line.substring(end + 1));
    }

    /** Letters, digits, _ and -, in groups that single dots part. */
    private static boolean isName(String text) {
        boolean inGroup = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
            if (!letter && !(c == '.' && inGroup)) {
                return false;
            }
            inGroup = letter;
        }
        return inGroup;
    }

    /** A zone's name with a colon that nobody quoted, as in {@code TZID=(GMT-05:00) Eastern:20200101T100000}. */
    private static ContentLine bareColon(
            String raw, String group, String name, List<Parameter> parameters, String value) {
        int colon = value.lastIndexOf(':');
        if (colon >= 0 && !parameters.isEmpty() && TIMES.contains(name.toUpperCase(Locale.ROOT))) {
            Parameter last = parameters.removeLast();
            parameters.add(Parameter.parse(last.raw() + ":" + value.substring(0, colon)));
            value = value.substring(colon + 1);
        }
        return new ContentLine(raw, group, name, List.copyOf(parameters), value);
    }

    private static int parameterEnd(String line, int start) {
        int end = parameterEnd(line, start, true);
        return end >= 0 ? end : parameterEnd(line, start, false);
    }

    private static int parameterEnd(String line, int start, boolean quotes) {
        boolean quoted = false;
        for (int i = start; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quotes) {
                quoted = !quoted;
            } else if (!quoted && (c == ';' || c == ':')) {
                return i;
            } else if (!quoted && c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == ';') {
                i++;
            }
        }
        return -1;
    }

    /** This property with other parameters and another value. */
    ContentLine with(String eol, List<Parameter> newParameters, String newValue) {
        return write(eol, group, name, newParameters, newValue);
    }

    /** This property with another value. */
    ContentLine with(String eol, String newValue) {
        return write(eol, group, name, parameters, newValue);
    }

    /** This property with one parameter set in its place, or taken away where {@code newValue} is null. */
    ContentLine withParameter(String eol, String parameter, @Nullable String newValue) {
        List<Parameter> changed = new ArrayList<>();
        boolean open = newValue != null;
        for (Parameter old : parameters) {
            if (!old.is(parameter)) {
                changed.add(old);
            } else if (open && newValue != null) {
                changed.add(Parameter.of(old.name(), newValue));
                open = false;
            }
        }
        if (open && newValue != null) {
            changed.add(Parameter.of(parameter, newValue));
        }
        return write(eol, group, name, changed, value);
    }

    private static ContentLine write(String eol, String group, String name, List<Parameter> parameters, String value) {
        StringBuilder line = new StringBuilder(group).append(name);
        parameters.forEach(parameter -> line.append(';').append(parameter.raw()));
        line.append(':').append(value);
        return new ContentLine(Folding.fold(line, eol), group, name, List.copyOf(parameters), value);
    }

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** In upper case. */
    String name() {
        return name.toUpperCase(Locale.ROOT);
    }

    /** As written, unfolded, still escaped. */
    String value() {
        return value;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** The parameter's decoded value, or null where it is absent. */
    @Nullable
    String parameter(String parameter) {
        return parameters.stream()
                .filter(p -> p.is(parameter))
                .findFirst()
                .map(Parameter::value)
                .orElse(null);
    }

    @Override
    public void appendTo(StringBuilder out) {
        out.append(raw);
    }

    @Override
    public String toString() {
        return raw;
    }
}
