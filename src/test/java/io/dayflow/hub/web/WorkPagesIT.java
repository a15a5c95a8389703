package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.livefile.Refusals;
import io.dayflow.hub.web.PageVisits.Visit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Activity, conflicts and dead letters. */
@WebTest
class WorkPagesIT {

    @Autowired
    PageVisits visits;

    @Autowired
    Refusals refusals;

    @Test
    void aRunningSyncIsSeenAndSteered() {
        var visit = visits.operator();
        var job = job(visit, connection(visit), "running");

        visit.open("/activity").expect(200);
        assertThat(visit.text(".state")).contains("One sync runs now");
        assertThat(visit.page.selectFirst("progress").attr("value")).isEqualTo("30");
        assertThat(visit.text(".figures")).contains("30 of 120 items");

        visit.form("form[action$=" + job + "]").with("action", "pause").submit().expect(200);
        assertThat(visit.text(".notice")).contains("pauses");
        assertThat(control(job)).isEqualTo("pause");

        visit.form("form[action$=" + job + "]")
                .with("action", "confirm")
                .submit()
                .expect(200);
        assertThat(visit.text(".notice.attention")).contains("Not done", "confirm takes one that is held");
    }

    private String control(UUID job) {
        return visits.jdbc
                .sql("select control from hub.job where id = ?")
                .param(job)
                .query(String.class)
                .single();
    }

    @Test
    void whatASyncChangedIsShownWithBeforeAndAfter() {
        var visit = visits.operator();
        var connection = connection(visit);
        var job = job(visit, connection, "completed");
        seed().journal(visit.user, job);

        visit.open("/activity/jobs/" + job).expect(200);
        assertThat(visit.text("del")).isEqualTo("Old");
        assertThat(visit.text("ins")).isEqualTo("New");
        assertThat(visit.page.select(".diff dt").eachText()).containsExactly("Title");
        assertThat(visit.open("/activity/history").expect(200).text("ins")).isEqualTo("New");
        assertThat(visit.open("/activity?connection=" + connection).expect(200).text("table"))
                .contains("Fastmail");
    }

    @Test
    void whatUndoingWouldDoAndLeaveIsShownFirst() {
        var visit = visits.operator();
        var job = job(visit, connection(visit), "completed");
        seed().journal(visit.user, job);
        visits.jdbc
                .sql("update hub.job set counts = '{\"updated\": 1}', completed_at = now() where id = ?")
                .param(job)
                .update();

        visit.open("/activity/jobs/" + job).form("form[action$=/undo]").submit().expect(200);

        assertThat(visit.text("h1")).isEqualTo("Undo for Fastmail?");
        assertThat(visit.text(".banner")).contains("nothing left to undo");
        assertThat(visit.text("table")).contains("Old", "no longer kept");
        assertThat(visit.page.selectFirst("a[href=/activity/jobs/" + job + "]")).isNotNull();
        assertThat(visit.page.selectFirst("button[value=confirm]")).isNull();

        visit.open("/activity/history").form("form[action$=/undo]").submit().expect(200);
        assertThat(visit.text("h1")).isEqualTo("Undo for Fastmail?");
        assertThat(visit.open("/activity").text("table")).contains("preview of an undo");
    }

    @Test
    void anItemsPageSaysHowItIsOnEachSide() {
        var visit = visits.operator();
        var item = seed().waiting(visit.user, connection(visit), "Repot the fern");

        visit.open("/items/tasks/" + item).expect(200);

        assertThat(visit.page.select("#sync tbody tr").eachText()).hasSize(2);
        assertThat(visit.page.select("#sync tbody tr").get(0).text()).contains("DayFlow", "Up to date");
        assertThat(visit.page.select("#sync tbody tr").get(1).text())
                .contains("Fastmail", "Waiting", "Differs in: Title");
        assertThat(visit.text("#sync ol")).contains("DayFlow: first seen", "Fastmail: tied to a copy");
    }

