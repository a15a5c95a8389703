package io.dayflow.hub.server;

import io.dayflow.hub.sandbox.caldav.StandInCalendar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Calendars of made-up events as people keep them: several zones with their VTIMEZONE, UTC, floating and all-day times,
 * series with exceptions and moved occurrences, meetings, reminders, text in many scripts, long lines, foreign
 * X-properties. The same seed and index give the same text.
 */
public final class CalendarCorpus {

    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String[] TITLES = {
        "Standup",
        "1:1 mit Jürgen",
        "Zahnarzt",
        "Déjeuner à l’extérieur",
        "会議の準備",
        "Обзор спринта",
        "Release 🚀 party",
        "Review; part 1, draft",
        "Flug LH 123",
        "Sommerfest",
        "Backup\\prüfen",
        "Café ☕ with Zoë"
    };
    private static final String[] RULES = {
        "FREQ=DAILY;COUNT=10",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=%s",
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2",
        "FREQ=YEARLY",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12"
    };

    private final long seed;

    public CalendarCorpus(long seed) {
        this.seed = seed;
    }

    /** The UID of an event; also its file name without {@code .ics}. */
    public String uid(int index) {
        return "corpus-" + seed + "-" + index;
    }

    /** The whole calendar object of an event. */
    public String text(int index) {
        Random random = new Random(seed * 1_000_003 + index);
        Zone zone = Zone.ALL.get(random.nextInt(Zone.ALL.size()));
        LocalDate day = LocalDate.of(2025, 1, 1).plusDays(random.nextInt(700));
        int kind = random.nextInt(10);
        boolean allDay = kind == 0;
        boolean series = kind == 1 || kind == 2;
        int hour = 7 + random.nextInt(11);
        String suffix = kind == 3 ? "Z" : "";
        String parameter = allDay ? ";VALUE=DATE" : kind == 3 || kind == 4 ? "" : ";TZID=" + zone.id();
        List<String> lines =
                new ArrayList<>(List.of("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Corpus//Made up//EN"));
        if (parameter.startsWith(";TZID")) {
            lines.addAll(zone.lines());
        }
        lines.addAll(List.of("BEGIN:VEVENT", "UID:" + uid(index), "DTSTAMP:20250101T000000Z"));
        lines.add("DTSTART" + parameter + ":" + moment(day, allDay, hour, suffix));
        lines.add("DTEND" + parameter + ":"
                + moment(allDay ? day.plusDays(1 + index % 3) : day, allDay, hour + 1, suffix));
        String title = TITLES[random.nextInt(TITLES.length)] + " #" + index;
        lines.add("SUMMARY:" + escape(title));
        if (series) {
            String rule = RULES[random.nextInt(RULES.length)].formatted(DATE.format(day.plusDays(90)) + "T000000Z");
            lines.add("RRULE:" + rule);
            lines.add("EXDATE" + parameter + ":" + moment(day.plusDays(7), false, hour, suffix));
        }
        details(lines, random, index);
        lines.add("END:VEVENT");
        if (series && random.nextBoolean()) {
            LocalDate moved = day.plusDays(14);
            lines.addAll(List.of("BEGIN:VEVENT", "UID:" + uid(index), "DTSTAMP:20250101T000000Z"));
            lines.add("RECURRENCE-ID" + parameter + ":" + moment(moved, false, hour, suffix));
            lines.add("DTSTART" + parameter + ":" + moment(moved, false, hour + 2, suffix));
            lines.add("DTEND" + parameter + ":" + moment(moved, false, hour + 3, suffix));
            lines.addAll(List.of("SUMMARY:" + escape(title) + " (moved)", "END:VEVENT"));
        }
        lines.add("END:VCALENDAR");
        StringBuilder text = new StringBuilder(lines.size() * 48);
        lines.forEach(line -> fold(text, line));
        return text.toString();
    }

    /** Adds n events to a calendar of the stand-in, their texts made on demand. */
    public void fill(StandInCalendar calendar, int n) {
        calendar.generate(n, this::uid, this::text);
    }

