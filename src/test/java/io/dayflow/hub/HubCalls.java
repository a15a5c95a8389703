package io.dayflow.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.Assertions;

/** Calls of a running hub over real HTTP, with cookies kept and redirects shown. */
public final class HubCalls {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final String base;

    public HubCalls(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** A request without any credentials. */
    public HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    /** A request of DayFlow's backend for the user of the tests. */
    public HttpRequest.Builder asUser(String path) {
        return asUser(path, RunningHub.USER);
    }

    /** A request of DayFlow's backend for some user. */
    public HttpRequest.Builder asUser(String path, UUID user) {
        return to(path).header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                .header("X-User-Id", user.toString());
    }

    /** A request of the operator's script. */
    public HttpRequest.Builder asOperator(String path) {
        var account = "admin:" + RunningHub.ADMIN_PASSWORD;
        return to(path).header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same with a JSON body to post. */
    public HttpResponse<String> post(HttpRequest.Builder request, String json) {
        return send(request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** What the hub keeps under that name in this browser. */
    public Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** The answer's problem document, after a look at what every one has to have and must not have. */
    public static JsonNode problem(HttpResponse<String> response, int status) {
        Assertions.assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        Assertions.assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        Assertions.assertThat(response.body()).doesNotContain("Exception", "java.", "org.", "select ", "\tat ");
        try {
            var problem = JSON.readTree(response.body());
            Assertions.assertThat(problem.path("status").asInt()).isEqualTo(status);
            Assertions.assertThat(problem.path("title").asText()).isNotBlank();
            Assertions.assertThat(problem.path("type").asText()).isNotBlank();
            Assertions.assertThat(problem.path("detail").asText()).isNotBlank();
            return problem;
        } catch (IOException noJson) {
            throw new UncheckedIOException(response.body(), noJson);
        }
    }
}