    @Test
    void whatWasDeletedIsListedAndTakenBack() {
        var visit = visits.operator();
        var item = seed().deleted(visit.user, connection(visit), "Water the plants");
        visit.open("/activity/deleted").expect(200);
        assertThat(visit.text("table")).contains("Water the plants", "in Fastmail", "deleted in Fastmail");

        visit.form("form[action$=/restore]").submit().expect(200);

        assertThat(visit.text(".notice")).contains("in DayFlow again");
        assertThat(visit.text(".empty")).contains("Nothing was deleted lately");
        assertThat(visit.open("/items/" + item).expect(200).text("h1")).isEqualTo("Edit task");
        assertThat(visits.jdbc
                        .sql("select state from hub.link where item_id = ? and connection_id is not null")
                        .param(item)
                        .query(String.class)
                        .single())
                .isEqualTo("live");
    }

    @Test
    void aConflictIsDecidedFieldByField() {
        var visit = visits.operator();
        var conflict = conflict(visit, connection(visit));
        assertThat(visit.open("/conflicts").text("table")).contains("Dentist", "Several fields", "Fastmail");

        visit.open("/conflicts/" + conflict).expect(200);
        assertThat(visit.page.select(".sides tbody tr").get(0).text()).isEqualTo("Title A B C");
        visit.form("main form").submit().expect(400);
        assertThat(visit.text(".banner.attention")).contains("still need a decision");
        assertThat(visit.page.selectFirst("input[name=choice1][checked]").val()).isEqualTo("external");

        visit.form("main form").with("choice0", "dayflow").submit().expect(200);
        assertThat(FakeEngine.ASKED)
                .contains("resolve " + conflict + " MERGE {title=\"B\", start=\"2026-03-02T09:00:00Z\"}");
        assertThat(visit.open("/conflicts?show=resolved").text("table")).contains("Dentist", "field by field");
    }

    @Test
    void oneSideThroughoutIsThatSidesDecision() {
        var visit = visits.operator();
        var connection = connection(visit);
        var fields = conflict(visit, connection);
        visit.open("/conflicts/" + fields)
                .form("main form")
                .with("choice0", "external")
                .with("choice1", "external")
                .submit()
                .expect(200);
        assertThat(FakeEngine.ASKED).contains("resolve " + fields + " KEEP_EXTERNAL {}");

        var whole = seed().conflict(visit.user, connection, "delete_edit", "[]");
        visit.open("/conflicts/" + whole)
                .form("main form")
                .with("keep", "dayflow")
                .submit()
                .expect(200);
        assertThat(FakeEngine.ASKED).contains("resolve " + whole + " KEEP_DAYFLOW {}");
    }

    @Test
    void manyConflictsAreDecidedAtOnce() {
        var visit = visits.operator();
        var connection = connection(visit);
        var one = conflict(visit, connection);

        visit.open("/conflicts")
                .form("main form")
                .with("keep", "dayflow")
                .submit()
                .expect(200);
        assertThat(visit.text(".notice.attention")).contains("Select at least one");

        visit.form("main form")
                .with("conflict", one.toString())
                .with("keep", "external")
                .submit()
                .expect(200);
        assertThat(FakeEngine.ASKED).contains("resolve " + one + " KEEP_EXTERNAL {}");
        assertThat(visit.text(".notice.good")).contains("One is decided");
    }

    @Test
    void aDecisionForAlwaysSetsTheFieldsOfTheConnection() {
        var visit = visits.operator();
        var connection = connection(visit);
        var conflict = conflict(visit, connection);
        visit.open("/conflicts/" + conflict)
                .form("main form")
                .with("choice0", "dayflow")
                .with("choice1", "external")
                .with("always", "true")
                .submit()
                .expect(400);
        assertThat(visit.text(".banner.attention")).contains("one side for all fields");

        visit.open("/conflicts/" + conflict)
                .form("main form")
                .with("choice0", "external")
                .with("choice1", "external")
                .with("always", "true")
                .submit()
                .expect(200);

        assertThat(visits.jdbc
                        .sql("select settings -> 'fieldStrategies' ->> 'title' from hub.connection where id = ?")
                        .param(connection)
                        .query(String.class)
                        .single())
                .isEqualTo("source");
    }

