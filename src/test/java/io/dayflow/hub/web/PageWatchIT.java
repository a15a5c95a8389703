package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.alert.Signals;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever took over a session and not a token is noticed as well. */
@WebTest
class PageWatchIT {

    private static final String PASSWORD = "a sentence of the tests";

    @Autowired
    PageVisits visits;

    @Autowired
    Signals signals;

    @Test
    void exportsAndDeletionsByPagesAreCountedForTheirUser() {
        var name = "ann-" + UUID.randomUUID();
        var account = visits.account(name, "user", PASSWORD);
        var visit = visits.stranger().signIn(name, PASSWORD);
        for (int i = 0; i < 5; i++) {
            visit.open("/security/audit/export?format=csv").expect(200);
        }
        for (int i = 0; i < 20; i++) {
            visit.open("/security/access")
                    .form("#new-token")
                    .with("name", "Short-lived")
                    .submit()
                    .expect(200);
            visit.form("form[action$=/revoke]").submit().expect(200);
        }
        signals.flush();

        assertThat(visits.jdbc
                        .sql(
                                "select rule from hub.alert where user_id = (select user_id from hub.account where id = ?)")
                        .param(account)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("exports", "deletes");
    }
}
