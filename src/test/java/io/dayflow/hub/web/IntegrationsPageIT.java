package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.web.PageVisits.Visit;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@WebTest
class IntegrationsPageIT {

    @Autowired
    PageVisits visits;

    @Test
    void oneClickConnectsTheDemoAccountsAndBeginsTheirSyncs() {
        var visit = visits.operator().open("/integrations").expect(200);
        assertThat(visit.text(".demo")).contains("demo services");

        visit.form("form[action=/integrations/demo]").submit().expect(200);

        assertThat(visit.text(".notice.good")).contains("demo accounts are connected");
        assertThat(visit.page.select(".card").eachText())
                .hasSize(2)
                .allSatisfy(card -> assertThat(card).contains("demo", "Syncing", "items so far"));
        assertThat(visit.text(".state")).contains("2 connections are syncing now");
        assertThat(visit.page.selectFirst("form[action=/integrations/demo]")).isNull();
        assertThat(selected(visit)).isEqualTo(4);
    }

    private int selected(Visit visit) {
        return visits.jdbc
                .sql("select count(*) from hub.collection o join hub.connection c on c.id = o.connection_id"
                        + " where c.user_id = ? and o.selected")
                .param(visit.user)
                .query(Integer.class)
                .single();
    }

    @Test
    void credentialsAreTypedTriedAndNeverShownAgain() {
        var visit = visits.operator().open("/integrations/connect/testcal").expect(200);

        connect(visit, "ann", "").expect(400);
        assertThat(visit.text(".wrong")).contains("Password is blank.");
        assertThat(visit.page.selectFirst("input[name=username]").val()).isEqualTo("ann");

        connect(visit, "ann", "wrong").expect(422);
        assertThat(visit.text(".banner")).contains("did not accept these credentials", "the password is not accepted");
        assertThat(visit.page.selectFirst("input[name=password]").val()).isEmpty();

        connect(visit, "ann", "right").expect(200);
        assertThat(visit.at.getPath()).matches("/integrations/[0-9a-f-]{36}");
        assertThat(visit.text(".notice")).contains("Test Calendar is connected");
        assertThat(visit.page.html()).doesNotContain("\"right\"");
    }

    private static Visit connect(Visit visit, String name, String password) {
        return visit.form("main form")
                .with("username", name)
                .with("password", password)
                .submit();
    }

    @Test
    void whatToSyncIsChosenBeforeTheFirstSync() {
        var visit = connected();
        assertThat(visit.text(".health")).isEqualTo("Waiting for your choice");

        var form = visit.form("form[action$=/collections]");
        form.without("collection")
                .with(
                        "collection",
                        visit.page.select("input[name=collection]").first().val())
                .with("then", "preview")
                .submit()
                .expect(200);
        assertThat(visit.text("h1")).isEqualTo("Preview for Test Calendar");
        assertThat(visit.at.getPath()).startsWith("/activity/jobs/");
        assertThat(selected(visit)).isEqualTo(1);
        assertThat(visits.jdbc
                        .sql("select preview from hub.job where user_id = ?")
                        .param(visit.user)
                        .query(Boolean.class)
                        .list())
                .isEqualTo(List.of(true));
    }

    @Test
    void whatAFormDidIsToldByThePageAfterItAndNotToAPartThatRefreshesItselfBefore() {
        var visit = connected();
        var answer = visit.form("form[action$=/active]").with("active", false).answer();
        var next = visit.at.resolve(answer.headers().firstValue("Location").orElseThrow());

        var part = visit.send(
                HttpRequest.newBuilder(next).header("Accept", "text/html").header("HX-Request", "true"));

        assertThat(part.body()).contains("connection-head").doesNotContain("class=\"notice");
        assertThat(visit.open(next.getPath()).text(".notice")).contains("switched off");
        assertThat(visit.open(next.getPath()).text(".notice")).isEmpty();
    }

    @Test
    void settingsAreJudgedFieldByField() {
        var visit = connected();

        visit.form("form[action$=/settings]")
                .with("syncInterval", "often")
                .with("displayName", "Mine")
                .submit()
                .expect(400);
        assertThat(visit.text(".wrong")).contains("Minutes between syncs takes a whole number from 1");
        assertThat(visit.page.selectFirst("#syncInterval").val()).isEqualTo("often");

        visit.form("form[action$=/settings]")
                .with("syncInterval", "30")
                .with("conflictResolution", "merge")
                .without("autoSync")
                .submit()
                .expect(200);
        assertThat(visit.text("h1")).startsWith("Mine");
        assertThat(visits.jdbc
                        .sql("select settings::text from hub.connection where user_id = ?")
                        .param(visit.user)
                        .query(String.class)
                        .single())
                .contains("\"autoSync\": false", "\"syncInterval\": 30", "\"conflictResolution\": \"merge\"")
                .doesNotContain("deletePolicy");
    }

    @Test
    void disconnectingAsksFirst() {
        var visit = connected();
        visit.open(visit.at.getPath() + "/disconnect").expect(200);
        assertThat(visit.text("main")).contains("Nothing is deleted at Test Calendar");

        visit.form("form[action$=/disconnect]").submit().expect(200);

        assertThat(visit.text(".notice")).contains("Test Calendar is disconnected");
        assertThat(visit.page.select(".card")).isEmpty();
    }

    @Test
    void anotherUsersConnectionIsNotThere() {
        var theirs = connected().at.getPath();
        var visit = visits.operator();

        visit.open(theirs).expect(404);
        visit.open(theirs + "/disconnect").expect(404);
        visit.open("/integrations");
        assertThat(visit.page.select(".card")).isEmpty();
    }

    private Visit connected() {
        return connect(visits.operator().open("/integrations/connect/testcal"), "ann", "right");
    }
}
