package io.dayflow.hub.people;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What an account may do. */
public enum Role {
    /** The affairs of its own DayFlow user. */
    @JsonProperty("user")
    USER,
    /** Those of everybody, and running the hub. */
    @JsonProperty("operator")
    OPERATOR;

    /** As it is stored and written in JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
