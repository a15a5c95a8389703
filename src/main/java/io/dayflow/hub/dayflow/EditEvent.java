package io.dayflow.hub.dayflow;

import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A person's changes of events, written as DayFlow itself would: the change capture sees them, and they reach the services
 * that way. Only the user's own rows. Attendees are not changed here.
 */
@Component
public class EditEvent {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Names names;

    EditEvent(JdbcClient jdbc, TransactionTemplate transaction, Names names) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.names = names;
    }

    /**
     * Makes an event.
     *
     * @param typed title, description, allDay, startDate, startTime, endDate (the last day, of an all-day one), endTime,
     *     location, meetingUrl, category, tags, repeat, repeatEvery, repeatUntil, reminder, each as a form has it
     * @throws InvalidRequest if anything is not accepted, field by field
     */
    public UUID create(UUID userId, ZoneId zone, Map<String, String> typed) {
        return Objects.requireNonNull(transaction.execute(
                status -> change(userId, new UserClock(zone), null, typed).insert(jdbc, names, true, userId)));
    }

    /**
     * Changes an event, if it is still as it was seen. What the form shows unchanged stays as it is, to the last digit.
     *
     * @param seen {@link EventRow#updatedAt()} of what the form showed
     * @throws InvalidRequest if anything is not accepted, field by field
     */
    public Saved update(UUID userId, ZoneId zone, UUID id, Instant seen, Map<String, String> typed) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var clock = new UserClock(zone);
            var before = jdbc.sql(PlannerRows.EVENT + " and t.id = :id for update of t")
                    .param("user", userId)
                    .param("id", id)
                    .query(new PlannerRows(clock)::event)
                    .optional()
                    .orElse(null);
            if (before == null) {
                return new Saved.Gone();
            }
            if (!before.updatedAt().equals(seen)) {
                return new Saved.ChangedMeanwhile();
            }
            change(userId, clock, before, typed).update(jdbc, names, true, userId, id);
            return new Saved.Done(id);
        }));
    }

    /** @throws NotFound if the user has no such event */
    public void delete(UUID userId, UUID id) {
        int gone = jdbc.sql("delete from public.calendar_events where id = :id and user_id = :user")
                .param("id", id)
                .param("user", userId)
                .update();
        if (gone == 0) {
            throw new NotFound("There is no such event.");
        }
    }

    private Change change(UUID userId, UserClock zone, @Nullable EventRow before, Map<String, String> values) {
        var typed = new Typed(values);
        var title = typed.title(before == null ? null : before.title());
        var description = typed.text("description", Typed.LONGEST_TEXT, before == null ? null : before.description());
        var location = typed.text("location", Typed.LONGEST_PLACE, before == null ? null : before.location());
        var meeting = typed.text("meetingUrl", Typed.LONGEST_PLACE, before == null ? null : before.meetingUrl());
        boolean allDay = !typed.text("allDay").isEmpty();
        var start = start(typed, zone, allDay, before);
        var end = end(typed, zone, allDay, before);
        if (start != null && end != null && !end.isAfter(start)) {
            typed.refuse(allDay ? "endDate" : "endTime", "comes after the start");
        }
        var category = typed.category();
        var tags = typed.tags();
        var repeat = typed.repeat(before == null ? null : before.repeat());
        var reminder = typed.reminder();
        typed.check();

        var change = new Change();
        change.text("title", before == null ? null : before.title(), title);
        change.optional("description", before == null ? null : before.description(), description);
        change.optional("location", before == null ? null : before.location(), location);
        change.optional("meeting_url", before == null ? null : before.meetingUrl(), meeting);
        change.flag("is_all_day", before == null ? null : before.allDay(), allDay);
        change.instant("start_time", before == null ? null : before.start(), start);
        change.instant("end_time", before == null ? null : before.end(), end);
        change.category(names, userId, before == null ? null : before.category(), category);
        change.tags(before == null ? List.of() : before.tags(), tags);
        change.json("recurrence", Repeat.column(before == null ? null : before.repeat()), Repeat.column(repeat));
        change.json(
                "reminder", EditTask.reminder(before == null ? null : before.reminder()), EditTask.reminder(reminder));
        return change;
    }

    private static @Nullable Instant start(Typed typed, UserClock zone, boolean allDay, @Nullable EventRow before) {
        var start = point(typed, zone, "startDate", allDay ? null : "startTime", 0);
        return unchanged(start, before == null || before.allDay() != allDay ? null : before.start(), zone);
    }

    /** Of an all-day event the midnight after its last day. */
    private static @Nullable Instant end(Typed typed, UserClock zone, boolean allDay, @Nullable EventRow before) {
        var end = point(typed, zone, "endDate", allDay ? null : "endTime", allDay ? 1 : 0);
        return unchanged(end, before == null || before.allDay() != allDay ? null : before.end(), zone);
    }

    private static @Nullable Instant point(
            Typed typed, UserClock zone, String dateField, @Nullable String timeField, int more) {
        LocalDate date = typed.date(dateField);
        LocalTime time = timeField == null ? LocalTime.MIDNIGHT : typed.time(timeField);
        if (date == null && !typed.isWrong(dateField)) {
            typed.refuse(dateField, "is missing");
        }
        if (time == null && timeField != null && !typed.isWrong(timeField)) {
            typed.refuse(timeField, "is missing");
        }
        if (date == null || time == null) {
            return null;
        }
        return timeField == null
                ? zone.midnight(date.plusDays(more))
                : date.atTime(time).atZone(zone.zone()).toInstant();
    }

    /** The form tells minutes; seconds that it does not show are not changed by it. */
    private static @Nullable Instant unchanged(@Nullable Instant typed, @Nullable Instant before, UserClock zone) {
        return before != null && typed != null && typed.equals(zone.toMinute(before)) ? before : typed;
    }
}
