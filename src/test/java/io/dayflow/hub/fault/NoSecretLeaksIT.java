package io.dayflow.hub.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.sandbox.ConsentVisit;
import io.dayflow.hub.sandbox.caldav.StandInCalendar;
import io.dayflow.hub.server.CalDavStandIn;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubClient;
import io.dayflow.hub.server.HubEvents;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.ServerLogs;
import io.dayflow.hub.server.StandInFault;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * After connecting, working and failing in many ways, with everything traced and logged, no secret is to be found anywhere
 * that an operator or a user looks, nor in the database. Then one is planted, and is found.
 */
@ExtendWith(ServerLogs.class)
class NoSecretLeaksIT {

    private static final String OPERATOR = "operator-of-the-tests";
    private static final String PASSWORD = "Gehe1m-7f3a-Wort";
    private static final String WRONG = "Fa1sch-99c2-Wort";
    private static final String WRONG_TOKEN = "Fa1scher-Schein-71c0";
    private static final String CLIENT_SECRET = "Kundengehe1mnis-44d1";
    private static final String WRONG_CODE = "Fa1scher-Code-03be";
    private static final String WRONG_SIGN_IN = "Fa1sche-Anmeldung-5a";
    private static final String HOOK_FIRST = "Haken-gehe1mnis-erstes-8e";
    private static final String HOOK_NEXT = "Haken-gehe1mnis-zweites-1b";
    private static final String HOOK_OF_ALL = "Haken-gehe1mnis-aller-6d";
    private static final String HOOK_REFUSED = "Haken-gehe1mnis-verweigert-c4";
    private static final String HOOK_OPEN = "Haken-gehe1mnis-offen-2f";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LeakScan scan = new LeakScan();

    @TempDir
    Path folder;

    @Test
    void noSecretIsInTheLogTheDatabaseTheAnswersThePagesOrTheManagementView() throws Exception {
        try (CalDavStandIn standIn = CalDavStandIn.start();
                HubProcess hub = hub();
                DayflowDatabase dayflow = hub.database()) {
            HubClient operator = HubClient.withHeaders(
                    hub.baseUrl(),
                    Map.of(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(("admin:" + OPERATOR).getBytes(StandardCharsets.UTF_8))));
            // the one whose things the pages show to the operator
            UUID user = (UUID)
                    dayflow.query("select id from public.users").getFirst().get("id");
            HubClient client = hub.client(user);
            known(hub);
            try (HubEvents events = client.events()) {
                String byPassword = connect(standIn, client);
                String byConsent = consent(hub, client, dayflow);
                hooks(hub, client, byConsent);
                strangers(hub, operator);
                shownOnce(hub, client);
                madePassword(hub, user);
                work(standIn, client, dayflow, user, byPassword);
                refreshed(client, dayflow, byConsent);
                everywhere(hub, operator, client, dayflow, user);
                scan.place("event stream", events.events().toString());
            }

            assertThat(scan.text("traced").contains("core-call-send-http")).isTrue();
            assertThat(scan.text("table hub.dead_letter")).contains("never");
            assertThat(scan.text("GET /trace")).contains("decisions");
            assertThat(scan.text("page operations")).contains("never");
            assertThat(scan.text("management beans")).contains("SystemProperties", "core-call-send");
            assertThat(scan.text("table hub.audit")).contains("webhook.refused", "webhook.secret_rotated");
            assertThat(scan.text("table hub.webhook_secret").split("todoist", -1))
                    .as("of the account and of the service the present one, those before, and the one of the settings")
                    .hasSize(1 + 5);
            assertThat(scan.text("event stream")).contains("integration");
            assertThat(scan.text("export items.json")).contains("Edited");
            assertThat(scan.text("export calendar.ics")).contains("SUMMARY:Edited");
            assertThat(scan.text("export connections.json")).contains("todoist");
            assertThat(scan.leaks()).as(scan.excerpts()).isEmpty();

            planted(hub, client, dayflow, user);
        }
    }

