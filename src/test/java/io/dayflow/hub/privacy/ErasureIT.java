package io.dayflow.hub.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.alert.Rule;
import io.dayflow.hub.alert.Signals;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditErasure;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.AuditThrottle;
import io.dayflow.hub.connection.EndConnections;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.privacy.Erase.Dayflow;
import io.dayflow.hub.privacy.HeldTable.Fate;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.Caller;
import io.dayflow.hub.security.SignInThrottle;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** After an erasure no table holds anything about its user, whatever happened on the way. */
@PrivacyTest
class ErasureIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @LocalServerPort
    int port;

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Erase erase;

    @Autowired
    ErasureWorker worker;

    @Autowired
    EndConnections connections;

    @Autowired
    AuditErasure auditErasure;

    @Autowired
    Audit audit;

    @Autowired
    AuditThrottle throttle;

    @Autowired
    ActsFor actsFor;

    @Autowired
    Compliance compliance;

    @Autowired
    Signals signals;

    @Autowired
    SignInThrottle signIns;

    @Autowired
    Reach reach;

    @Autowired
    PrivacySettings settings;

    /** A hub of its own, that much later: what another one had claimed has run out. */
    private ErasureWorker another(Duration later) {
        var clock = Clock.offset(Clock.systemUTC(), later);
        return new ErasureWorker(
                new Erasures(jdbc, clock),
                connections,
                auditErasure,
                signals,
                signIns,
                audit,
                reach,
                settings,
                jdbc,
                transaction,
                clock);
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void assertPlanted(People.Person person) {
        assertThat(people.schema.holding(person.marker()).keySet())
                .as("tables in which something was planted")
                .containsAll(HeldTables.all().stream()
                        .filter(table -> table.fate() != Fate.NOBODY)
                        .map(HeldTable::name)
                        .filter(table -> people.schema.columns(table).stream()
                                .anyMatch(column ->
                                        column.check() == null && column.type().matches("text|jsonb|bytea|text\\[]")))
                        .toList());
    }

    private void assertGone(People.Person person) {
        assertThat(people.schema.holding(person.marker())).as("planted values").isEmpty();
        assertThat(people.schema.holding(person.id().toString()))
                .as("the user's id")
                .isEmpty();
        assertThat(people.schema.holding(person.connection().toString()))
                .as("the connection's id")
                .isEmpty();
    }

    private String accountName(People.Person person) {
        return jdbc.sql("select name from hub.account where user_id = ?")
                .param(person.id())
                .query(String.class)
                .single();
    }

    private HubCalls calls() {
        return new HubCalls(port);
    }

    private HttpResponse<String> call(UUID user, String method, String path, String body) {
        return calls().send(calls().to(path)
                .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                .header("X-User-Id", user.toString())
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    @Test
    void nothingAboutTheUserIsLeftAndNobodyElseLosesAnything() throws Exception {
        var person = people.anybody();
        var other = people.anybody();
        assertPlanted(person);
        var before = people.schema.fingerprint(other.marker());

        var asked = call(person.id(), "DELETE", "/api/integrations/data?dayflow=remove", "");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        var receipt = JSON.readTree(asked.body());
        assertThat(receipt.path("status").asText()).isEqualTo("running");
        worker.work();
        signals.flush();

        assertGone(person);
        assertThat(people.schema.fingerprint(other.marker())).isEqualTo(before);
        var told = JSON.readTree(call(
                        other.id(),
                        "GET",
                        "/api/integrations/data/receipts/"
                                + receipt.path("receiptId").asText(),
                        "")
                .body());
        assertThat(told.path("status").asText()).isEqualTo("done");
        assertThat(told.path("finishedAt").asText()).isNotEmpty();
        assertThat(told.path("counts").path("hub.journal").asInt()).isEqualTo(1);
        assertThat(told.path("counts").path("public.tasks").asInt()).isEqualTo(1);
        assertThat(told.path("counts").path("hub.audit").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(told.path("permissions").findValues("typed")).hasSize(1);
        assertThat(told.toString()).doesNotContain(person.id().toString(), person.marker());
    }

    @Test
    void withoutFurtherWishDayflowsOwnRowsStay() {
        var person = people.anybody();

        erase.ask(person.id(), Dayflow.KEEP);
        worker.work();

        assertThat(people.schema.holding(person.marker()).keySet())
                .allMatch(table -> table.startsWith("public."))
                .contains("public.tasks", "public.users", "public.calendar_events");
        assertThat(people.schema.holding(person.id().toString()).keySet())
                .allMatch(table -> table.startsWith("public."));
    }

    @Test
    void lookingAtTheReceiptAfterwardsLeavesNothingEither() throws Exception {
        var person = people.anybody();
        var asked = call(person.id(), "DELETE", "/api/integrations/data?dayflow=keep", "");
        var receipts = "/api/integrations/data/receipts";
        var receipt =
                receipts + "/" + JSON.readTree(asked.body()).path("receiptId").asText();
        worker.work();

        assertThat(JSON.readTree(call(person.id(), "GET", receipt, "").body())
                        .path("status")
                        .asText())
                .isEqualTo("done");
        assertThat(call(person.id(), "GET", receipts, "").statusCode()).isEqualTo(200);
        assertThat(call(person.id(), "GET", receipts + "/" + UUID.randomUUID(), "")
                        .statusCode())
                .isEqualTo(404);
        signals.flush();

        assertThat(people.schema.holding(person.id().toString()).keySet())
                .allMatch(table -> table.startsWith("public."));
    }

    /** Killed after the first transaction, after the second, and so on to the last; another hub does the rest. */
    @Test
    void killedAnywhereASecondHubDoesTheRest() {
        var other = people.anybody();
        var before = people.schema.fingerprint(other.marker());
        boolean killed = true;
        int place = 0;
        while (killed) {
            place++;
            killed = killedAt(place, place % 2 == 0 ? Dayflow.KEEP : Dayflow.REMOVE);
        }
        assertThat(place).as("places where it was killed").isGreaterThan(20);
        assertThat(people.schema.fingerprint(other.marker())).isEqualTo(before);
    }

    /** Whether it came as far as that place. */
    private boolean killedAt(int place, Dayflow dayflow) {
        var person = people.anybody();
        var receipt = erase.ask(person.id(), dayflow).receiptId();
        int[] places = {0};
        boolean killed = false;
        try {
            worker.work(receipt, () -> {
                if (++places[0] == place) {
                    throw new Killed();
                }
            });
        } catch (Killed expected) {
            killed = true;
            another(Duration.ZERO).work(receipt, () -> {});
            assertThat(erase.receipt(person.id(), true, receipt).status())
                    .as("as long as the dead hub's claim holds")
                    .isEqualTo("running");
            another(Duration.ofMinutes(2)).work(receipt, () -> {});
        }
        var done = erase.receipt(person.id(), true, receipt);
        assertThat(done.status()).as("killed at %s", place).isEqualTo("done");
        for (var table : HeldTables.of(Fate.ERASED).toList()) {
            assertThat(done.counts().path(table.name()).asInt())
                    .as("%s, killed at %s: nothing is counted twice or not at all", table.name(), place)
                    .isEqualTo(table.name().equals("hub.lease") ? 0 : 1);
        }
        if (dayflow == Dayflow.REMOVE) {
            assertGone(person);
        } else {
            assertThat(people.schema.holding(person.id().toString()).keySet())
                    .allMatch(table -> table.startsWith("public."));
        }
        return killed;
    }

    @Test
    void anotherHubDoesNotMixInWhileOneWorks() {
        var person = people.anybody();
        var receipt = erase.ask(person.id(), Dayflow.KEEP).receiptId();
        int[] mixed = {0};

        worker.work(receipt, () -> another(Duration.ZERO).work(receipt, () -> mixed[0]++));

        assertThat(mixed[0]).isZero();
        assertThat(erase.receipt(person.id(), true, receipt).status()).isEqualTo("done");
    }

    @Test
    void askedTwiceItIsOneAndTheFirstChoiceCounts() throws Exception {
        var person = people.anybody();

        var first = JSON.readTree(
                call(person.id(), "DELETE", "/api/integrations/data", "").body());
        var second = call(person.id(), "DELETE", "/api/integrations/data?dayflow=remove", "");

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(second.body()).path("receiptId")).isEqualTo(first.path("receiptId"));
        assertThat(JSON.readTree(second.body()).path("dayflow").asText()).isEqualTo("keep");
        worker.work();
        assertThat(call(person.id(), "DELETE", "/api/integrations/data?dayflow=perhaps", "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theLastOperatorIsNotErased() {
        var person = people.anybody();
        var other = people.anybody();
        jdbc.sql("update hub.account set role = 'operator', disabled_at = null where user_id in (?, ?)")
                .params(person.id(), other.id())
                .update();
        jdbc.sql("update hub.account set disabled_at = now() where user_id is distinct from ?"
                        + " and user_id is distinct from ?")
                .params(person.id(), other.id())
                .update();
        try {
            erase.ask(other.id(), Dayflow.KEEP);
            var refused = HubCalls.problem(call(person.id(), "DELETE", "/api/integrations/data", ""), 409);
            assertThat(refused.path("detail").asText()).contains("the last operator");
            assertThat(erase.running(person.id())).isEmpty();
            worker.work();
            assertPlanted(person);
        } finally {
            jdbc.sql("update hub.account set disabled_at = null").update();
        }
        assertThat(call(person.id(), "DELETE", "/api/integrations/data", "").statusCode())
                .isEqualTo(202);
    }

    @Test
    void whileItRunsNothingIsAddedAndOthersDoNotSeeIt() {
        var person = people.anybody();
        var other = people.anybody();
        var receipt = erase.ask(person.id(), Dayflow.KEEP).receiptId();
        var connect = """
                {"action": "connect", "service": "testcal", "credentials": {"username": "ann", "password": "right"}}
                """;

        HubCalls.problem(call(person.id(), "POST", "/api/integrations", connect), 409);
        HubCalls.problem(call(person.id(), "GET", "/api/integrations/export", ""), 409);
        assertThatThrownBy(() -> erase.receipt(other.id(), false, receipt)).isInstanceOf(NotFound.class);
        assertThat(call(person.id(), "GET", "/api/integrations/data/receipts/" + receipt, "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(call(person.id(), "GET", "/api/integrations/consents", "").statusCode())
                .isEqualTo(200);
        assertThat(call(other.id(), "POST", "/api/integrations", connect).statusCode())
                .isEqualTo(201);

        worker.work();

        assertThat(call(person.id(), "POST", "/api/integrations", connect).statusCode())
                .as("once it is done, the user may begin anew")
                .isEqualTo(201);
    }

    /** A call that passed the guard before the erasure was asked for, and comes back from the service after. */
    @Test
    void aCallThatIsUnderWayAddsNothingEither() {
        var person = people.anybody();
        erase.ask(person.id(), Dayflow.KEEP);

        assertThatThrownBy(() -> erase.refuse(person.id())).isInstanceOf(ConflictingState.class);
        worker.work();
        erase.refuse(person.id());
    }

    /** Where the user acted on somebody else's affairs, the line stays and names nobody. */
    @Test
    void anAuditLineOfSomebodyElseStaysWithoutTheName() {
        var person = people.anybody();
        var other = people.anybody();
        jdbc.sql("insert into hub.audit (user_id, actor, action, detail, remote)"
                        + " values (?, ?, 'thing.seen', '{}', '192.0.2.1')")
                .params(other.id(), person.id().toString())
                .update();

        erase.ask(person.id(), Dayflow.REMOVE);
        worker.work();

        assertGone(person);
        assertThat(jdbc.sql("select actor || ' ' || coalesce(remote, 'nowhere')"
                                + " from hub.audit where user_id = ? and action = 'thing.seen'")
                        .param(other.id())
                        .query(String.class)
                        .single())
                .isEqualTo("erased nowhere");
    }

    /** Sign-ins are told by the name that was typed, which need not be the user's address. */
    @Test
    void theNameThatAPersonSignsInWithGoesToo() {
        var person = people.anybody();
        var name = accountName(person);
        for (var typed : List.of(name, name.toUpperCase(Locale.ROOT))) {
            jdbc.sql("insert into hub.audit (actor, action, detail, remote)"
                            + " values ('anonymous', 'sign_in.refused', jsonb_build_object('name', ?), '192.0.2.1')")
                    .param(typed)
                    .update();
        }

        erase.ask(person.id(), Dayflow.KEEP);
        worker.work();

        assertThat(people.schema.holding(name)).isEmpty();
        assertThat(people.schema.holding("192.0.2.1")).isEmpty();
    }

    /** The first is written at once, the next ones are only counted for a while. */
    @Test
    void whatIsOnlyCountedYetGoesToo() {
        var person = people.anybody();
        var name = accountName(person);
        for (int i = 0; i < 3; i++) {
            throttle.record(new AuditLine(
                    null, AuditLine.ANONYMOUS, "sign_in.refused", null, Map.of("name", name), "192.0.2.7"));
        }

        erase.ask(person.id(), Dayflow.KEEP);
        worker.work();
        throttle.flushAll();

        assertThat(people.schema.holding(name)).isEmpty();
        assertThat(people.schema.holding("192.0.2.7")).isEmpty();
    }

    /** Operators may go on looking while it runs; how often is written when it is done. */
    @Test
    void whoActsForSomebodyMeanwhileDoesNotNameThem() {
        var person = people.anybody();
        actsFor.tell(person.id());
        actsFor.tell(person.id());

        erase.ask(person.id(), Dayflow.KEEP);
        worker.work(
                jdbc.sql("select id from hub.erasure where user_id = ?")
                        .param(person.id())
                        .query(UUID.class)
                        .single(),
                () -> {
                    actsFor.tell(person.id());
                    actsFor.tell(person.id());
                });
        throttle.flushAll();

        assertThat(people.schema.holding(person.id().toString()).keySet())
                .allMatch(table -> table.startsWith("public."));
        assertThat(jdbc.sql("select count(*) from hub.audit where action = 'operator.acts_for'"
                                + " and detail ->> 'user' = 'erased'")
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    @Test
    void whoLooksForSomebodyWhoIsGoneDoesNotNameThem() {
        var person = people.anybody();
        erase(person.id(), Dayflow.REMOVE);

        actsFor.tell(person.id());
        compliance.report(
                new Caller(people.anybody().id(), true),
                person.id(),
                Instant.EPOCH,
                Instant.now(),
                PageRequest.first(10));

        assertThat(people.schema.holding(person.id().toString())).isEmpty();
    }

    private void erase(UUID user, Dayflow dayflow) {
        erase.ask(user, dayflow);
        worker.work(
                jdbc.sql("select id from hub.erasure where user_id = ?")
                        .param(user)
                        .query(UUID.class)
                        .single(),
                () -> {});
    }

    /** The call that asks for it is counted too. */
    @Test
    void whatIsOnlyCountedForAlertsYetGoesToo() {
        var person = people.anybody();
        signals.tell(Rule.READS, person.id());

        call(person.id(), "DELETE", "/api/integrations/data", "");
        worker.work();
        signals.flush();

        assertThat(people.schema.holding(person.id().toString()).keySet())
                .allMatch(table -> table.startsWith("public."));
    }

    /** Another hub may hear of an erasure when it is done. */
    @Test
    void ofAUserWhoIsGoneNothingIsCounted() {
        var person = people.anybody();
        erase.ask(person.id(), Dayflow.REMOVE);
        worker.work();

        signals.tell(Rule.READS, person.id());
        signals.tell(Rule.AFTER_DISCONNECT, person.connection().toString(), person.id());
        signals.flush();

        assertGone(person);
    }

    @Test
    void alertsAboutTheAccountGoAndSoDoesWhatOperatorsWereTold() {
        var person = people.anybody();
        var other = people.anybody();
        for (var whose : List.of(person, other)) {
            var typed = accountName(whose).toUpperCase(Locale.ROOT);
            for (int i = 0; i < 10; i++) {
                signals.tell(Rule.SIGN_IN_ACCOUNT, typed, null);
            }
            signals.flush();
            assertThat(jdbc.sql("select user_id from hub.alert where subject = ?")
                            .param(typed)
                            .query(UUID.class)
                            .single())
                    .as("whose account it is")
                    .isEqualTo(whose.id());
            told(accountName(whose));
        }
        var before = people.schema.fingerprint(other.marker());

        erase.ask(person.id(), Dayflow.REMOVE);
        worker.work();

        assertGone(person);
        assertThat(people.schema.fingerprint(other.marker())).isEqualTo(before);
    }

    /** An alert of which it was not known whose it is, and the message to operators about it. */
    private void told(String account) {
        var alert = UUID.randomUUID();
        var endpoint = UUID.randomUUID();
        jdbc.sql("insert into hub.webhook_endpoint (id, url, events, secret, created_at, updated_at)"
                        + " values (?, 'https://example.org', '{ping}', 'x', now(), now())")
                .param(endpoint)
                .update();
        jdbc.sql("insert into hub.alert (id, rule, subject, severity, count, first_at, last_at)"
                        + " values (?, 'sign_in_account', ?, 'medium', 10, now(), now())")
                .params(alert, account)
                .update();
        jdbc.sql("insert into hub.webhook_message (id, endpoint_id, type, subject, body, next_at, created_at)"
                        + " values (?, ?, 'alert', ?, ?, now(), now())")
                .params(UUID.randomUUID(), endpoint, alert, "{\"subject\": \"" + account + "\"}")
                .update();
    }

    /** Wrong passwords come in all the time, also when the account is gone already. */
    @Test
    void whatNamesTheAccountWhileItIsErasedGoesToo() {
        var person = people.anybody();
        var name = accountName(person);

        int[] times = {0};
        var gone = new AtomicBoolean();

        var receipt = erase.ask(person.id(), Dayflow.KEEP).receiptId();
        worker.work(receipt, () -> {
            signals.tell(Rule.SIGN_IN_ACCOUNT, name, null);
            signIns.forget(name);
            signIns.begin(name, "198.51.100." + ++times[0]);
            boolean there = jdbc.sql("select exists (select from hub.account where user_id = ?)")
                    .param(person.id())
                    .query(Boolean.class)
                    .single();
            if (!there && gone.compareAndSet(false, true)) {
                jdbc.sql("insert into hub.audit (actor, action, detail)"
                                + " values ('anonymous', 'sign_in.refused', jsonb_build_object('name', ?))")
                        .param(name)
                        .update();
            }
        });
        assertThat(gone).isTrue();
        signals.flush();

        assertThat(people.schema.holding(name)).isEmpty();
        assertThat(signInDigests(name)).isZero();
    }

    @Test
    void digestsOfWhoSignedInFromWhereGoToo() {
        var person = people.anybody();
        var other = people.anybody();
        for (var whose : List.of(person, other)) {
            signIns.begin(accountName(whose), "192.0.2.9").succeeded();
            signIns.begin(accountName(whose), "192.0.2.9");
            signIns.begin(accountName(whose), "192.0.2.10");
        }
        var name = accountName(person);
        assertThat(signInDigests(name)).isEqualTo(3);

        erase.ask(person.id(), Dayflow.KEEP);
        worker.work();

        assertThat(signInDigests(name)).isZero();
        assertThat(signInDigests(accountName(other))).isEqualTo(3);
    }

    private int signInDigests(String name) {
        return jdbc.sql("""
                        with account as (select encode(sha256(lower(:name)::bytea), 'hex') as digest)
                        select (select count(*) from hub.sign_in_known k where k.account = a.digest)
                            + (select count(*) from hub.sign_in_try t
                               where t.key = 'account:' || a.digest
                                  or t.key = 'known:' || encode(
                                        sha256((a.digest || encode(sha256('192.0.2.9'), 'hex'))::bytea), 'hex'))
                        from account a
                        """).param("name", name).query(Integer.class).single();
    }

    /** What an operator did to others' rows: these stay, and name nobody. */
    @Test
    void whoeverActedForOthersIsBlankedThere() throws Exception {
        var person = people.anybody();
        var other = people.anybody();
        jdbc.sql("update hub.consent set given_by = ?, remote = '192.0.2.33', agent = 'curl/8' where user_id = ?")
                .params(person.id().toString(), other.id())
                .update();
        jdbc.sql("update hub.alert set status = 'acknowledged', acknowledged_at = now(), acknowledged_by = ?"
                        + " where user_id = ?")
                .params(person.id().toString(), other.id())
                .update();
        jdbc.sql("update hub.webhook_message set type = 'alert', body = jsonb_build_object('acknowledgedBy', ?)::text"
                        + " where user_id = ?")
                .params(person.id().toString(), other.id())
                .update();

        var receipt = erase.ask(person.id(), Dayflow.REMOVE).receiptId();
        worker.work();

        assertGone(person);
        assertThat(people.schema.holding("192.0.2.33")).isEmpty();
        assertThat(jdbc.sql("select given_by || coalesce(remote, '') || coalesce(agent, '') from hub.consent"
                                + " where user_id = ?")
                        .param(other.id())
                        .query(String.class)
                        .single())
                .isEqualTo("erased");
        assertThat(jdbc.sql("select status || coalesce(acknowledged_by, '') from hub.alert where user_id = ?")
                        .param(other.id())
                        .query(String.class)
                        .single())
                .isEqualTo("acknowledged");
        assertThat(jdbc.sql("select body from hub.webhook_message where user_id = ?")
                        .param(other.id())
                        .query(String.class)
                        .single())
                .isEqualTo("{\"acknowledgedBy\": \"erased\"}");
        var counts = erase.receipt(other.id(), true, receipt).counts();
        assertThat(counts.path("hub.alert").asInt()).isOne();
        assertThat(counts.path("hub.alert.acknowledged_by").asInt()).isOne();
        assertThat(counts.path("hub.consent.given_by").asInt()).isOne();
    }

    /** Todoist's accounts are addresses to their users, and numbers in what it sends. */
    @Test
    void aDeliveryThatNamesTheAccountInTheServicesOwnWayGoesToo() {
        var person = people.anybody();
        jdbc.sql(
                        "update hub.connection set provider = 'testtasks',"
                                + " endpoints = jsonb_build_object('userId', '2671355', 'timezone', 'Somewhere/Far') where id = ?")
                .param(person.connection())
                .update();
        for (var body : List.of(
                "{\"user_id\": \"2671355\"}",
                "{\"user_id\": 2671355, \"x\": 1}",
                "{\"user_id\": \"26713551\"}",
                "{\"user_id\": 12671355}",
                "{\"zone\": \"Somewhere/Far\"}")) {
            jdbc.sql("insert into hub.webhook_event (id, provider, delivery_id, body, received_at, state)"
                            + " values (?, 'testtasks', ?, convert_to(?, 'UTF8'), now(), 'parked')")
                    .params(UUID.randomUUID(), "delivery " + body, body)
                    .update();
        }

        erase.ask(person.id(), Dayflow.REMOVE);
        worker.work();

        assertThat(jdbc.sql("delete from hub.webhook_event where provider = 'testtasks' and connection_id is null"
                                + " returning convert_from(body, 'UTF8')")
                        .query(String.class)
                        .list())
                .as("others' deliveries")
                .containsExactlyInAnyOrder(
                        "{\"user_id\": \"26713551\"}", "{\"user_id\": 12671355}", "{\"zone\": \"Somewhere/Far\"}");
    }

    /** What a service sent to the hub as a whole names the account only. */
    @Test
    void aDeliveryThatNamesTheAccountGoesToo() {
        var person = people.anybody();
        var other = people.anybody();
        var account = jdbc.sql("select account from hub.connection where id = ?")
                .param(person.connection())
                .query(String.class)
                .single();
        var provider = jdbc.sql("select provider from hub.connection where id = ?")
                .param(person.connection())
                .query(String.class)
                .single();
        for (var body : new String[] {"{\"user\": \"" + account + "\"}", "{\"user\": \"" + account + "0\"}"}) {
            jdbc.sql("insert into hub.webhook_event (id, provider, delivery_id, body, received_at, state)"
                            + " values (?, ?, ?, convert_to(?, 'UTF8'), now(), 'parked')")
                    .params(UUID.randomUUID(), provider, "delivery-" + body.length(), body)
                    .update();
        }

        erase.ask(person.id(), Dayflow.REMOVE);
        worker.work();

        assertThat(jdbc.sql("select count(*) from hub.webhook_event where provider = ? and connection_id is null")
                        .param(provider)
                        .query(Long.class)
                        .single())
                .as("the account whose name only begins alike is somebody else's")
                .isEqualTo(1);
        assertThat(people.schema.holding(other.marker())).isNotEmpty();
        jdbc.sql("delete from hub.webhook_event where provider = ? and connection_id is null")
                .param(provider)
                .update();
    }
}
