package io.dayflow.hub.item;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An alarm of an item.
 *
 * @param trigger an ISO 8601 duration relative to the start or end ({@code -PT10M} is ten minutes before), or an instant
 *     in UTC ({@code 2026-03-01T08:50:00Z})
 * @param related what a duration counts from; absent means the start
 * @param action how it is told; absent means on the screen
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Reminder(
        String trigger, @Nullable Related related, @Nullable Action action) {

    /** What a relative trigger counts from. */
    public enum Related {
        START,
        END;

        @JsonValue
        public String id() {
            return Ids.id(this);
        }

        @JsonCreator
        public static Related of(String id) {
            return Ids.of(Related.class, id);
        }
    }

    /** How an alarm is told (RFC 5545 section 3.8.6.1). */
    public enum Action {
        DISPLAY,
        EMAIL,
        AUDIO;

        @JsonValue
        public String id() {
            return Ids.id(this);
        }

        @JsonCreator
        public static Action of(String id) {
            return Ids.of(Action.class, id);
        }
    }
}
