package io.dayflow.hub.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.refusal.FieldError;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One object of the settings, read strictly. What is wrong is gathered in a list; the getters then answer defaults. */
final class SettingsReader {

    private static final int LONGEST_TEXT = 200;
    private static final int MOST_TEXTS = 100;

    private final ObjectNode node;
    private final String path;
    private final List<FieldError> errors;

    SettingsReader(ObjectNode node, String path, List<FieldError> errors) {
        this.node = node;
        this.path = path;
        this.errors = errors;
    }

    void only(Set<String> names) {
        only(names, "setting");
    }

    /** @param what what a name that is accepted would be */
    void only(Set<String> names, String what) {
        node.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                refuse(
                        name,
                        "is no " + what + "; accepted are "
                                + names.stream().sorted().collect(Collectors.joining(", ")));
            }
        });
    }

    boolean flag(String name, boolean otherwise) {
        var value = node.get(name);
        if (value == null || value.isBoolean()) {
            return value == null ? otherwise : value.booleanValue();
        }
        refuse(name, "takes true or false");
        return otherwise;
    }

    int count(String name, int least, int most, int otherwise) {
        var value = node.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value.isIntegralNumber()
                && value.canConvertToInt()
                && value.intValue() >= least
                && value.intValue() <= most) {
            return value.intValue();
        }
        refuse(name, "takes a whole number from " + least + " to " + most);
        return otherwise;
    }

    <E extends Enum<E> & SettingChoice> E choice(String name, Class<E> type, E otherwise) {
        var value = node.get(name);
        if (value == null) {
            return otherwise;
        }
        for (E constant : type.getEnumConstants()) {
            if (value.isTextual() && constant.id().equals(value.textValue())) {
                return constant;
            }
        }
        refuse(
                name,
                "takes one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(SettingChoice::id)
                                .collect(Collectors.joining(", ")));
        return otherwise;
    }

    /** A list of texts without repetition. */
    Set<String> texts(String name) {
        return texts(name, List.of());
    }

    /** @param accepted the only texts that are accepted; empty: any */
    Set<String> texts(String name, List<String> accepted) {
        var value = node.get(name);
        if (value == null) {
            return Set.of();
        }
        var reason = accepted.isEmpty()
                ? "takes a list of at most " + MOST_TEXTS + " texts of at most " + LONGEST_TEXT + " characters"
                : "takes a list of " + String.join(", ", accepted);
        if (!value.isArray() || value.size() > MOST_TEXTS) {
            refuse(name, reason);
            return Set.of();
        }
        boolean good = IntStream.range(0, value.size())
                .mapToObj(value::get)
                .allMatch(e -> isText(e) && (accepted.isEmpty() || accepted.contains(e.textValue())));
        if (!good) {
            refuse(name, reason);
            return Set.of();
        }
        var texts = new LinkedHashSet<String>();
        value.forEach(e -> texts.add(e.textValue()));
        return texts;
    }

    @Nullable
    LocalDate date(String name) {
        var value = node.get(name);
        if (value == null) {
            return null;
        }
        try {
            if (value.isTextual()) {
                return LocalDate.parse(value.textValue());
            }
        } catch (DateTimeParseException e) {
            // Refused below, with those that are no text.
        }
        refuse(name, "takes a date like 2026-03-01");
        return null;
    }

    @Nullable
    UUID id(String name) {
        var value = node.get(name);
        if (value == null) {
            return null;
        }
        try {
            if (value.isTextual() && value.textValue().length() == 36) {
                return UUID.fromString(value.textValue());
            }
        } catch (IllegalArgumentException e) {
            // Refused below, with those that are no text.
        }
        refuse(name, "takes the id of a collection");
        return null;
    }

    /** An object whose values are texts. */
    ObjectNode textsByName(String name) {
        var value = node.get(name);
        if (value == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (value instanceof ObjectNode object
                && object.size() <= MOST_TEXTS
                && object.properties().stream()
                        .allMatch(e -> isText(e.getValue()) && e.getKey().length() <= LONGEST_TEXT)) {
            return object;
        }
        refuse(name, "takes an object of at most " + MOST_TEXTS + " texts of at most " + LONGEST_TEXT + " characters");
        return JsonNodeFactory.instance.objectNode();
    }

    SettingsReader object(String name) {
        var value = node.get(name);
        if (value instanceof ObjectNode object) {
            return new SettingsReader(object, path + "." + name, errors);
        }
        if (value != null) {
            refuse(name, "takes an object");
        }
        return new SettingsReader(JsonNodeFactory.instance.objectNode(), path + "." + name, errors);
    }

    @Nullable
    JsonNode raw(String name) {
        return node.get(name);
    }

    void refuse(String name, String reason) {
        errors.add(new FieldError(path + "." + name, reason));
    }

    private static boolean isText(JsonNode value) {
        return value.isTextual()
                && !value.textValue().isBlank()
                && value.textValue().length() <= LONGEST_TEXT;
    }
}
