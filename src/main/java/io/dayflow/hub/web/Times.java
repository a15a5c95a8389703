package io.dayflow.hub.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * Times as a page tells them: in the user's zone and the reader's locale.
 *
 * @param now when the page is made
 */
public record Times(Instant now, ZoneId zone, Locale locale, MessageSource texts) {

    /** How long ago or how far ahead, in words. */
    public String ago(Instant at) {
        var between = Duration.between(at, now);
        return between.isNegative() ? text("time.in", between.negated()) : text("time.ago", between);
    }

    private String text(String key, Duration length) {
        long seconds = length.toSeconds();
        if (seconds < 10) {
            return message("time.now");
        }
        if (seconds < 60) {
            return message(key + ".seconds", seconds);
        }
        if (seconds < 3600) {
            return message(key + ".minutes", seconds / 60);
        }
        return seconds < 86_400 ? message(key + ".hours", seconds / 3600) : message(key + ".days", seconds / 86_400);
    }

    /** A length of time, roughly. */
    public String roughly(Duration length) {
        long seconds = Math.max(1, length.toSeconds());
        if (seconds < 60) {
            return message("time.seconds", seconds);
        }
        return seconds < 3600 ? message("time.minutes", seconds / 60) : message("time.hours", seconds / 3600);
    }

    /** To the second, with the zone's name. */
    public String exact(Instant at) {
        return at.atZone(zone)
                        .format(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                                .withLocale(locale))
                + " " + zoneName();
    }

    /** Date and time to the minute. */
    public String moment(Instant at) {
        return date(at.atZone(zone).toLocalDate()) + ", " + time(at);
    }

    /** The time of day to the minute. */
    public String time(Instant at) {
        return time(at.atZone(zone).toLocalTime());
    }

    public String time(LocalTime time) {
        return time.format(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(locale));
    }

    /** A date with its weekday, in words where it is near. */
    public String day(LocalDate date) {
        var today = today();
        if (date.equals(today)) {
            return message("time.today");
        }
        if (date.equals(today.plusDays(1))) {
            return message("time.tomorrow");
        }
        if (date.equals(today.minusDays(1))) {
            return message("time.yesterday");
        }
        return date(date);
    }

    public String date(LocalDate date) {
        return date.getDayOfWeek().getDisplayName(TextStyle.SHORT, locale) + " "
                + date.format(
                        DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale));
    }

    /** The weekday and the day of the month. */
    public String weekday(LocalDate date) {
        return date.getDayOfWeek().getDisplayName(TextStyle.SHORT, locale) + " " + date.getDayOfMonth();
    }

    public LocalDate today() {
        return now.atZone(zone).toLocalDate();
    }

    public String zoneName() {
        return zone.getId();
    }

    /** For the attribute datetime. */
    public String iso(@Nullable Instant at) {
        return at == null ? "" : at.toString();
    }

    private String message(String key, Object... arguments) {
        return texts.getMessage(key, arguments, Locale.ENGLISH);
    }
}
