package io.dayflow.hub.audit;

import org.jspecify.annotations.Nullable;

/** What a verification of the audit trail found. */
public sealed interface Verdict {

    /**
     * Every line fits the one before.
     *
     * @param lines how many are in the chain
     * @param head the newest one: to be noted elsewhere and compared the next time
     * @param anchor where the chain begins: the last line that retention removed
     * @param erased lines that were blanked for a person's sake, in part or whole
     * @param unsealed lines too new to be in the chain
     */
    record Sound(long lines, ChainHead head, ChainHead anchor, long erased, long unsealed) implements Verdict {}

    /**
     * The first thing that does not fit.
     *
     * @param sequence its place in the chain
     * @param auditId the line there; null where one is missing
     * @param reason what is wrong with it
     */
    record Broken(long sequence, @Nullable Long auditId, String reason) implements Verdict {}

    /** The chain holds, but what was expected of it can no longer be compared. */
    record Unknown(String reason) implements Verdict {}
}
