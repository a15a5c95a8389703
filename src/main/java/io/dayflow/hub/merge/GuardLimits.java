package io.dayflow.hub.merge;

/**
 * How much one run may delete unasked: it may pass one of the two, not both.
 *
 * @param count items, at least 0
 * @param percent of a connection's items, 0 to 100
 */
public record GuardLimits(int count, int percent) {

    /** More than 10 items that are more than 25 % of all. */
    public static final GuardLimits DEFAULT = new GuardLimits(10, 25);

    public GuardLimits {
        if (count < 0) {
            throw new IllegalArgumentException("the guard's count is a number of items from 0, not " + count);
        }
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("the guard's share is a percentage from 0 to 100, not " + percent);
        }
    }
}
