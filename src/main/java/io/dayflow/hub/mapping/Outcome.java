package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a document output, with what is needed to say where it is wrong. */
public record Outcome(String document, JsonNode value, Given given) {

    /** The output must be true or false. */
    public boolean flag() {
        if (!value.isBoolean()) {
            throw wrong("", "it takes true or false, not " + Shape.named(value));
        }
        return value.booleanValue();
    }

    MappingFailed wrong(String path, String reason) {
        return wrong(path, reason, null);
    }

    MappingFailed wrong(String path, String reason, @Nullable Throwable cause) {
        return new MappingFailed(document, "output" + (path.isEmpty() ? "" : " ." + path), reason, given, cause);
    }
}
