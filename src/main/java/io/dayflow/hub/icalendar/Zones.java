package io.dayflow.hub.icalendar;

import io.dayflow.hub.item.When;
import io.dayflow.hub.zone.Observance;
import io.dayflow.hub.zone.ResolvedZone;
import io.dayflow.hub.zone.ZoneDefinition;
import io.dayflow.hub.zone.ZoneResolver;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the TZIDs of one object mean, and its times read with them. */
final class Zones {

    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{2})(\\d{2})(\\d{2})?");

    private final ZoneResolver resolver;
    private final Map<String, ZoneDefinition> definitions = new HashMap<>();
    private final Map<String, Optional<ResolvedZone>> known = new HashMap<>();
    private final @Nullable String calendarZone;

    Zones(Document document, ZoneResolver resolver) {
        this.resolver = resolver;
        document.components().stream()
                .filter(component -> component.is("VTIMEZONE"))
                .map(Zones::definition)
                .forEach(definition -> definitions.putIfAbsent(definition.tzid(), definition));
        this.calendarZone = document.calendars()
                .flatMap(calendar -> Stream.ofNullable(calendar.text("X-WR-TIMEZONE")))
                .findFirst()
                .orElse(null);
    }

    /** The names that the object describes. */
    List<String> described() {
        return List.copyOf(definitions.keySet());
    }

    Optional<ResolvedZone> zone(String tzid) {
        String name = tzid.strip();
        return known.computeIfAbsent(name, key -> resolver.resolve(key, definitions.get(key), calendarZone));
    }

    /**
     * Reads one value of a property.
     *
     * @return null if it is no date or time
     * @throws UnreadablePart if nothing says which zone it is in
     */
    @Nullable
    When when(ContentLine line, String value) {
        DateText text = DateText.parse(value);
        if (text == null) {
            return null;
        }
        LocalDateTime local = text.dateTime();
        if (local == null || "DATE".equalsIgnoreCase(line.parameter("VALUE"))) {
            return When.of(text.date());
        }
        if (text.utc()) {
            return When.of(local.atZone(ZoneOffset.UTC));
        }
        String tzid = line.parameter("TZID");
        if (tzid == null) {
            return When.of(local);
        }
        ResolvedZone zone = zone(tzid)
                .orElseThrow(() -> new UnreadablePart("its " + line.name() + " is in the time zone \"" + tzid.strip()
                        + "\", which is neither known nor described in the object"));
        return When.of(zone.at(local));
    }

    /** As {@link #when(ContentLine, String)}, but null also where the zone is unknown. */
    @Nullable
    When whenOrNull(ContentLine line, String value) {
        try {
            return when(line, value);
        } catch (UnreadablePart e) {
            return null;
        }
    }

    private static ZoneDefinition definition(Component component) {
        List<Observance> observances = new ArrayList<>();
        component.components().stream()
                .filter(child -> child.is("STANDARD") || child.is("DAYLIGHT"))
                .map(Zones::observance)
                .flatMap(Optional::stream)
                .forEach(observances::add);
        String tzid = component.text("TZID");
        return new ZoneDefinition(tzid == null ? "" : tzid, component.text("X-LIC-LOCATION"), observances);
    }

    private static Optional<Observance> observance(Component component) {
        LocalDateTime start = local(component.text("DTSTART"));
        ZoneOffset from = offset(component.text("TZOFFSETFROM"));
        ZoneOffset to = offset(component.text("TZOFFSETTO"));
        if (start == null || from == null || to == null) {
            return Optional.empty();
        }
        List<LocalDateTime> dates = new ArrayList<>();
        for (ContentLine line : component.lines("RDATE")) {
            for (String value : TextValue.split(line.value())) {
                LocalDateTime date = local(value);
                if (date != null) {
                    dates.add(date);
                }
            }
        }
        return Optional.of(new Observance(start, from, to, component.text("RRULE"), dates));
    }

    private static @Nullable LocalDateTime local(@Nullable String value) {
        DateText text = value == null ? null : DateText.parse(value);
        return text == null ? null : text.dateTime();
    }

    private static @Nullable ZoneOffset offset(@Nullable String value) {
        Matcher form = OFFSET.matcher(value == null ? "" : value);
        if (!form.matches()) {
            return null;
        }
        int seconds = Integer.parseInt(form.group(2)) * 3600
                + Integer.parseInt(form.group(3)) * 60
                + (form.group(4) == null ? 0 : Integer.parseInt(form.group(4)));
        try {
            return ZoneOffset.ofTotalSeconds(form.group(1).equals("-") ? -seconds : seconds);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