    private HubProcess hub() {
        return HubProcess.in(folder)
                .environment("TODOIST_CLIENT_ID", "hub-under-the-scan")
                .environment("TODOIST_CLIENT_SECRET", CLIENT_SECRET)
                .property("logging.level.io.dayflow.hub", "debug")
                .property("logging.level.org.apache.camel", "debug")
                .property("logging.level.org.springframework.web", "debug")
                .property("logging.level.org.springframework.security", "debug")
                .property("logging.level.org.apache.hc.client5", "debug")
                .property("hub.sync.run-retry-delay", "1s")
                .property("camel.trace.enabled", "true")
                .property("camel.trace.backlog-size", "1000")
                .property("camel.trace.remove-on-dump", "false")
                .property("camel.trace.include-exception", "true")
                .property("camel.trace.include-exchange-properties", "true")
                .property("camel.trace.include-exchange-variables", "true")
                .start();
    }

    /** Those that are known before anything happens. */
    private void known(HubProcess hub) throws Exception {
        scan.secret("CalDAV password", PASSWORD);
        scan.secret("wrong CalDAV password", WRONG);
        scan.secret("wrong token", WRONG_TOKEN);
        scan.secret("client secret", CLIENT_SECRET);
        scan.secret("wrong code", WRONG_CODE);
        scan.secret("wrong sign-in", WRONG_SIGN_IN);
        scan.secret("first webhook secret", HOOK_FIRST);
        scan.secret("next webhook secret", HOOK_NEXT);
        scan.secret("webhook secret of the service", HOOK_OF_ALL);
        scan.secret("refused webhook secret", HOOK_REFUSED);
        scan.secret("unsealed webhook secret", HOOK_OPEN);
        scan.secret("operator's password", OPERATOR);
        scan.secret("service token", HubProcess.SERVICE_TOKEN);
        var keyset = JSON.readTree(Files.readString(folder.resolve("data/keyset.json")));
        for (var key : keyset.path("key")) {
            scan.secret("key", key.path("keyData").path("value").asText());
        }
        scan.secret(
                "database password",
                Files.readString(folder.resolve("data/postgres/password")).strip());
        assertThat(hub.databaseUrl())
                .contains(Files.readString(folder.resolve("data/postgres/password"))
                        .strip());
    }

    private static String connect(CalDavStandIn standIn, HubClient client) {
        standIn.password(PASSWORD);
        StandInCalendar work = standIn.addCalendar("work", "Work", "VEVENT");
        for (int i = 0; i < 5; i++) {
            work.put("e" + i + ".ics", Scene.event("e" + i, "Event " + i));
        }
        work.put("bad.ics", Scene.event("bad", "Bad").replaceAll("DTSTART:[^\r]*", "DTSTART:never"));
        Map<String, ?> wrong =
                Map.of("url", standIn.baseUrl().toString(), "username", CalDavStandIn.USER, "password", WRONG);
        assertThat(connect(client, "caldav", Map.of("credentials", wrong)).status())
                .isEqualTo(422);
        assertThat(connect(client, "todoist", Map.of("credentials", Map.of("token", WRONG_TOKEN)))
                        .status())
                .isEqualTo(422);
        assertThat(connect(client, "todoist", Map.of("code", WRONG_CODE, "state", WRONG_CODE))
                        .status())
                .isEqualTo(400);
        String integration = client.connectCalDav(standIn.baseUrl(), CalDavStandIn.USER, PASSWORD)
                .path("integrationId")
                .asText();
        client.selectCollections(integration, "Work");
        return integration;
    }

    private static HubClient.Answer connect(HubClient client, String service, Map<String, ?> more) {
        var body = new LinkedHashMap<String, Object>(more);
        body.put("action", "connect");
        body.put("service", service);
        return client.send("POST", "api/integrations", body);
    }

