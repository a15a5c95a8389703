package io.dayflow.hub.server;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The hub's REST interface as a script uses it: with a service token, for one user. Calls that do not answer as they
 * should fail with the problem that the hub told; {@link #send} answers whatever comes. Thread-safe.
 */
public final class HubClient {

    /** The states in which a job does nothing more by itself. */
    public static final Set<String> ENDED = Set.of("completed", "failed", "cancelled", "held");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final Map<String, String> headers;

    public HubClient(URI base, String serviceToken, UUID user) {
        this(base, Map.of("Authorization", "Bearer " + serviceToken, "X-User-Id", user.toString()));
    }

    private HubClient(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** A client that says exactly these headers, for example none. */
    public static HubClient withHeaders(URI base, Map<String, String> headers) {
        return new HubClient(base, Map.copyOf(headers));
    }

    /** An answer with its body as JSON; missing node when there was none. */
    public record Answer(int status, JsonNode body, String text) {

        /** The body, when the status is this one. */
        public JsonNode expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError("expected " + wanted + " but was " + status + ": " + text);
            }
            return body;
        }
    }

    /** The services and what the user has connected. */
    public JsonNode integrations() {
        return get("api/integrations");
    }

    /** One connection, found among all; refused when there is none. */
    public JsonNode integration(String integrationId) {
        return stream(integrations().path("services"))
                .flatMap(service -> stream(service.path("integrations")))
                .filter(integration ->
                        integration.path("integrationId").asText().equals(integrationId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no integration " + integrationId));
    }

    /** Connects a CalDAV account; returns the integration. */
    public JsonNode connectCalDav(URI url, String username, String password) {
        return connect("caldav", Map.of("url", url.toString(), "username", username, "password", password), Map.of());
    }

    /** Connects by credentials; returns the integration. */
    public JsonNode connect(String service, Map<String, ?> credentials, Map<String, ?> settings) {
        return send(
                        "POST",
                        "api/integrations",
                        Map.of(
                                "action",
                                "connect",
                                "service",
                                service,
                                "credentials",
                                credentials,
                                "settings",
                                settings))
                .expect(201);
    }

    /** Selects exactly the collections of these names, and unselects the others. */
    public JsonNode selectCollections(String integrationId, String... names) {
        List<Map<String, Object>> collections = stream(
                        integration(integrationId).path("collections"))
                .map(collection -> Map.<String, Object>of(
                        "id",
                        collection.path("id").asText(),
                        "selected",
                        Arrays.asList(names).contains(collection.path("name").asText())))
                .toList();
        return put("api/integrations", Map.of("integrationId", integrationId, "collections", collections));
    }

    public JsonNode settings(String integrationId, Map<String, ?> settings) {
        return put("api/integrations", Map.of("integrationId", integrationId, "settings", settings));
    }

    /** Disconnects; {@code items} is keep or remove. */
    public void disconnect(String integrationId, String items) {
        send("DELETE", "api/integrations?integrationId=" + integrationId + "&items=" + items, null)
                .expect(204);
    }

    /** Asks for a run; returns its job's id. */
    public String startSync(String integrationId, Map<String, ?> more) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("integrationId", integrationId);
        return send("POST", "api/integrations/sync", body)
                .expect(202)
                .path("jobId")
                .asText();
    }

    /** Asks for a run and waits until it has ended, however; returns the job. */
    public JsonNode sync(String integrationId) {
        return awaitJob(startSync(integrationId, Map.of()), Duration.ofSeconds(120));
    }

    /** As {@link #sync}, and fails unless the job is completed. */
    public JsonNode syncCompletely(String integrationId) {
        JsonNode job = sync(integrationId);
        if (!job.path("status").asText().equals("completed")) {
            throw new AssertionError("the job did not complete: " + job);
        }
        return job;
    }

    public JsonNode job(String jobId) {
        return get("api/integrations/jobs/" + jobId);
    }

    public List<JsonNode> jobs(String integrationId) {
        return items("api/integrations/jobs?limit=200&integrationId=" + integrationId);
    }

    /** Waits until the job has ended; looks every 20 milliseconds, and for no more of it than needed. */
    public JsonNode awaitJob(String jobId, Duration limit) {
        await("the end of job " + jobId)
                .atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> get("api/integrations/jobs/" + jobId + "?limit=1"),
                        job -> ENDED.contains(job.path("status").asText()));
        return job(jobId);
    }

    /** pause, resume, cancel, confirm or undo. */
    public JsonNode control(String jobId, String action) {
        return put("api/integrations/sync/" + jobId, Map.of("action", action));
    }

    /** Conflicts, {@code open} or {@code resolved}. */
    public List<JsonNode> conflicts(String status) {
        return items("api/integrations/conflicts?limit=200&status=" + status);
    }

    /** Resolves by keep_dayflow, keep_external, or merge with values per field. */
    public JsonNode resolve(String conflictId, String resolution, @Nullable Map<String, ?> values) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("resolution", resolution));
        if (values != null) {
            body.put("values", values);
        }
        return put("api/integrations/conflicts/" + conflictId, body);
    }

    public List<JsonNode> deadLetters() {
        return items("api/integrations/dead-letters?limit=200");
    }

    public void replay(String deadLetterId) {
        send("POST", "api/integrations/dead-letters/" + deadLetterId + "/replay", null)
                .expect(202);
    }

    public List<JsonNode> historyOfItem(String itemId) {
        return items("api/integrations/history?limit=200&itemId=" + itemId);
    }

    public List<JsonNode> historyOfJob(String jobId) {
        return items("api/integrations/history?limit=200&jobId=" + jobId);
    }

    /** Listens to the server-sent events until it is closed. */
    public HubEvents events() {
        return new HubEvents(http, request("api/integrations/events").GET().build());
    }

    public JsonNode get(String path) {
        return send("GET", path, null).expect(200);
    }

    public JsonNode put(String path, Object body) {
        return send("PUT", path, body).expect(200);
    }

    /** Everything about the user: the files of the archive, as text by name. */
    public Map<String, String> export() {
        try {
            HttpResponse<byte[]> response = http.send(
                    request("api/integrations/export")
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new AssertionError("export: " + response.statusCode());
            }
            var files = new LinkedHashMap<String, String>();
            try (var zip = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
                for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("export", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One call, its body turned into JSON; answers whatever the status is. */
    public Answer send(String method, String path, @Nullable Object body) {
        try {
            return sendText(method, path, body == null ? null : JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One call with a body as it is, JSON or not. */
    public Answer sendText(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = request(path)
                .timeout(Duration.ofSeconds(60))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), parse(response.body()), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        headers.forEach(request::header);
        return request;
    }

    /** All items of a list, page after page. */
    private List<JsonNode> items(String path) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = get(cursor == null ? path : path + "&cursor=" + encode(cursor));
            page.path("items").forEach(all::add);
            cursor = page.path("nextCursor").isTextual()
                    ? page.path("nextCursor").asText()
                    : null;
        } while (cursor != null);
        return all;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode parse(String text) {
        try {
            return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
