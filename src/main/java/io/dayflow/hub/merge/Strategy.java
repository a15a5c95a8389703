package io.dayflow.hub.merge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What becomes of a field that both sides changed differently. */
public enum Strategy implements Strategies {
    /** Nothing changes on either side until a person chooses. */
    MANUAL(0),
    /** The later edit wins; ties go to DayFlow. */
    LATEST(3),
    /** The connected service wins. */
    SOURCE(2),
    /** Long text is merged by lines, all else as {@link #LATEST}. */
    MERGE(4),
    /** DayFlow wins. */
    DAYFLOW(1);

    private final int leniency;

    Strategy(int leniency) {
        this.leniency = leniency;
    }

    /** The name used in settings: {@code manual}, {@code latest}, {@code source}, {@code merge} or {@code dayflow}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** This one, whatever the field. */
    @Override
    public Strategy at(String path) {
        return this;
    }

    /** How readily it gives way: 0 never, without a person. */
    int leniency() {
        return leniency;
    }

    /**
     * Reads {@link #id()} back.
     *
     * @throws IllegalArgumentException naming the five accepted names
     */
    @JsonCreator
    public static Strategy of(String id) {
        for (Strategy strategy : values()) {
            if (strategy.id().equals(id)) {
                return strategy;
            }
        }
        throw new IllegalArgumentException(
                "a conflict strategy is manual, latest, source, merge or dayflow, not \"" + id + "\"");
    }
}
