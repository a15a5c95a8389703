package io.dayflow.hub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The sandbox's own calls, as a person at this machine makes them. */
final class SandboxCalls {

    static final ObjectMapper JSON = new ObjectMapper();

    final HubCalls hub;
    private final String service;

    SandboxCalls(int port, String service) {
        this.hub = new HubCalls(port);
        this.service = service;
    }

    /** A new account: its id, and its credentials as a connection takes them. */
    JsonNode open(int items) {
        return ok(201, call("POST", "/accounts", "{\"items\":" + items + "}"));
    }

    JsonNode items(JsonNode account) {
        return ok(200, call("GET", of(account) + "/items", null)).path("items");
    }

    JsonNode create(JsonNode account, String fields) {
        return ok(201, call("POST", of(account) + "/items", fields));
    }

    JsonNode edit(JsonNode account, String id, String fields) {
        return ok(200, call("PATCH", of(account) + "/items/" + id, fields));
    }

    void delete(JsonNode account, String id) {
        assertThat(call("DELETE", of(account) + "/items/" + id, null).statusCode())
                .isEqualTo(204);
    }

    JsonNode requests(JsonNode account) {
        return ok(200, call("GET", of(account) + "/requests", null)).path("items");
    }

    /** Faults of one account only. */
    void faults(JsonNode account, String faults) {
        var own = faults.substring(0, faults.length() - 1) + ",\"account\":" + account.path("account") + "}";
        ok(200, call("PUT", "/faults", own));
    }

    void clear() {
        ok(200, call("PUT", "/faults", "{}"));
    }

    /** A call whose answer may be a refusal. */
    HttpResponse<String> call(String method, String path, @Nullable String body) {
        var request = hub.to("/sandbox/" + service + path);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return hub.send(request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    static String of(JsonNode account) {
        return "/accounts/" + account.path("account").asText();
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(response.body(), e);
        }
    }

    private static JsonNode ok(int status, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return json(response);
    }
}
