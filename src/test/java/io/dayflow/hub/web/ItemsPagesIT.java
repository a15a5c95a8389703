package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.web.PageVisits.Visit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@WebTest
class ItemsPagesIT {

    @Autowired
    PageVisits visits;

    @Test
    void aTaskIsMadeEditedDoneAndDeletedAsDayflowWould() {
        var visit = visits.operator().open("/items/tasks/new").expect(200);
        visit.form("main form")
                .with("title", "  Buy milk ")
                .with("notes", "two\r\nbottles")
                .with("dueDate", "2026-12-24")
                .with("category", "Home")
                .with("tags", "errand, quick")
                .submit()
                .expect(200);
        var row = row("tasks", visit.user);
        assertThat(row)
                .containsEntry("title", "Buy milk")
                .containsEntry("description", "two\nbottles")
                .containsEntry("status", "pending")
                .containsEntry("due", "2026-12-24 00:00:00");
        assertThat(changes(visit.user)).contains("tasks insert");
        assertThat(visit.text(".tasks")).contains("Buy milk", "Home", "errand", "quick");

        visit.open("/items/tasks/" + row.get("id")).expect(200);
        visit.form("main form")
                .with("dueTime", "18:30")
                .with("priority", "urgent")
                .submit()
                .expect(200);
        assertThat(row("tasks", visit.user))
                .containsEntry("due", "2026-12-24 18:30:00")
                .containsEntry("priority", "urgent")
                .containsEntry("description", "two\nbottles");
        assertThat(changes(visit.user)).contains("tasks update");

        visit.form("form[action$=/done]").with("done", true).submit().expect(200);
        assertThat(row("tasks", visit.user)).containsEntry("status", "completed");
        assertThat(visit.text(".tasks")).isEmpty();
        assertThat(visit.open("/items/tasks?show=over").text(".tasks")).contains("Buy milk");

        visit.open("/items/tasks/" + row.get("id") + "/delete").expect(200);
        visit.form("main form").submit().expect(200);
        assertThat(visit.text(".notice")).contains("“Buy milk” is deleted");
        assertThat(changes(visit.user)).contains("tasks delete");
    }

    @Test
    void whatTheFormDoesNotShowStaysToTheLastDigit() {
        var visit = visits.operator();
        var id = UUID.randomUUID();
        var text = "long ".repeat(400).strip();
        visits.jdbc
                .sql("insert into public.tasks (id, user_id, title, description, due_date, recurrence)"
                        + " values (?, ?, 'A', ?, '2026-03-01T09:00:30.123456Z',"
                        + " '{\"type\": \"weekly\", \"daysOfWeek\": [1, 3]}')")
                .params(id, visit.user, text)
                .update();

        visit.open("/items/tasks/" + id)
                .form("main form")
                .with("title", "B")
                .submit()
                .expect(200);

        assertThat(visits.jdbc
                        .sql("select title, description, (due_date at time zone 'UTC')::text as due,"
                                + " recurrence::text as repeat from public.tasks where id = ?")
                        .param(id)
                        .query()
                        .singleRow())
                .containsEntry("title", "B")
                .containsEntry("description", text)
                .containsEntry("due", "2026-03-01 09:00:30.123456")
                .containsEntry("repeat", "{\"type\": \"weekly\", \"daysOfWeek\": [1, 3]}");
    }

    @Test
    void whatIsNotAcceptedIsSaidAtItsField() {
        var visit = visits.operator().open("/items/tasks/new");
        visit.form("main form")
                .with("title", "x".repeat(201))
                .with("dueTime", "09:00")
                .with("reminder", "soon")
                .submit()
                .expect(400);

        assertThat(visit.page.select(".wrong").eachText())
                .contains(
                        "Title takes at most 200 characters.",
                        "Due on is needed with a time.",
                        "Reminder, minutes before takes whole minutes up to 40320.");
        assertThat(visit.page.selectFirst("#reminder").val()).isEqualTo("soon");
        assertThat(visit.page.selectFirst("#title").attr("aria-invalid")).isEqualTo("true");
    }

    @Test
    void anEditOfWhatChangedMeanwhileLosesNothing() {
        var visit = visits.operator();
        var id = task(visit, "Milk");
        var form = visit.open("/items/tasks/" + id).form("main form").with("title", "Mine");
        visits.jdbc
                .sql("update public.tasks set title = 'Theirs', priority = 'high', updated_at = now() where id = ?")
                .param(id)
                .update();

        form.submit().expect(409);
        assertThat(visit.text(".banner")).contains("changed meanwhile");
        assertThat(visit.page.selectFirst("#title").val()).isEqualTo("Mine");
        assertThat(visit.text("#title-now")).isEqualTo("Now: Theirs");
        assertThat(visit.text("#priority-now")).isEqualTo("Now: High");
        assertThat(row("tasks", visit.user)).containsEntry("title", "Theirs");

        visit.form("main form").submit().expect(200);
        assertThat(row("tasks", visit.user)).containsEntry("title", "Mine");
    }

