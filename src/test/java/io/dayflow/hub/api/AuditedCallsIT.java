package io.dayflow.hub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.api.ApiCalls.Reply;
import io.dayflow.hub.audit.AuditThrottle;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every call of the REST interface that writes leaves a line: what was done, by whom, from where and with what. A new one
 * needs an entry in {@link #calls()}, or a reason in {@link #SILENT}.
 */
@ApiTest
class AuditedCallsIT {

    /** Calls that write nothing which anybody could want to know, each with why. */
    private static final Map<String, String> SILENT = Map.ofEntries(
            Map.entry(
                    "POST /api/integrations/webhook-endpoints/{endpointId}/ping",
                    "a test message, which tells of itself"),
            Map.entry(
                    "POST /api/integrations/webhook-endpoints/{endpointId}/messages/{messageId}/redeliver",
                    "a message that was told before"),
            Map.entry("POST /api/integrations/accounts", "account.made, see PeopleIT"),
            Map.entry("PUT /api/integrations/accounts/{accountId}", "account.*, see PeopleIT"),
            Map.entry("PUT /api/integrations/accounts/{accountId}/password", "password.changed, see PeopleIT"),
            Map.entry("POST /api/integrations/tokens", "token.made, see TokensIT"),
            Map.entry("DELETE /api/integrations/tokens/{tokenId}", "token.revoked, see TokensIT"));

    private static final String BASE = "/api/integrations";
    private static final String AGENT = "audited-calls/1.0";

    @Autowired
    private ApiCalls calls;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Autowired
    private AuditThrottle throttle;

    private UUID user;
    private UUID connection;
    private UUID actor;
    private String token;

    /** A call as the mappings name it, how to make it, the actions that it leaves, and whether they are the user's affairs. */
    private record Call(String mapping, Function<AuditedCallsIT, Reply> make, List<String> actions, boolean users) {}

    private static Call call(String mapping, Function<AuditedCallsIT, Reply> make, String... actions) {
        return new Call(mapping, make, List.of(actions), true);
    }

    private static Call nobodys(String mapping, Function<AuditedCallsIT, Reply> make, String... actions) {
        return new Call(mapping, make, List.of(actions), false);
    }

    private static List<Call> calls() {
        return List.of(
                call("POST " + BASE, t -> t.send("POST", BASE, """
                                {"action": "connect", "service": "testcal",
                                 "credentials": {"username": "other", "password": "right"}}"""), "connection.made", "credentials.stored"),
                call("POST " + BASE, t -> t.send("POST", BASE, """
                                {"action": "connect", "service": "testcal",
                                 "credentials": {"username": "own", "password": "right"}}"""), "connection.reconnected", "credentials.stored"),
                call(
                        "POST " + BASE,
                        t -> t.send(
                                "POST", BASE, "{\"action\": \"sync\", \"integrationId\": \"" + t.connection + "\"}"),
                        "sync.asked"),
                call(
                        "PUT " + BASE,
                        t -> t.change("\"settings\": {\"syncInterval\": 45}, \"active\": false, \"displayName\": \"W\","
                                + " \"collections\": [{\"id\": \"" + t.collection() + "\", \"selected\": true}]"),
                        "settings.changed",
                        "collections.selected",
                        "connection.switched_off",
                        "connection.renamed"),
                call(
                        "DELETE " + BASE,
                        t -> t.send("DELETE", BASE + "?integrationId=" + t.connection, null),
                        "connection.disconnected"),
                call("PUT " + BASE + "/webhook-secrets", AuditedCallsIT::secret, "webhook.secret_rotated"),
                call("POST " + BASE + "/sync", t -> t.sync(false), "sync.asked"),
                call("POST " + BASE + "/sync", t -> t.sync(true), "sync.previewed"),
                call("PUT " + BASE + "/sync/{jobId}", t -> t.steer("pending", "pause"), "sync.paused"),
                call("PUT " + BASE + "/sync/{jobId}", t -> t.steer("paused", "resume"), "sync.resumed"),
                call("PUT " + BASE + "/sync/{jobId}", t -> t.steer("pending", "cancel"), "sync.cancelled"),
                call("PUT " + BASE + "/sync/{jobId}", t -> t.steer("held", "confirm"), "sync.confirmed"),
                call("PUT " + BASE + "/sync/{jobId}", t -> t.steer("completed", "undo"), "sync.undone"),
                call("POST " + BASE + "/history/{entryId}/undo", AuditedCallsIT::undoEntry, "write.undone"),
                call(
                        "PUT " + BASE + "/conflicts/{conflictId}",
                        t -> t.decide("{\"resolution\": \"keep_dayflow\"}"),
                        "conflict.decided"),
                call(
                        "PUT " + BASE + "/conflicts/{conflictId}",
                        t -> t.decide("{\"resolution\": \"keep_dayflow\", \"always\": true}"),
                        "conflict.decided",
                        "conflict.decided_always",
                        "settings.changed"),
                call(
                        "PUT " + BASE + "/conflicts",
                        t -> t.send(
                                "PUT",
                                BASE + "/conflicts",
                                "{\"resolution\": \"keep_external\", \"conflictIds\": [\"" + t.conflict() + "\"]}"),
                        "conflict.decided"),
                call(
                        "POST " + BASE + "/conflicts/{conflictId}/bring-back",
                        AuditedCallsIT::bringBack,
                        "conflict.brought_back"),
                call("POST " + BASE + "/deleted/{itemId}/restore", AuditedCallsIT::restore, "item.restored"),
                call(
                        "POST " + BASE + "/dead-letters/{deadLetterId}/replay",
                        t -> t.send("POST", BASE + "/dead-letters/" + t.letter() + "/replay", null),
                        "dead_letter.replayed"),
                call(
                        "DELETE " + BASE + "/dead-letters/{deadLetterId}",
                        t -> t.send("DELETE", BASE + "/dead-letters/" + t.letter(), null),
                        "dead_letter.discarded"),
                call(
                        "PUT " + BASE + "/alerts/{alertId}",
                        t -> t.send("PUT", BASE + "/alerts/" + t.alert(), "{\"acknowledged\": true}"),
                        "alert.acknowledged"),
                call("POST " + BASE + "/webhook-endpoints", t -> t.endpoint("own"), "endpoint.created"),
                nobodys("POST " + BASE + "/webhook-endpoints", t -> t.endpoint("all"), "endpoint.created"),
                call(
                        "PUT " + BASE + "/webhook-endpoints/{endpointId}",
                        t -> t.send("PUT", t.newEndpoint(), "{\"active\": false}"),
                        "endpoint.changed"),
                call(
                        "DELETE " + BASE + "/webhook-endpoints/{endpointId}",
                        t -> t.send("DELETE", t.newEndpoint(), null),
                        "endpoint.deleted"),
                call(
                        "POST " + BASE + "/webhook-endpoints/{endpointId}/secret",
                        t -> t.send("POST", t.newEndpoint() + "/secret", null),
                        "endpoint.secret_rotated"),
                nobodys(
                        "PUT " + BASE + "/webhook-secrets",
                        t -> t.send(
                                "PUT",
                                BASE + "/webhook-secrets",
                                "{\"service\": \"testtasks\", \"secret\": \"right-and-new\"}"),
                        "webhook.secret_rotated"),
                nobodys(
                        "POST " + BASE + "/keys/rotate",
                        t -> t.send("POST", BASE + "/keys/rotate", null),
                        "keyset.rotated"),
                nobodys("DELETE " + BASE + "/keys/{keyId}", AuditedCallsIT::removeKey, "keyset.key_removed"),
                call("DELETE " + BASE + "/data", t -> t.send("DELETE", BASE + "/data", null), "data.erasure-asked"));
    }

    /** Calls that only read, and are told all the same. */
    private static List<Call> readings() {
        return List.of(
                call("GET " + BASE + "/export", t -> t.send("GET", BASE + "/export", null), "data.exported"),
                call(
                        "GET " + BASE + "/compliance",
                        t -> t.send(
                                "GET",
                                BASE + "/compliance?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&userId=" + t.user,
                                null),
                        "compliance.read"),
                nobodys(
                        "GET " + BASE + "/audit/verification",
                        t -> t.send("GET", BASE + "/audit/verification", null),
                        "audit.verified"));
    }

    @BeforeEach
    void connect() {
        user = calls.newUser();
        actor = user;
        token = RunningHub.SERVICE_TOKEN;
        connection = ApiCalls.id(calls.connect(user, "own"));
    }

    @TestFactory
    Stream<DynamicTest> everyCallThatWritesLeavesItsLines() {
        return Stream.concat(calls().stream(), readings().stream())
                .map(call -> dynamicTest(call.mapping() + " " + call.actions(), () -> {
                    connect();
                    leavesItsLines(call);
                }));
    }

    /** They name who proved to be somebody, and not the one for whom it was done. */
    @TestFactory
    Stream<DynamicTest> theSameByAnOperatorWhoNamesTheUser() {
        return Stream.concat(calls().stream(), readings().stream())
                .map(call -> dynamicTest(call.mapping() + " " + call.actions(), () -> {
                    connect();
                    actor = calls.newUser();
                    token = calls.operatorToken(actor);
                    leavesItsLines(call);
                }));
    }

    /** Most calls that only read leave nothing else: an operator would have looked unseen. */
    @TestFactory
    Stream<DynamicTest> whatAnOperatorReadsForAUserIsTold() {
        var reading = new TreeSet<String>();
        mappings.getHandlerMethods().forEach((mapping, method) -> {
            if (method.getBeanType().getPackageName().equals("io.dayflow.hub.api")
                    && mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET)) {
                reading.addAll(mapping.getPatternValues());
            }
        });
        reading.removeIf(path -> !path.startsWith(BASE) || path.endsWith("/events") || path.contains("/data/receipts"));
        assertThat(reading).hasSizeGreaterThan(15);
        return reading.stream()
                .map(path -> dynamicTest("GET " + path, () -> {
                    connect();
                    actor = calls.newUser();
                    token = calls.operatorToken(actor);
                    long before = last();
                    var address = path.replaceAll("\\{\\w+}", UUID.randomUUID().toString());
                    send("GET", address, null);
                    send("GET", address, null);

                    var lines = lines(before);
                    lines.removeIf(line -> !line.get("action").equals("operator.acts_for"));
                    assertThat(lines).as("at once, and then counted").hasSize(1);
                    actsFor(lines.getFirst());
                }));
    }

    /** Whoever watches an erasure does not write its user back into the trail. */
    @Test
    void receiptsOfErasuresAreNobodys() {
        actor = calls.newUser();
        token = calls.operatorToken(actor);
        long before = last();
        send("GET", BASE + "/data/receipts", null).expect(200);
        send("GET", BASE + "/data/receipts/" + UUID.randomUUID(), null).expect(404);
        assertThat(lines(before)).isEmpty();
    }

    /** Its end is no second call. */
    @Test
    void aStreamOfEventsIsToldOnce() throws Exception {
        actor = calls.newUser();
        token = calls.operatorToken(actor);
        long before = last();
        var client = HttpClient.newHttpClient();
        try {
            var stream = client.send(
                    calls.http()
                            .to(BASE + "/events")
                            .header("Authorization", "Bearer " + token)
                            .header("X-User-Id", user.toString())
                            .header("User-Agent", AGENT)
                            .build(),
                    BodyHandlers.ofInputStream());
            assertThat(stream.statusCode()).isEqualTo(200);
            actsFor(lines(before).getFirst());

            calls.jdbc
                    .sql("delete from hub.personal_token where user_id = ?")
                    .param(actor)
                    .update();
            calls.jdbc
                    .sql("select pg_notify('hub_event', json_build_object('type', 'integration', 'id', cast(? as text),"
                            + " 'userId', cast(? as text))::text)")
                    .params(connection, user)
                    .query()
                    .singleRow();
            try (var body = stream.body()) {
                body.readAllBytes();
            }
        } finally {
            // not close(), which would wait for a stream that does not end
            client.shutdownNow();
        }
        throttle.flushAll();
        assertThat(lines(before)).hasSize(1);
    }

    /** The list and the report of somebody else's affairs, page by page. */
    @Test
    void whomAnOperatorNamesByAParameterIsTold() {
        var other = user;
        user = calls.newUser();
        actor = user;
        token = calls.operatorToken(user);
        for (var path : List.of(
                "/audit?userId=" + other,
                "/audit/export?userId=" + other,
                "/compliance?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&cursor=1&userId=" + other)) {
            throttle.flushAll();
            long before = last();
            send("GET", BASE + path, null);
            var lines = lines(before);
            lines.removeIf(line -> Set.of("compliance.read", "audit.exported").contains(line.get("action")));
            assertThat(lines)
                    .as(path)
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .containsEntry("action", "operator.acts_for")
                            .containsEntry("user_id", other)
                            .containsEntry("actor", actor.toString()));
        }
    }

    @Test
    void whoReadsTheirOwnIsNobodyElse() {
        token = calls.operatorToken(user);
        long before = last();
        send("GET", BASE + "/history", null).expect(200);
        send("GET", BASE + "/audit?userId=" + user, null).expect(200);
        token = RunningHub.SERVICE_TOKEN;
        send("GET", BASE + "/history", null).expect(200);
        send("GET", BASE + "/audit?userId=" + calls.newUser(), null).expect(200);
        assertThat(lines(before)).isEmpty();
    }

    /** What is counted is seen by the user, in the list and in the report. */
    @Test
    void theUserSeesWhoActsForThem() {
        actor = calls.newUser();
        token = calls.operatorToken(actor);
        for (int i = 0; i < 3; i++) {
            send("GET", BASE + "/history", null).expect(200);
        }
        throttle.flushAll();

        token = token("\"read\"", RunningHub.SERVICE_TOKEN);
        var items = send("GET", BASE + "/audit?action=operator.acts_for", null)
                .expect(200)
                .body()
                .path("items");
        assertThat(items).hasSize(2);
        assertThat(items).allMatch(line -> line.path("actor").asText().equals(actor.toString()));
        assertThat(items.get(0).at("/detail/again").asInt()).isEqualTo(2);
        var now = Instant.now();
        assertThat(send("GET", BASE + "/compliance?from=" + now.minusSeconds(600) + "&to=" + now.plusSeconds(600), null)
                        .expect(200)
                        .body()
                        .at("/totals/access/operator.acts_for")
                        .asInt())
                .isEqualTo(2);
    }

    private void actsFor(Map<String, Object> line) {
        assertThat(line)
                .containsEntry("action", "operator.acts_for")
                .containsEntry("user_id", user)
                .containsEntry("actor", actor.toString())
                .containsEntry("object", "user:" + user)
                .containsEntry("agent", AGENT)
                .containsEntry("detail", "{}");
    }

    private void leavesItsLines(Call call) {
        long before = last();
        var reply = call.make().apply(this);
        assertThat(reply.status()).as("%s", reply.body()).isBetween(200, 299);

        var lines = lines(before);
        var actsFor = lines.stream()
                .filter(line -> line.get("action").equals("operator.acts_for"))
                .toList();
        assertThat(actsFor)
                .hasSize(actor.equals(user) ? 0 : 1)
                .allSatisfy(line ->
                        assertThat(line).containsEntry("user_id", user).containsEntry("actor", actor.toString()));
        lines.removeAll(actsFor);
        assertThat(lines.stream().map(line -> line.get("action"))).containsAll(call.actions());
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .containsEntry("user_id", call.users() ? user : "")
                        .containsEntry("actor", actor.toString())
                        .containsEntry("remote", "127.0.0.1")
                        .containsEntry("agent", AGENT));
        assertThat(lines.toString()).doesNotContain("right");
    }

    /** What a user sees of an alert says who has seen it. */
    @Test
    void anAlertIsAcknowledgedByWhoeverProvedToBeSomebody() {
        actor = calls.newUser();
        token = calls.operatorToken(actor);
        assertThat(send("PUT", BASE + "/alerts/" + alert(), "{\"acknowledged\": true}")
                        .expect(200)
                        .body()
                        .path("acknowledgedBy")
                        .asText())
                .isEqualTo(actor.toString());
    }

    @Test
    void noCallThatWritesIsForgotten() {
        var writing = new TreeSet<String>();
        mappings.getHandlerMethods().forEach((mapping, method) -> {
            if (method.getBeanType().getPackageName().equals("io.dayflow.hub.api")) {
                for (var verb : mapping.getMethodsCondition().getMethods()) {
                    if (verb != RequestMethod.GET && verb != RequestMethod.HEAD) {
                        mapping.getPatternValues().forEach(path -> writing.add(verb + " " + path));
                    }
                }
            }
        });
        var known = new TreeSet<>(SILENT.keySet());
        calls().forEach(call -> known.add(call.mapping()));

        assertThat(writing).hasSizeGreaterThan(8);
        assertThat(known)
                .as("a call that writes leaves a line in the audit trail: let its use case tell, and add the call here")
                .containsAll(writing);
        assertThat(writing).as("calls that are no more").containsAll(known);
    }

    @Test
    void whatIsRefusedChangesNothingAndSaysNothingOfIt() {
        long before = last();
        send("PUT", BASE + "/conflicts/" + UUID.randomUUID(), "{\"resolution\": \"keep_dayflow\"}");
        change("\"settings\": {\"syncInterval\": -1}");
        assertThat(lines(before)).isEmpty();
    }

    @Test
    void anAccountThatIsRefusedIsToldWithTheKindOfFault() {
        long before = last();
        send("POST", BASE, """
                        {"action": "connect", "service": "testcal",
                         "credentials": {"username": "other", "password": "forbidden"}}""").problem(422);

        assertThat(lines(before))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("action", "connection.refused")
                        .containsEntry("user_id", user)
                        .containsEntry("detail", "{\"reason\": \"rejected\"}"));
    }

    /** What was stored for a moment was stored: it is said, and that it is gone again. */
    @Test
    void aConnectionThatIsForgottenAgainIsTold() {
        long before = last();
        send("POST", BASE, """
                        {"action": "connect", "service": "testcal",
                         "credentials": {"username": "other", "password": "no-collections"}}""").problem(422);

        var lines = lines(before);
        assertThat(lines.stream().map(line -> line.get("action")))
                .containsExactly("connection.made", "credentials.stored", "connection.disconnected");
        assertThat(lines.stream().map(line -> line.get("object")).distinct()).hasSize(1);
        assertThat(lines.getLast()).containsEntry("detail", "{\"because\": \"no_collections\"}");
    }

    @Test
    void whatADisconnectDecidesIsCounted() {
        conflict();
        conflict();
        long before = last();
        send("DELETE", BASE + "?integrationId=" + connection, null);

        assertThat(lines(before).getFirst().get("detail").toString()).contains("\"conflicts_kept_dayflow\": 2");
    }

    @Test
    void settingsAreToldFromWhatToWhat() {
        change("\"settings\": {\"syncInterval\": 30}").expect(200);
        long before = last();
        change("\"settings\": {\"syncInterval\": 45, \"autoSync\": true}").expect(200);

        var line = lines(before).getFirst();
        assertThat(line.get("detail").toString())
                .contains("\"syncInterval\": {\"to\": \"45\", \"from\": \"30\"}")
                .contains("\"autoSync\": {\"to\": \"true\", \"from\": \"\"}");
        assertThat(line).containsEntry("object", "connection:" + connection);
        before = last();
        change("\"settings\": {\"syncInterval\": 45}").expect(200);
        assertThat(lines(before)).isEmpty();
    }

    /** An operator's act on another's thing says who, and whose. */
    @Test
    void anOperatorsActSaysWhose() {
        var operator = calls.newUser();
        var letter = letter();
        long before = last();
        calls.postWith(calls.operatorToken(operator), BASE + "/dead-letters/" + letter + "/replay")
                .expect(202);

        assertThat(lines(before).getFirst())
                .containsEntry("user_id", user)
                .containsEntry("actor", operator.toString())
                .containsEntry("object", "dead_letter:" + letter);
    }

    @Test
    void whoLooksIntoTheConsoleAndWhoIsRefusedIsTold() {
        long before = last();
        var http = calls.http();
        http.send(http.asOperator("/actuator/metrics").GET());
        http.send(http.asOperator("/actuator/metrics/jvm.memory.used").GET());
        http.send(http.to("/actuator/health").GET());
        http.send(http.to(BASE).header("User-Agent", AGENT).GET());
        http.send(http.to(BASE).header("X-Forwarded-For", "203.0.113.9").GET());

        var lines = lines(before);
        assertThat(lines.stream()
                        .filter(line -> line.get("action").equals("operator.looked"))
                        .map(line -> line.get("actor") + " " + line.get("detail")))
                .containsExactly("operator {\"part\": \"metrics\", \"method\": \"GET\", \"status\": 200}");
        // once a minute and address: it may have been told before
        assertThat(lines(0).stream()
                        .filter(line -> line.get("action").equals("access.refused")
                                && line.get("detail").toString().contains("401"))
                        .map(line -> line.get("actor") + " " + line.get("remote")))
                .isNotEmpty()
                .containsOnly("anonymous 127.0.0.1");
    }

    /** By the security rules, before any call is looked at. */
    @Test
    void whoMayNotDoItIsNamed() {
        token = token("\"read\", \"write\"");
        send("GET", BASE + "/accounts", null).expect(403);
        refused(user, "GET");

        connect();
        token = token("\"read\"");
        send("POST", BASE + "/sync", "{}").expect(403);
        refused(user, "POST");

        connect();
        token = token("\"read\", \"write\"");
        var owner = user;
        user = calls.newUser();
        send("DELETE", BASE + "?integrationId=" + connection, null).expect(403);
        refused(owner, "DELETE");

        connect();
        token = calls.operatorToken(user);
        owner = user;
        user = UUID.randomUUID();
        send("PUT", BASE, "{}").expect(403);
        refused(owner, "PUT");
    }

    @Test
    void whomAControllerRefusesIsNamedOnce() {
        token = token("\"read\", \"write\"");
        send("POST", BASE + "/keys/rotate", null).expect(403);
        refused(user, "POST");
    }

    /** The line follows the answer. */
    private void refused(UUID who, String method) {
        await().untilAsserted(() -> assertThat(calls.jdbc
                        .sql("select detail::text from hub.audit where actor = ?" + " and action = 'access.refused'")
                        .param(who.toString())
                        .query(String.class)
                        .list())
                .containsExactly("{\"part\": \"api\", \"method\": \"" + method + "\", \"status\": 403}"));
    }

    private String token(String scopes, String by) {
        token = by;
        return token(scopes);
    }

    private String token(String scopes) {
        return send("POST", BASE + "/tokens", """
                        {"name": "x", "scopes": [%s], "expiresAt": "%s"}
                        """.formatted(
                                scopes, Instant.now().plus(Duration.ofDays(1))))
                .expect(201)
                .body()
                .path("token")
                .asText();
    }

    private Reply send(String method, String path, String json) {
        var request = calls.http()
                .to(path)
                .header("Authorization", "Bearer " + token)
                .header("X-User-Id", user.toString())
                .header("User-Agent", AGENT)
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        var response = calls.http().send(request);
        return response.headers().firstValue("Content-Type").orElse("").equals("application/zip")
                ? new Reply(response.statusCode(), MissingNode.getInstance(), response)
                : ApiCalls.reply(response);
    }

    private Reply change(String fields) {
        return send("PUT", BASE, "{\"integrationId\": \"" + connection + "\", " + fields + "}");
    }

    private Reply secret() {
        var telling = UUID.randomUUID();
        calls.jdbc
                .sql("insert into hub.connection (id, user_id, provider, display_name, account)"
                        + " values (?, ?, 'testtasks', 'W', cast(? as text))")
                .params(telling, user, telling)
                .update();
        return send(
                "PUT",
                BASE + "/webhook-secrets",
                "{\"integrationId\": \"" + telling + "\", \"secret\": \"right-and-new\"}");
    }

    private UUID collection() {
        return calls.jdbc
                .sql("select id from hub.collection where connection_id = ? and not selected limit 1")
                .param(connection)
                .query(UUID.class)
                .single();
    }

    private Reply sync(boolean preview) {
        return send(
                "POST", BASE + "/sync", "{\"integrationId\": \"" + connection + "\", \"preview\": " + preview + "}");
    }

    private Reply steer(String status, String action) {
        var job = UUID.randomUUID();
        calls.jdbc
                .sql("insert into hub.job (id, connection_id, user_id, operation, mode, status, requested_at)"
                        + " values (?, ?, ?, 'manual_sync', 'incremental', ?, now())")
                .params(job, connection, user, status)
                .update();
        return send("PUT", BASE + "/sync/" + job, "{\"action\": \"" + action + "\"}");
    }

    /** A task with its row in DayFlow. */
    private UUID task() {
        var item = calls.item(user, connection, connection);
        calls.jdbc
                .sql("update hub.item set kind = 'task' where id = ?")
                .param(item)
                .update();
        calls.jdbc
                .sql("insert into public.tasks (id, user_id, title) values (?, ?, 'A')")
                .params(item, user)
                .update();
        calls.jdbc
                .sql("insert into hub.link (id, item_id, external_id) values (?, ?, cast(? as text))")
                .params(UUID.randomUUID(), item, item)
                .update();
        return item;
    }

    private Reply undoEntry() {
        var item = task();
        calls.journal(user, null, item, connection, "after");
        var entry = calls.jdbc
                .sql("select max(id) from hub.journal where user_id = ?")
                .param(user)
                .query(Long.class)
                .single();
        return send("POST", BASE + "/history/" + entry + "/undo", null);
    }

    private UUID conflict() {
        return calls.conflict(user, connection);
    }

    private Reply decide(String json) {
        return send("PUT", BASE + "/conflicts/" + conflict(), json);
    }

    private Reply bringBack() {
        var id = conflict();
        calls.jdbc
                .sql("update hub.conflict set status = 'resolved', resolution = 'keep_dayflow', resolved_by = 'user',"
                        + " resolved_at = now() where id = ?")
                .param(id)
                .update();
        return send("POST", BASE + "/conflicts/" + id + "/bring-back", "{\"resolution\": \"keep_external\"}");
    }

    private Reply restore() {
        var item = task();
        calls.jdbc.sql("delete from public.tasks where id = ?").param(item).update();
        calls.jdbc
                .sql("update hub.item set deleted_at = now() where id = ?")
                .param(item)
                .update();
        calls.jdbc
                .sql("update hub.link set gone_at = now(), state = case when connection_id is null then 'gone'"
                        + " else 'detached' end where item_id = ?")
                .param(item)
                .update();
        return send("POST", BASE + "/deleted/" + item + "/restore", null);
    }

    private UUID alert() {
        return calls.alert(user);
    }

    private Reply endpoint(String scope) {
        return send(
                "POST",
                BASE + "/webhook-endpoints",
                "{\"url\": \"https://203.0.113.7.example.org/hooks\", \"events\": [\"alert\"], \"scope\": \"" + scope
                        + "\"}");
    }

    private String newEndpoint() {
        return BASE + "/webhook-endpoints/"
                + endpoint("own").expect(201).body().path("endpointId").asText();
    }

    /** One that sealed nothing, and was replaced long ago. */
    private Reply removeKey() {
        send("POST", BASE + "/keys/rotate", null).expect(200);
        var keys = send("POST", BASE + "/keys/rotate", null).expect(200).body().path("keys");
        var idle = keys.get(keys.size() - 2).path("keyId").asText();
        calls.jdbc
                .sql("update hub.sealing_key_age set replaced_at = now() - interval '1 day' where key_id = ?::bigint")
                .param(idle)
                .update();
        return send("DELETE", BASE + "/keys/" + idle, null);
    }

    private UUID letter() {
        return calls.deadLetter(user, connection);
    }

    private long last() {
        return calls.jdbc
                .sql("select coalesce(max(id), 0) from hub.audit")
                .query(Long.class)
                .single();
    }

    /** What other tests did is counted, and written while this one looks. */
    private boolean isACountOfOthers(Map<String, Object> line) {
        return String.valueOf(line.get("detail")).contains("\"again\"")
                && !line.get("user_id").equals(user)
                && !line.get("actor").equals(String.valueOf(actor));
    }

    private List<Map<String, Object>> lines(long after) {
        List<Map<String, Object>> lines = new ArrayList<>();
        calls.jdbc
                .sql("select user_id, actor, action, object, detail::text as detail, remote, agent from hub.audit"
                        + " where id > ? order by id")
                .param(after)
                .query((row, number) -> lines.add(new LinkedHashMap<>(Map.of(
                        "user_id", row.getObject("user_id") == null ? "" : row.getObject("user_id"),
                        "actor", row.getString("actor"),
                        "action", row.getString("action"),
                        "object", String.valueOf(row.getString("object")),
                        "detail", row.getString("detail"),
                        "remote", String.valueOf(row.getString("remote")),
                        "agent", String.valueOf(row.getString("agent"))))))
                .list();
        lines.removeIf(this::isACountOfOthers);
        return lines;
    }
}