    /** By OAuth: what travels there is secret too, and what comes of it. */
    private String consent(HubProcess hub, HubClient client, DayflowDatabase dayflow) throws Exception {
        var account = HubClient.withHeaders(hub.baseUrl(), Map.of())
                .send("POST", "sandbox/todoist/accounts", Map.of("items", 3))
                .expect(201)
                .path("account")
                .asText();
        var begun = client.send("POST", "api/integrations", Map.of("action", "authorize", "service", "todoist"))
                .expect(200);
        var back = ConsentVisit.allow(begun.path("authUrl").asText(), account);
        scan.secret("code", back.get("code"));
        scan.secret("state", back.get("state"));
        var integration = connect(client, "todoist", Map.of("code", back.get("code"), "state", back.get("state")))
                .expect(201)
                .path("integrationId")
                .asText();
        tokens(dayflow, integration, "first");
        client.selectCollections(
                integration,
                StreamSupport.stream(
                                client.integration(integration)
                                        .path("collections")
                                        .spliterator(),
                                false)
                        .map(collection -> collection.path("name").asText())
                        .toArray(String[]::new));
        client.syncCompletely(integration);
        return integration;
    }

    /** The tokens that are stored, opened as whoever has the keyset can. */
    private void tokens(DayflowDatabase dayflow, String integration, String which) throws Exception {
        AeadConfig.register();
        var aead = TinkJsonProtoKeysetFormat.parseKeyset(
                        Files.readString(folder.resolve("data/keyset.json")), InsecureSecretKeyAccess.get())
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
        byte[] sealed = (byte[]) dayflow.query(
                        "select tokens from hub.oauth_grant where connection_id = ?", UUID.fromString(integration))
                .getFirst()
                .get("tokens");
        var opened =
                JSON.readTree(aead.decrypt(sealed, ("oauth-grant:" + integration).getBytes(StandardCharsets.UTF_8)));
        scan.secret(which + " access token", opened.path("access").asText());
        if (!opened.path("refresh").isNull()) {
            scan.secret(which + " refresh token", opened.path("refresh").asText());
        }
    }

    private void refreshed(HubClient client, DayflowDatabase dayflow, String integration) throws Exception {
        dayflow.execute(
                "update hub.oauth_grant set expires_at = now(), consented_at = now() - interval '1 hour'"
                        + " where connection_id = ?",
                UUID.fromString(integration));
        client.syncCompletely(integration);
        tokens(dayflow, integration, "second");
    }

