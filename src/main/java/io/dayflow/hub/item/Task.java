package io.dayflow.hub.item;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something to do.
 *
 * @param notes Markdown
 * @param labels sorted, without duplicates
 * @param list the name of the collection it is kept in
 * @param recurrence an RRULE value (RFC 5545 section 3.3.10), kept verbatim
 * @param estimate minutes
 * @param progress percent, 0 to 100
 * @param parent the title or id of the task it belongs to, as its side names it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Task(
        String title,
        @Nullable String notes,
        Status status,
        @Nullable Priority priority,
        @Nullable When due,
        @Nullable When start,
        @Nullable Instant completedAt,
        List<String> labels,
        @Nullable String list,
        @Nullable String recurrence,
        List<Reminder> reminders,
        @Nullable Integer estimate,
        @Nullable Integer progress,
        @Nullable String parent,
        List<String> assignees,
        @Nullable String url,
        @Nullable String uid)
        implements Item {

    public Task {
        title = Objects.requireNonNullElse(title, "");
        status = Objects.requireNonNullElse(status, Status.PENDING);
        labels = Lists.distinct(labels);
        reminders = Lists.distinct(reminders, Lists.BY_REMINDER);
        assignees = Lists.distinct(assignees);
        if (progress != null && (progress < 0 || progress > 100)) {
            throw new InvalidItem("progress", "progress is a percentage from 0 to 100, not " + progress);
        }
        if (completedAt != null && !When.isWithinReach(completedAt)) {
            throw new InvalidItem(
                    "completedAt", "completedAt is a time in a year that can be held, not " + completedAt);
        }
        if (estimate != null && estimate < 0) {
            throw new InvalidItem("estimate", "estimate is a number of minutes from 0, not " + estimate);
        }
    }

    @Override
    public Kind kind() {
        return Kind.TASK;
    }

    @Override
    public @Nullable When anchor() {
        return due != null ? due : start;
    }

    /** How far it is. */
    public enum Status {
        PENDING,
        IN_PROGRESS,
        COMPLETED,
        CANCELLED;

        @JsonValue
        public String id() {
            return Ids.id(this);
        }

        @JsonCreator
        public static Status of(String id) {
            return Ids.of(Status.class, id);
        }
    }

    /** How much it matters. */
    public enum Priority {
        LOW,
        MEDIUM,
        HIGH,
        URGENT;

        @JsonValue
        public String id() {
            return Ids.id(this);
        }

        @JsonCreator
        public static Priority of(String id) {
            return Ids.of(Priority.class, id);
        }
    }
}
