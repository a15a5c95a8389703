package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Due dates as the service reads, shows and advances them: a day, a floating time, or an instant with its zone. */
final class Due {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private Due() {}

    /**
     * Reads what a client gives: a {@code date}, a {@code string}, or both. A date alone is a single date; a text alone
     * says the date; a rule with a date keeps that date as its occurrence.
     *
     * @return the due date as it is shown; null for none
     */
    static @Nullable ObjectNode read(JsonNode given, LocalDateTime userNow) {
        if (given.isNull() || given.isMissingNode()) {
            return null;
        }
        var string = given.path("string").asText("").strip();
        var date = Ledger.text(given, "date");
        if (isNone(string) && date == null) {
            return null;
        }
        var lang = given.path("lang").asText("en");
        var typed = isNone(string) ? null : DueText.parse(string, userNow.toLocalDate());
        var zone = zone(given);
        if (date != null) {
            var shown = date(date, zone);
            boolean foreign = !lang.equals("en") && given.path("is_recurring").asBoolean();
            boolean recurs = typed == null ? foreign : typed.rule() != null;
            return due(shown, zone, recurs ? string : shown, lang, recurs);
        }
        if (typed == null) {
            throw ApiError.invalid("due_string", "Date is not understood: " + string);
        }
        return due(ofText(typed, userNow, zone), zone, string, lang, typed.rule() != null);
    }

    private static boolean isNone(String string) {
        return switch (string.toLowerCase(Locale.ROOT)) {
            case "", "no date", "no due date" -> true;
            default -> false;
        };
    }

    private static String ofText(DueText typed, LocalDateTime userNow, @Nullable ZoneId zone) {
        var today = userNow.toLocalDate();
        var day = typed.day() != null ? typed.day() : today;
        var rule = typed.rule();
        if (rule != null) {
            day = rule.first(typed.starting() != null ? typed.starting() : today);
            if (typed.time() != null && day.atTime(typed.time()).isBefore(userNow)) {
                day = rule.first(day.plusDays(1));
            }
        }
        return typed.time() == null ? day.toString() : shown(day.atTime(typed.time()), zone);
    }

    /**
     * The due date after an occurrence is done.
     *
     * @return null when nothing follows
     */
    static @Nullable ObjectNode advance(JsonNode due, LocalDateTime userNow) {
        var typed = DueText.parse(due.path("string").asText(), userNow.toLocalDate());
        if (typed == null || typed.rule() == null) {
            return null;
        }
        var text = due.path("date").asText();
        var zone = zone(due);
        var at = local(text, zone);
        var next = typed.rule().next(at, userNow);
        if (next == null) {
            return null;
        }
        var shown = text.length() == 10 ? next.toLocalDate().toString() : shown(next, zone);
        var advanced = (ObjectNode) due.deepCopy();
        return advanced.put("date", shown);
    }

    /** Whether it comes back. */
    static boolean recurs(JsonNode due) {
        return due.path("is_recurring").asBoolean();
    }

    /** The wall-clock time of a due date in its own zone; midnight for a day. */
    static LocalDateTime local(String date, @Nullable ZoneId zone) {
        if (date.length() == 10) {
            return LocalDate.parse(date).atTime(LocalTime.MIDNIGHT);
        }
        return date.endsWith("Z")
                ? LocalDateTime.ofInstant(Instant.parse(date), zone == null ? ZoneOffset.UTC : zone)
                : LocalDateTime.parse(date);
    }

    static @Nullable ZoneId zone(JsonNode due) {
        var name = Ledger.text(due, "timezone");
        try {
            return name == null ? null : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw ApiError.invalid("timezone", "A time zone's name, for example Europe/Berlin");
        }
    }

    /** One of the three forms, as it is shown. A time in a zone becomes an instant. */
    private static String date(String given, @Nullable ZoneId zone) {
        try {
            if (given.length() == 10) {
                return LocalDate.parse(given).toString();
            }
            if (given.endsWith("Z")) {
                return shown(LocalDateTime.ofInstant(Instant.parse(given), ZoneOffset.UTC), ZoneOffset.UTC);
            }
            return shown(LocalDateTime.parse(given), zone);
        } catch (DateTimeException e) {
            throw ApiError.invalid("date", "YYYY-MM-DD, YYYY-MM-DDTHH:MM:SS or YYYY-MM-DDTHH:MM:SSZ");
        }
    }

    private static String shown(LocalDateTime local, @Nullable ZoneId zone) {
        if (zone == null) {
            return format(local);
        }
        return format(local.atZone(zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime()) + "Z";
    }

    private static String format(LocalDateTime time) {
        return (time.getNano() == 0 ? SECONDS : MICROS).format(time);
    }

    private static ObjectNode due(String date, @Nullable ZoneId zone, String string, String lang, boolean recurring) {
        var due = Ledger.object();
        due.put("date", date);
        due.put("timezone", date.endsWith("Z") && zone != null ? zone.getId() : null);
        due.put("string", string);
        due.put("lang", lang);
        due.put("is_recurring", recurring);
        return due;
    }
}
