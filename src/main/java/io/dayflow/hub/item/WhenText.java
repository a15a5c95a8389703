package io.dayflow.hub.item;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The text form of times, written and read by hand where it is as usual: whole seconds in a four-digit year. A first sync
 * does this tens of times for each object, and with the formatters of the JDK it was an eighth of the hub's work.
 * Everything else is theirs.
 */
final class WhenText {

    private static final int SECONDS = "2026-03-01T09:00:00".length();

    private WhenText() {}

    static String of(LocalDateTime dateTime) {
        return isUsual(dateTime)
                ? written(dateTime).toString()
                : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(dateTime);
    }

    static String of(ZonedDateTime dateTime) {
        if (!isUsual(dateTime.toLocalDateTime())) {
            return DateTimeFormatter.ISO_ZONED_DATE_TIME.format(dateTime);
        }
        StringBuilder text =
                written(dateTime.toLocalDateTime()).append(dateTime.getOffset().getId());
        if (!(dateTime.getZone() instanceof ZoneOffset)) {
            text.append('[').append(dateTime.getZone().getId()).append(']');
        }
        return text.toString();
    }

    /**
     * Reads a day, a floating time, or a time in UTC or in a named zone with an offset of hours and minutes, with any fraction
     * of a second.
     *
     * @return null where the text is anything else, readable or not
     * @throws java.time.DateTimeException if there is no such time or zone
     */
    static @Nullable When usual(String text) {
        int length = text.length();
        if (length < 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 2);
        int day = number(text, 8, 2);
        if (year < 0 || month < 0 || day < 0) {
            return null;
        }
        if (length == 10) {
            return When.of(LocalDate.of(year, month, day));
        }
        if (length < SECONDS || text.charAt(10) != 'T' || text.charAt(13) != ':' || text.charAt(16) != ':') {
            return null;
        }
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        if (hour < 0 || minute < 0 || second < 0) {
            return null;
        }
        int end = endOfFraction(text);
        int nanos = end == SECONDS ? 0 : nanos(text, end);
        if (nanos < 0) {
            return null;
        }
        LocalDateTime dateTime = LocalDateTime.of(year, month, day, hour, minute, second, nanos);
        if (length == end) {
            return When.of(dateTime);
        }
        return length == end + 1 && text.charAt(end) == 'Z'
                ? When.of(dateTime.atZone(ZoneOffset.UTC))
                : inZone(dateTime, text, end);
    }

    private static int endOfFraction(String text) {
        int end = SECONDS;
        if (end < text.length() && text.charAt(end) == '.') {
            do {
                end++;
            } while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9');
        }
        return end;
    }

    /** The nanoseconds that follow the seconds and a point, or -1 where that is none. */
    private static int nanos(String text, int end) {
        int digits = end - SECONDS - 1;
        if (digits < 1 || digits > 9) {
            return -1;
        }
        int nanos = number(text, SECONDS + 1, digits);
        for (int i = digits; i < 9; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** What follows at {@code from} is {@code +01:00[Europe/Berlin]}. */
    private static @Nullable When inZone(LocalDateTime dateTime, String text, int from) {
        int bracket = from + 6;
        if (text.length() < bracket + 3
                || text.charAt(from + 3) != ':'
                || text.charAt(bracket) != '['
                || text.charAt(text.length() - 1) != ']') {
            return null;
        }
        char sign = text.charAt(from);
        int hours = number(text, from + 1, 2);
        int minutes = number(text, from + 4, 2);
        String zone = text.substring(bracket + 1, text.length() - 1);
        // a name with a slash is a place; what else may stand there has rules of its own
        if ((sign != '+' && sign != '-') || hours < 0 || minutes < 0 || zone.indexOf('/') < 0) {
            return null;
        }
        int factor = sign == '-' ? -1 : 1;
        return When.of(ZonedDateTime.ofInstant(
                dateTime, ZoneOffset.ofHoursMinutes(factor * hours, factor * minutes), ZoneId.of(zone)));
    }

    private static boolean isUsual(LocalDateTime dateTime) {
        return dateTime.getNano() == 0 && dateTime.getYear() >= 0 && dateTime.getYear() <= 9999;
    }

    private static StringBuilder written(LocalDateTime dateTime) {
        StringBuilder text = new StringBuilder(48);
        append(text, dateTime.getYear() / 100);
        append(text, dateTime.getYear() % 100);
        append(text.append('-'), dateTime.getMonthValue());
        append(text.append('-'), dateTime.getDayOfMonth());
        append(text.append('T'), dateTime.getHour());
        append(text.append(':'), dateTime.getMinute());
        append(text.append(':'), dateTime.getSecond());
        return text;
    }

    private static void append(StringBuilder text, int twoDigits) {
        text.append((char) ('0' + twoDigits / 10)).append((char) ('0' + twoDigits % 10));
    }

    /** The number that these digits are, or -1 where one is none. */
    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
}
