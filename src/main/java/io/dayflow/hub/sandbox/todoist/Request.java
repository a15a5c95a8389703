package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request below {@code /api/v1}.
 *
 * @param path its segments, {@code v1} left out
 * @param query the first value of each parameter
 * @param body an object; empty when there was none
 */
record Request(String method, List<String> path, Map<String, String> query, JsonNode body) {

    @Nullable
    String query(String name) {
        return query.get(name);
    }

    /** Whether it changes something. */
    boolean writes() {
        boolean isSync = path.size() == 1 && path.getFirst().equals("sync");
        return isSync ? body.has("commands") : !method.equals("GET");
    }
}
