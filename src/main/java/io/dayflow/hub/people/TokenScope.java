package io.dayflow.hub.people;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a personal token is good for. */
public enum TokenScope {
    /** Calls that change nothing. */
    @JsonProperty("read")
    READ,
    /** Calls that change something, and reading. */
    @JsonProperty("write")
    WRITE,
    /** What operators may, and naming another user; only for tokens of operators. */
    @JsonProperty("operator")
    OPERATOR;

    /** As it is stored and written in JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TokenScope of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
