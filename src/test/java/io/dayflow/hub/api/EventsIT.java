package io.dayflow.hub.api;

import static io.dayflow.hub.api.ApiCalls.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@ApiTest
class EventsIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PATH = "/api/integrations";

    @Autowired
    ApiCalls calls;

    private UUID ann;
    private UUID account;

    @BeforeEach
    void connected() {
        ann = calls.newUser();
        account = id(calls.connect(ann, "ann"));
    }

    @Test
    void aUserSeesJobsIntegrationsAndConflictsAsTheListsShowThem() throws Exception {
        try (var stream = open(ann)) {
            var job = calls.post(ann, PATH + "/sync", "{\"integrationId\": \"%s\"}".formatted(account))
                    .body()
                    .path("jobId")
                    .asText();
            var conflict = calls.conflict(ann, account);
            calls.put(ann, PATH, "{\"integrationId\": \"%s\", \"displayName\": \"Renamed\"}".formatted(account))
                    .expect(200);

            await().atMost(SOON).untilAsserted(() -> {
                assertThat(stream.of("job"))
                        .anyMatch(event -> event.path("jobId").asText().equals(job));
                assertThat(stream.of("conflict"))
                        .anyMatch(event -> event.path("conflictId").asText().equals(conflict.toString()));
                assertThat(stream.of("integration"))
                        .anyMatch(event -> event.path("displayName").asText().equals("Renamed"));
            });
            var listed = calls.get(ann, PATH + "/jobs").body().at("/items/0");
            assertThat(stream.of("job").getLast()).isEqualTo(listed);
        }
    }

    @Test
    void nobodySeesWhatIsAnothers() throws Exception {
        var bob = calls.newUser();
        try (var anns = open(ann);
                var bobs = open(bob)) {
            calls.post(ann, PATH + "/sync", "{\"integrationId\": \"%s\"}".formatted(account))
                    .expect(202);
            await().atMost(SOON).until(() -> !anns.of("job").isEmpty());
            calls.connect(bob, "bob");
            await().atMost(SOON).until(() -> !bobs.of("integration").isEmpty());

            assertThat(bobs.lines).noneMatch(line -> line.contains(account.toString()));
            assertThat(bobs.of("job")).isEmpty();
        }
    }

    /** DayFlow's backend hands on to its user what it is told. */
    @Test
    void withTheServiceTokenAlertsAreTheNamedUsersAndWhatIsNobodys() throws Exception {
        try (var stream = open(ann)) {
            var bobs = calls.alert(calls.newUser());
            var anns = calls.alert(ann);
            var nobodys = calls.alert(null);

            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(stream.lines.toString()).contains(anns.toString(), nobodys.toString()));
            assertThat(stream.lines.toString()).doesNotContain(bobs.toString());
        }
    }

    @Test
    void aBurstOfChangesIsToldInAFewEvents() throws Exception {
        try (var stream = open(ann)) {
            for (int i = 1; i <= 300; i++) {
                calls.jdbc
                        .sql("update hub.connection set display_name = ? where id = ?")
                        .params("Name " + i, account)
                        .update();
            }
            await().atMost(SOON)
                    .until(() -> stream.of("integration").stream()
                            .anyMatch(
                                    event -> event.path("displayName").asText().equals("Name 300")));

            assertThat(stream.of("integration")).hasSizeLessThan(100);
        }
    }

    @Test
    void aBrokenConnectionToTheDatabaseIsMadeAgain() throws Exception {
        try (var stream = open(ann)) {
            calls.jdbc
                    .sql(
                            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                    + " where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen%'")
                    .query(Long.class)
                    .single();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                calls.jdbc
                        .sql("update hub.connection set display_name = ? where id = ?")
                        .params("Again", account)
                        .update();
                assertThat(stream.of("integration"))
                        .anyMatch(event -> event.path("displayName").asText().equals("Again"));
            });
        }
    }

    @Test
    void whoTakesNoEventsIsNotToldOfAnotherType() {
        var events = calls.request(ann, PATH + "/events").header("Accept", "application/json");
        assertThat(HubCalls.problem(calls.http().send(events), 406)
                        .path("detail")
                        .asText())
                .contains("Accept")
                .doesNotContain("JSON");
    }

    /** They are no calls of Spring's. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/webhooks/{service}", "/api/webhooks/{service}/{integrationId}"})
    void theInterfaceOfServicesIsDescribedToo(String path) {
        var described =
                calls.get(ann, "/v3/api-docs").expect(200).body().path("paths").path(path);

        assertThat(described.path("parameters").findValuesAsText("name"))
                .hasSize(path.split("\\{").length - 1)
                .allMatch(name -> path.contains("{" + name + "}"));
        assertThat(described.at("/post/responses").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("200", "400", "401", "404", "408", "413", "415", "503");
        assertThat(described.at("/head/responses").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("200", "404", "405");
        assertThat(described.at("/post/security").isArray()).isTrue();
        assertThat(described.at("/post/security")).as("needs no token").isEmpty();
    }

    @Test
    void theInterfaceIsDescribed() {
        var description = calls.get(ann, "/v3/api-docs").expect(200).body();

        assertThat(description.path("paths").fieldNames())
                .toIterable()
                .contains(
                        PATH,
                        PATH + "/sync",
                        PATH + "/sync/{jobId}",
                        PATH + "/jobs",
                        PATH + "/jobs/{jobId}",
                        PATH + "/events",
                        PATH + "/conflicts",
                        PATH + "/conflicts/{conflictId}",
                        PATH + "/history",
                        PATH + "/dead-letters",
                        PATH + "/dead-letters/{deadLetterId}/replay");
        assertThat(description.toString()).doesNotContain("\"caller\"", "io.dayflow");
    }

    @Test
    void aStreamEndsWithTheTokenThatOpenedIt() throws Exception {
        var token = calls.operatorToken(ann);
        var request = calls.http().to(PATH + "/events").header("Authorization", "Bearer " + token);
        try (var stream = open(request)) {
            rename("Seen");
            await().atMost(SOON).until(() -> !stream.of("integration").isEmpty());
            calls.jdbc
                    .sql("update hub.personal_token set revoked_at = now() where user_id = ?")
                    .param(ann)
                    .update();
            rename("Unseen");

            await().atMost(SOON).until(() -> !stream.reader.isAlive());
            assertThat(stream.lines)
                    .anyMatch(line -> line.contains("Seen"))
                    .noneMatch(line -> line.contains("Unseen") || line.contains("problem"));
        }
    }

    private void rename(String name) {
        calls.put(ann, PATH, "{\"integrationId\": \"%s\", \"displayName\": \"%s\"}".formatted(account, name))
                .expect(200);
    }

    private OpenStream open(UUID user) throws IOException, InterruptedException {
        return open(calls.request(user, PATH + "/events"));
    }

    private OpenStream open(HttpRequest.Builder request) throws IOException, InterruptedException {
        var client = HttpClient.newHttpClient();
        var response = client.send(request.GET().build(), BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return new OpenStream(client, response);
    }

    /** An open stream and what came over it. */
    private static final class OpenStream implements AutoCloseable {

        private static final ObjectMapper JSON = new ObjectMapper();

        final List<String> lines = new CopyOnWriteArrayList<>();
        private final HttpClient client;
        private final Thread reader;

        OpenStream(HttpClient client, HttpResponse<Stream<String>> response) {
            this.client = client;
            this.reader = Thread.ofVirtual().start(() -> {
                try {
                    response.body().forEach(lines::add);
                } catch (RuntimeException closed) {
                    lines.add(":closed");
                }
            });
            await().atMost(SOON).until(() -> !lines.isEmpty());
        }

        List<JsonNode> of(String type) {
            var now = List.copyOf(lines);
            var events = new ArrayList<JsonNode>();
            for (int i = 0; i + 1 < now.size(); i++) {
                if (now.get(i).equals("event:" + type)) {
                    try {
                        events.add(JSON.readTree(now.get(i + 1).substring("data:".length())));
                    } catch (JsonProcessingException e) {
                        throw new IllegalStateException(now.get(i + 1), e);
                    }
                }
            }
            return events;
        }

        @Override
        public void close() throws InterruptedException {
            client.shutdownNow();
            reader.join(SOON);
        }
    }
}