    @Test
    void aDeletionAgainstAnEditIsDecidedForAlwaysAndWhatLostIsBroughtBack() {
        var visit = visits.operator();
        var connection = connection(visit);
        var conflict = seed().conflict(visit.user, connection, "delete_edit", """
                [{"field": "deleted", "base": false, "dayflow": false, "external": true, "suggestion": null}]
                """);
        visit.open("/conflicts/" + conflict)
                .form("main form")
                .with("keep", "external")
                .with("always", "true")
                .submit()
                .expect(200);

        assertThat(FakeEngine.ASKED).contains("resolve " + conflict + " KEEP_EXTERNAL {}");
        assertThat(visits.jdbc
                        .sql("select settings -> 'fieldStrategies' ->> 'deleted' from hub.connection where id = ?")
                        .param(connection)
                        .query(String.class)
                        .single())
                .isEqualTo("source");
        visit.open("/conflicts/" + conflict);
        assertThat(visit.text("form[action$=bring-back]"))
                .contains("Restore it, with DayFlow's edit", "Delete it, as Fastmail did");
        visit.form("form[action$=bring-back]").with("keep", "dayflow").submit().expect(200);
        assertThat(FakeEngine.ASKED).contains("bring back " + conflict + " {deleted=false}");
        assertThat(visit.text(".notice.good")).contains("What lost of “Dentist” is back");
    }

    @Test
    void valuesThatLostAreBroughtBackFromTheDecidedConflict() {
        var visit = visits.operator();
        var conflict = conflict(visit, connection(visit));
        visit.open("/conflicts/" + conflict)
                .form("main form")
                .with("choice0", "dayflow")
                .with("choice1", "dayflow")
                .submit()
                .expect(200);

        visit.open("/conflicts/" + conflict)
                .form("form[action$=bring-back]")
                .with("keep", "external")
                .submit()
                .expect(200);

        assertThat(FakeEngine.ASKED)
                .contains("bring back " + conflict + " {start=\"2026-03-02T09:00:00Z\", title=\"C\"}");
        assertThat(visit.text(".notice.good")).contains("are back");
    }

    @Test
    void deadLettersAreTriedAgainOrThrownAway() {
        var visit = visits.operator();
        var letter = letter(visit, connection(visit));

        visit.open("/operations").expect(200);
        assertThat(visit.text("table")).contains("could not be read", "It cannot be understood", "no such day");
        assertThat(visit.page.html()).contains("&lt;b&gt;BEGIN");
        visit.form("form[action$=/replay]").submit().expect(200);
        assertThat(FakeEngine.ASKED).contains("replay " + visit.user + " " + letter);

        visit.form("form[action$=/discard]").submit().expect(200);
        assertThat(visit.text(".state")).contains("No message failed for good");
    }

    @Test
    void aRefusedFileIsToldWithItsLineAndReasonUntilItIsGood() {
        refusals.refuse("routes/core/run.camel.yaml", 12, "no bean is called <odd>");
        try {
            var visit = visits.operator();
            visit.open("/operations").expect(200);
            assertThat(visit.text("#refusals"))
                    .contains("routes/core/run.camel.yaml", "line 12", "no bean is called <odd>");

            refusals.lift("routes/core/run.camel.yaml");
            visit.open("/operations").expect(200);
            assertThat(visit.page.selectFirst("#refusals")).isNull();
        } finally {
            refusals.lift("routes/core/run.camel.yaml");
        }
    }

    @Test
    void anotherUsersWorkIsNotThere() {
        var theirs = visits.operator();
        var connection = connection(theirs);
        var job = job(theirs, connection, "completed");
        var conflict = conflict(theirs, connection);
        letter(theirs, connection);
        var visit = visits.operator();

        visit.open("/activity/jobs/" + job).expect(404);
        visit.open("/conflicts/" + conflict).expect(404);
        for (var path : new String[] {"/activity", "/conflicts", "/operations", "/activity/history", "/integrations"}) {
            assertThat(visit.open(path).expect(200).page.select("main table, .card"))
                    .as(path)
                    .isEmpty();
        }
    }

    private PageSeed seed() {
        return new PageSeed(visits.jdbc);
    }

    private UUID connection(Visit visit) {
        return seed().connection(visit.user);
    }

    private UUID job(Visit visit, UUID connection, String status) {
        return seed().job(visit.user, connection, status, 30);
    }

    private UUID conflict(Visit visit, UUID connection) {
        return seed().conflict(visit.user, connection);
    }

    private UUID letter(Visit visit, UUID connection) {
        return seed().letter(visit.user, connection);
    }
}