    /** What is shown to its owner once: a personal token, which is used, and the secret of an address that is told. */
    private void shownOnce(HubProcess hub, HubClient client) {
        var token = client.send(
                        "POST",
                        "api/integrations/tokens",
                        Map.of(
                                "name", "script",
                                "scopes", List.of("read"),
                                "expiresAt",
                                        Instant.now().plus(Duration.ofDays(1)).toString()))
                .expect(201)
                .path("token")
                .asText();
        scan.secret("personal token", token);
        var calls = new HubCalls(hub.baseUrl().getPort());
        assertThat(calls.send(calls.to("/api/integrations").header("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(200);
        assertThat(calls.send(calls.to("/api/integrations?access_token=" + WRONG_TOKEN))
                        .statusCode())
                .isEqualTo(401);
        var endpoint = client.send(
                        "POST",
                        "api/integrations/webhook-endpoints",
                        Map.of("url", "https://hooks.example.org/", "events", List.of("job", "conflict")))
                .expect(201);
        scan.secret("secret of an address", endpoint.path("secret").asText());
        scan.secret(
                "new secret of an address",
                client.send(
                                "POST",
                                "api/integrations/webhook-endpoints/"
                                        + endpoint.path("endpointId").asText() + "/secret",
                                null)
                        .expect(200)
                        .path("secret")
                        .asText());
    }

    /** Secrets of webhooks: taken, in use, taken over from, and refused for one reason or another. */
    private static void hooks(HubProcess hub, HubClient client, String integration) throws Exception {
        hook(client, Map.of("integrationId", integration, "secret", HOOK_FIRST), 200);
        assertThat(delivered(hub, integration, HOOK_FIRST)).isEqualTo(200);
        hook(client, Map.of("integrationId", integration, "secret", HOOK_NEXT, "overlapMinutes", 60), 200);
        hook(client, Map.of("service", "todoist", "secret", HOOK_OF_ALL), 200);
        for (var valid : List.of(HOOK_NEXT, HOOK_FIRST)) {
            assertThat(delivered(hub, integration, valid)).isEqualTo(200);
        }
        assertThat(delivered(hub, integration, HOOK_REFUSED)).isEqualTo(401);
        hook(client, Map.of("integrationId", integration, "secret", HOOK_REFUSED, "overlapMinutes", "long"), 400);
        hook(client, Map.of("integrationId", integration, "secret", Map.of(HOOK_REFUSED, HOOK_REFUSED)), 400);
        hook(client, Map.of("integrationId", integration, "secret", List.of(HOOK_REFUSED)), 400);
        hook(client, Map.of("integrationId", integration, "secret", HOOK_REFUSED.repeat(30)), 400);
        hook(client, Map.of("integrationId", UUID.randomUUID(), "secret", HOOK_REFUSED), 404);
    }

    private static void hook(HubClient client, Map<String, ?> wish, int expected) {
        var answer = client.send("PUT", "api/integrations/webhook-secrets", wish);
        assertThat(answer.status()).as(answer.text()).isEqualTo(expected);
        assertThat(answer.text()).doesNotContain("gehe1mnis");
    }

    private static int delivered(HubProcess hub, String integration, String secret) throws Exception {
        var body = "{\"event_name\": \"item:none\", \"user_id\": \"1\"}";
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var signature = Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        var calls = new HubCalls(hub.baseUrl().getPort());
        return calls.post(
                        calls.to("/api/webhooks/todoist/" + integration).header("X-Todoist-Hmac-SHA256", signature),
                        body)
                .statusCode();
    }

    /** Webhooks and sign-ins of people who guess. */
    private static void strangers(HubProcess hub, HubClient operator) {
        var calls = new HubCalls(hub.baseUrl().getPort());
        assertThat(calls.post(
                                calls.to("/api/webhooks/todoist").header("X-Todoist-Hmac-SHA256", CLIENT_SECRET),
                                "{\"user_id\": \"1\"}")
                        .statusCode())
                .isEqualTo(401);
        assertThat(calls.send(calls.to("/api/integrations").header("Authorization", "Bearer " + WRONG_TOKEN))
                        .statusCode())
                .isEqualTo(401);
        assertThat(calls.send(calls.to("/actuator/metrics")
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(("admin:" + WRONG_SIGN_IN)
                                                                .getBytes(StandardCharsets.UTF_8))))
                        .statusCode())
                .isEqualTo(401);
        signIn(calls, WRONG_SIGN_IN);
        operator.send("POST", "actuator/loggers/root", null);
    }

    private static void signIn(HubCalls calls, String password) {
        signIn(calls, "admin", password);
    }

    private static void signIn(HubCalls calls, String name, String password) {
        form(calls, "/login", "/login", Map.of("username", name, "password", password));
    }

    /** Sends a page's form, with what a browser would add. */
    private static HttpResponse<String> form(HubCalls calls, String page, String to, Map<String, String> typed) {
        var form = Jsoup.parse(
                        calls.send(calls.to(page).header("Accept", "text/html")).body())
                .selectFirst("form[action=" + to + "]");
        assertThat(form).isNotNull();
        var values = new LinkedHashMap<>(typed);
        values.put("_csrf", form.select("input[name=_csrf]").val());
        var body = values.entrySet().stream()
                .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return calls.send(calls.to(to)
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** An account's first password, which the hub makes; its owner signs in with it. */
    private void madePassword(HubProcess hub, UUID user) {
        var operator = new HubCalls(hub.baseUrl().getPort());
        signIn(operator, OPERATOR);
        var made = form(
                operator,
                "/operations/accounts",
                "/operations/accounts",
                Map.of("name", "ann", "user", user.toString(), "role", "user"));
        var password = Jsoup.parse(made.body()).select("#made .secret").text();
        scan.secret("made password", password);
        var owner = new HubCalls(hub.baseUrl().getPort());
        signIn(owner, "ann", password);
        assertThat(owner.send(owner.to("/security/access").header("Accept", "text/html"))
                        .statusCode())
                .isEqualTo(200);
        scan.secret("owner's session cookie", owner.cookie("SESSION").orElseThrow());
    }

    private static void work(
            CalDavStandIn standIn, HubClient client, DayflowDatabase dayflow, UUID user, String integration) {
        client.syncCompletely(integration);
        standIn.fault(StandInFault.badCalendarData().on("PUT"));
        UUID row = (UUID) dayflow.rowTitled("calendar_events", user, "Event 1").get("id");
        dayflow.update("calendar_events", row, Map.of("title", "Edited"));
        await().atMost(Scene.PATIENCE)
                .untilAsserted(() -> assertThat(client.deadLetters()).hasSize(2));
        for (StandInFault fault : List.of(
                StandInFault.status(500).times(3),
                StandInFault.cut().times(3),
                StandInFault.malformedXml().times(9),
                StandInFault.answer(302, "text/html", "<a href='/elsewhere'>moved</a>")
                        .header("Location", "http://127.0.0.1:1/elsewhere")
                        .once())) {
            standIn.clearFaults();
            standIn.fault(fault);
            client.sync(integration);
        }
        standIn.clearFaults();
        standIn.password("changed");
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            client.sync(integration);
            return client.integration(integration).path("status").asText().equals("needs_reconnect");
        });
    }

    /** All that anybody may read. */
    private void everywhere(HubProcess hub, HubClient operator, HubClient client, DayflowDatabase dayflow, UUID user)
            throws Exception {
        for (String path : List.of(
                "",
                "/jobs",
                "/dead-letters",
                "/history",
                "/conflicts",
                "/audit",
                "/deleted",
                "/keys",
                "/alerts",
                "/tokens",
                "/webhook-endpoints",
                "/consents",
                "/audit/export",
                "/privacy/processing-record")) {
            scan.place(
                    "GET " + path,
                    client.send("GET", "api/integrations" + path, null).text());
        }
        for (JsonNode job : client.get("api/integrations/jobs").path("items")) {
            var path = "/jobs/" + job.path("jobId").asText();
            scan.place("GET " + path, client.get("api/integrations" + path).toString());
        }
        exported(client);
        var traces = new StringBuilder();
        dayflow.query("select id from hub.item where user_id = ?", user)
                .forEach(row -> traces.append(client.get("api/integrations/items/" + row.get("id") + "/trace")));
        scan.place("GET /trace", traces.toString());
        pages(hub);
        for (String id : List.of(
                "",
                "/env",
                "/configprops",
                "/beans",
                "/metrics",
                "/loggers",
                "/threaddump",
                "/httpexchanges",
                "/info",
                "/health",
                "/mappings",
                "/flyway",
                "/caches",
                "/scheduledtasks",
                "/camel",
                "/jolokia")) {
            scan.place(
                    "actuator" + id, operator.send("GET", "actuator" + id, null).text());
        }
        scan.place(
                "management beans",
                jolokia(operator, Map.of("type", "read", "mbean", "*:*", "config", Map.of("ignoreErrors", "true"))));
        for (String command : List.of("vmCommandLine", "vmSystemProperties")) {
            scan.place(
                    command,
                    jolokia(
                            operator,
                            Map.of(
                                    "type",
                                    "exec",
                                    "mbean",
                                    "com.sun.management:type=DiagnosticCommand",
                                    "operation",
                                    command)));
        }
        scan.place("traced", traced(operator));
        scan.place("log", Files.readString(hub.logFile()));
        tables(dayflow);
    }

    private void pages(HubProcess hub) {
        var calls = new HubCalls(hub.baseUrl().getPort());
        calls.send(calls.to("/integrations/todoist/callback?code=" + WRONG_CODE + "&state=" + WRONG_CODE)
                .header("Accept", "text/html"));
        signIn(calls, OPERATOR);
        scan.secret("session cookie", calls.cookie("SESSION").orElseThrow());
        calls.send(calls.to("/integrations/todoist/callback?code=" + WRONG_CODE + "&state=" + WRONG_CODE)
                .header("Accept", "text/html"));
        for (String page : List.of(
                "integrations",
                "activity",
                "items",
                "conflicts",
                "operations",
                "activity/history",
                "operations/alerts",
                "operations/webhooks",
                "operations/accounts",
                "security/access",
                "security/audit",
                "security/privacy")) {
            var answer = calls.send(calls.to("/" + page).header("Accept", "text/html"));
            assertThat(answer.statusCode()).as(page).isIn(200, 302, 303);
            scan.place("page " + page, answer.body());
        }
    }

    private void exported(HubClient client) {
        client.export().forEach((file, text) -> scan.place("export " + file, text));
    }

    /** Whole tables as text; bytes are hexadecimal there. The stand-ins' own are left out: they are the services. */
    private void tables(DayflowDatabase dayflow) {
        var tables = dayflow.query("select table_schema || '.' || table_name as name from information_schema.tables"
                + " where table_schema in ('hub', 'public') and table_type = 'BASE TABLE'");
        assertThat(tables.toString()).contains("hub.connection", "hub.job", "hub.journal", "hub.dead_letter");
        tables.forEach(table -> scan.place(
                "table " + table.get("name"),
                dayflow.query("select t::text as t from " + table.get("name") + " t")
                        .toString()));
    }

    /** A route of an integrator that says too much, a line of the audit trail that does, and a secret that is not sealed. */
    private void planted(HubProcess hub, HubClient client, DayflowDatabase dayflow, UUID user) throws Exception {
        Files.writeString(folder.resolve("routes/core/planted.camel.yaml"), """
                - route:
                    id: core-planted
                    description: Says too much.
                    from:
                      id: core-planted-from
                      uri: timer:planted?repeatCount=1
                      steps:
                        - log: { id: core-planted-log, message: "signed in with %s" }
                """.formatted(PASSWORD));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(hub.logFile()).contains("signed in with"));
        scan.place("log", Files.readString(hub.logFile()));
        dayflow.execute(
                "insert into hub.audit (user_id, actor, action, detail) values (?, 'hub', 'planted',"
                        + " jsonb_build_object('code', cast(? as text)))",
                user,
                HubProcess.SERVICE_TOKEN);
        dayflow.execute(
                "insert into hub.webhook_secret (id, provider, secret, made_at, valid_until)"
                        + " values (gen_random_uuid(), 'todoist', convert_to(?, 'UTF8'), now(), now())",
                HOOK_OPEN);
        tables(dayflow);
        exported(client);

        assertThat(scan.leaks())
                .containsExactlyInAnyOrder(
                        "CalDAV password in log",
                        "service token in export audit.json",
                        "service token in table hub.audit",
                        "unsealed webhook secret in table hub.webhook_secret");
    }

    private static String traced(HubClient operator) throws Exception {
        var found = JSON.readTree(jolokia(
                operator, Map.of("type", "search", "mbean", "org.apache.camel:type=tracer,name=BacklogTracer,*")));
        var dump = JSON.readTree(jolokia(
                operator,
                Map.of(
                        "type",
                        "exec",
                        "mbean",
                        found.path("value").path(0).asText(),
                        "operation",
                        "dumpAllTracedMessagesAsXml()")));
        assertThat(dump.path("status").asInt()).as(dump.toString()).isEqualTo(200);
        return dump.path("value").asText();
    }

    private static String jolokia(HubClient operator, Map<String, ?> request) throws Exception {
        HubClient.Answer answer = operator.sendText("POST", "actuator/jolokia", JSON.writeValueAsString(request));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }
}
