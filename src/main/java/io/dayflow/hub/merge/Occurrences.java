package io.dayflow.hub.merge;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Repeating tasks, on sides that never complete them: when an occurrence is done such a side makes the next one due, and
 * the task stays open. So a completion is over as soon as the side has moved on, whoever made it do so, and is not to be
 * told it again: it would move on once more.
 *
 * <p>That the occurrence was completed cannot be told from its date having been moved by hand. Either way nothing is
 * completed twice; see {@code docs/decisions/0009-recurring-tasks-complete-once.md}.
 */
public final class Occurrences {

    private static final List<String> OCCURRENCE = List.of("status", "completedAt", "progress", "due");

    private Occurrences() {}

    /**
     * What of {@code ours} is still an edit when the side has moved on: {@code ours} with the side's occurrence, if it
     * completed one that the side left behind; else {@code ours} as it is.
     *
     * <p>The task has to repeat on the side, by whatever rule its view tells, and not have been made to end in
     * {@code ours}.
     *
     * @param base what both last agreed on
     * @param ours the hub's item, as the side would hold it
     * @param theirs what the side holds
     */
    public static View settle(View base, View ours, View theirs) {
        boolean completed = ours.kind() == Kind.TASK && isOpen(base) && isCompleted(ours) && isOpen(theirs);
        return completed && repeats(base, ours, theirs) && hasMovedOn(base, ours, theirs)
                ? ours.overlay(theirs, OCCURRENCE)
                : ours;
    }

    /**
     * A task that is open again is not complete: takes away the time of its completion and its full progress, where the
     * side that opened it does not hold them and so could not say.
     *
     * @param before the item as it was
     * @param after the item with {@code view} absorbed
     */
    public static Item reopened(Item before, Item after, View view) {
        View task = after.view();
        if (after.kind() != Kind.TASK || !isCompleted(before.view()) || !isOpen(task)) {
            return after;
        }
        View tidy = view.get("completedAt") == null ? task.with("completedAt", null) : task;
        if (view.get("progress") == null && isFull(task.get("progress"))) {
            tidy = tidy.with("progress", null);
        }
        return tidy.equals(task) ? after : Item.of(tidy);
    }

    private static boolean isFull(@Nullable JsonNode progress) {
        return progress != null && progress.asInt() == 100;
    }

    private static boolean repeats(View base, View ours, View theirs) {
        boolean ended = base.get("recurrence") != null && ours.get("recurrence") == null;
        return !ended && (base.get("recurrence") != null || theirs.get("recurrence") != null);
    }

    /** The side shows a later occurrence than was agreed on, and than the one that was completed. */
    private static boolean hasMovedOn(View base, View ours, View theirs) {
        When agreed = due(base);
        When completed = due(ours);
        When next = due(theirs);
        return agreed != null
                && completed != null
                && next != null
                && isBefore(agreed, next)
                && isBefore(completed, next);
    }

    private static @Nullable When due(View view) {
        String text = view.text("due");
        return text == null ? null : When.parse(text);
    }

    /** A day and a time of that day are one occurrence. */
    private static boolean isBefore(When a, When b) {
        return a.getClass() == b.getClass()
                ? a.instantIn(ZoneOffset.UTC).isBefore(b.instantIn(ZoneOffset.UTC))
                : a.dateIn(ZoneOffset.UTC).isBefore(b.dateIn(ZoneOffset.UTC));
    }

    private static boolean isCompleted(View view) {
        return "completed".equals(view.text("status"));
    }

    private static boolean isOpen(View view) {
        String status = Objects.requireNonNullElse(view.text("status"), "pending");
        return status.equals("pending") || status.equals("in_progress");
    }
}
