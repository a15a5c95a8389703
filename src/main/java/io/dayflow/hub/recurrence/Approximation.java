package io.dayflow.hub.recurrence;

/**
 * A rule as DayFlow can say it.
 *
 * @param exact whether it gives the same occurrences as the rule; otherwise it is the nearest form
 */
public record Approximation(DayflowRecurrence value, boolean exact) {}
