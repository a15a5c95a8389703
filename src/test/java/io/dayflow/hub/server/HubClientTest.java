package io.dayflow.hub.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.sandbox.caldav.StandInReply;
import io.dayflow.hub.sandbox.caldav.StandInRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client says what api.md asks for, and reads what api.md answers. */
class HubClientTest {

    private static final UUID USER = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private final List<StandInRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final StandInHttp hub = new StandInHttp(this::answer);

    @BeforeEach
    void start() {
        hub.start();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private HubClient client() {
        return new HubClient(URI.create("http://127.0.0.1:" + hub.port() + "/"), "token", USER);
    }

    private StandInReply answer(StandInRequest request) {
        requests.add(request);
        return switch (request.method() + " " + request.path()) {
            case "GET /api/integrations" -> json(200, """
                    {"services": [{"name": "caldav", "integrations": [{"integrationId": "i1", "collections": [
                      {"id": "c1", "name": "Work"}, {"id": "c2", "name": "Home"}]}]}]}""");
            case "PUT /api/integrations" -> json(200, "{}");
            case "POST /api/integrations/sync" -> json(202, "{\"jobId\": \"j1\"}");
            case "GET /api/integrations/jobs/j1" ->
                json(200, "{\"status\": \"" + (asked.incrementAndGet() < 3 ? "running" : "completed") + "\"}");
            case "GET /api/integrations/conflicts" ->
                json(
                        200,
                        asked.incrementAndGet() == 1
                                ? "{\"items\": [{\"conflictId\": \"a\"}], \"nextCursor\": \"n\"}"
                                : "{\"items\": [{\"conflictId\": \"b\"}], \"nextCursor\": null}");
            case "GET /api/integrations/events" ->
                StandInReply.text(
                        200,
                        "text/event-stream",
                        ":hello\n\nevent:job\ndata:{\"jobId\":\"j1\"}\n\nevent: integration\ndata: {}\n\n");
            default -> json(404, "{\"title\": \"nothing here\"}");
        };
    }

    private static StandInReply json(int status, String body) {
        return StandInReply.text(status, "application/json", body);
    }

    @Test
    void everyCallCarriesTheTokenAndTheUser() {
        client().integrations();
        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.header("authorization")).isEqualTo("Bearer token");
            assertThat(request.header("x-user-id")).isEqualTo(USER.toString());
        });
    }

    @Test
    void collectionsAreSelectedByTheirNames() {
        client().selectCollections("i1", "Work");
        assertThat(requests.getLast().body())
                .contains("\"integrationId\":\"i1\"")
                .containsPattern("\\{[^}]*\"c1\"[^}]*true[^}]*}|\\{[^}]*true[^}]*\"c1\"[^}]*}")
                .containsPattern("\\{[^}]*\"c2\"[^}]*false[^}]*}|\\{[^}]*false[^}]*\"c2\"[^}]*}");
    }

    @Test
    void aRunIsAwaitedToItsEnd() {
        assertThat(client().syncCompletely("i1").path("status").asText()).isEqualTo("completed");
        // three looks to the end, and one at all of it
        assertThat(asked).hasValue(4);
    }

    @Test
    void listsAreReadToTheirLastPage() {
        assertThat(client().conflicts("open"))
                .extracting(conflict -> conflict.path("conflictId").asText())
                .containsExactly("a", "b");
    }

    @Test
    void eventsAreHeardWithTheirNames() {
        try (HubEvents events = client().events()) {
            assertThat(events.await(
                            "job",
                            Duration.ofSeconds(5),
                            job -> job.path("jobId").asText().equals("j1")))
                    .isNotNull();
        }
    }

    @Test
    void anAnswerThatWasNotExpectedIsShownWithItsText() {
        assertThatThrownBy(() -> client().get("api/other")).hasMessageContaining("nothing here");
        assertThat(HubClient.withHeaders(URI.create("http://127.0.0.1:" + hub.port() + "/"), Map.of())
                        .send("GET", "api/other", null)
                        .status())
                .isEqualTo(404);
    }
}
