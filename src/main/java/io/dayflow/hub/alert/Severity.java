package io.dayflow.hub.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much an alert matters. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** In interfaces and tables. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity of that id. */
    static Severity of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
