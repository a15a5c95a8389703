package io.dayflow.hub.dayflow;

import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.storage.Columns;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What DayFlow holds of a user, a page at a time. Every statement asks for this user's rows only. */
@Component
public class PlannerPages {

    /** Stands for the due time of a task that has none, so that those come last. */
    private static final Instant FAR = Instant.parse("9998-12-31T00:00:00Z");

    private static final int MOST_EVENTS = 1_000;

    private static final String MATCHING = " and (:words = '' or t.title ilike :pattern) ";

    private static final String OPEN =
            PlannerRows.TASK + " and t.status not in ('completed', 'cancelled')" + MATCHING + """
                      and (cast(:afterId as uuid) is null
                           or (coalesce(t.due_date, :far), t.id) > (cast(:afterAt as timestamptz), :afterId))
                    order by coalesce(t.due_date, :far), t.id limit :fetch
                    """;

    private static final String OVER =
            PlannerRows.TASK + " and t.status in ('completed', 'cancelled')" + MATCHING + """
                      and (cast(:afterId as uuid) is null
                           or (coalesce(t.completed_at, t.updated_at), t.id) < (cast(:afterAt as timestamptz), :afterId))
                    order by coalesce(t.completed_at, t.updated_at) desc, t.id desc limit :fetch
                    """;

    private final JdbcClient jdbc;

    PlannerPages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many tasks are open, and how many of them are late. */
    public record TaskCounts(long open, long late) {}

    /**
     * Tasks: those still to do by when they are due, those without a date last; those that are over, latest first.
     *
     * @param words that titles hold; empty: any
     */
    public Page<TaskRow> tasks(UUID userId, ZoneId zone, boolean over, String words, PageRequest request) {
        var after = request.after();
        var rows = jdbc.sql(over ? OVER : OPEN)
                .param("user", userId)
                .param("words", words)
                .param("pattern", "%" + words.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .param("far", Columns.parameter(FAR))
                .param("afterId", after == null ? null : after.id())
                .param("afterAt", after == null ? null : after.at().toString())
                .param("fetch", request.fetch())
                .query(rows(zone)::task)
                .list();
        return Page.of(rows, request, row -> Cursor.of(over ? overAt(row) : dueAt(row), row.id()));
    }

    private static Instant dueAt(TaskRow row) {
        return Objects.requireNonNullElse(row.due(), FAR);
    }

    private static Instant overAt(TaskRow row) {
        return Objects.requireNonNullElse(row.completedAt(), row.updatedAt());
    }

    /** A task due on a day is late when that day is over. */
    public TaskCounts counts(UUID userId, ZoneId zone, Instant now) {
        var clock = new UserClock(zone);
        return jdbc.sql("""
                        select count(*) as open,
                               count(*) filter (where due_date < :today or (due_date < :now and due_date > :today)) as late
                        from public.tasks where user_id = :user and status not in ('completed', 'cancelled')
                        """)
                .param("user", userId)
                .param("now", Columns.parameter(now))
                .param("today", Columns.parameter(clock.midnight(clock.date(now))))
                .query((row, number) -> new TaskCounts(row.getLong("open"), row.getLong("late")))
                .single();
    }

    /**
     * Events that touch the days from {@code from} to {@code to}, both included, in the order of their beginning. A
     * repeating one is there for each of its days.
     */
    public List<EventRow> events(UUID userId, ZoneId zone, LocalDate from, LocalDate to) {
        var clock = new UserClock(zone);
        var found = new ArrayList<>(jdbc.sql(PlannerRows.EVENT + """
                          and t.start_time < :to and t.end_time > :from
                          and coalesce(t.recurrence ->> 'type', 'none') = 'none'
                        order by t.start_time, t.id limit :most
                        """)
                .param("user", userId)
                .param("from", Columns.parameter(clock.midnight(from)))
                .param("to", Columns.parameter(clock.midnight(to.plusDays(1))))
                .param("most", MOST_EVENTS)
                .query(rows(zone)::event)
                .list());
        repeating(userId, zone, to).forEach(event -> found.addAll(within(event, clock, from, to)));
        found.sort(Comparator.comparing(EventRow::start).thenComparing(EventRow::id));
        return found;
    }

    private List<EventRow> repeating(UUID userId, ZoneId zone, LocalDate to) {
        return jdbc.sql(PlannerRows.EVENT + """
                          and t.start_time < :to and coalesce(t.recurrence ->> 'type', 'none') <> 'none'
                        order by t.start_time desc limit :most
                        """)
                .param("user", userId)
                .param("to", Columns.parameter(new UserClock(zone).midnight(to.plusDays(1))))
                .param("most", MOST_EVENTS)
                .query(rows(zone)::event)
                .list();
    }

    private static List<EventRow> within(EventRow event, UserClock clock, LocalDate from, LocalDate to) {
        var repeat = event.repeat();
        if (repeat == null) {
            return event.lastDay().isBefore(from) ? List.of() : List.of(event);
        }
        long days = event.lastDay().toEpochDay() - event.firstDay().toEpochDay();
        return repeat.between(event.firstDay(), from.minusDays(days), to).stream()
                .map(day -> event.movedTo(day, clock))
                .toList();
    }

    public Optional<TaskRow> task(UUID userId, ZoneId zone, UUID id) {
        return jdbc.sql(PlannerRows.TASK + " and t.id = :id")
                .param("user", userId)
                .param("id", id)
                .query(rows(zone)::task)
                .optional();
    }

    public Optional<EventRow> event(UUID userId, ZoneId zone, UUID id) {
        return jdbc.sql(PlannerRows.EVENT + " and t.id = :id")
                .param("user", userId)
                .param("id", id)
                .query(rows(zone)::event)
                .optional();
    }

    /** The names of the user's categories. */
    public List<String> categories(UUID userId) {
        return jdbc.sql("select distinct name from public.categories where user_id = :user order by name limit 500")
                .param("user", userId)
                .query(String.class)
                .list();
    }

    private static PlannerRows rows(ZoneId zone) {
        return new PlannerRows(new UserClock(zone));
    }
}
