package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.When;
import io.dayflow.hub.zone.ZoneNames;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** Functions for days, wall-clock times, instants and zones, over the text forms of {@link When}. */
final class TimeFunctions {

    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "min", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);

    private TimeFunctions() {}

    static void addTo(Functions.Book book) {
        book.add("when", input -> text(when(input)));
        book.add("instant", input -> text(instant(when(input))));
        book.add("instant", 1, (input, args) -> text(when(input).instantIn(zone(args.get(0)))));
        book.add("zoned", 1, (input, args) -> text(zoned(when(input), args.get(0))));
        book.add("zoned", 2, (input, args) -> text(cut(zoned(when(input), args.get(0)), args.get(1))));
        book.add("floating", 1, (input, args) -> text(floating(when(input), zone(args.get(0)))));
        book.add("date_in", 1, (input, args) -> text(when(input).dateIn(zone(args.get(0)))));
        book.add("when_of", 3, (input, args) -> text(of(args.get(0), args.get(1), args.get(2))));
        book.add("zone", input -> zoneOf(when(input)));
        book.add(
                "zone_name",
                input -> ZoneNames.resolve(string(input))
                        .<JsonNode>map(zone -> text(zone.getId()))
                        .orElse(NullNode.getInstance()));
        book.add("rfc3339", input -> text(rfc3339(when(input))));
        book.add("plus", 1, (input, args) -> text(plus(when(input), string(args.get(0)))));
        book.add("epoch", input -> seconds(instant(when(input))));
        book.add("from_epoch", input -> text(fromEpoch(input)));
    }

    /** Any of the usual spellings of RFC 3339 and ISO 8601. */
    private static When when(JsonNode input) throws JsonQueryException {
        String text = string(input);
        try {
            return When.parse(text);
        } catch (IllegalArgumentException e) {
            String usual = text.strip()
                    .replaceFirst("^(\\d{4}-\\d{2}-\\d{2})[ t](?=\\d)", "$1T")
                    .replaceFirst("z$", "Z")
                    .replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2")
                    .replaceFirst("(T.*[+-]\\d{2})$", "$1:00");
            try {
                return When.parse(usual);
            } catch (IllegalArgumentException none) {
                throw new JsonQueryException(String.valueOf(e.getMessage()));
            }
        }
    }

    private static Instant instant(When when) throws JsonQueryException {
        if (when instanceof When.Zoned zoned) {
            return zoned.dateTime().toInstant();
        }
        throw new JsonQueryException("\"" + when + "\" is an instant in a zone only: write instant(\"Europe/Berlin\")");
    }

    /** An instant in a zone that nobody knows is told in UTC, for it stays the same instant. */
    private static When zoned(When when, JsonNode name) throws JsonQueryException {
        if (when instanceof When.Zoned zoned) {
            ZoneId zone =
                    name.isTextual() ? ZoneNames.resolve(name.textValue()).orElse(ZoneOffset.UTC) : ZoneOffset.UTC;
            return When.of(zoned.dateTime().withZoneSameInstant(zone));
        }
        ZoneId zone = zone(name);
        return when instanceof When.Floating floating
                ? When.of(floating.dateTime().atZone(zone))
                : When.of(when.dateIn(zone).atStartOfDay(zone));
    }

    private static When floating(When when, ZoneId zone) {
        return switch (when) {
            case When.Day day -> When.of(day.date().atStartOfDay());
            case When.Floating floating -> floating;
            case When.Zoned zoned ->
                When.of(zoned.dateTime().withZoneSameInstant(zone).toLocalDateTime());
        };
    }

    private static When cut(When when, JsonNode name) throws JsonQueryException {
        ChronoUnit unit = UNITS.get(string(name));
        if (unit == null) {
            throw new JsonQueryException("a time is cut to \"ms\", \"s\", \"min\" or \"h\", not " + name);
        }
        return switch (when) {
            case When.Day day -> day;
            case When.Floating floating -> When.of(floating.dateTime().truncatedTo(unit));
            case When.Zoned zoned -> When.of(zoned.dateTime().truncatedTo(unit));
        };
    }

    private static When of(JsonNode date, JsonNode time, JsonNode zone) throws JsonQueryException {
        if (time.isNull()) {
            return when(date);
        }
        When local = when(TextNode.valueOf(string(date) + "T" + string(time)));
        return zone.isNull() ? local : zoned(local, zone);
    }

    private static JsonNode zoneOf(When when) {
        return when instanceof When.Zoned zoned
                ? text(
                        zoned.dateTime().getZone().equals(ZoneOffset.UTC)
                                ? "UTC"
                                : zoned.dateTime().getZone())
                : NullNode.getInstance();
    }

    private static String rfc3339(When when) {
        return when instanceof When.Zoned zoned
                ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(zoned.dateTime())
                : when.toString();
    }

    private static When plus(When when, String duration) throws JsonQueryException {
        try {
            boolean days = duration.matches("[+-]?P[^T]+");
            return switch (when) {
                case When.Day day when days -> When.of(day.date().plus(Period.parse(duration)));
                case When.Day day ->
                    When.of(day.date().plusDays(Duration.parse(duration).toDays()));
                case When.Floating floating -> When.of(days ? byDays(floating, duration) : byTime(floating, duration));
                case When.Zoned zoned ->
                    When.of(days ? zoned.dateTime().plus(Period.parse(duration)) : byTime(zoned, duration));
            };
        } catch (DateTimeException e) {
            throw new JsonQueryException("plus takes a duration like PT30M, P1D or -P1W, not " + duration);
        }
    }

    private static LocalDateTime byDays(When.Floating when, String duration) {
        return when.dateTime().plus(Period.parse(duration));
    }

    private static LocalDateTime byTime(When.Floating when, String duration) {
        return when.dateTime().plus(Duration.parse(duration));
    }

    private static ZonedDateTime byTime(When.Zoned when, String duration) {
        return when.dateTime().plus(Duration.parse(duration));
    }

    private static JsonNode seconds(Instant instant) {
        return instant.getNano() == 0
                ? Functions.number(instant.getEpochSecond())
                : DoubleNode.valueOf(instant.toEpochMilli() / 1000.0);
    }

    private static Instant fromEpoch(JsonNode input) throws JsonQueryException {
        if (!input.isNumber()) {
            throw new JsonQueryException("from_epoch takes seconds since 1970, not " + Shape.named(input));
        }
        return Instant.ofEpochMilli(Math.round(input.doubleValue() * 1000));
    }

    private static ZoneId zone(JsonNode name) throws JsonQueryException {
        return ZoneNames.resolve(string(name))
                .orElseThrow(() -> new JsonQueryException(
                        "there is no zone \"" + name.textValue() + "\"; a zone is named like Europe/Berlin"));
    }

    private static String string(JsonNode value) throws JsonQueryException {
        if (!value.isTextual()) {
            throw new JsonQueryException(
                    String.format(Locale.ROOT, "a text is taken here, not %s", Shape.named(value)));
        }
        return value.textValue();
    }

    private static TextNode text(Object value) {
        return TextNode.valueOf(value.toString());
    }
}
