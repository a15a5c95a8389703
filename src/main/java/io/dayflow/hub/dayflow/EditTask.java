package io.dayflow.hub.dayflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.Task;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.storage.Columns;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A person's changes of tasks, written as DayFlow itself would: the change capture sees them, and they reach the services
 * that way. Only the user's own rows.
 */
@Component
public class EditTask {

    public static final List<String> STATUSES =
            Arrays.stream(Task.Status.values()).map(Task.Status::id).toList();
    public static final List<String> PRIORITIES =
            Arrays.stream(Task.Priority.values()).map(Task.Priority::id).toList();

    private static final int USUAL_REMINDER = 15;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Names names;
    private final Clock clock;

    EditTask(JdbcClient jdbc, TransactionTemplate transaction, Names names, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.names = names;
        this.clock = clock;
    }

    /**
     * Makes a task.
     *
     * @param typed title, notes, status, priority, dueDate, dueTime, category, tags, repeat, repeatEvery, repeatUntil,
     *     reminder, each as a form has it
     * @throws InvalidRequest if anything is not accepted, field by field
     */
    public UUID create(UUID userId, ZoneId zone, Map<String, String> typed) {
        return Objects.requireNonNull(transaction.execute(
                status -> change(userId, new UserClock(zone), null, typed).insert(jdbc, names, false, userId)));
    }

    /**
     * Changes a task, if it is still as it was seen. What the form shows unchanged stays as it is, to the last digit.
     *
     * @param seen {@link TaskRow#updatedAt()} of what the form showed
     * @throws InvalidRequest if anything is not accepted, field by field
     */
    public Saved update(UUID userId, ZoneId zone, UUID id, Instant seen, Map<String, String> typed) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var clock = new UserClock(zone);
            var before = jdbc.sql(PlannerRows.TASK + " and t.id = :id for update of t")
                    .param("user", userId)
                    .param("id", id)
                    .query(new PlannerRows(clock)::task)
                    .optional()
                    .orElse(null);
            if (before == null) {
                return new Saved.Gone();
            }
            if (!before.updatedAt().equals(seen)) {
                return new Saved.ChangedMeanwhile();
            }
            change(userId, clock, before, typed).update(jdbc, names, false, userId, id);
            return new Saved.Done(id);
        }));
    }

    /**
     * Marks a task as done, or as to do again.
     *
     * @throws NotFound if the user has no such task
     */
    public void complete(UUID userId, UUID id, boolean done) {
        int changed = jdbc.sql("""
                        update public.tasks
                        set status = :status, completed_at = :at, updated_at = now()
                        where id = :id and user_id = :user and (status = 'completed') <> :done
                        """)
                .param("status", done ? Task.Status.COMPLETED.id() : Task.Status.PENDING.id())
                .param("at", done ? Columns.parameter(clock.instant()) : null, Types.TIMESTAMP_WITH_TIMEZONE)
                .param("done", done)
                .param("id", id)
                .param("user", userId)
                .update();
        if (changed == 0 && !exists(userId, id)) {
            throw absent();
        }
    }

    private boolean exists(UUID userId, UUID id) {
        return jdbc.sql("select exists (select from public.tasks where id = :id and user_id = :user)")
                .param("id", id)
                .param("user", userId)
                .query(Boolean.class)
                .single();
    }

    /** @throws NotFound if the user has no such task */
    public void delete(UUID userId, UUID id) {
        int gone = jdbc.sql("delete from public.tasks where id = :id and user_id = :user")
                .param("id", id)
                .param("user", userId)
                .update();
        if (gone == 0) {
            throw absent();
        }
    }

    private static NotFound absent() {
        return new NotFound("There is no such task.");
    }

    private Change change(UUID userId, UserClock zone, @Nullable TaskRow before, Map<String, String> values) {
        var typed = new Typed(values);
        var title = typed.title(before == null ? null : before.title());
        var notes = typed.text("notes", Typed.LONGEST_TEXT, before == null ? null : before.notes());
        var status = typed.choice("status", STATUSES, before == null ? null : before.status());
        var priority = typed.choice("priority", PRIORITIES, before == null ? null : before.priority());
        var due = due(typed, zone, before);
        var category = typed.category();
        var tags = typed.tags();
        var repeat = typed.repeat(before == null ? null : before.repeat());
        var reminder = typed.reminder();
        typed.check();

        var change = new Change();
        change.text("title", before == null ? null : before.title(), title);
        change.optional("description", before == null ? null : before.notes(), notes);
        change.text("status", before == null ? null : before.status(), status);
        change.text("priority", before == null ? null : before.priority(), priority);
        change.instant("due_date", before == null ? null : before.due(), due);
        boolean done = status.equals(Task.Status.COMPLETED.id());
        if (before == null ? done : done != before.status().equals(Task.Status.COMPLETED.id())) {
            change.instant("completed_at", before == null ? null : before.completedAt(), done ? clock.instant() : null);
        }
        change.category(names, userId, before == null ? null : before.category(), category);
        change.tags(before == null ? List.of() : before.tags(), tags);
        change.json("recurrence", Repeat.column(before == null ? null : before.repeat()), Repeat.column(repeat));
        change.json("reminder", reminder(before == null ? null : before.reminder()), reminder(reminder));
        return change;
    }

    private static @Nullable Instant due(Typed typed, UserClock zone, @Nullable TaskRow before) {
        var date = typed.date("dueDate");
        var time = typed.time("dueTime");
        if (date == null) {
            if (time != null && !typed.isWrong("dueDate")) {
                typed.refuse("dueDate", "is needed with a time");
            }
            return null;
        }
        var due = time == null
                ? zone.midnight(date)
                : date.atTime(time).atZone(zone.zone()).toInstant();
        // The form tells minutes; seconds that it does not show are not changed by it.
        return before != null && before.due() != null && due.equals(zone.toMinute(before.due())) ? before.due() : due;
    }

    static ObjectNode reminder(@Nullable Integer minutes) {
        var column = JsonNodeFactory.instance.objectNode().put("enabled", minutes != null);
        return column.put("minutesBefore", minutes == null ? USUAL_REMINDER : minutes);
    }
}
