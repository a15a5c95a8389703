package io.dayflow.hub.zone;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * What a TZID turned out to mean.
 *
 * @param id the IANA zone or fixed offset; null where only the object's own rules are known
 */
public record ResolvedZone(@Nullable ZoneId id, ZoneRules rules) {

    static ResolvedZone of(ZoneId id) {
        return new ResolvedZone(id, id.getRules());
    }

    /**
     * The point that a wall clock time means here (RFC 5545 section 3.3.5): one that a gap leaves out moves forward by
     * the gap, one that happens twice is the first. Without an IANA zone it carries the offset only.
     */
    public ZonedDateTime at(LocalDateTime local) {
        if (id != null) {
            return ZonedDateTime.of(local, id);
        }
        ZoneOffsetTransition transition = rules.getTransition(local);
        ZoneOffset before = transition != null ? transition.getOffsetBefore() : rules.getOffset(local);
        Instant instant = local.toInstant(before);
        return instant.atZone(rules.getOffset(instant));
    }

    /** The instant as this zone's calendars write it. */
    public ZonedDateTime at(Instant instant) {
        return instant.atZone(id != null ? id : rules.getOffset(instant));
    }
}
