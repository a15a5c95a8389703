package io.dayflow.hub.privacy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is kept; {@code hub.retention.*} in {@code config/application.yaml}. Each is at least a day. What
 * may be the only place of something that a person wrote may also be kept for good, which is said by zero: journal, dead
 * letters and conflicts.
 *
 * @param journal of every write; a write can be taken back as long as its entry is kept
 * @param jobs that ended, with what previews said; a run can be undone as long as it and its journal are kept
 * @param audit who did what
 * @param deadLetters objects that could not be read or written, since the last attempt
 * @param conflicts that are resolved
 * @param webhookEvents deliveries that are worked on, and hints
 * @param parkedEvents deliveries that could not be read, whole
 * @param rawObjects objects of services, whole, of connections that ended and of copies that are let go
 * @param consents that ended
 * @param receipts of erasures
 */
@ConfigurationProperties("hub.retention")
public record RetentionSettings(
        @DefaultValue("365d") Duration journal,
        @DefaultValue("90d") Duration jobs,
        @DefaultValue("180d") Duration audit,
        @DefaultValue("0") Duration deadLetters,
        @DefaultValue("0") Duration conflicts,
        @DefaultValue("7d") Duration webhookEvents,
        @DefaultValue("30d") Duration parkedEvents,
        @DefaultValue("90d") Duration rawObjects,
        @DefaultValue("1095d") Duration consents,
        @DefaultValue("1095d") Duration receipts) {

    private static final String PREFIX = "hub.retention.";
    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final Set<String> FOR_GOOD =
            Set.of(PREFIX + "journal", PREFIX + "dead-letters", PREFIX + "conflicts");
    private static final List<String> NAMES = List.of(
            "journal",
            "jobs",
            "audit",
            "dead-letters",
            "conflicts",
            "webhook-events",
            "parked-events",
            "raw-objects",
            "consents",
            "receipts");

    public RetentionSettings {
        named(journal, jobs, audit, deadLetters, conflicts, webhookEvents, parkedEvents, rawObjects, consents, receipts)
                .forEach((name, time) -> {
                    boolean forGood = FOR_GOOD.contains(name);
                    if (time.compareTo(SHORTEST) < 0 && !(forGood && time.isZero())) {
                        throw new IllegalArgumentException(
                                name + " is at least 1d" + (forGood ? ", or 0: for good" : ""));
                    }
                });
    }

    /** All of them, by the name of the setting. */
    public Map<String, Duration> all() {
        return named(
                journal,
                jobs,
                audit,
                deadLetters,
                conflicts,
                webhookEvents,
                parkedEvents,
                rawObjects,
                consents,
                receipts);
    }

    private static Map<String, Duration> named(Duration... times) {
        var all = new LinkedHashMap<String, Duration>();
        for (int i = 0; i < times.length; i++) {
            all.put(PREFIX + NAMES.get(i), times[i]);
        }
        return all;
    }
}
