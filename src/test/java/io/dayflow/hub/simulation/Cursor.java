package io.dayflow.hub.simulation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a listing of a simulated service goes on.
 *
 * @param whole whether it is on its way through a whole listing
 * @param since the sequence up to which everything was shown, or with which the whole listing began
 * @param after the id after which the next page of a whole listing begins
 * @param epoch cursors of an earlier one are worth nothing
 */
record Cursor(boolean whole, long since, String after, int epoch) {

    static Cursor first(long last, int epoch) {
        return new Cursor(true, last, "", epoch);
    }

    /** Empty where a whole listing has to begin. */
    static Optional<Cursor> parse(@Nullable String text, boolean incremental, int epoch) {
        if (text == null) {
            return Optional.empty();
        }
        String[] parts = text.split(" ", 4);
        Cursor cursor =
                new Cursor(parts[0].equals("whole"), Long.parseLong(parts[2]), parts[3], Integer.parseInt(parts[1]));
        // a walk that is on its way goes on: services keep what they are paging through
        boolean useful = cursor.whole || incremental && cursor.epoch >= epoch;
        return useful ? Optional.of(cursor) : Optional.empty();
    }

    Cursor page(String last) {
        return new Cursor(true, since, last, epoch);
    }

    Cursor end() {
        return new Cursor(false, since, "", epoch);
    }

    Cursor changes(long until) {
        return new Cursor(false, until, "", epoch);
    }

    String text() {
        return (whole ? "whole " : "since ") + epoch + " " + since + " " + after;
    }
}
