package io.dayflow.hub.todoist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.mapping.Given;
import io.dayflow.hub.mapping.Mappings;
import io.dayflow.hub.mapping.Outcome;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Runs the documents of {@code routes/todoist} as the bean {@code jq} does. JSON is written with single quotes. */
final class Documents {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Mappings MAPPINGS = new Mappings(Path.of("routes"));

    private final Map<String, Supplier<JsonNode>> variables = new HashMap<>();

    private Documents() {
        for (String name : new String[] {"connection", "collection", "answer", "push", "state", "now"}) {
            variables.put(name, NullNode::getInstance);
        }
    }

    /** Without any variable. */
    static Documents plain() {
        return new Documents();
    }

    /** Of one connection and its collection for the project {@code p}. */
    static Documents inProject() {
        return plain().with("connection", "{'id': 'c', 'endpoints': {'userId': '7', 'timezone': 'Europe/Berlin'}}")
                .with("collection", "{'externalId': 'project:p', 'attributes': {'project': 'p'}, 'cursor': 'token-1'}");
    }

    Documents with(String variable, String json) {
        return with(variable, json(json));
    }

    Documents with(String variable, JsonNode value) {
        variables.put(variable, () -> value);
        return this;
    }

    JsonNode run(String document, String input) {
        return run(document, json(input));
    }

    JsonNode run(String document, JsonNode input) {
        return outcome(document, input).value();
    }

    Outcome outcome(String document, JsonNode input) {
        return MAPPINGS.get("todoist/" + document).run(input, new Given(Map.copyOf(variables), "todoist", null));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A task as the service shows it, with these fields instead of the usual ones. */
    static ObjectNode task(String fields) {
        ObjectNode task = (ObjectNode) json("""
            {'id': 't1', 'user_id': '7', 'project_id': 'p', 'section_id': null, 'parent_id': null, 'content': 'Task',
             'description': '', 'checked': false, 'is_deleted': false, 'priority': 1, 'labels': [], 'due': null,
             'duration': null, 'completed_at': null, 'added_at': '2026-03-01T08:00:00.000000Z',
             'updated_at': '2026-03-02T08:00:00.000000Z'}
            """);
        task.setAll((ObjectNode) json(fields));
        return task;
    }
}
