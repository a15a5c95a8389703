package io.dayflow.hub.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an item is on one side now.
 *
 * @param since when that began, where it is known
 * @param until before when nothing happens
 * @param fields that differ, or are in conflict
 * @param detail more in words that are not ours: a service's reason, a collection's name
 */
@Schema(name = "SideState")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SideState(
        @Schema(description = "dayflow, or the id of an integration")
        String side,

        String name,
        Word state,

        @Schema(description = "The state in one sentence") String sentence,

        @Nullable Instant since,
        @Nullable Instant until,
        List<String> fields,
        @Nullable String detail,
        @Nullable UUID conflictId,
        @Nullable UUID deadLetterId) {

    public SideState {
        fields = List.copyOf(fields);
    }

    /** The states, in words for machines. */
    public enum Word {
        IN_AGREEMENT("It is the same here as everywhere."),
        WAITING("A change waits to be carried over."),
        HELD("The hub holds the deletion back until somebody confirms it, for it is one of many."),
        CONFLICT("Both sides changed it differently; a decision is needed."),
        REFUSED("The service refused the change; the next edit of the item tries again."),
        QUARANTINED(
                "DayFlow and the service keep taking each other's value back, so nothing is carried over until the dead letter is tried again."),
        UNREADABLE("What the service holds now cannot be read."),
        NOT_EXPORTED("By the connection's settings the item does not go there."),
        OLDER("It was in DayFlow before the account was connected, and only new items go there."),
        KIND_OFF("The connection does not sync items of this kind."),
        NO_COLLECTION("The connection has no selected collection that could hold it and may be written to."),
        ONE_WAY("Changes of DayFlow are not written there: the connection goes one way."),
        READ_ONLY("Changes of DayFlow are not written there: the collection is read-only."),
        BY_HAND("Changes wait for a sync that somebody asks for: the connection is set to manual."),
        NEEDS_RECONNECT("The account has to be connected again before anything is carried over."),
        PAUSED("The connection is switched off."),
        RATE_LIMITED("The service asked to be left alone for a while."),
        NOT_CONFIRMED("The connection waits for its first sync."),
        DISCONNECTED("The account is disconnected; its copy is left as it was."),
        DELETED("It is deleted."),
        LEFT_ALONE("There may be a copy there, but it is no longer kept in agreement.");

        private final String sentence;

        Word(String sentence) {
            this.sentence = sentence;
        }

        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        String sentence() {
            return sentence;
        }
    }

    static SideState of(String side, String name, Word state, @Nullable Instant since) {
        return new SideState(side, name, state, state.sentence(), since, null, List.of(), null, null, null);
    }

    SideState until(@Nullable Instant at) {
        return new SideState(side, name, state, sentence, since, at, fields, detail, conflictId, deadLetterId);
    }

    SideState in(List<String> differing) {
        return new SideState(side, name, state, sentence, since, until, differing, detail, conflictId, deadLetterId);
    }

    SideState saying(@Nullable String more) {
        return new SideState(side, name, state, sentence, since, until, fields, more, conflictId, deadLetterId);
    }

    SideState about(@Nullable UUID conflict, @Nullable UUID letter) {
        return new SideState(side, name, state, sentence, since, until, fields, detail, conflict, letter);
    }
}
