package io.dayflow.hub.alert;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When alerts are raised; {@code hub.alerts.*} in {@code config/application.yaml}.
 *
 * @param rules by the rule's name, for example {@code sign-in-account}: what differs from its defaults
 * @param keep how long acknowledged alerts are kept
 * @param disconnectGrace so long after a disconnect what was under way may still arrive or be tried
 */
@ConfigurationProperties("hub.alerts")
public record AlertSettings(
        @DefaultValue Map<String, Limit> rules,
        @DefaultValue("180d") Duration keep,
        @DefaultValue("1m") Duration disconnectGrace) {

    /** Counts are kept so long. */
    static final Duration LONGEST = Duration.ofDays(1);

    /**
     * How often something may happen.
     *
     * @param threshold so often in the window raises an alert; 0: never
     * @param window how long back it is counted, from 10s to 1d
     */
    public record Limit(
            @Nullable Integer threshold,
            @Nullable Duration window,
            @Nullable Severity severity) {}

    /** A rule as it holds. */
    record Watch(Rule rule, int threshold, Duration window, Severity severity) {}

    public AlertSettings {
        if (disconnectGrace.isNegative()) {
            throw new IllegalArgumentException("hub.alerts.disconnect-grace is a time from 0s");
        }
        rules = Map.copyOf(rules);
        for (var entry : rules.entrySet()) {
            Rule rule = rule(entry.getKey());
            Watch watch = watch(rule, entry.getValue());
            String name = "hub.alerts.rules." + rule.setting();
            if (watch.threshold() < 0) {
                throw new IllegalArgumentException(name + ".threshold is a number from 0");
            }
            if (watch.window().toSeconds() < 10 || watch.window().compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(name + ".window is a time from 10s to 1d");
            }
        }
    }

    Watch watch(Rule rule) {
        return rules.entrySet().stream()
                .filter(entry -> rule(entry.getKey()) == rule)
                .map(entry -> watch(rule, entry.getValue()))
                .findFirst()
                .orElseGet(() -> new Watch(rule, rule.threshold(), rule.window(), rule.severity()));
    }

    private static Watch watch(Rule rule, Limit limit) {
        return new Watch(
                rule,
                limit.threshold() == null ? rule.threshold() : limit.threshold(),
                limit.window() == null ? rule.window() : limit.window(),
                limit.severity() == null ? rule.severity() : limit.severity());
    }

    /** Environment variables bring names without hyphens. */
    private static Rule rule(String name) {
        String plain = plain(name);
        for (Rule rule : Rule.values()) {
            if (plain(rule.setting()).equals(plain)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("hub.alerts.rules: there is no rule " + name);
    }

    private static String plain(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(java.util.Locale.ROOT);
    }
}
