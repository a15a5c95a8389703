package io.dayflow.hub.web;

import io.dayflow.hub.job.JobCard;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job as a page shows it.
 *
 * @param connection what its connection is called
 */
public record JobView(JobCard card, String connection, Mark mark) {

    private static final Set<String> OPEN = Set.of("pending", "running", "paused", "held");

    public boolean isOpen() {
        return OPEN.contains(card.status());
    }

    public String tone() {
        return switch (card.status()) {
            case "pending", "running" -> "working";
            case "completed" -> isPartial() ? "attention" : "good";
            case "failed" -> "broken";
            case "held" -> "attention";
            default -> "idle";
        };
    }

    public boolean canPause() {
        return card.status().equals("pending") || card.status().equals("running");
    }

    public boolean canResume() {
        return card.status().equals("paused");
    }

    /** A held job may go on; a preview that is through may be run in earnest, an undo's where it would change anything. */
    public boolean canConfirm() {
        return card.status().equals("held")
                || (card.preview() && card.status().equals("completed") && (!isUndo() || changed() > 0));
    }

    public boolean isUndo() {
        return card.operation().equals("undo");
    }

    /** What is over and changed something may be taken back. */
    public boolean canUndo() {
        return !isOpen() && !card.preview() && changed() > 0;
    }

    /** How many items it changed, or how many changes it pushed. */
    public long changed() {
        var counts = card.counts();
        return counts.created() + counts.updated() + counts.deleted() + counts.pushed();
    }

    /** The end of the keys of what it is called. */
    public String kind() {
        return (isUndo() ? "undo" : card.mode()) + (card.preview() ? ".preview" : "");
    }

    /** Some of it failed; the rest is done. */
    public boolean isPartial() {
        return "partial".equals(card.outcome());
    }

    /** The end of the key of what its state is called. */
    public String state() {
        return isPartial() ? "partial" : card.status();
    }

    /** How long it will still take, or null while that is not known. */
    public @Nullable Duration left() {
        var seconds = card.progress().secondsLeft();
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    public long percent() {
        var total = card.progress().total();
        return total == null || total == 0
                ? 0
                : Math.min(100, 100 * card.progress().done() / total);
    }
}
