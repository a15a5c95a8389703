package io.dayflow.hub.icalendar;

import io.dayflow.hub.item.When;
import io.dayflow.hub.zone.ResolvedZone;
import io.dayflow.hub.zone.ZoneText;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One write of an object: how its lines end, and how times are written so that they read back as they are. */
final class Edit {

    private final Document document;
    private final Zones zones;
    private final Set<String> added = new HashSet<>();
    private final Component home;
    private final int year;

    /**
     * @param home the component whose calendar takes new descriptions of zones
     * @param year the first year that these have to be right for
     */
    Edit(Document document, Zones zones, Component home, int year) {
        this.document = document;
        this.zones = zones;
        this.home = home;
        this.year = year;
    }

    String eol() {
        return document.eol();
    }

    Zones zones() {
        return zones;
    }

    /** What holds the component. */
    Component parent(Component component) {
        return document.parent(component);
    }

    /** A property without parameters. */
    ContentLine line(String name, String value) {
        return ContentLine.of(eol(), name, value);
    }

    /**
     * A property that holds a time. Day, floating and UTC times need no zone; others use the TZID of {@code old}, of
     * {@code like} or of the object's descriptions where it gives just this time, else their own with a description. What
     * no TZID can say (a fixed offset, the second of two equal wall clock times) is written in UTC.
     *
     * @param old the property to be changed, whose other parameters stay; null for a new one
     * @param like another property of the component, usually its start
     */
    ContentLine time(String name, When when, @Nullable ContentLine old, @Nullable ContentLine like) {
        Optional<String> tzid = when instanceof When.Zoned zoned ? tzid(zoned, old, like) : Optional.empty();
        String value = switch (when) {
            case When.Day day -> DateText.of(day.date());
            case When.Floating floating -> DateText.of(floating.dateTime());
            case When.Zoned zoned ->
                tzid.isPresent()
                        ? DateText.of(zoned.dateTime().toLocalDateTime())
                        : DateText.of(zoned.dateTime().toInstant());
        };
        List<Parameter> parameters = parameters(old, tzid.orElse(null), when.isDay());
        return old == null ? ContentLine.of(eol(), name, parameters, value) : old.with(eol(), parameters, value);
    }

    private static List<Parameter> parameters(@Nullable ContentLine old, @Nullable String tzid, boolean day) {
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter parameter : old == null ? List.<Parameter>of() : old.parameters()) {
            boolean keep = parameter.is("TZID")
                    ? parameter.value().strip().equals(tzid)
                    : !parameter.is("VALUE") || parameter.value().equalsIgnoreCase(day ? "DATE" : "DATE-TIME");
            if (keep) {
                parameters.add(parameter);
            }
        }
        if (day && parameters.stream().noneMatch(parameter -> parameter.is("VALUE"))) {
            parameters.add(Parameter.of("VALUE", "DATE"));
        }
        if (tzid != null && parameters.stream().noneMatch(parameter -> parameter.is("TZID"))) {
            parameters.add(Parameter.of("TZID", tzid));
        }
        return parameters;
    }

    private Optional<String> tzid(When.Zoned when, @Nullable ContentLine old, @Nullable ContentLine like) {
        ZonedDateTime time = when.dateTime();
        if (time.getZone().equals(ZoneOffset.UTC) && !says(old, when) && !(old == null && says(like, when))) {
            return Optional.empty();
        }
        List<String> candidates = new ArrayList<>();
        for (ContentLine line : new ContentLine[] {old, like}) {
            String tzid = line == null ? null : line.parameter("TZID");
            if (tzid != null) {
                candidates.add(tzid.strip());
            }
        }
        candidates.addAll(zones.described());
        return candidates.stream().filter(tzid -> says(tzid, when)).findFirst().or(() -> describe(time));
    }

    private boolean says(@Nullable ContentLine line, When.Zoned when) {
        String tzid = line == null ? null : line.parameter("TZID");
        return tzid != null && says(tzid, when);
    }

    private boolean says(String tzid, When.Zoned when) {
        LocalDateTime local = when.dateTime().toLocalDateTime();
        Optional<ResolvedZone> zone = zones.zone(tzid);
        return zone.isPresent() && When.of(zone.get().at(local)).equals(when);
    }

    private Optional<String> describe(ZonedDateTime time) {
        ZoneId zone = time.getZone();
        if (zone instanceof ZoneOffset
                || !ZonedDateTime.of(time.toLocalDateTime(), zone).equals(time)) {
            return Optional.empty();
        }
        if (added.add(zone.getId()) && !zones.described().contains(zone.getId())) {
            StringBuilder text = new StringBuilder();
            ZoneText.lines(zone, Math.min(year, time.getYear()))
                    .forEach(line -> text.append(Folding.fold(line, eol())));
            document.parent(home)
                    .addFirst(
                            Document.parse(text.toString()).root().components().getFirst());
        }
        return Optional.of(zone.getId());
    }
}
