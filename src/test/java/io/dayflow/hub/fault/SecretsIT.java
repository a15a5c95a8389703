package io.dayflow.hub.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.sandbox.caldav.StandInCalendar;
import io.dayflow.hub.server.CalDavStandIn;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubClient;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.ServerLogs;
import io.dayflow.hub.server.StandInFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** After connecting, working and failing in many ways, no secret is to be found anywhere an operator or a user looks. */
@ExtendWith(ServerLogs.class)
class SecretsIT {

    private static final String PASSWORD = "Gehe1m-7f3a-Wort";
    private static final String WRONG = "Fa1sch-99c2-Wort";
    private static final List<String> SECRETS =
            List.of(PASSWORD, WRONG, basic(PASSWORD), basic(WRONG), HubProcess.SERVICE_TOKEN, "operator-of-the-tests");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String basic(String password) {
        return Base64.getEncoder()
                .encodeToString((CalDavStandIn.USER + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void noSecretIsInTheLogTheDatabaseTheAnswersOrTheManagementView(@TempDir Path folder) throws IOException {
        try (CalDavStandIn standIn = CalDavStandIn.start();
                HubProcess hub = HubProcess.in(folder)
                        .property("logging.level.io.dayflow.hub", "debug")
                        .property("logging.level.org.apache.camel", "debug")
                        .property("hub.sync.run-retry-delay", "1s")
                        .property("camel.trace.enabled", "true")
                        .property("camel.trace.backlog-size", "1000")
                        .property("camel.trace.remove-on-dump", "false")
                        .property("camel.trace.include-exception", "true")
                        .property("camel.trace.include-exchange-properties", "true")
                        .property("camel.trace.include-exchange-variables", "true")
                        .start();
                DayflowDatabase dayflow = hub.database()) {
            standIn.password(PASSWORD);
            StandInCalendar work = standIn.addCalendar("work", "Work", "VEVENT");
            for (int i = 0; i < 5; i++) {
                work.put("e" + i + ".ics", Scene.event("e" + i, "Event " + i));
            }
            work.put("bad.ics", Scene.event("bad", "Bad").replaceAll("DTSTART:[^\r]*", "DTSTART:never"));
            HubClient operator = HubClient.withHeaders(
                    hub.baseUrl(),
                    Map.of(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(
                                                    "admin:operator-of-the-tests".getBytes(StandardCharsets.UTF_8))));

            UUID user = dayflow.createUser("Europe/Berlin");
            HubClient client = hub.client(user);
            Map<String, String> places = new LinkedHashMap<>();
            String integration = connect(standIn, client);
            places.put("traced while connecting", traced(operator));
            work(standIn, client, dayflow, user, integration);

            places.put("log", Files.readString(hub.logFile()));
            tables(dayflow)
                    .forEach(table -> places.put(
                            table,
                            dayflow.query("select t::text as t from hub." + table + " t")
                                    .toString()));
            for (String path : List.of("", "/jobs", "/dead-letters", "/history", "/conflicts")) {
                places.put("GET " + path, client.get("api/integrations" + path).toString());
            }
            places.put("environment", operator.send("GET", "actuator/env", null).text());
            places.put("metrics", operator.send("GET", "actuator/metrics", null).text());
            places.put("traced", traced(operator));
            places.put(
                    "beans",
                    jolokia(operator, Map.of("type", "read", "mbean", "org.apache.camel:*"))
                            .toString());
            places.put(
                    "hub beans",
                    jolokia(operator, Map.of("type", "read", "mbean", "org.springframework.boot:*"))
                            .toString());
            places.put(
                    "runtime",
                    jolokia(operator, Map.of("type", "read", "mbean", "java.lang:type=Runtime"))
                            .toString());

            assertThat(places.get("traced while connecting").contains("caldav-connect-call"))
                    .isTrue();
            assertThat(places.get("traced").contains("core-call-send-http")).isTrue();
            assertThat(places.get("dead_letter")).contains("never");
            places.forEach((place, text) -> SECRETS.forEach(secret -> assertThat(text.contains(secret))
                    .as(secret + " in " + place)
                    .isFalse()));
        }
    }

    private static String connect(CalDavStandIn standIn, HubClient client) {
        Map<String, ?> wrong =
                Map.of("url", standIn.baseUrl().toString(), "username", CalDavStandIn.USER, "password", WRONG);
        assertThat(client.send(
                                "POST",
                                "api/integrations",
                                Map.of("action", "connect", "service", "caldav", "credentials", wrong))
                        .status())
                .isEqualTo(422);
        String integration = client.connectCalDav(standIn.baseUrl(), CalDavStandIn.USER, PASSWORD)
                .path("integrationId")
                .asText();
        client.selectCollections(integration, "Work");
        return integration;
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

    private static List<String> tables(DayflowDatabase dayflow) {
        List<String> tables = new ArrayList<>();
        dayflow.query("select table_name::text as name from information_schema.tables where table_schema = 'hub'")
                .forEach(row -> tables.add((String) row.get("name")));
        assertThat(tables).contains("connection", "job", "journal", "dead_letter");
        return tables;
    }

    private static String traced(HubClient operator) {
        JsonNode dump = jolokia(
                operator,
                Map.of("type", "exec", "mbean", tracer(operator), "operation", "dumpAllTracedMessagesAsJSon()"));
        assertThat(dump.path("status").asInt()).as(dump.toString()).isEqualTo(200);
        return dump.path("value").asText();
    }

    private static String tracer(HubClient operator) {
        return jolokia(operator, Map.of("type", "search", "mbean", "org.apache.camel:type=tracer,name=BacklogTracer,*"))
                .path("value")
                .path(0)
                .asText();
    }

    private static JsonNode jolokia(HubClient operator, Map<String, ?> request) {
        try {
            HubClient.Answer answer = operator.sendText("POST", "actuator/jolokia", JSON.writeValueAsString(request));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
