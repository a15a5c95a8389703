package io.dayflow.hub.merge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What becomes of a field that both sides changed differently. */
public enum Strategy {
    /** Nothing changes on either side until a person chooses. */
    MANUAL,
    /** The later edit wins; ties go to DayFlow. */
    LATEST,
    /** The connected service wins. */
    SOURCE,
    /** Long text is merged by lines, all else as {@link #LATEST}. */
    MERGE;

    /** The name used in settings: {@code manual}, {@code latest}, {@code source} or {@code merge}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #id()} back.
     *
     * @throws IllegalArgumentException naming the four accepted names
     */
    @JsonCreator
    public static Strategy of(String id) {
        for (Strategy strategy : values()) {
            if (strategy.id().equals(id)) {
                return strategy;
            }
        }
        throw new IllegalArgumentException(
                "a conflict strategy is manual, latest, source or merge, not \"" + id + "\"");
    }
}
