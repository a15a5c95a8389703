package io.dayflow.hub.zone;

import com.ibm.icu.util.TimeZone;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Zones by the names that calendars give them. */
public final class ZoneNames {

    private static final Map<String, String> IANA = ZoneId.getAvailableZoneIds().stream()
            .filter(id -> !id.startsWith("SystemV/"))
            .collect(Collectors.toUnmodifiableMap(id -> id.toLowerCase(Locale.ROOT), id -> id));

    private static final Pattern OFFSET = Pattern.compile("(?:UTC|GMT|UT)?[+-]\\d{1,2}(?::?\\d{2})?");

    private ZoneNames() {}

    /** The zone of an IANA name, in any case; an alias stays the alias it is. */
    public static Optional<ZoneId> iana(String name) {
        return Optional.ofNullable(IANA.get(name.toLowerCase(Locale.ROOT))).map(ZoneId::of);
    }

    /**
     * The zone that a TZID names by itself: an IANA name, one behind a vendor's prefix
     * ({@code /mozilla.org/20070129_1/America/New_York}), a Windows name (CLDR's windowsZones) or an offset
     * ({@code GMT+01:00}).
     */
    public static Optional<ZoneId> resolve(String tzid) {
        String name = tzid.strip();
        return iana(name).or(() -> prefixed(name)).or(() -> windows(name)).or(() -> offset(name));
    }

    private static Optional<ZoneId> prefixed(String name) {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            String rest = name.substring(slash + 1);
            Optional<ZoneId> zone = iana(rest).or(() -> windows(rest));
            if (zone.isPresent()) {
                return zone;
            }
        }
        return Optional.empty();
    }

    private static Optional<ZoneId> windows(String name) {
        return known(TimeZone.getIDForWindowsID(name, "001"));
    }

    /** ICU answers some zones by names that were since replaced (Asia/Calcutta). */
    private static Optional<ZoneId> known(@Nullable String id) {
        if (id == null) {
            return Optional.empty();
        }
        String current = TimeZone.getIanaID(id);
        return iana(TimeZone.UNKNOWN_ZONE_ID.equals(current) ? id : current).or(() -> iana(id));
    }

    private static Optional<ZoneId> offset(String name) {
        if (!OFFSET.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    ZoneId.of(name.replaceFirst("^(?:UTC|GMT|UT)", "")).normalized());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
