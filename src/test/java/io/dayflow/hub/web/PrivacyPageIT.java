package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.audit.AuditThrottle;
import io.dayflow.hub.privacy.ErasureWorker;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a person may ask of the hub, on its page, without script. */
@WebTest
class PrivacyPageIT {

    @Autowired
    PageVisits visits;

    @Autowired
    ErasureWorker worker;

    @Autowired
    AuditThrottle throttle;

    private long connections(UUID user) {
        return visits.jdbc
                .sql("select count(*) from hub.connection where user_id = ?")
                .param(user)
                .query(Long.class)
                .single();
    }

    private String email(UUID user) {
        return user + "@example.org";
    }

    @Test
    void whatWasAllowedIsShownThereAndAtTheConnection() {
        var visit = visits.operator();
        visit.open("/integrations/connect/testcal")
                .form("form[action=/integrations/connect/testcal]")
                .with("username", "ann")
                .with("password", "right")
                .submit()
                .expect(200);
        assertThat(visit.text("main")).contains("What you allowed", "Typed here", "password, username", "by admin");

        visit.open("/security/privacy").expect(200);

        assertThat(visit.text("main")).contains("Typed here", "still holds", "from 127.0.0.1", "text of 2026-11");
        assertThat(visit.open("/integrations/connect/testcal").text("main"))
                .contains("By connecting you allow DayFlow Hub");
    }

    @Test
    void theCopyIsDownloaded() {
        var visit = visits.operator();
        visit.open("/security/privacy").expect(200);
        assertThat(visit.page.select("a[href=/security/privacy/export]")).hasSize(1);

        var file = visit.send(HttpRequest.newBuilder(visits.base().resolve("/security/privacy/export")));

        assertThat(file.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(file.body()).contains("README.txt", "calendar.ics");
        assertThat(actors(visit.user, "data.exported")).containsExactly("operator");
    }

    @Test
    void anErasureNeedsTheAddressTyped() {
        var visit = visits.operator();
        new PageSeed(visits.jdbc).connection(visit.user);

        visit.open("/security/privacy")
                .form("#erase")
                .with("typed", "somebody@example.org")
                .submit()
                .expect(400);

        assertThat(visit.text("#typed-wrong")).contains("Nothing was erased");
        assertThat(visit.open("/security/privacy").page.select("#running")).isEmpty();
        worker.work();
        assertThat(connections(visit.user)).isOne();
    }

    @Test
    void theLastOperatorIsNotErased() {
        var name = "ann-" + UUID.randomUUID();
        var account = visits.account(name, "operator", "a sentence of the tests");
        var others = visits.jdbc
                .sql("update hub.account set disabled_at = now()"
                        + " where role = 'operator' and disabled_at is null and id <> ? returning id")
                .param(account)
                .query(UUID.class)
                .list();
        try {
            var visit =
                    visits.stranger().signIn(name, "a sentence of the tests").open("/security/privacy");
            var user = visits.jdbc
                    .sql("select user_id from hub.account where id = ?")
                    .param(account)
                    .query(UUID.class)
                    .single();
            visit.form("#erase").with("typed", email(user)).submit().expect(200);

            assertThat(visit.text(".notice")).contains("the last operator");
            assertThat(visit.open("/security/privacy").page.select("#running")).isEmpty();
        } finally {
            visits.jdbc
                    .sql("update hub.account set disabled_at = null where id in (:others)")
                    .param("others", others)
                    .update();
        }
    }

    @Test
    void anErasureLeadsToItsReceiptAndPausesEverythingElse() {
        var visit = visits.operator();
        var connection = new PageSeed(visits.jdbc).connection(visit.user);
        visit.open("/integrations/" + connection + "/disconnect");
        var form = visit.form("form[action$=disconnect]");

        visit.open("/security/privacy")
                .form("#erase")
                .with("typed", email(visit.user))
                .submit()
                .expect(200);
        assertThat(visit.text("main")).contains("Receipt of an erasure", "It is running");
        assertThat(actors(visit.user, "data.erasure-asked")).containsExactly("operator");
        var receipt = visit.at.getPath();
        visit.open("/integrations");
        form.submit();
        assertThat(visit.text(".notice")).contains("are being erased");
        assertThat(visit.open("/security/privacy").page.select("#running a")).hasSize(1);
        assertThat(visit.page.select("#erase")).isEmpty();

        worker.work();

        assertThat(connections(visit.user)).isZero();
        assertThat(visit.open(receipt).expect(200).text("main"))
                .contains("It is done", "hub.connection 1", "DayFlow's own rows stayed")
                .doesNotContain(email(visit.user));
    }

    @Test
    void theReceiptIsThereWhenTheUserIsNot() {
        var visit = visits.operator();

        visit.open("/security/privacy")
                .form("#erase")
                .with("typed", email(visit.user))
                .with("dayflow", "remove")
                .submit()
                .expect(200);
        var receipt = visit.at.getPath();
        worker.work();

        assertThat(visit.open(receipt).expect(200).text("main")).contains("DayFlow's own rows went too");
        assertThat(visits.jdbc
                        .sql("select count(*) from public.users where id = ?")
                        .param(visit.user)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(visit.open("/security/privacy/receipts/" + UUID.randomUUID()).status)
                .isEqualTo(404);
    }

    @Test
    void theReceiptSaysInWordsWhatBecameOfPermissionsAndSubscriptions() {
        var receipt = UUID.randomUUID();
        visits.jdbc.sql("""
                        insert into hub.erasure (id, dayflow, step, requested_at, finished_at, revocations)
                        values (?, 'keep', 'done', now(), now(), '{"testcal": {"typed": 1, "unsubscribed": 1},
                            "testtasks": {"revoked": 2, "still_subscribed": 1}}')
                        """).param(receipt).update();

        assertThat(visits.operator()
                        .open("/security/privacy/receipts/" + receipt)
                        .expect(200)
                        .text("main"))
                .contains("Ended at the service 2", "Tells the hub nothing more 1", "May still send events");
    }

    @Test
    void actingAsSomebodyIsInTheAuditTrail() {
        var visit = visits.operator();

        assertThat(actors(visit.user, "operator.acts_for")).containsExactly("operator");

        visit.open("/items/tasks").expect(200);
        visit.open("/activity").expect(200);
        assertThat(actors(visit.user, "operator.acts_for"))
                .as("more of a minute are counted")
                .hasSize(1);
        // the count itself names nobody where another test's erasure has just ended
        throttle.flushAll();
        int before = actors(visit.user, "operator.acts_for").size();
        visit.open("/security/privacy/receipts/" + UUID.randomUUID());
        assertThat(actors(visit.user, "operator.acts_for")).hasSize(before);
        visit.open("/items/tasks").expect(200);
        assertThat(actors(visit.user, "operator.acts_for")).hasSize(before + 1);
    }

    /** The first operator has no planner of their own, and sees the one of whoever was there first. */
    @Test
    void theFirstOperatorSeesSomebodyElsesWithoutHavingChosen() {
        var first = visits.jdbc
                .sql("select id from public.users order by created_at, id limit 1")
                .query(UUID.class)
                .single();
        throttle.flushAll();
        int before = actors(first, "operator.acts_for").size();

        visits.stranger().signIn().open("/items/tasks").expect(200);

        assertThat(actors(first, "operator.acts_for")).hasSize(before + 1);
    }

    private List<String> actors(UUID user, String action) {
        return visits.jdbc
                .sql("select actor from hub.audit where user_id = ? and action = ?")
                .params(user, action)
                .query(String.class)
                .list();
    }
}
