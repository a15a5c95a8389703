package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dayflow.hub.web.PageVisits.Visit;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.session.Session;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.SerializationUtils;

@WebTest
class SessionsIT {

    private static final String PASSWORD = "a sentence of the tests";

    @Autowired
    PageVisits visits;

    @Autowired
    DataSource database;

    @Autowired
    List<SessionRepositoryCustomizer<JdbcIndexedSessionRepository>> customizers;

    private String name;
    private UUID account;

    @BeforeEach
    void account() {
        name = "ann-" + UUID.randomUUID();
        account = visits.account(name, "user", PASSWORD);
    }

    private Visit signIn() {
        return visits.stranger().signIn(name, PASSWORD).expect(200);
    }

    private boolean isIn(Visit visit) {
        return visit.open("/security/access").at.getPath().equals("/security/access");
    }

    private List<String> stored(String column) {
        return visits.jdbc
                .sql("select " + column + " from hub.http_session where principal_name = ?")
                .param(account.toString())
                .query(String.class)
                .list();
    }

    @Test
    void aSessionIsARowThatDoesNotOpenIt() {
        var visit = signIn();
        var id = stored("session_id").getFirst();
        var cookie = visit.session();

        assertThat(cookie).isNotBlank();
        for (var forged : List.of(id, Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8)))) {
            assertThat(cookie).isNotEqualTo(forged);
            assertThat(visits.withSession(forged).open("/integrations").at.getPath())
                    .isEqualTo("/login");
        }
        assertThat(visits.withSession(cookie).open("/integrations").at.getPath())
                .isEqualTo("/integrations");
    }

    @Test
    void whatARowHoldsIsSmallAndNamesNoClassesOfOthers() {
        signIn();
        var attributes = visits.jdbc
                .sql("""
                        select attribute_name || ' ' || octet_length(attribute_bytes) || ' '
                               || encode(attribute_bytes, 'escape') from hub.http_session_attributes
                        where session_primary_id in (select primary_id from hub.http_session where principal_name = ?)
                        """)
                .param(account.toString())
                .query(String.class)
                .list();

        assertThat(attributes).hasSizeBetween(5, 8);
        assertThat(String.join("", attributes)).hasSizeLessThan(1500).doesNotContain("springframework.security", name);
    }

    @Test
    void aSignInBeginsASessionOfItsOwn() {
        var visit = visits.stranger();
        visit.open("/login");
        assertThat(visit.session()).isEmpty();
        visit.signIn(name, PASSWORD);
        var first = visit.session();
        visit.form("form[action=/logout]").submit();
        assertThat(stored("session_id")).isEmpty();
        assertThat(visits.withSession(first).open("/integrations").at.getPath()).isEqualTo("/login");

        var planted = visits.withSession(first);
        planted.signIn(name, PASSWORD);
        assertThat(planted.session()).isNotEqualTo(first).isNotEmpty();
    }

    @Test
    void theSessionOfOneWhoSignsInAgainGetsAnotherId() {
        var visit = signIn();
        var first = visit.session();
        visits.jdbc
                .sql(
                        "delete from hub.http_session_attributes where attribute_name = 'account' and session_primary_id in"
                                + " (select primary_id from hub.http_session where principal_name = ?)")
                .param(account.toString())
                .update();
        visit.signIn(name, PASSWORD).expect(200);

        assertThat(visit.session()).isNotEqualTo(first);
        assertThat(visits.withSession(first).open("/integrations").at.getPath()).isEqualTo("/login");
    }

    @Test
    void strangersLeaveNothingBehind() {
        var before = visits.jdbc
                .sql("select count(*) from hub.http_session")
                .query(Long.class)
                .single();
        var visit = visits.stranger();
        visit.open("/integrations").expect(200);
        visit.signIn(name, "wrong").expect(200);
        assertThat(visit.text(".notice")).contains("do not fit together");

        assertThat(visits.jdbc
                        .sql("select count(*) from hub.http_session")
                        .query(Long.class)
                        .single())
                .isEqualTo(before);
    }

    @Test
    void theOwnerSeesAndEndsThem() {
        var here = signIn();
        var there = signIn();
        var elsewhere = signIn();

        here.open("/security/access").expect(200);
        assertThat(here.page.select("#sessions tbody tr")).hasSize(3);
        assertThat(here.text("#sessions")).contains("127.0.0.1", "Java-http-client", "here");
        assertThat(here.page.html()).doesNotContain(stored("session_id"));

        here.form("#sessions form[action$=/end]").submit().expect(200);
        assertThat(here.text(".notice")).contains("has ended");
        assertThat(List.of(isIn(there), isIn(elsewhere))).containsExactlyInAnyOrder(true, false);

        signIn();
        here.open("/security/access").form("form[action$=/end-others]").submit().expect(200);
        assertThat(here.text(".notice")).contains("2 sessions have ended");
        assertThat(isIn(here)).isTrue();
        assertThat(List.of(isIn(there), isIn(elsewhere))).containsOnly(false);
        assertThat(actions()).contains("sign_in.done", "session.ended");
    }

    /** The sign-in stands still between the look at its password and the storing of its session. */
    @Test
    void aSignInThatWasCheckedBeforeThePasswordChangedOpensNothingAfterIt() throws Exception {
        var late = visits.stranger();
        try (var connection = database.getConnection();
                var threads = Executors.newSingleThreadExecutor()) {
            connection.setAutoCommit(false);
            var other = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            other.sql("select id from hub.account where id = ? for update")
                    .param(account)
                    .query(UUID.class)
                    .single();
            var signingIn = threads.submit(() -> late.signIn(name, PASSWORD));
            awaitOneWhoWaits("update hub.account set signed_in_at");
            setPassword(other);
            connection.commit();
            signingIn.get();
        }
        assertThat(isIn(late)).isFalse();
        assertThat(stored("session_id")).isEmpty();
    }

    @Test
    void aRequestOfTheSessionThatChangesThePasswordGoesOnMeanwhile() throws Exception {
        var visit = signIn();
        try (var connection = database.getConnection();
                var threads = Executors.newSingleThreadExecutor()) {
            connection.setAutoCommit(false);
            var other = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            other.sql("lock table hub.account in access exclusive mode").update();
            var going = threads.submit(() -> isIn(visit));
            awaitOneWhoWaits("select id, name, user_id");
            var since = setPassword(other);
            other.sql("insert into hub.http_session_attributes select primary_id, 'password', ?"
                            + " from hub.http_session where principal_name = ?")
                    .params(SerializationUtils.serialize(since), account.toString())
                    .update();
            connection.commit();
            assertThat(going.get()).isTrue();
        }
        assertThat(isIn(visit)).isTrue();
    }

    private Long setPassword(JdbcClient by) {
        return by.sql("update hub.account set password_hash = 'another', password_set_at = now() where id = ?"
                        + " returning (extract(epoch from password_set_at) * 1000000)::bigint")
                .param(account)
                .query(Long.class)
                .single();
    }

    private void awaitOneWhoWaits(String statement) {
        await().until(() -> visits.jdbc
                .sql("select exists (select from pg_stat_activity where wait_event_type = 'Lock' and query like ?)")
                .param(statement + "%")
                .query(Boolean.class)
                .single());
    }

    private List<String> actions() {
        return visits.jdbc
                .sql(
                        "select distinct action from hub.audit where user_id = (select user_id from hub.account where id = ?)")
                .param(account)
                .query(String.class)
                .list();
    }

    @Test
    void nobodyEndsTheSessionOfAnother() {
        var other = signIn();
        var handle =
                other.open("/security/access").page.selectFirst("#sessions").html();
        signIn().open("/security/access");
        var form = other.open("/security/access").form("#sessions form[action$=/end]");
        assertThat(handle).isNotEmpty();

        var strange = visits.operator().open("/security/access");
        assertThat(strange.post(form.action()).statusCode()).isEqualTo(404);
        assertThat(stored("session_id")).hasSize(2);
    }

    /** Rows come in the order that the database finds best: mixed, where it begins with the attributes. */
    @Test
    void eachIsListedWholeWhateverTheDatabasePlans() throws SQLException {
        signIn();
        signIn();
        var rows = visits.jdbc.sql("""
                        with taken as (
                          delete from hub.http_session_attributes where session_primary_id in
                            (select primary_id from hub.http_session where principal_name = ?)
                          returning *)
                        insert into hub.http_session_attributes
                        select * from taken order by attribute_name, session_primary_id
                        """).param(account.toString()).update();
        try (var connection = database.getConnection()) {
            var one = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            one.execute("set enable_nestloop = off");
            one.execute("set enable_mergejoin = off");
            var sessions = new JdbcIndexedSessionRepository(one, TransactionOperations.withoutTransaction());
            sessions.setTableName("hub.http_session");
            customizers.forEach(customizer -> customizer.customize(sessions));

            Collection<? extends Session> found =
                    sessions.findByPrincipalName(account.toString()).values();

            one.execute("reset all");
            assertThat(found).hasSize(2);
            assertThat(found.stream()
                            .mapToInt(session -> session.getAttributeNames().size())
                            .sum())
                    .isEqualTo(rows);
        }
    }

    @Test
    void itEndsWhenItIsIdleAndWhenItsTimeIsOver() {
        var idle = signIn();
        visits.jdbc
                .sql("update hub.http_session set last_access_time = last_access_time - 7201000,"
                        + " expiry_time = expiry_time - 7201000 where principal_name = ?")
                .param(account.toString())
                .update();
        assertThat(isIn(idle)).isFalse();

        var old = signIn();
        assertThat(visits.jdbc
                        .sql("select max_inactive_interval from hub.http_session where principal_name = ?"
                                + " and expiry_time > extract(epoch from now()) * 1000")
                        .param(account.toString())
                        .query(Integer.class)
                        .single())
                .isEqualTo(7200);
        visits.since(account, System.currentTimeMillis() - 12 * 3600_000L);
        assertThat(isIn(old)).isFalse();
    }

    @Test
    void whatAnOpenPageAsksForByItselfDoesNotKeepItOpen() {
        var visit = signIn();
        var begun = System.currentTimeMillis();
        var almost = begun - Duration.ofMinutes(119).toMillis();
        visits.seen(account, almost);

        visit.refresh("/integrations").expect(200);
        assertThat(visit.live()).isEqualTo(200);
        assertThat(visits.seen(account)).isEqualTo(almost);

        visit.open("/integrations").expect(200);
        assertThat(visit.page.select(".refresh"))
                .isNotEmpty()
                .allSatisfy(part -> assertThat(part.attr("hx-headers")).isEqualTo("{\"X-Refresh\":\"1\"}"));
        assertThat(visits.seen(account)).isGreaterThanOrEqualTo(begun);

        visits.seen(account, almost - Duration.ofMinutes(2).toMillis());
        assertThat(visit.refresh("/integrations").at.getPath()).isEqualTo("/login");
        assertThat(stored("session_id")).isEmpty();
    }

    @Test
    void signingOutIsTold() {
        signIn().form("form[action=/logout]").submit().expect(200);

        assertThat(actions()).contains("sign_in.done", "sign_out.done");
    }

    @Test
    void theCookieIsForThisSiteAndNoScript() {
        var visit = visits.stranger();
        visit.open("/login");
        var answer = visit.signInAnswer(name, PASSWORD);

        assertThat(answer.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("SESSION=").contains("HttpOnly", "SameSite=Lax", "Path=/"));
    }
}