    /**
     * Makes a calendar of n events in the folder of a Radicale that does not run yet, or that has not seen this calendar,
     * in its storage format: a folder with {@code .Radicale.props} and a file for each object.
     */
    public void write(Radicale radicale, String folder, String displayName, int n) {
        Path calendar = radicale.homeFolder().resolve(folder);
        try {
            Files.createDirectories(calendar);
            Files.writeString(calendar.resolve(".Radicale.props"), """
                    {"C:supported-calendar-component-set": "VEVENT", "D:displayname": "%s", "tag": "VCALENDAR"}""".formatted(displayName));
            for (int i = 0; i < n; i++) {
                Files.writeString(calendar.resolve(uid(i) + ".ics"), text(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void details(List<String> lines, Random random, int index) {
        if (random.nextInt(3) == 0) {
            lines.add("DESCRIPTION:"
                    + escape("Line one of " + index + "\nNächste Zeile, mit Komma; и ещё одна.\n"
                            + "word ".repeat(random.nextInt(40))));
        }
        if (random.nextInt(3) == 0) {
            lines.add("LOCATION:" + escape("Raum " + random.nextInt(30) + ", 3. Stock"));
        }
        if (random.nextInt(4) == 0) {
            lines.add("ORGANIZER;CN=\"Chef, Große\":mailto:chef@example.test");
            for (int i = 0; i <= random.nextInt(4); i++) {
                String response = new String[] {"NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE"}[random.nextInt(4)];
                lines.add("ATTENDEE;CN=Guest " + i + ";ROLE=REQ-PARTICIPANT;PARTSTAT=" + response + ":mailto:guest" + i
                        + "@example.test");
            }
        }
        if (random.nextInt(4) == 0) {
            lines.add("CATEGORIES:work,Reise");
            lines.add("STATUS:" + (random.nextBoolean() ? "TENTATIVE" : "CONFIRMED"));
            lines.add("TRANSP:TRANSPARENT");
        }
        lines.add("X-CORPUS-NOTE;X-PART=\"a;b\":kept " + index);
        if (random.nextInt(3) == 0) {
            lines.addAll(
                    List.of("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Reminder", "TRIGGER:-PT15M", "END:VALARM"));
        }
    }

    private static String moment(LocalDate day, boolean allDay, int hour, String suffix) {
        return allDay ? DATE.format(day) : "%sT%02d0000%s".formatted(DATE.format(day), hour, suffix);
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\n", "\\n");
    }

    private static void fold(StringBuilder out, String line) {
        int width = 0;
        for (int i = 0; i < line.length(); ) {
            String character = Character.toString(line.codePointAt(i));
            int bytes = character.length() == 1 && character.charAt(0) < 128
                    ? 1
                    : character.getBytes(StandardCharsets.UTF_8).length;
            if (width + bytes > 75) {
                out.append("\r\n ");
                width = 1;
            }
            out.append(character);
            width += bytes;
            i += character.length();
        }
        out.append("\r\n");
    }

    /** A zone with the rules that its VTIMEZONE tells; months and days as RRULE parts, empty where there is no summer time. */
    private record Zone(String id, String standard, String daylight, String toStandard, String toDaylight) {
        static final List<Zone> ALL = List.of(
                new Zone("Europe/Berlin", "+0100", "+0200", "BYMONTH=10;BYDAY=-1SU", "BYMONTH=3;BYDAY=-1SU"),
                new Zone("Europe/Berlin", "+0100", "+0200", "BYMONTH=10;BYDAY=-1SU", "BYMONTH=3;BYDAY=-1SU"),
                new Zone("America/New_York", "-0500", "-0400", "BYMONTH=11;BYDAY=1SU", "BYMONTH=3;BYDAY=2SU"),
                new Zone("Australia/Sydney", "+1000", "+1100", "BYMONTH=4;BYDAY=1SU", "BYMONTH=10;BYDAY=1SU"),
                new Zone("Asia/Tokyo", "+0900", "+0900", "", ""),
                new Zone("Asia/Kolkata", "+0530", "+0530", "", ""));

        List<String> lines() {
            List<String> lines = new ArrayList<>(List.of("BEGIN:VTIMEZONE", "TZID:" + id));
            lines.addAll(part("STANDARD", daylight, standard, toStandard));
            if (!toDaylight.isEmpty()) {
                lines.addAll(part("DAYLIGHT", standard, daylight, toDaylight));
            }
            lines.add("END:VTIMEZONE");
            return lines;
        }

        private static List<String> part(String name, String from, String to, String rule) {
            List<String> lines = new ArrayList<>(
                    List.of("BEGIN:" + name, "DTSTART:19700101T020000", "TZOFFSETFROM:" + from, "TZOFFSETTO:" + to));
            if (!rule.isEmpty()) {
                lines.add("RRULE:FREQ=YEARLY;" + rule);
            }
            lines.add("END:" + name);
            return lines;
        }
    }
}
