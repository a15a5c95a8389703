package io.dayflow.hub.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.security.Secret;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in the caller's words what a JSON parser found: which field, and what it takes. Never the name of a class. */
final class JsonFaults {

    /** In the place of a field's name where the whole is wrong. */
    static final String BODY = "body";

    private static final String OWN_CODE = "io.dayflow.hub.";

    /** Whoever sends more of what is not known is not told of all of it. */
    private static final int MOST = 50;

    private final ObjectMapper mapper;

    JsonFaults(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * One fault, for parsers stop at the first; but every field of the object that is not known.
     *
     * @param body what was parsed, if it is still there
     */
    List<FieldError> describe(JsonProcessingException fault, byte @Nullable [] body) {
        return switch (fault) {
            case UnrecognizedPropertyException unknown -> unknown(unknown, body);
            case MismatchedInputException mismatch ->
                List.of(error(mismatch.getPath(), "must be " + accepted(mismatch.getTargetType())));
            case JsonMappingException refused -> List.of(error(refused.getPath(), reason(refused)));
            default -> List.of(new FieldError(BODY, "is not valid JSON" + place(fault)));
        };
    }

    private List<FieldError> unknown(UnrecognizedPropertyException fault, byte @Nullable [] body) {
        var message = message(fault);
        var first = new FieldError(field(fault.getPath()), message);
        var known = fault.getKnownPropertyIds();
        if (body == null || known == null || fault.getPath().isEmpty()) {
            return List.of(first);
        }
        var parents = fault.getPath().subList(0, fault.getPath().size() - 1);
        var parent = field(parents);
        var all = Stream.concat(
                        Stream.of(first),
                        names(body, parents)
                                .filter(name -> !known.contains(name))
                                .map(name -> new FieldError(parent.isEmpty() ? name : parent + "." + name, message)))
                .distinct();
        return all.limit(MOST).toList();
    }

    /** The names of the fields of the object there; none where the rest of the body is no JSON. */
    private Stream<String> names(byte[] body, List<Reference> path) {
        try {
            JsonNode node = mapper.readTree(body);
            for (Reference step : path) {
                node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
            }
            return node.properties().stream().map(Map.Entry::getKey);
        } catch (IOException no) {
            return Stream.empty();
        }
    }

    private static String message(UnrecognizedPropertyException fault) {
        var known = fault.getKnownPropertyIds();
        return known == null || known.isEmpty()
                ? "is not known here"
                : "is not known here; known are "
                        + known.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static FieldError error(List<Reference> path, String message) {
        return new FieldError(path.isEmpty() ? BODY : field(path), message);
    }

    private static String field(List<Reference> path) {
        var text = new StringBuilder();
        for (Reference step : path) {
            if (step.getFieldName() == null) {
                text.append('[').append(step.getIndex()).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return text.toString();
    }

    private static String place(JsonProcessingException fault) {
        var location = fault.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    /** A constructor of ours says what it accepts; what others say may name their insides. */
    private static String reason(JsonMappingException fault) {
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            var trace = cause.getStackTrace();
            var message = cause.getMessage();
            if (cause instanceof IllegalArgumentException
                    && message != null
                    && trace.length > 0
                    && trace[0].getClassName().startsWith(OWN_CODE)) {
                return message;
            }
        }
        return fault.getCause() instanceof JsonProcessingException
                        || fault.getPath().isEmpty()
                ? "is not valid JSON" + place(fault)
                : "is not accepted";
    }

    private String accepted(@Nullable Class<?> type) {
        if (type == null) {
            return "another kind of value";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> mapper.convertValue(constant, String.class))
                            .collect(Collectors.joining(", "));
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (List.of(String.class, CharSequence.class, char.class, Secret.class).contains(type)) {
            return "a text";
        }
        if (List.of(int.class, Integer.class, long.class, Long.class, short.class, Short.class, BigInteger.class)
                .contains(type)) {
            return "a whole number";
        }
        if (List.of(double.class, Double.class, float.class, Float.class, BigDecimal.class, Number.class)
                .contains(type)) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == UUID.class) {
            return "an id (a UUID)";
        }
        if (type == LocalDate.class) {
            return "a date such as 2026-01-31";
        }
        if (List.of(Instant.class, OffsetDateTime.class, ZonedDateTime.class).contains(type)) {
            return "a time such as 2026-01-31T09:00:00Z";
        }
        return "an object";
    }
}
