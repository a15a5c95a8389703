package io.dayflow.hub.job;

import java.util.Locale;

/** Why an undo leaves something as it is. */
public enum NotRestored {
    EDITED_LATER("It was edited since, and the later edit stays."),
    DELETED_LATER("The item was deleted since."),
    FORGOTTEN("The item was deleted too long ago: it is no longer kept."),
    DISCONNECTED("The connection is disconnected, so that nothing is written there."),
    NOT_WRITTEN(
            "The hub may not write this there: the connection goes one way, the collection is read-only, or deletions"
                    + " are not carried over."),
    CANNOT_HOLD("The values from before do not go together with what the item holds now."),
    NEXT_OCCURRENCE("The service has moved on to the next occurrence; completing this one again would skip that."),
    OLDER_THAN_RUN("DayFlow had the item before it was copied there. Delete the item if the copy is to go too.");

    private final String sentence;

    NotRestored(String sentence) {
        this.sentence = sentence;
    }

    /** The word for it in documents and columns. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #id()} back. */
    public static NotRestored of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** One sentence for people. */
    public String sentence() {
        return sentence;
    }
}
