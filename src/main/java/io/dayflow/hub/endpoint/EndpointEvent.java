package io.dayflow.hub.endpoint;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an endpoint may ask to be told of. */
public enum EndpointEvent {
    JOB,
    CONFLICT,
    INTEGRATION,
    ALERT;

    /** In interfaces and tables. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException with what is accepted, for any other word */
    @JsonCreator
    public static EndpointEvent of(String id) {
        return Arrays.stream(values())
                .filter(event -> event.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(values()).map(EndpointEvent::id).collect(Collectors.joining(", "))));
    }
}
