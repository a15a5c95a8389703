package io.dayflow.hub.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What kind of thing an alert is about, in the words that DayFlow has for it. */
public enum AlertType {
    FAILED_AUTHENTICATION,
    SUSPICIOUS_ACTIVITY,
    RATE_LIMIT_EXCEEDED,
    DATA_ACCESS_ANOMALY;

    /** In interfaces. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
