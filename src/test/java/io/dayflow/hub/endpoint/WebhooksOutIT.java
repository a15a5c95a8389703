package io.dayflow.hub.endpoint;

import static io.dayflow.hub.routing.MisbehavingServer.after;
import static io.dayflow.hub.routing.MisbehavingServer.drip;
import static io.dayflow.hub.routing.MisbehavingServer.flood;
import static io.dayflow.hub.routing.MisbehavingServer.hangUp;
import static io.dayflow.hub.routing.MisbehavingServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.routing.MisbehavingServer;
import io.dayflow.hub.routing.MisbehavingServer.Reply;
import io.dayflow.hub.routing.MisbehavingServer.Seen;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** Against a receiver that misbehaves, over real HTTP and real routes. */
@RunningHub
@TestPropertySource(
        properties = {
            "hub.security.allow-private-addresses=true",
            "hub.endpoints.schedule=100ms,200ms,200ms",
            "hub.endpoints.timeout=1s",
            "hub.endpoints.disable-after=20s",
            "hub.endpoints.most=5"
        })
class WebhooksOutIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/integrations/webhook-endpoints";
    private static MisbehavingServer receiver;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private HubCalls hub;
    private UUID user;
    private String hook;

    @BeforeAll
    static void open() throws IOException {
        receiver = new MisbehavingServer();
    }

    @AfterAll
    static void close() {
        receiver.close();
    }

    @BeforeEach
    void somebodyNew() {
        hub = new HubCalls(port);
        user = newUser();
        hook = "/" + user;
    }

    @Test
    void aChangeIsToldOnceSignedAndThin() throws IOException {
        receives(status(204));
        var made = create("own", "job", "conflict");
        UUID job = job(user, "completed");

        var seen = awaitMessages(1).getFirst();

        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.headers()).containsEntry("Content-Type", "application/json");
        assertThat(verifies(made, seen)).isTrue();
        assertThat(new StandardWebhook(Signing.newSecret().reveal()).verifies(seen.headers(), seen.body()))
                .as("another secret")
                .isFalse();
        assertThat(new StandardWebhook(made.path("secret").asText()).verifies(seen.headers(), seen.body() + " "))
                .as("another body")
                .isFalse();
        var body = JSON.readTree(seen.body());
        assertThat(body.path("type").asText()).isEqualTo("job");
        assertThat(body.path("timestamp").asText()).isNotBlank();
        assertThat(body.path("userId").asText()).isEqualTo(user.toString());
        assertThat(body.path("data"))
                .as("as the REST interface shows it")
                .isEqualTo(
                        get("/api/integrations/jobs/" + job).path("changes").isMissingNode()
                                ? get("/api/integrations/jobs/" + job)
                                : without(get("/api/integrations/jobs/" + job), "changes"));
        var message = awaitState(made, "delivered");
        assertThat("msg_" + message.path("messageId").asText())
                .isEqualTo(seen.headers().get("webhook-id"));
        assertThat(message.path("status").asInt()).isEqualTo(204);
        assertThat(message.path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void otherUsersAndOtherEventsAreNotTold() {
        receives(status(200));
        create("own", "conflict");
        job(user, "completed");
        UUID other = newUser();
        job(other, "completed");
        ping(create("own", "job"));

        awaitMessages(1);
        assertThat(types()).containsExactly("ping");
        assertThat(jdbc.sql("select count(*) from hub.webhook_message where user_id = ?")
                        .param(other)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        receives(status(200));
        var made = create("own", "job");
        transaction.executeWithoutResult(tx -> {
            job(user, "completed");
            tx.setRollbackOnly();
        });
        ping(made);

        awaitMessages(1);
        assertThat(types()).containsExactly("ping");
    }

    @Test
    void anEndpointOfOperatorsIsToldOfEverybody() {
        receives(status(200));
        create("all", "job");
        UUID other = newUser();
        UUID job = job(other, "completed");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> receiver.seen(hook).stream()
                        .anyMatch(seen -> seen.body().contains(job.toString())));
        jdbc.sql("delete from hub.webhook_endpoint where user_id is null").update();
    }

    @Test
    void afterServerErrorsAndClosedConnectionsTheSameMessageComesAgain() {
        receives(status(500), hangUp(), status(503, "Retry-After", "1"), status(200));
        var made = create("own", "job");
        job(user, "completed");

        var message = awaitState(made, "delivered");

        var seen = receiver.seen(hook);
        assertThat(seen).hasSize(4);
        assertThat(seen.stream().map(Seen::body).distinct()).as("the same body").hasSize(1);
        assertThat(seen.stream().map(s -> s.headers().get("webhook-id")).distinct())
                .hasSize(1);
        assertThat(seen).allMatch(s -> verifies(made, s));
        assertThat(message.path("attempts").asInt()).isEqualTo(4);
        assertThat(seen.get(3).nanos() - seen.get(2).nanos())
                .as("it asked for a second")
                .isGreaterThan(Duration.ofMillis(990).toNanos());
        assertThat(endpoint(made).path("failingSince").isNull()).isTrue();
    }

    @Test
    void slowAnswersAreCutOffAndGivenUpInTheEnd() {
        receives(after(5_000, status(200)), hangUp(), after(5_000, status(204)), status(500));
        var made = create("own", "job");
        job(user, "completed");

        var message = awaitState(made, "failed");

        assertThat(message.path("attempts").asInt()).isEqualTo(4);
        assertThat(message.path("problem").asText()).isEqualTo("It answered 500.");
        assertThat(receiver.seen(hook)).hasSize(4);
        assertThat(endpoint(made).path("failingSince").isTextual()).isTrue();
    }

    @Test
    void longAndDrippingAnswersAreNotReadToTheirEnd() {
        receives(drip(1_000, 50), flood(500_000_000), status(200));
        create("own", "job");
        job(user, "completed");
        awaitMessages(1);
        job(user, "completed");
        awaitMessages(2);
        job(user, "completed");

        // the same message may come again, where an answer's beginning took too long
        await().atMost(Duration.ofSeconds(30)).until(() -> messageIds().size() == 3);
        var seen = receiver.seen(hook);
        assertThat(seen).as("a status of 2xx is enough").hasSizeLessThan(6);
        assertThat(Duration.ofNanos(seen.getLast().nanos() - seen.getFirst().nanos()))
                .isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void redirectsAreNotFollowed() {
        var inner = hook + "/inner";
        receiver.script(inner, status(200));
        receives(status(302, "Location", receiver.uri(inner).toString()), status(307, "Location", inner), status(200));
        var made = create("own", "job");
        job(user, "completed");

        awaitState(made, "delivered");
        assertThat(receiver.seen(inner)).isEmpty();
    }

    @Test
    void anEndpointThatIsGoneIsToldNothingMore() {
        receives(status(410));
        var made = create("own", "job");
        job(user, "completed");

        awaitState(made, "failed");
        var card = endpoint(made);
        assertThat(card.path("active").asBoolean()).isFalse();
        assertThat(card.path("disabledWhy").asText()).isEqualTo("gone");
        job(user, "failed");
        assertThat(messages(made)).hasSize(1);
        HubCalls.problem(hub.send(post(PATH + "/" + id(made) + "/ping", "")), 409);

        receives(status(200));
        put(made, "{\"active\": true}");
        assertThat(endpoint(made).path("disabledWhy").isNull()).isTrue();
        ping(made);
        awaitState(made, "delivered");
    }

    @Test
    void anEndpointThatFailsForDaysIsSwitchedOff() {
        receives(status(500));
        var made = create("own", "job");
        job(user, "completed");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> endpoint(made).path("failingSince").isTextual());
        jdbc.sql("update hub.webhook_endpoint set failing_since = now() - interval '1 day' where id = ?")
                .param(id(made))
                .update();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> endpoint(made).path("disabledWhy").asText().equals("failing"));
        assertThat(jdbc.sql("select count(*) from hub.audit where action = 'endpoint.disabled' and user_id = ?")
                        .param(user)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void bothSecretsSignDuringTheOverlap() {
        receives(status(200));
        var made = create("own", "job");
        var rotated = call(post(PATH + "/" + id(made) + "/secret", ""), 200);
        assertThat(rotated.path("secret").asText())
                .isNotEqualTo(made.path("secret").asText());
        assertThat(rotated.path("oldSecretUntil").isTextual()).isTrue();
        job(user, "completed");

        var seen = awaitMessages(1).getFirst();
        assertThat(verifies(made, seen)).as("the old secret").isTrue();
        assertThat(verifies(rotated, seen)).as("the new secret").isTrue();
        assertThat(seen.headers().get("webhook-signature").split(" ")).hasSize(2);

        jdbc.sql("update hub.webhook_endpoint set old_until = now() - interval '1 second' where id = ?")
                .param(id(made))
                .update();
        job(user, "failed");
        var later = awaitMessages(2).getLast();
        assertThat(verifies(rotated, later)).isTrue();
        assertThat(verifies(made, later)).as("the old secret after the overlap").isFalse();
    }

    @Test
    void whatWasDeliveredIsSentAgainWhenAskedFor() {
        receives(status(200));
        var made = create("own", "job");
        job(user, "completed");
        var message = awaitState(made, "delivered");

        call(
                post(
                        PATH + "/" + id(made) + "/messages/"
                                + message.path("messageId").asText() + "/redeliver",
                        ""),
                202);

        var seen = awaitMessages(2);
        assertThat(seen.get(1).headers().get("webhook-id"))
                .isEqualTo(seen.get(0).headers().get("webhook-id"));
        assertThat(seen.get(1).body()).isEqualTo(seen.get(0).body());
    }

    @Test
    void manyMessagesComeOnceEach() {
        receives(status(200));
        create("own", "job");
        UUID connection = connection(user);
        transaction.executeWithoutResult(tx -> {
            for (int i = 0; i < 200; i++) {
                job(user, connection, "completed");
            }
        });

        var seen = awaitMessages(200);
        assertThat(seen.stream().map(s -> s.headers().get("webhook-id")).distinct())
                .hasSize(200);
        assertThat(receiver.mostUnderWay.get()).isLessThanOrEqualTo(8);
    }

    @Test
    void changesThatNobodyWasToldOfYetAreToldAsOneWithTheLastState() throws IOException {
        receives(status(200));
        create("own", "job");
        UUID job = transaction.execute(tx -> {
            UUID id = job(user, "cancelled");
            jdbc.sql("update hub.job set status = 'failed' where id = ?")
                    .param(id)
                    .update();
            jdbc.sql("update hub.job set status = 'completed' where id = ?")
                    .param(id)
                    .update();
            return id;
        });

        var body = JSON.readTree(awaitMessages(1).getFirst().body());
        assertThat(body.path("data").path("jobId").asText()).isEqualTo(job.toString());
        assertThat(body.path("data").path("status").asText()).isEqualTo("completed");
    }

    @Test
    void secretsAreNotKeptInTheOpenAndNotShownAgain() {
        receives(status(200));
        var made = create("own", "job");
        String secret = made.path("secret").asText();
        call(post(PATH + "/" + id(made) + "/secret", ""), 200);

        assertThat(endpoint(made).toString()).doesNotContain("whsec_").doesNotContain("\"secret\"");
        var dump = jdbc.sql("select encode(secret, 'escape') || encode(old_secret, 'escape') || e::text"
                        + " from hub.webhook_endpoint e where id = ?")
                .param(id(made))
                .query(String.class)
                .single();
        assertThat(dump).doesNotContain(secret).doesNotContain(secret.substring(6));
    }

    @Test
    void whatIsAnothersIsNotThere() {
        receives(status(200));
        var made = create("own", "job");
        var all = create("all", "alert");
        job(user, "completed");
        var message = awaitState(made, "delivered");
        UUID other = newUser();

        // the service token is an operator's: it sees what is everybody's, and not what is another user's own
        for (var request : List.of(
                as(other, PATH + "/" + id(made)).GET(),
                as(other, PATH + "/" + id(made) + "/messages").GET(),
                as(other, PATH + "/" + id(made)).DELETE(),
                as(other, PATH + "/" + id(made) + "/ping").POST(BodyPublishers.noBody()),
                as(other, PATH + "/" + id(made) + "/secret").POST(BodyPublishers.noBody()),
                as(
                                other,
                                PATH + "/" + id(made) + "/messages/"
                                        + message.path("messageId").asText() + "/redeliver")
                        .POST(BodyPublishers.noBody()),
                as(other, PATH + "/" + id(made))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString("{\"active\": false}")))) {
            HubCalls.problem(hub.send(request), 404);
        }
        assertThat(hub.send(as(other, PATH + "/" + id(all)).GET()).statusCode()).isEqualTo(200);
        assertThat(hub.send(as(other, PATH).GET()).body())
                .contains(id(all).toString())
                .doesNotContain(id(made).toString());
        call(as(user, PATH + "/" + id(all)).DELETE(), 204);
    }

    @Test
    void noMoreThanAFewEndpointsAreKept() {
        for (int i = 0; i < 5; i++) {
            create("own", "job");
        }
        var problem = HubCalls.problem(hub.send(post(PATH, wish("own", "job"))), 409);
        assertThat(problem.path("detail").asText()).contains("5 endpoints");
    }

    @Test
    void whatCannotBeUsedIsRefusedByName() {
        for (var url : List.of(
                "ftp://example.org/",
                "javascript:alert(1)",
                "https://",
                "https://user:secret@example.org/",
                "no url",
                "https://example.org/#part",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://example.0x7f/",
                "https://exämple.org/")) {
            var body = "{\"url\": \"%s\", \"events\": [\"job\"]}".formatted(url);
            var problem = HubCalls.problem(hub.send(post(PATH, body)), 400);
            assertThat(problem.path("errors").findValuesAsText("field")).as(url).containsExactly("url");
        }
        for (var body : List.of(
                "{\"url\": \"https://example.org/\"}",
                "{\"url\": \"https://example.org/\", \"events\": []}",
                "{\"url\": \"https://example.org/\", \"events\": [\"weather\"]}",
                "{\"url\": \"https://example.org/\", \"events\": [\"job\"], \"scope\": \"some\"}",
                "{\"url\": \"https://example.org/\", \"events\": [\"job\"], \"secret\": \"mine\"}")) {
            HubCalls.problem(hub.send(post(PATH, body)), 400);
        }
        assertThatThrownBy(() -> jdbc.sql("update hub.webhook_endpoint set disabled_why = 'x'")
                        .update())
                .isNotNull();
        assertThat(get(PATH).path("items")).isEmpty();
    }

    // --- what the tests do

    private void receives(Reply... replies) {
        receiver.script(hook, replies);
    }

    private UUID newUser() {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into public.users (id, email, timezone) values (?, ?, 'Europe/Berlin')")
                .params(id, id + "@example.org")
                .update();
        return id;
    }

    private UUID connection(UUID owner) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into hub.connection (id, user_id, provider, display_name, account)"
                        + " values (?, ?, 'caldav', 'Work', ?)")
                .params(id, owner, id.toString())
                .update();
        return id;
    }

    private UUID job(UUID owner, String status) {
        return job(owner, connection(owner), status);
    }

    private UUID job(UUID owner, UUID connection, String status) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into hub.job (id, connection_id, user_id, operation, mode, status)"
                        + " values (?, ?, ?, 'manual_sync', 'full', ?)")
                .params(id, connection, owner, status)
                .update();
        return id;
    }

    private String wish(String scope, String... events) {
        return "{\"url\": \"%s\", \"scope\": \"%s\", \"events\": [%s]}"
                .formatted(
                        receiver.uri(hook),
                        scope,
                        Set.of(events).stream().map(e -> "\"" + e + "\"").collect(Collectors.joining(",")));
    }

    private JsonNode create(String scope, String... events) {
        return call(post(PATH, wish(scope, events)), 201);
    }

    private void ping(JsonNode made) {
        call(post(PATH + "/" + id(made) + "/ping", ""), 202);
    }

    private void put(JsonNode made, String json) {
        call(
                as(user, PATH + "/" + id(made))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json)),
                200);
    }

    private List<Seen> awaitMessages(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> receiver.seen(hook).size() >= count);
        return receiver.seen(hook);
    }

    private Set<String> messageIds() {
        return receiver.seen(hook).stream()
                .map(seen -> seen.headers().get("webhook-id"))
                .collect(Collectors.toSet());
    }

    private List<String> types() {
        return receiver.seen(hook).stream()
                .map(seen -> seen.body().replaceAll("(?s).*?\"type\":\"(\\w+)\".*", "$1"))
                .toList();
    }

    private JsonNode awaitState(JsonNode made, String state) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !messages(made).isEmpty()
                        && messages(made).get(0).path("state").asText().equals(state));
        return messages(made).get(0);
    }

    private JsonNode messages(JsonNode made) {
        return get(PATH + "/" + id(made) + "/messages").path("items");
    }

    private JsonNode endpoint(JsonNode made) {
        return get(PATH + "/" + id(made));
    }

    private static UUID id(JsonNode made) {
        return UUID.fromString(made.path("endpointId").asText());
    }

    private static boolean verifies(JsonNode made, Seen seen) {
        return new StandardWebhook(made.path("secret").asText()).verifies(seen.headers(), seen.body());
    }

    private static JsonNode without(JsonNode object, String field) {
        return ((com.fasterxml.jackson.databind.node.ObjectNode) object.deepCopy()).without(field);
    }

    private JsonNode get(String path) {
        return call(as(user, path).GET(), 200);
    }

    private java.net.http.HttpRequest.Builder as(UUID caller, String path) {
        return hub.to(path)
                .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                .header("X-User-Id", caller.toString());
    }

    private java.net.http.HttpRequest.Builder post(String path, String json) {
        var request = as(user, path);
        return json.isEmpty()
                ? request.POST(BodyPublishers.noBody())
                : request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
    }

    private JsonNode call(java.net.http.HttpRequest.Builder request, int expected) {
        var answer = hub.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        try {
            return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
