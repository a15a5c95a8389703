package io.dayflow.hub.sandbox.todoist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account of the stand-in without HTTP and storage, whose every answer and event is held against the published types. */
final class Scene {

    static final ObjectMapper JSON = new ObjectMapper();

    final Ledger ledger;
    final List<JsonNode> events = new ArrayList<>();
    private final Allowance allowance = new Allowance();
    private Instant now = Instant.parse("2026-11-25T10:00:00Z");

    Scene() {
        var clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        ledger = TodoistAccounts.created("the token", clock, ZoneId.of("Europe/Berlin"));
        ledger.told();
    }

    void later(Duration time) {
        now = now.plus(time);
    }

    JsonNode get(String path) {
        return answered(call("GET", path, "{}"));
    }

    JsonNode post(String path, String body) {
        return answered(call("POST", path, body));
    }

    void done(String method, String path) {
        assertThat(call(method, path, "{}")).isEqualTo(Answer.NOTHING);
    }

    /** A refusal with its status, in the published form. */
    JsonNode refused(int status, String method, String path, String body) {
        var error = callRefused(method, path, body);
        assertThat(error.status()).as(error.getMessage()).isEqualTo(status);
        Schemas.check("SyncError", error.body());
        return error.body();
    }

    JsonNode sync(@Nullable String token, String types) {
        return post(
                "sync",
                JSON.createObjectNode()
                        .put("sync_token", token)
                        .toString()
                        .replace("}", ",\"resource_types\":" + types + "}"));
    }

    /** One command, which must succeed; returns the whole answer. */
    JsonNode command(String type, String args) {
        var uuid = UUID.randomUUID().toString();
        var answer = post("sync", commands(command(uuid, type, args)));
        assertThat(answer.path("sync_status").path(uuid).asText())
                .as("%s", answer)
                .isEqualTo("ok");
        return answer;
    }

    static String command(String uuid, String type, String args) {
        return "{\"type\":\"%s\",\"uuid\":\"%s\",\"temp_id\":\"tmp-%s\",\"args\":%s}".formatted(type, uuid, uuid, args);
    }

    static String commands(String... commands) {
        return "{\"commands\":[" + String.join(",", commands) + "]}";
    }

    JsonNode task(String id) {
        return get("tasks/" + id);
    }

    String add(String body) {
        return post("tasks", body).path("id").asText();
    }

    private static JsonNode answered(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isNotNull();
        return answer.body();
    }

    private Answer call(String method, String path, String body) {
        try {
            var answer = new Rest(ledger, allowance).answer(request(method, path, body));
            check(method, path.split("\\?")[0], answer);
            return answer;
        } finally {
            for (var event : ledger.told()) {
                var told = TodoistEvents.body(ledger.user(), event);
                Schemas.check("WebhookPayload", told);
                events.add(told);
            }
        }
    }

    private ApiError callRefused(String method, String path, String body) {
        try {
            var answer = call(method, path, body);
            throw new AssertionError(method + " " + path + " was answered: " + answer);
        } catch (ApiError refused) {
            return refused;
        }
    }

    private static void check(String method, String path, Answer answer) {
        var body = answer.body();
        if (body == null) {
            return;
        }
        var type = switch (path.split("/")[0]) {
            case "sync" -> "SyncResponse";
            case "tasks" -> "Task";
            case "sections" -> "Section";
            case "labels" -> "Label";
            default -> null;
        };
        if (type == null || path.endsWith("/shared")) {
            return;
        }
        var list = body.has("results") ? body.path("results") : body.path("items");
        if (type.equals("SyncResponse") || list.isMissingNode()) {
            Schemas.check(type, body);
        } else {
            list.forEach(each -> Schemas.check(type, each));
        }
    }

    private static Request request(String method, String path, String body) {
        Map<String, String> query = new LinkedHashMap<>();
        var parts = path.split("\\?", 2);
        if (parts.length > 1) {
            for (var pair : parts[1].split("&")) {
                query.put(pair.split("=")[0], pair.split("=")[1]);
            }
        }
        try {
            return new Request(method, List.of(parts[0].split("/")), query, JSON.readTree(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
