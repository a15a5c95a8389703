package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.alert.Rule;
import io.dayflow.hub.alert.Signals;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Webhooks out and alerts. */
@WebTest
class EndpointsPagesIT {

    private static final String URL = "https://203.0.113.7.example.org/hooks";

    @Autowired
    PageVisits visits;

    @Autowired
    Signals signals;

    @Test
    void anAddressIsAddedTriedGivenANewSecretAndDeleted() {
        var visit = visits.operator().open("/operations/webhooks").expect(200);
        assertThat(visit.text(".state")).contains("No address is told");

        visit.form("section.panel form")
                .with("url", URL)
                .with("description", "Our <b>CRM</b>")
                .submit()
                .expect(200);
        String secret = visit.text("#secret pre");
        assertThat(secret).startsWith("whsec_");
        assertThat(visit.text("h1")).isEqualTo(URL);
        assertThat(visit.text(".about")).isEqualTo("Our <b>CRM</b>");

        var path = visit.at.getPath();
        assertThat(visit.open(path).text("main")).as("shown once").doesNotContain("whsec_");

        visit.form("form[action$=/ping]").submit().expect(200);
        assertThat(visit.text("#messages")).contains("a test").contains("waits");

        visit.form("form[action$=/secret]").submit().expect(200);
        assertThat(visit.text("#secret pre")).startsWith("whsec_").isNotEqualTo(secret);
        assertThat(visit.text("main")).contains("The secret before signs too");

        visit.form("form[action$=/active]").with("active", "false").submit().expect(200);
        assertThat(visit.text(".state")).contains("Switched off");

        visit.open("/operations/webhooks");
        assertThat(visit.text("#endpoints")).contains(URL, "syncs, conflicts, integrations, alerts");
        visit.open(path).form("form[action$=/delete]").submit().expect(200);
        assertThat(visit.text(".state")).contains("No address is told");
    }

    @Test
    void whatIsWrongWithAnAddressStandsBesideIt() {
        var visit = visits.operator().open("/operations/webhooks");

        visit.form("section.panel form").with("url", "https://127.0.0.1/").submit();
        assertThat(visit.text("#endpoint-url-wrong")).contains("private network");
        visit.form("section.panel form").with("url", URL).without("events").submit();
        assertThat(visit.text("fieldset .wrong")).contains("at least one");
    }

    @Test
    void anotherUsersAddressIsNotThere() {
        var visit = visits.operator().open("/operations/webhooks");
        visit.form("section.panel form").with("url", URL).submit().expect(200);

        visits.operator().open(visit.at.getPath()).expect(404);
    }

    @Test
    void anAlertIsSeenCountedAndAcknowledged() {
        var visit = visits.operator();
        for (int i = 0; i < 7; i++) {
            signals.tell(Rule.FOREIGN_ID, visit.user);
        }
        signals.flush();

        visit.open("/operations/alerts").expect(200);
        var row = "tr:contains(" + visit.user + ")";
        assertThat(visit.text(row)).contains("High", "Ids of other users' objects were tried", "7 times");
        assertThat(visit.page.select(".places a[href=/operations] .count").text())
                .isNotBlank();
        visit.form(row + " form").submit().expect(200);
        assertThat(visit.text(row)).contains("seen").doesNotContain("I have seen it");
        assertThat(visits.jdbc
                        .sql("select acknowledged_by from hub.alert where user_id = ?")
                        .param(visit.user)
                        .query(String.class)
                        .single())
                .isEqualTo("operator");
        assertThat(visits.jdbc
                        .sql("select actor from hub.audit where action = 'alert.acknowledged' and user_id = ?")
                        .param(visit.user)
                        .query(String.class)
                        .single())
                .isEqualTo("operator");
    }
}
