package io.dayflow.hub.merge;

import java.util.Collection;

/** Stops a run that would delete in bulk, or that meets a collection that is suddenly empty. */
public final class Guard {

    /** A collection of fewer items may be emptied: that is one edit of a person. */
    private static final int SMALLEST_GUARDED_COLLECTION = 2;

    private Guard() {}

    /**
     * What a run would take from one collection.
     *
     * @param name for people
     * @param items that the collection had before the run
     * @param deletes of them in this run
     */
    public record Loss(String name, int items, int deletes) {}

    /** Whether a run goes on. */
    public sealed interface Verdict {

        /** Nothing unusual. */
        record Pass() implements Verdict {}

        /**
         * The run stops and asks.
         *
         * @param reason one or two sentences for the user, with the numbers
         */
        record Hold(String reason) implements Verdict {}
    }

    /**
     * Judges all the deletions of one run.
     *
     * @param deletes items the run would delete, on either side
     * @param total items the connection had before the run
     * @param perCollection the collections that would lose items, first the one to name first
     */
    public static Verdict verdict(int deletes, int total, Collection<Loss> perCollection, GuardLimits limits) {
        for (Loss loss : perCollection) {
            if (loss.items() >= SMALLEST_GUARDED_COLLECTION && loss.deletes() >= loss.items()) {
                return new Verdict.Hold("\"" + loss.name() + "\" had " + loss.items()
                        + " items and is now empty. Nothing was deleted. Confirm if all of them are meant to go.");
            }
        }
        if (deletes > limits.count() && 100L * deletes > (long) limits.percent() * total) {
            return new Verdict.Hold("This run would delete " + deletes + " of " + total + " items ("
                    + Math.min(100, Math.round(100.0 * deletes / Math.max(1, total)))
                    + " %). Nothing was deleted. Confirm if they are meant to go.");
        }
        return new Verdict.Pass();
    }
}
