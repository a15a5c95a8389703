package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of commands and requests, and refuses values that the service does. */
final class Args {

    private static final int TITLE = 500;
    private static final int TEXT = 16_383;

    private Args() {}

    /** A text that must be there, without blanks around it. */
    static String required(JsonNode args, String name) {
        var text = Ledger.text(args, name);
        if (text == null) {
            throw ApiError.missing(name);
        }
        if (text.isBlank()) {
            throw ApiError.invalid(name, "A text that is not empty");
        }
        return text.strip();
    }

    static String content(JsonNode args) {
        var content = required(args, "content");
        if (content.length() > TITLE) {
            throw ApiError.invalid("content", "At most " + TITLE + " characters");
        }
        return content;
    }

    static String description(JsonNode args) {
        var text = args.path("description").asText("").strip();
        if (text.length() > TEXT) {
            throw ApiError.invalid("description", "At most " + TEXT + " characters");
        }
        return text;
    }

    static int priority(JsonNode args) {
        var priority = args.path("priority");
        if (!priority.isInt() || priority.intValue() < 1 || priority.intValue() > 4) {
            throw ApiError.invalid("priority", "A number from 1 to 4");
        }
        return priority.intValue();
    }

    /** Names without blanks around them, each once. */
    static ArrayNode labels(JsonNode args) {
        var labels = args.path("labels");
        if (!labels.isArray()) {
            throw ApiError.invalid("labels", "A list of names");
        }
        var names = new LinkedHashSet<String>();
        for (var label : labels) {
            if (!label.isTextual() || label.asText().isBlank()) {
                throw ApiError.invalid("labels", "A list of names");
            }
            names.add(label.asText().strip());
        }
        var cleaned = JsonNodeFactory.instance.arrayNode();
        names.forEach(cleaned::add);
        return cleaned;
    }

    static @Nullable ObjectNode deadline(JsonNode args) {
        var deadline = args.path("deadline");
        if (deadline.isNull()) {
            return null;
        }
        try {
            var date = LocalDate.parse(deadline.path("date").asText());
            return Ledger.object()
                    .put("date", date.toString())
                    .put("lang", deadline.path("lang").asText("en"));
        } catch (DateTimeException e) {
            throw ApiError.invalid("deadline", "An object with a date YYYY-MM-DD");
        }
    }

    static @Nullable ObjectNode duration(JsonNode args) {
        var duration = args.path("duration");
        if (duration.isNull()) {
            return null;
        }
        var amount = duration.path("amount");
        var unit = duration.path("unit").asText();
        if (!amount.isInt() || amount.intValue() < 1 || !(unit.equals("minute") || unit.equals("day"))) {
            throw ApiError.invalid("duration", "An object with an amount over 0 and the unit minute or day");
        }
        return Ledger.object().put("amount", amount.intValue()).put("unit", unit);
    }
}
