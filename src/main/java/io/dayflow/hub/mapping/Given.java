package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a document is given beside its input.
 *
 * @param variables by name without the dollar sign; asked for only when the document does
 * @param provider whose object it is, for errors
 * @param item which object it is, for errors
 */
public record Given(
        Map<String, Supplier<JsonNode>> variables,
        @Nullable String provider,
        @Nullable String item) {

    /** Nothing. */
    public static final Given NOTHING = new Given(Map.of(), null, null);

    String inBrackets() {
        if (provider == null && item == null) {
            return "";
        }
        return " (" + (provider == null ? "" : provider) + (provider == null || item == null ? "" : " ")
                + (item == null ? "" : item) + ")";
    }
}
