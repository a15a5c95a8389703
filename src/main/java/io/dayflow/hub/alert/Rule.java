package io.dayflow.hub.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** What is watched, with how often it may happen in a while unless {@code hub.alerts.rules} says otherwise. */
public enum Rule {
    /** Sign-ins refused to one account; subject: its name as it was typed. */
    SIGN_IN_ACCOUNT(AlertType.FAILED_AUTHENTICATION, 10, Duration.ofMinutes(15), Severity.MEDIUM),
    /** Sign-ins refused to one address. */
    SIGN_IN_ADDRESS(AlertType.FAILED_AUTHENTICATION, 30, Duration.ofMinutes(15), Severity.MEDIUM),
    /** Tokens refused that came from one address. */
    TOKEN_REFUSED(AlertType.FAILED_AUTHENTICATION, 20, Duration.ofMinutes(15), Severity.MEDIUM),
    /** Webhooks from one address that the service did not sign; subject: service and address. */
    WEBHOOK_SIGNATURE(AlertType.FAILED_AUTHENTICATION, 20, Duration.ofMinutes(15), Severity.MEDIUM),
    /** Answers of authorization servers that belong to nothing the user began; subject: the user. */
    OAUTH_STATE(AlertType.SUSPICIOUS_ACTIVITY, 5, Duration.ofHours(1), Severity.MEDIUM),
    /** Calls and pages refused since there were too many; subject: the user. */
    RATE_LIMIT(AlertType.RATE_LIMIT_EXCEEDED, 100, Duration.ofMinutes(10), Severity.LOW),
    /** Reading calls of a user. */
    READS(AlertType.DATA_ACCESS_ANOMALY, 3000, Duration.ofMinutes(10), Severity.LOW),
    /** Exports of a user's data. */
    EXPORTS(AlertType.DATA_ACCESS_ANOMALY, 5, Duration.ofHours(1), Severity.MEDIUM),
    /** Deleting calls of a user. */
    DELETES(AlertType.DATA_ACCESS_ANOMALY, 20, Duration.ofHours(1), Severity.MEDIUM),
    /** Ids of another user's objects that a user tried. */
    FOREIGN_ID(AlertType.SUSPICIOUS_ACTIVITY, 5, Duration.ofHours(1), Severity.HIGH),
    /** What a connection proves itself with, used after it was disconnected; subject: the connection. */
    AFTER_DISCONNECT(AlertType.SUSPICIOUS_ACTIVITY, 1, Duration.ofHours(1), Severity.HIGH);

    private final AlertType type;
    private final int threshold;
    private final Duration window;
    private final Severity severity;

    Rule(AlertType type, int threshold, Duration window, Severity severity) {
        this.type = type;
        this.threshold = threshold;
        this.window = window;
        this.severity = severity;
    }

    /** In interfaces and tables, for example {@code sign_in_account}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In settings, for example {@code sign-in-account}. */
    String setting() {
        return id().replace('_', '-');
    }

    /** What kind of thing the rule of that id tells; of one that there is no more, that it is suspicious. */
    static AlertType type(String id) {
        return Arrays.stream(values())
                .filter(rule -> rule.id().equals(id))
                .map(rule -> rule.type)
                .findFirst()
                .orElse(AlertType.SUSPICIOUS_ACTIVITY);
    }

    int threshold() {
        return threshold;
    }

    Duration window() {
        return window;
    }

    Severity severity() {
        return severity;
    }
}
