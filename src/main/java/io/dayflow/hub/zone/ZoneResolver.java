package io.dayflow.hub.zone;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which zone a TZID means. In order: the name itself ({@link ZoneNames#resolve}), the description's
 * X-LIC-LOCATION, the IANA zone whose changes the description's rules give, those rules themselves, and for a name that
 * is not described the calendar's own zone. Safe for threads; remembers the descriptions it saw last.
 */
public final class ZoneResolver {

    private static final int REMEMBERED = 500;

    private final Map<List<Observance>, Optional<ResolvedZone>> described = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Observance>, Optional<ResolvedZone>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Resolves a name.
     *
     * @param definition the object's description of that name, if it has one
     * @param calendarZone what X-WR-TIMEZONE says, if anything
     * @return empty where nothing says what the name means
     */
    public Optional<ResolvedZone> resolve(
            String tzid, @Nullable ZoneDefinition definition, @Nullable String calendarZone) {
        return ZoneNames.resolve(tzid)
                .or(() -> location(definition))
                .map(ResolvedZone::of)
                .or(() -> definition == null ? Optional.empty() : described(definition.observances()))
                .or(() -> Optional.ofNullable(calendarZone)
                        .flatMap(ZoneNames::resolve)
                        .map(ResolvedZone::of));
    }

    private static Optional<ZoneId> location(@Nullable ZoneDefinition definition) {
        return definition == null || definition.location() == null
                ? Optional.empty()
                : ZoneNames.resolve(definition.location());
    }

    private Optional<ResolvedZone> described(List<Observance> observances) {
        synchronized (described) {
            return described.computeIfAbsent(observances, ZoneResolver::byRules);
        }
    }

    private static Optional<ResolvedZone> byRules(List<Observance> observances) {
        try {
            return Onsets.rules(observances).map(ZoneResolver::named);
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ResolvedZone named(ZoneRules rules) {
        ZoneId fixed = rules.isFixedOffset() ? rules.getOffset(Instant.EPOCH) : null;
        return new ResolvedZone(RuleMatch.of(rules).orElse(fixed), rules);
    }
}
