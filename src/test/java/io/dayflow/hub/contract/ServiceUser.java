package io.dayflow.hub.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.server.HubClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An account of a stand-in and the person who owns it: what they do there, and what the hub asked of it. */
final class ServiceUser {

    private final HubClient sandbox;
    private final String service;
    private final String account;
    private final Map<String, String> credentials = new TreeMap<>();
    private @Nullable String kind;

    private ServiceUser(HubClient sandbox, String service, JsonNode opened) {
        this.sandbox = sandbox;
        this.service = service;
        this.account = opened.path("account").asText();
        opened.path("credentials")
                .properties()
                .forEach(field ->
                        credentials.put(field.getKey(), field.getValue().asText()));
    }

    static ServiceUser open(SandboxHub hub, String service, int items) {
        return new ServiceUser(
                hub.sandbox(),
                service,
                hub.sandbox()
                        .send("POST", "sandbox/" + service + "/accounts", Map.of("items", items))
                        .expect(201));
    }

    /** The owner of an account that somebody else opened; the credentials are theirs. */
    static ServiceUser owning(SandboxHub hub, String service, String account) {
        return new ServiceUser(
                hub.sandbox(), service, new ObjectMapper().createObjectNode().put("account", account));
    }

    Map<String, String> credentials() {
        return credentials;
    }

    /** Only items of one kind: of a calendar account, either its events or its tasks. */
    ServiceUser looksAt(String kind) {
        this.kind = kind;
        return this;
    }

    List<JsonNode> items() {
        return list("items").stream()
                .filter(item -> kind == null || kind.equals(item.path("kind").asText()))
                .toList();
    }

    /** The item of this title; refused when there is none or more than one. */
    JsonNode titled(String title) {
        List<JsonNode> found = items().stream()
                .filter(item -> item.path("title").asText().equals(title))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " items titled '" + title + "' at " + service + ": " + titles());
        }
        return found.getFirst();
    }

    JsonNode item(String id) {
        return items().stream()
                .filter(item -> item.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no item " + id + " at " + service));
    }

    List<String> titles() {
        return items().stream()
                .map(item -> item.path("title").asText())
                .sorted()
                .toList();
    }

    /** The items as the service's API shows them, by id. */
    Map<String, JsonNode> natives() {
        Map<String, JsonNode> natives = new TreeMap<>();
        items().forEach(item -> natives.put(item.path("id").asText(), item.path("native")));
        return natives;
    }

    String create(Map<String, ?> fields) {
        return sandbox.send("POST", own("items"), fields).expect(201).path("id").asText();
    }

    void edit(String id, Map<String, ?> fields) {
        sandbox.send("PATCH", own("items/" + id), fields).expect(200);
    }

    void delete(String id) {
        sandbox.send("DELETE", own("items/" + id), null).expect(204);
    }

    /** What the hub asked: method, path, status and time. */
    List<JsonNode> requests() {
        return list("requests");
    }

    /** What the service does wrong from now on, for this account alone. */
    void fault(Map<String, ?> fault) {
        Map<String, Object> mine = new HashMap<>(fault);
        mine.put("account", account);
        sandbox.send("PUT", "sandbox/" + service + "/faults", mine).expect(200);
    }

    void noFaults() {
        sandbox.send("PUT", "sandbox/" + service + "/faults", Map.of()).expect(200);
    }

    private List<JsonNode> list(String what) {
        List<JsonNode> all = new ArrayList<>();
        sandbox.send("GET", own(what), (@Nullable Object) null)
                .expect(200)
                .path("items")
                .forEach(all::add);
        return all;
    }

    private String own(String path) {
        return "sandbox/" + service + "/accounts/" + account + "/" + path;
    }
}
