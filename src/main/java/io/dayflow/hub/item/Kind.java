package io.dayflow.hub.item;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an item is. */
public enum Kind {
    TASK,
    EVENT;

    /** The name used in JSON, tables and configuration: {@code task} or {@code event}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #id()} back.
     *
     * @throws IllegalArgumentException if it is neither {@code task} nor {@code event}
     */
    @JsonCreator
    public static Kind of(String id) {
        return switch (id) {
            case "task" -> TASK;
            case "event" -> EVENT;
            default -> throw new IllegalArgumentException("a kind is \"task\" or \"event\", not \"" + id + "\"");
        };
    }
}