    @Test
    void anEditOfWhatWasDeletedMeanwhileBecomesANewOne() {
        var visit = visits.operator();
        var id = task(visit, "Milk");
        var form = visit.open("/items/tasks/" + id).form("main form").with("title", "Mine");
        visits.jdbc.sql("delete from public.tasks where id = ?").param(id).update();

        form.submit().expect(409);
        assertThat(visit.text(".banner")).contains("deleted meanwhile");
        visit.form("main form").submit().expect(200);
        assertThat(row("tasks", visit.user)).containsEntry("title", "Mine");
    }

    @Test
    void anAllDayEventKeepsItsDays() {
        var visit = visits.operator().open("/items/events/new?day=2026-03-28").expect(200);
        visit.form("main form")
                .with("title", "Conference")
                .with("allDay", true)
                .with("startDate", "2026-03-28")
                .with("endDate", "2026-03-29")
                .submit()
                .expect(200);

        // The clocks in Berlin change on the second of these days.
        assertThat(row("calendar_events", visit.user))
                .containsEntry("start", "2026-03-28 00:00:00")
                .containsEntry("end", "2026-03-30 00:00:00");
        assertThat(visit.page.select(".event.all-day")).hasSize(2);

        visit.open(visit.page.selectFirst(".event").attr("href"));
        assertThat(visit.page.selectFirst("#endDate").val()).isEqualTo("2026-03-29");
        visit.form("main form")
                .without("allDay")
                .with("startTime", "09:00")
                .with("endDate", "2026-03-28")
                .with("endTime", "08:00")
                .submit()
                .expect(400);
        assertThat(visit.text(".wrong")).contains("At comes after the start.");
    }

    @Test
    void aRepeatingEventIsThereOnEachOfItsDays() {
        var visit = visits.operator();
        visits.jdbc
                .sql(
                        "insert into public.calendar_events (user_id, title, start_time, end_time, recurrence) values"
                                + " (?, 'Choir', '2026-03-02T18:00:00Z', '2026-03-02T20:00:00Z',"
                                + " '{\"type\": \"weekly\", \"interval\": 2, \"daysOfWeek\": [1, 4], \"endDate\": \"2026-04-13\"}')")
                .param(visit.user)
                .update();

        assertThat(visit.open("/items/events?week=2026-03-30")
                        .page
                        .select(".event .when")
                        .eachText())
                .containsExactly("19:00–21:00", "19:00–21:00");
        assertThat(visit.open("/items/events?week=2026-03-25").page.select(".event"))
                .isEmpty();
        assertThat(visit.open("/items/events?week=2026-04-13").page.select(".event"))
                .hasSize(1);
    }

    @Test
    void tasksAreGroupedAndPaged() {
        var visit = visits.operator();
        visits.jdbc
                .sql("insert into public.tasks (user_id, title, due_date)"
                        + " select ?, 'T' || n, now() + (n - 20) * interval '1 day' from generate_series(1, 60) n")
                .param(visit.user)
                .update();
        task(visit, "No date 100%");

        visit.open("/items/tasks").expect(200);
        assertThat(visit.page.select(".group h2").eachText()).contains("Late", "Later");
        var first = visit.page.select(".tasks .title a").eachText();
        var second = visit.open(visit.page.select(".pages a").last().attr("href"))
                .page
                .select(".tasks .title a")
                .eachText();
        assertThat(first).hasSize(50).doesNotContainAnyElementsOf(second);
        assertThat(second).hasSize(11).last().isEqualTo("No date 100%");

        assertThat(visit.open("/items/tasks?q=100%25")
                        .page
                        .select(".tasks .title a")
                        .eachText())
                .isEqualTo(List.of("No date 100%"));
    }

    @Test
    void anotherUsersRowsAreNotThere() {
        var theirs = visits.operator();
        var task = task(theirs, "Secret");
        var visit = visits.operator();

        visit.open("/items/" + task).expect(404);
        visit.open("/items/tasks/" + task).expect(404);
        visit.open("/items/tasks/" + task + "/delete").expect(404);
        assertThat(visit.open("/items/tasks").page.text()).doesNotContain("Secret");
        assertThat(theirs.open("/items/" + task).expect(200).at.getPath()).isEqualTo("/items/tasks/" + task);
    }

    private UUID task(Visit visit, String title) {
        var id = UUID.randomUUID();
        visits.jdbc
                .sql("insert into public.tasks (id, user_id, title) values (?, ?, ?)")
                .params(id, visit.user, title)
                .update();
        return id;
    }

    /** The user's one row, times as the user's wall clock. */
    private Map<String, Object> row(String table, UUID user) {
        var times = table.equals("tasks")
                ? "(due_date at time zone 'Europe/Berlin')::text as due"
                : "(start_time at time zone 'Europe/Berlin')::text as start,"
                        + " (end_time at time zone 'Europe/Berlin')::text as end";
        return visits.jdbc
                .sql("select *, " + times + " from public." + table + " where user_id = ?")
                .param(user)
                .query()
                .singleRow();
    }

    private List<String> changes(UUID user) {
        return visits.jdbc
                .sql("select source || ' ' || operation from hub.dayflow_change where user_id = ? order by id")
                .param(user)
                .query(String.class)
                .list();
    }
}
