package io.dayflow.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.alert.AlertSettings.Watch;
import io.dayflow.hub.alert.Signals.Tally;
import io.dayflow.hub.security.Caller;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** What callers do wrong over real HTTP, and the alerts that follow. */
@RunningHub
@TestPropertySource(
        properties = {
            "hub.config-dir=src/test/resources/config",
            "hub.providers.testtasks.client-secret=the-secret-of-the-test-app",
            "hub.limits.enabled=false",
            "hub.sign-in.throttle.attempts=1000",
            "hub.sign-in.throttle.address-attempts=1000",
            "hub.alerts.rules.reads.threshold=40",
            "hub.alerts.rules.deletes.threshold=5",
            "hub.alerts.rules.exports.threshold=3"
        })
class AlertsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Signals signals;

    @Autowired
    Counts counts;

    @Autowired
    Alerts alerts;

    private HubCalls hub;
    private String operator;

    @BeforeEach
    void nothingYet() {
        operator = operatorToken();
        hub = new HubCalls(port);
        signals.flush();
        jdbc.sql("delete from hub.alert").update();
        jdbc.sql("delete from hub.alert_count").update();
    }

    @Test
    void refusedSignInsAreCountedByAccountAndAddress() {
        repeat(9, () -> basic("admin", "wrong"));
        assertThat(raised("sign_in_account")).as("nine are not ten").isEmpty();
        repeat(25, () -> basic("admin", "wrong"));
        repeat(12, () -> basic("my-own-secret-password", "x"));

        var account = raised("sign_in_account");
        assertThat(account)
                .extracting(alert -> alert.path("subject").asText())
                .containsExactlyInAnyOrder("admin", "unknown names");
        assertThat(bySubject(account, "admin").path("count").asInt()).isEqualTo(34);
        assertThat(raised("sign_in_address")).singleElement().satisfies(alert -> {
            assertThat(alert.path("subject").asText()).isEqualTo("127.0.0.1");
            assertThat(alert.path("count").asInt()).isEqualTo(46);
            assertThat(alert.path("type").asText()).isEqualTo("failed_authentication");
        });
        assertThat(everything()).as("a password in the wrong field").doesNotContain("my-own-secret-password");
    }

    @Test
    void refusedSignInsToAnAccountAreToldToItsUser() {
        UUID user = newUser();
        jdbc.sql(
                        "insert into hub.account (id, name, user_id, role, created_at) values (?, 'ann.lee', ?, 'user', now())")
                .params(UUID.randomUUID(), user)
                .update();
        repeat(10, () -> basic("ann.lee", "wrong"));

        assertThat(raised("sign_in_account")).singleElement().satisfies(alert -> {
            assertThat(alert.path("subject").asText()).isEqualTo("ann.lee");
            assertThat(alert.path("userId").asText()).isEqualTo(user.toString());
        });
    }

    @Test
    void refusedTokensAreCountedByAddress() {
        repeat(
                19,
                () -> hub.send(hub.to("/api/integrations")
                        .header("Authorization", "Bearer wrong")
                        .GET()));
        hub.send(hub.to("/api/integrations").GET());
        assertThat(raised("token_refused"))
                .as("without a token nothing was tried")
                .isEmpty();
        repeat(
                1,
                () -> hub.send(hub.to("/api/integrations")
                        .header("Authorization", "Bearer wrong-again")
                        .GET()));

        assertThat(raised("token_refused")).singleElement().satisfies(alert -> {
            assertThat(alert.path("severity").asText()).isEqualTo("medium");
            assertThat(alert.path("count").asInt()).isEqualTo(20);
        });
        assertThat(everything()).doesNotContain("wrong-again");
    }

    @Test
    void forgedWebhooksAreCountedByServiceAndAddress() {
        repeat(
                20,
                () -> hub.send(hub.to("/api/webhooks/testtasks")
                        .header("X-Test-Signature", "AAAA")
                        .POST(BodyPublishers.ofString("{}"))));

        assertThat(raised("webhook_signature"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.path("subject").asText()).isEqualTo("testtasks 127.0.0.1"));
    }

    @Test
    void wrongStatesAreCountedByUser() {
        UUID user = newUser();
        repeat(
                5,
                () -> hub.post(
                        as(user, "/api/integrations"),
                        "{\"action\": \"connect\", \"service\": \"testoauth\", \"code\": \"c\", \"state\": \"made-up\"}"));

        // where no service with OAuth can be used in this hub, the call is refused before
        if (hub.post(
                        as(user, "/api/integrations"),
                        "{\"action\": \"connect\", \"service\": \"testoauth\", \"code\": \"c\", \"state\": \"s\"}")
                .body()
                .contains("state")) {
            assertThat(raised("oauth_state")).hasSize(1);
        }
        repeat(5, () -> signals.tell(Rule.OAUTH_STATE, user));
        assertThat(raised("oauth_state"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.path("userId").asText()).isEqualTo(user.toString()));
    }

    @Test
    void anothersIdsInPathQueryAndBodyAreFoundOutAndMadeUpOnesAreNot() {
        UUID victim = newUser();
        UUID attacker = newUser();
        UUID connection = connection(victim);
        UUID job = job(victim, connection);
        repeat(20, () -> get(attacker, "/api/integrations/jobs/" + UUID.randomUUID()));
        assertThat(raised("foreign_id")).isEmpty();

        get(attacker, "/api/integrations/jobs/" + job);
        get(attacker, "/api/integrations/jobs/" + job.toString().toUpperCase(java.util.Locale.ROOT));
        hub.send(as(attacker, "/api/integrations?integrationId=" + connection).DELETE());
        hub.post(as(attacker, "/api/integrations/sync"), "{\"integrationId\": \"" + connection + "\"}");
        hub.send(as(attacker, "/api/integrations")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"integrationId\": \"" + connection + "\", \"active\": false}")));
        get(victim, "/api/integrations/jobs/" + job);

        assertThat(raised("foreign_id")).singleElement().satisfies(alert -> {
            assertThat(alert.path("userId").asText()).isEqualTo(attacker.toString());
            assertThat(alert.path("severity").asText()).isEqualTo("high");
            assertThat(alert.path("count").asInt()).isEqualTo(5);
        });
    }

    /** Where nothing is answered 404: one call each, and the alert is of five. */
    @Test
    void anothersIdsAreFoundOutWhateverTheAnswer() {
        UUID victim = newUser();
        UUID attacker = newUser();
        UUID connection = connection(victim);
        var token = token(attacker);
        hub.send(hub.to("/api/integrations")
                .header("Authorization", "Bearer " + token)
                .header("X-User-Id", victim.toString()));
        hub.send(hub.to("/api/integrations/audit?userId=" + victim).header("Authorization", "Bearer " + token));
        hub.send(hub.to("/api/integrations/compliance?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&userId="
                        + victim)
                .header("Authorization", "Bearer " + token));
        hub.send(as(attacker, "/api/integrations/conflicts")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"resolution\": \"keep_dayflow\", \"conflictIds\": [\""
                        + conflict(victim, connection) + "\"]}")));
        hub.send(as(attacker, "/api/integrations/history/" + entry(victim, connection) + "/undo")
                .POST(BodyPublishers.noBody()));
        // nobody's
        hub.send(hub.to("/api/integrations")
                .header("Authorization", "Bearer " + token)
                .header("X-User-Id", UUID.randomUUID().toString()));
        hub.send(as(attacker, "/api/integrations/history/987654321/undo").POST(BodyPublishers.noBody()));

        assertThat(raised("foreign_id")).singleElement().satisfies(alert -> {
            assertThat(alert.path("userId").asText()).isEqualTo(attacker.toString());
            assertThat(alert.path("count").asInt()).isEqualTo(5);
        });
    }

    private String token(UUID user) {
        var token = "dfh_" + UUID.randomUUID();
        jdbc.sql("insert into hub.personal_token (id, user_id, digest, name, scopes, created_at, expires_at)"
                        + " values (?, ?, sha256(?::bytea), 'x', '{read,write}', now(), now() + interval '1 day')")
                .params(UUID.randomUUID(), user, token)
                .update();
        return token;
    }

    private UUID item(UUID user, UUID connection) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.item (id, user_id, kind, fields, match_key, origin)"
                        + " values (?, ?, 'event', '{\"title\": \"A\"}', 'a', ?)")
                .params(id, user, connection)
                .update();
        jdbc.sql("insert into hub.link (id, item_id, connection_id, external_id) values (?, ?, ?, '/a')")
                .params(id, id, connection)
                .update();
        return id;
    }

    private UUID conflict(UUID user, UUID connection) {
        var item = item(user, connection);
        jdbc.sql("insert into hub.conflict (id, user_id, connection_id, item_id, link_id, kind, type, title, fields)"
                        + " values (?, ?, ?, ?, ?, 'event', 'title_mismatch', 'A', '[]')")
                .params(item, user, connection, item, item)
                .update();
        return item;
    }

    private long entry(UUID user, UUID connection) {
        return jdbc.sql("insert into hub.journal (user_id, item_id, connection_id, operation, cause)"
                        + " values (?, ?, ?, 'update', 'sync') returning id")
                .params(user, UUID.randomUUID(), connection)
                .query(Long.class)
                .single();
    }

    @Test
    void unusualVolumesAreCountedByUser() {
        UUID user = newUser();
        UUID quiet = newUser();
        repeat(40, () -> get(user, "/api/integrations/jobs"));
        repeat(30, () -> get(quiet, "/api/integrations/jobs"));
        repeat(
                5,
                () -> hub.send(as(user, "/api/integrations/dead-letters/" + UUID.randomUUID())
                        .DELETE()));
        // one of the calls that this hub may not have yet
        if (get(quiet, "/api/integrations/export").statusCode() == 200) {
            repeat(3, () -> get(user, "/api/integrations/export"));
        } else {
            repeat(3, () -> signals.tell(Rule.EXPORTS, user));
        }

        for (var rule : List.of("reads", "deletes", "exports")) {
            assertThat(raised(rule))
                    .as(rule)
                    .extracting(alert -> alert.path("userId").asText())
                    .containsExactly(user.toString());
        }
    }

    @Test
    void whatTwoInstancesCountAtTheSameTimeIsAddedUp() throws Exception {
        UUID user = newUser();
        var watch = new Watch(Rule.EXPORTS, 3, Duration.ofHours(1), Severity.MEDIUM);
        var now = Instant.now();
        var before = now.minus(Duration.ofMinutes(20));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var other = Objects.requireNonNull(transaction.execute(status -> {
                counts.add(List.of(new Tally(watch, user.toString(), user, 2, before, before)));
                var waiting =
                        threads.submit(() -> counts.add(List.of(new Tally(watch, user.toString(), user, 2, now, now))));
                awaitWaiting();
                return waiting;
            }));
            other.get(20, TimeUnit.SECONDS);
        }

        assertThat(raised("exports"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.path("count").asInt()).isEqualTo(4));
    }

    @Test
    void nothingIsOnItsWayAnyMoreOnceItIsWritten() throws Exception {
        UUID user = newUser();
        signals.flush();
        var first = new Thread(signals::flush);
        var second = new Thread(signals::flush);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended('alert-counts', 0))")
                    .query()
                    .listOfRows();
            repeat(3, () -> signals.tell(Rule.EXPORTS, user));
            first.start();
            awaitWaiting();
            second.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> second.getState() == Thread.State.WAITING);
        });
        second.join(Duration.ofSeconds(20));

        assertThat(second.isAlive()).isFalse();
        assertThat(first.join(Duration.ofSeconds(20))).isTrue();
        assertThat(raised("exports")).hasSize(1);
    }

    private void awaitWaiting() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.sql(
                                "select exists (select from pg_locks where locktype = 'advisory' and not granted)")
                        .query(Boolean.class)
                        .single());
    }

    @Test
    void aTokenOfAnotherIsAForeignId() {
        UUID victim = newUser();
        UUID attacker = newUser();
        UUID token = UUID.randomUUID();
        jdbc.sql("insert into hub.personal_token (id, user_id, digest, name, scopes, created_at, expires_at)"
                        + " values (?, ?, sha256(?::text::bytea), 'x', '{read}', now(), now() + interval '1 day')")
                .params(token, victim, token)
                .update();
        repeat(
                5,
                () -> hub.send(as(attacker, "/api/integrations/tokens/" + token).DELETE()));
        assertThat(raised("foreign_id")).hasSize(1);
    }

    @Test
    void anOperatorMayTakeARuleForCritical() {
        jdbc.sql("insert into hub.alert (id, rule, subject, severity, count, first_at, last_at)"
                        + " values (?, 'after_disconnect', 'x', 'critical', 1, now(), now())")
                .param(UUID.randomUUID())
                .update();
        assertThat(list("?severity=critical"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.path("type").asText()).isEqualTo("suspicious_activity"));
    }

    @Test
    void whatIsUsedLongAfterADisconnectIsToldToItsOwner() {
        UUID owner = newUser();
        UUID connection = connection(owner, "testtasks");
        var signature = hmac("{}");
        Runnable deliver = () -> hub.send(hub.to("/api/webhooks/testtasks/" + connection)
                .header("X-Test-Signature", signature)
                .POST(BodyPublishers.ofString("{}")));
        jdbc.sql("update hub.connection set disconnected_at = now() where id = ?")
                .param(connection)
                .update();
        deliver.run();
        assertThat(raised("after_disconnect")).as("it was under way").isEmpty();

        jdbc.sql("update hub.connection set disconnected_at = now() - interval '1 minute' where id = ?")
                .param(connection)
                .update();
        deliver.run();
        assertThat(raised("after_disconnect")).singleElement().satisfies(alert -> {
            assertThat(alert.path("subject").asText()).isEqualTo(connection.toString());
            assertThat(alert.path("userId").asText()).isEqualTo(owner.toString());
        });
    }

    @Test
    void anAlertIsOneUntilItIsAcknowledgedAndThenAnother() {
        UUID user = newUser();
        repeat(5, () -> signals.tell(Rule.FOREIGN_ID, user));
        var first = raised("foreign_id").getFirst();
        repeat(3, () -> signals.tell(Rule.FOREIGN_ID, user));
        var same = raised("foreign_id").getFirst();
        assertThat(same.path("alertId")).isEqualTo(first.path("alertId"));
        assertThat(same.path("count").asInt()).isEqualTo(8);
        assertThat(same.path("firstAt")).isEqualTo(first.path("firstAt"));
        assertThat(same.path("lastAt").asText())
                .isGreaterThan(first.path("lastAt").asText());

        var acknowledged = acknowledge(user, first.path("alertId").asText(), 200);
        assertThat(acknowledged.path("status").asText()).isEqualTo("acknowledged");
        assertThat(acknowledged.path("acknowledgedBy").asText()).isEqualTo(user.toString());
        acknowledge(user, first.path("alertId").asText(), 200);
        assertThat(list("?status=open")).isEmpty();
        assertThat(list("?status=acknowledged&severity=high")).hasSize(1);
        assertThat(list("?severity=low")).isEmpty();

        repeat(4, () -> signals.tell(Rule.FOREIGN_ID, user));
        assertThat(raised("foreign_id")).as("four after it was seen").hasSize(1);
        repeat(1, () -> signals.tell(Rule.FOREIGN_ID, user));
        assertThat(raised("foreign_id")).hasSize(2);
    }

    @Test
    void usersSeeTheirOwnAndOperatorsAll() {
        UUID user = newUser();
        UUID other = newUser();
        repeat(5, () -> signals.tell(Rule.FOREIGN_ID, user));
        repeat(30, () -> signals.tell(Rule.TOKEN_REFUSED, "192.0.2.1", null));
        signals.flush();
        var about = alerts.list(new Caller(user, false), null, null, io.dayflow.hub.paging.PageRequest.first(10))
                .items();

        assertThat(about)
                .singleElement()
                .satisfies(alert -> assertThat(alert.userId()).isEqualTo(user));
        assertThat(alerts.list(new Caller(other, false), null, null, io.dayflow.hub.paging.PageRequest.first(10))
                        .items())
                .isEmpty();
        assertThat(alerts.find(new Caller(other, false), about.getFirst().alertId()))
                .isEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> alerts.acknowledge(
                        new Caller(other, false), about.getFirst().alertId()))
                .hasMessageContaining("no such alert");
        assertThat(list("")).as("an operator's token").hasSize(2);
        HubCalls.problem(put(other, about.getFirst().alertId().toString(), "{\"acknowledged\": true}"), 404);
        acknowledge(other, UUID.randomUUID().toString(), 404);
        acknowledge(other, "no-id", 404);
        for (var wrong : List.of("?status=closed", "?severity=huge", "?severity=CRITICAL", "?cursor=x", "?limit=0")) {
            HubCalls.problem(get(user, "/api/integrations/alerts" + wrong), 400);
        }
        HubCalls.problem(put(user, about.getFirst().alertId().toString(), "{\"acknowledged\": false}"), 400);
        HubCalls.problem(put(user, about.getFirst().alertId().toString(), "{}"), 400);
    }

    @Test
    void theEventStreamTellsOfAlerts() throws Exception {
        UUID user = newUser();
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            var lines = new java.util.concurrent.ConcurrentLinkedQueue<String>();
            var answer = client.sendAsync(
                    as(user, "/api/integrations/events").GET().build(),
                    java.net.http.HttpResponse.BodyHandlers.fromLineSubscriber(new LineKeeper(lines)));
            await().atMost(Duration.ofSeconds(20)).until(() -> lines.stream().anyMatch(l -> l.contains("connected")));
            repeat(30, () -> signals.tell(Rule.TOKEN_REFUSED, "192.0.2.9", null));
            signals.flush();

            await().atMost(Duration.ofSeconds(20)).until(() -> lines.stream().anyMatch(l -> l.contains("192.0.2.9")));
            assertThat(lines).contains("event:alert");
            answer.cancel(true);
            client.shutdownNow();
        }
    }

    /** What two hubs count is counted together. */
    @Test
    void instancesCountTogether() {
        var one =
                new Signals(new AlertSettings(Map.of(), Duration.ofDays(1), Duration.ZERO), counts, Clock.systemUTC());
        var two =
                new Signals(new AlertSettings(Map.of(), Duration.ofDays(1), Duration.ZERO), counts, Clock.systemUTC());
        repeat(12, () -> one.tell(Rule.TOKEN_REFUSED, "192.0.2.2", null));
        repeat(7, () -> two.tell(Rule.TOKEN_REFUSED, "192.0.2.2", null));
        one.flush();
        two.flush();
        assertThat(raised("token_refused")).isEmpty();
        two.tell(Rule.TOKEN_REFUSED, "192.0.2.2", null);
        two.flush();

        assertThat(raised("token_refused"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.path("count").asInt()).isEqualTo(20));
    }

    @Test
    void aFloodFromManyAddressesCostsLittleAndGrowsNothing() {
        // of its own: nobody else writes in between
        var flooded =
                new Signals(new AlertSettings(Map.of(), Duration.ofDays(1), Duration.ZERO), counts, Clock.systemUTC());
        int addresses = 100_000;
        long begun = System.nanoTime();
        for (int i = 0; i < addresses; i++) {
            for (int again = 0; again < 3; again++) {
                flooded.tell(
                        Rule.WEBHOOK_SIGNATURE,
                        "testtasks 10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255),
                        null);
            }
        }
        double each = (System.nanoTime() - begun) / 3.0 / addresses;
        long flushed = System.nanoTime();
        flooded.flush();
        double flush = (System.nanoTime() - flushed) / 1e6;
        System.out.printf("alerts: a signal costs %.0f ns, writing %d subjects %.0f ms%n", each, rows(), flush);

        assertThat(each).as("nanoseconds a signal").isLessThan(20_000);
        assertThat(rows()).isBetween(1000L, 1001L);
        // each of them often enough, over and over
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 2000; i++) {
                String subject = "round " + round + " " + i;
                repeat(20, () -> flooded.tell(Rule.WEBHOOK_SIGNATURE, subject, null));
            }
            flooded.flush();
        }
        assertThat(jdbc.sql("select count(*) from hub.alert").query(Long.class).single())
                .as("beyond a number of open alerts there is one for all")
                .isLessThanOrEqualTo(1001);
        assertThat(rows()).isLessThan(4_100);
        assertThat(bySubject(raised("webhook_signature", 200), "*")
                        .path("count")
                        .asLong())
                .isGreaterThan(20_000);
    }

    // --- what the tests do

    private long rows() {
        return jdbc.sql("select count(*) from hub.alert_count")
                .query(Long.class)
                .single();
    }

    private static void repeat(int times, Runnable action) {
        IntStream.range(0, times).forEach(i -> action.run());
    }

    private void basic(String name, String password) {
        var value = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        assertThat(hub.send(hub.to("/actuator/metrics")
                                .header("Authorization", "Basic " + value)
                                .GET())
                        .statusCode())
                .isEqualTo(401);
    }

    private List<JsonNode> raised(String rule) {
        return raised(rule, 50);
    }

    private List<JsonNode> raised(String rule, int limit) {
        signals.flush();
        return list("?limit=" + limit).stream()
                .filter(alert -> alert.path("rule").asText().equals(rule))
                .toList();
    }

    private List<JsonNode> list(String query) {
        var found = new ArrayList<JsonNode>();
        try {
            JSON.readTree(hub.send(hub.to("/api/integrations/alerts" + query)
                                    .header("Authorization", "Bearer " + operator))
                            .body())
                    .path("items")
                    .forEach(found::add);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return found;
    }

    private String operatorToken() {
        var account = UUID.randomUUID();
        var token = "dfh_" + account;
        jdbc.sql("insert into hub.account (id, name, user_id, role, created_at)"
                        + " values (?, cast(? as text), ?, 'operator', now())")
                .params(account, account, newUser())
                .update();
        jdbc.sql(
                        "insert into hub.personal_token (id, user_id, account_id, digest, name, scopes, created_at, expires_at)"
                                + " select id, user_id, id, sha256(?::bytea), 'x', '{read,write,operator}', now(),"
                                + " now() + interval '1 day' from hub.account where id = ?")
                .params(token, account)
                .update();
        return token;
    }

    private static JsonNode bySubject(List<JsonNode> alerts, String subject) {
        return alerts.stream()
                .filter(alert -> alert.path("subject").asText().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode acknowledge(UUID user, String id, int expected) {
        var answer = put(user, id, "{\"acknowledged\": true}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private java.net.http.HttpResponse<String> put(UUID user, String id, String json) {
        return hub.send(as(user, "/api/integrations/alerts/" + id)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    }

    private java.net.http.HttpResponse<String> get(UUID user, String path) {
        return hub.send(as(user, path).GET());
    }

    private HttpRequest.Builder as(UUID user, String path) {
        return hub.to(path)
                .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                .header("X-User-Id", user.toString());
    }

    private String everything() {
        return jdbc.sql("select (select coalesce(string_agg(a::text, ' '), '') from hub.alert a)"
                        + " || (select coalesce(string_agg(c::text, ' '), '') from hub.alert_count c)"
                        + " || (select coalesce(string_agg(u::text, ' '), '') from hub.audit u)")
                .query(String.class)
                .single();
    }

    private UUID newUser() {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into public.users (id, email, timezone) values (?, ?, 'Europe/Berlin')")
                .params(id, id + "@example.org")
                .update();
        return id;
    }

    private UUID connection(UUID owner) {
        return connection(owner, "testcal");
    }

    private UUID connection(UUID owner, String provider) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into hub.connection (id, user_id, provider, display_name, account) values (?, ?, ?, 'W', ?)")
                .params(id, owner, provider, id.toString())
                .update();
        return id;
    }

    private UUID job(UUID owner, UUID connection) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into hub.job (id, connection_id, user_id, operation, mode, status)"
                        + " values (?, ?, ?, 'manual_sync', 'full', 'completed')")
                .params(id, connection, owner)
                .update();
        return id;
    }

    private static String hmac(String body) {
        try {
            var mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(new javax.crypto.spec.SecretKeySpec(
                    "the-secret-of-the-test-app".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
