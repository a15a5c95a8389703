package io.dayflow.hub.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.When;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * What fields of items are called, and their values as a person reads them.
 *
 * @param times tells points in time
 */
public record FieldTexts(MessageSource texts, Times times) {

    private static final Pattern POINT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T.*)?");
    private static final int LONGEST = 600;

    /**
     * A field that differs.
     *
     * @param before null: there was nothing
     * @param after null: there is nothing
     */
    public record Difference(
            String field,
            String label,
            @Nullable String before,
            @Nullable String after) {}

    public String label(String field) {
        int slash = field.indexOf('/');
        var name = slash < 0 ? field : field.substring(0, slash);
        var known = texts.getMessage("item." + name, null, name, Locale.ENGLISH);
        return slash < 0 ? Objects.requireNonNullElse(known, name) : known + " (" + field.substring(slash + 1) + ")";
    }

    /** The fields in which two views of an item differ. */
    public List<Difference> differences(@Nullable JsonNode before, @Nullable JsonNode after) {
        var fields = new TreeSet<String>();
        names(before, fields);
        names(after, fields);
        var found = new ArrayList<Difference>();
        for (var field : fields) {
            var old = text(before == null ? null : before.get(field));
            var now = text(after == null ? null : after.get(field));
            if (!Objects.equals(old, now)) {
                found.add(new Difference(field, label(field), old, now));
            }
        }
        return found;
    }

    private static void names(@Nullable JsonNode view, TreeSet<String> fields) {
        if (view != null) {
            view.fieldNames().forEachRemaining(fields::add);
        }
    }

    /** A value in words; null for none. */
    public @Nullable String text(@Nullable JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isBoolean()) {
            return message(value.booleanValue() ? "value.yes" : "value.no");
        }
        if (value.isArray()) {
            return list(value);
        }
        if (value.isObject()) {
            return object(value);
        }
        var text = value.asText();
        if (value.isTextual() && POINT.matcher(text).matches()) {
            return point(text);
        }
        return text.isEmpty() ? null : text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private @Nullable String list(JsonNode value) {
        var parts = new ArrayList<String>();
        value.forEach(element -> {
            var text = text(element);
            if (text != null) {
                parts.add(text);
            }
        });
        return parts.isEmpty() ? null : String.join(", ", parts);
    }

    private @Nullable String object(JsonNode value) {
        var parts = new ArrayList<String>();
        value.properties().forEach(entry -> {
            var text = text(entry.getValue());
            if (text != null) {
                parts.add(entry.getKey() + " " + text);
            }
        });
        return parts.isEmpty() ? null : String.join(", ", parts);
    }

    private String point(String text) {
        try {
            var when = When.parse(text);
            return when.isDay() ? times.date(when.dateIn(times.zone())) : times.moment(when.instantIn(times.zone()));
        } catch (DateTimeException | IllegalArgumentException e) {
            return text;
        }
    }

    private String message(String key) {
        return texts.getMessage(key, null, Locale.ENGLISH);
    }
}
