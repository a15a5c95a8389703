package io.dayflow.hub.item;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an item is. */
public enum Kind {
    TASK(Task.class),
    EVENT(Event.class);

    private final Class<? extends Record> model;

    Kind(Class<? extends Record> model) {
        this.model = model;
    }

    /** The canonical names of the fields that items of this kind have, in the model's order. */
    public List<String> fields() {
        return Arrays.stream(model.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

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
