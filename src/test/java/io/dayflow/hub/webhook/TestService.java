package io.dayflow.hub.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Hint;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.provider.Mapped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A service of tasks that a test plays: its objects, what was asked of it, and what goes wrong next. Thread-safe. */
public class TestService {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the service holds, by id. */
    final Map<String, Fetched> objects = new ConcurrentHashMap<>();

    /** The ids of every read, in the order of the reads. */
    final List<List<String>> reads = new CopyOnWriteArrayList<>();

    /** What the next reads fail with. */
    final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

    /** Reading this object always fails. */
    volatile @Nullable String poisoned;

    void reset() {
        objects.clear();
        reads.clear();
        faults.clear();
        poisoned = null;
    }

    /** The service's own user writes a task. */
    void hold(String id, String version, String title) {
        objects.put(id, new Fetched(id, version, "{\"title\":\"" + title + "\"}"));
    }

    long readsOf(String id) {
        return reads.stream().filter(ids -> ids.contains(id)).count();
    }

    public List<Hint> webhook(JsonNode body) {
        if (body.path("broken").asBoolean()) {
            throw new IllegalStateException("this event is broken");
        }
        List<Hint> hints = new ArrayList<>();
        for (JsonNode changed : body.path("changed")) {
            JsonNode object = changed.get("object");
            hints.add(new Hint(
                    text(body, "user"),
                    text(changed, "list"),
                    changed.path("id").asText(),
                    text(changed, "version"),
                    changed.path("gone").asBoolean(),
                    object == null ? null : object.toString()));
        }
        return hints;
    }

    public List<Fetched> get(List<String> ids) {
        reads.add(List.copyOf(ids));
        Fault fault = faults.poll();
        if (fault != null) {
            throw new FaultException(fault);
        }
        if (poisoned != null && ids.contains(poisoned)) {
            throw new FaultException(new Fault.Rejected("one of these objects is poisoned"));
        }
        return ids.stream()
                .map(id -> objects.getOrDefault(id, new Fetched(id, null, null)))
                .toList();
    }

    public Mapped map(Fetched object) {
        try {
            JsonNode payload = JSON.readTree(object.payload());
            View view = View.of(
                    Kind.TASK,
                    Map.of("title", TextNode.valueOf(payload.path("title").asText())));
            return new Mapped(object, List.of(new Mapped.Part("", view, null)), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<FoundCollection> collections() {
        return List.of(
                new FoundCollection("inbox", Kind.TASK, "Inbox", false, Map.of()),
                new FoundCollection("home", Kind.TASK, "Home", false, Map.of()),
                new FoundCollection("other", Kind.TASK, "Other", false, Map.of()));
    }

    public Listing list() {
        return new Listing(List.of(), "cursor", false, Listing.Coverage.CHANGES);
    }

    /** The address is that of its hooks. */
    public FoundAccount account(ConnectionRef connection) {
        return new FoundAccount("account-" + connection.id(), connection.address(), Map.of());
    }

    /** Which hooks there are. */
    public Call hooks(ConnectionRef connection) {
        return new Call("GET", URI.create(connection.address()), Map.of(), null, Set.of(), true);
    }

    /** What removes those among them that call the hub about this connection. */
    public List<Call> hooksOf(ConnectionRef connection, Answer hooks) throws IOException {
        List<Call> calls = new ArrayList<>();
        for (JsonNode hook : JSON.readTree(hooks.text())) {
            if (hook.path("calls").asText().endsWith("/" + connection.id())) {
                URI uri =
                        URI.create(connection.address() + "/" + hook.path("id").asText());
                calls.add(new Call("DELETE", uri, Map.of(), null, Set.of(404), true));
            }
        }
        return calls;
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }
}
