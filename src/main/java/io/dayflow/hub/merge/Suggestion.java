package io.dayflow.hub.merge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The side whose value was edited last. */
public enum Suggestion {
    DAYFLOW,
    EXTERNAL;

    /** {@code dayflow} or {@code external}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #id()} back.
     *
     * @throws IllegalArgumentException if it is neither
     */
    @JsonCreator
    public static Suggestion of(String id) {
        return switch (id) {
            case "dayflow" -> DAYFLOW;
            case "external" -> EXTERNAL;
            default ->
                throw new IllegalArgumentException("a suggestion is \"dayflow\" or \"external\", not \"" + id + "\"");
        };
    }
}
