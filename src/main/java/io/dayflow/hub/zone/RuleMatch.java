package io.dayflow.hub.zone;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The IANA zone that behaves as described. Compared are the changes of the years 2012 to 2030: older rules say little,
 * as many writers give today's rule for all times.
 */
final class RuleMatch {

    private static final Instant FROM = Instant.parse("2012-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2031-01-01T00:00:00Z");

    /** Well known zones first, so that the rules of central Europe are Berlin's and not Arctic/Longyearbyen's. */
    private static final List<String> KNOWN = List.of(
            "Europe/Berlin",
            "Europe/London",
            "Europe/Athens",
            "Europe/Lisbon",
            "America/New_York",
            "America/Chicago",
            "America/Denver",
            "America/Los_Angeles",
            "America/Anchorage",
            "America/Halifax",
            "America/St_Johns",
            "Australia/Sydney",
            "Australia/Adelaide",
            "Pacific/Auckland",
            "Asia/Jerusalem");

    private static final Map<List<ZoneOffsetTransition>, ZoneId> BY_CHANGES = new LinkedHashMap<>();

    static {
        Stream<String> regions = ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
                .sorted();
        Stream.concat(KNOWN.stream(), regions).map(ZoneId::of).forEach(zone -> {
            List<ZoneOffsetTransition> changes = changes(zone.getRules());
            if (!changes.isEmpty()) {
                BY_CHANGES.putIfAbsent(changes, zone);
            }
        });
    }

    private RuleMatch() {}

    /** Empty where no zone changes just so, and for rules without changes: an offset alone is no place. */
    static Optional<ZoneId> of(ZoneRules rules) {
        return Optional.ofNullable(BY_CHANGES.get(changes(rules)));
    }

    private static List<ZoneOffsetTransition> changes(ZoneRules rules) {
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(FROM);
        while (next != null && next.getInstant().isBefore(TO)) {
            changes.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        return changes;
    }
}
