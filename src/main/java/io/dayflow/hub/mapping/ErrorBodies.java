package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.call.ErrorReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads a service's error answers by the expressions of its provider's file. What they fail on is not understood. */
public final class ErrorBodies implements ErrorReader {

    private final @Nullable Mapping retryAfter;
    private final @Nullable Mapping message;

    /**
     * @param retryAfter gives seconds; null where there is none
     * @param message gives a text; null where there is none
     * @throws InvalidMapping if one is no jq
     */
    public ErrorBodies(String provider, @Nullable String retryAfter, @Nullable String message) {
        this.retryAfter = retryAfter == null ? null : Mapping.compile(provider + ".yaml faults.retryAfter", retryAfter);
        this.message = message == null ? null : Mapping.compile(provider + ".yaml faults.message", message);
    }

    @Override
    public @Nullable Duration patience(String body) {
        JsonNode seconds = read(retryAfter, body);
        return seconds == null || !seconds.isNumber() || !(seconds.doubleValue() > 0)
                ? null
                : Duration.ofMillis(Math.round(seconds.doubleValue() * 1000));
    }

    @Override
    public @Nullable String message(String body) {
        JsonNode text = read(message, body);
        return text == null || !text.isTextual() ? null : text.textValue();
    }

    private static @Nullable JsonNode read(@Nullable Mapping expression, String body) {
        if (expression == null) {
            return null;
        }
        JsonNode json = Inputs.of(body);
        try {
            return json.isNull() ? null : expression.run(json, Given.NOTHING).value();
        } catch (MappingFailed e) {
            return null;
        }
    }
}
