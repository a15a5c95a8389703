package io.dayflow.hub.privacy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table and what it holds about a person.
 *
 * @param name with its schema
 * @param fate what an erasure does with it
 * @param holds in words, for the person
 * @param kept how long, in words
 * @param reach a condition over the alias {@code t} that finds the rows about the user {@code :user}; empty where none are
 * @param file in the export; null where its rows are not exported
 * @param withheld columns that an export leaves out: secrets
 */
record HeldTable(
        String name,
        Fate fate,
        String holds,
        String kept,
        String reach,
        @Nullable String file,
        List<String> withheld) {

    /** What an erasure does with a table. */
    enum Fate {
        /** The rows go. */
        ERASED,
        /** As {@link io.dayflow.hub.audit.AuditErasure} says. */
        AUDIT,
        /** DayFlow's own: the rows go only where that was asked for. */
        DAYFLOW,
        /** Nothing in it says anything about a person, or no longer once an erasure is done. */
        NOBODY
    }

    HeldTable {
        withheld = List.copyOf(withheld);
        if (fate != Fate.NOBODY && reach.isBlank()) {
            throw new IllegalArgumentException(name + " needs a condition that finds a user's rows");
        }
    }

    /** What a column of bytes is told as in an export, as a piece of SQL. */
    String shown() {
        return name.equals("hub.webhook_event") ? " || jsonb_build_object('body', hub.as_text(t.body))" : "";
    }

    static HeldTable erased(String name, String file, String holds, String kept, String reach, String... withheld) {
        return new HeldTable(name, Fate.ERASED, holds, kept, reach, file, List.of(withheld));
    }

    /** Erased, but of no use to the person: only digests, marks and numbers. */
    static HeldTable erasedUnseen(String name, String holds, String kept, String reach) {
        return new HeldTable(name, Fate.ERASED, holds, kept, reach, null, List.of());
    }

    static HeldTable dayflow(String name, String file, String holds, String reach) {
        return new HeldTable(name, Fate.DAYFLOW, holds, "as DayFlow decides", reach, file, List.of());
    }

    static HeldTable nobody(String name, String holds, String kept) {
        return new HeldTable(name, Fate.NOBODY, holds, kept, "", null, List.of());
    }
}
