package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What is answered; no body for 204. */
record Answer(int status, @Nullable JsonNode body) {

    static final Answer NOTHING = new Answer(204, null);

    static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }
}
