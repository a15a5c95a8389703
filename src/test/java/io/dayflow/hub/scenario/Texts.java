package io.dayflow.hub.scenario;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Calendar objects as other programs write them, and what differs between two of them. */
final class Texts {

    /** What every write may touch. */
    private static final Set<String> BOOKKEEPING = Set.of("DTSTAMP", "LAST-MODIFIED", "SEQUENCE");

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final String BERLIN = """
            BEGIN:VTIMEZONE
            TZID:Europe/Berlin
            X-LIC-LOCATION:Europe/Berlin
            BEGIN:DAYLIGHT
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            TZNAME:CEST
            DTSTART:19700329T020000
            RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
            END:DAYLIGHT
            BEGIN:STANDARD
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            TZNAME:CET
            DTSTART:19701025T030000
            RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
            END:STANDARD
            END:VTIMEZONE
            """;

    private Texts() {}

    /** An object with these components, each given as its lines. */
    static String calendar(String... components) {
        String text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example Corp.//Some Client 7.1//EN\nCALSCALE:GREGORIAN\n"
                + Arrays.stream(components).map(String::strip).collect(Collectors.joining("\n")) + "\nEND:VCALENDAR\n";
        return text.replace("\n", "\r\n");
    }

    /** A plain event of one hour, 9 o'clock UTC on the first of March 2026, with more lines. */
    static String event(String uid, String title, String... more) {
        return component("VEVENT", uid, "DTSTART:20260301T090000Z\nDTEND:20260301T100000Z\nSUMMARY:" + title, more);
    }

    /** A plain task with more lines. */
    static String task(String uid, String title, String... more) {
        return component("VTODO", uid, "SUMMARY:" + title, more);
    }

    /** An event on whole days, the end exclusive; both as 20260301. */
    static String allDay(String uid, String title, String first, String end) {
        return component(
                "VEVENT", uid, "DTSTART;VALUE=DATE:" + first + "\nDTEND;VALUE=DATE:" + end + "\nSUMMARY:" + title);
    }

    /** An event in Berlin's zone, full of what the hub does not model. 10 March 2026, 9:00 to 10:30. */
    static String rich(String uid) {
        return rich(uid, "");
    }

    /** The same as a series on weekdays, with an exception and a changed occurrence. */
    static String richSeries(String uid) {
        return rich(uid, """
                RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=10
                EXDATE;TZID=Europe/Berlin:20260324T090000
                """).replace("END:VCALENDAR", """
                BEGIN:VEVENT
                UID:%s
                RECURRENCE-ID;TZID=Europe/Berlin:20260317T090000
                DTSTAMP:20260101T120000Z
                SUMMARY:Planung (verlegt)
                DTSTART;TZID=Europe/Berlin:20260317T140000
                DTEND;TZID=Europe/Berlin:20260317T153000
                X-OCCURRENCE-MARK:yes
                END:VEVENT
                END:VCALENDAR""".formatted(uid).replace("\n", "\r\n"));
    }

    private static String rich(String uid, String series) {
        return calendar(BERLIN, """
                BEGIN:VEVENT
                UID:%s
                DTSTAMP:20260101T120000Z
                CREATED:20251201T080000Z
                LAST-MODIFIED:20260101T120000Z
                SEQUENCE:2
                SUMMARY;LANGUAGE=de:Planung
                DESCRIPTION:Erste Zeile\\nZweite Zeile\\, mit Komma\\; und mehr als das\\, damit d
                 ie Zeile gefaltet ist
                LOCATION:Raum 4
                DTSTART;TZID=Europe/Berlin:20260310T090000
                DTEND;TZID=Europe/Berlin:20260310T103000
                %sCATEGORIES:Deep,Work
                CLASS:PRIVATE
                TRANSP:OPAQUE
                PRIORITY:5
                X-CUSTOM-FIELD;X-PARAM="a,b;c":some\\, value that is long enough to be folded a
                 nd has to come back as it was
                X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
                ATTACH;FMTTYPE=text/plain:https://example.org/agenda.txt
                RELATED-TO;RELTYPE=SIBLING:another@example.org
                BEGIN:VALARM
                ACTION:DISPLAY
                DESCRIPTION:Gleich
                TRIGGER;RELATED=START:-PT15M
                X-WR-ALARMUID:0815
                END:VALARM
                BEGIN:VALARM
                ACTION:AUDIO
                TRIGGER:-P1D
                X-SOUND:Basso
                END:VALARM
                END:VEVENT
                """.formatted(uid, series));
    }

    private static String component(String name, String uid, String lines, String... more) {
        return calendar("BEGIN:" + name + "\nUID:" + uid + "\nDTSTAMP:20260101T120000Z\n" + lines
                + Arrays.stream(more).map(line -> "\n" + line).collect(Collectors.joining()) + "\nEND:" + name);
    }

    /** The lines of an object with the folding undone (RFC 5545 section 3.1). */
    static List<String> lines(String text) {
        return Arrays.stream(text.replaceAll("\r?\n[ \t]", "").split("\r?\n")).toList();
    }

    /** The text with the first property of this name in the first event or task replaced by a line, or added; null removes it. */
    static String with(String text, String property, String line) {
        List<String> lines = new ArrayList<>(lines(text));
        int from = Math.max(lines.indexOf("BEGIN:VEVENT"), lines.indexOf("BEGIN:VTODO"));
        int depth = 0;
        for (int at = from + 1; at < lines.size(); at++) {
            depth += lines.get(at).startsWith("BEGIN:") ? 1 : lines.get(at).startsWith("END:") ? -1 : 0;
            if (depth < 0) {
                lines.add(at, line);
                break;
            }
            if (depth == 0 && name(lines.get(at)).equals(property)) {
                lines.set(at, line);
                break;
            }
        }
        return lines.stream().filter(l -> !l.isEmpty()).collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    /** A moment as UTC date-time. */
    static String utc(Instant at) {
        return UTC.format(at);
    }

    /** The value of the first line of this property. */
    static String value(String text, String property) {
        return lines(text).stream()
                .filter(line -> name(line).equals(property))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .findFirst()
                .orElse("");
    }

    /** The names of the properties of which some line is in only one of the texts, in sorted order, bookkeeping left out. */
    static Set<String> changed(String before, String after) {
        List<String> gone = new ArrayList<>(lines(before));
        List<String> come = new ArrayList<>(lines(after));
        lines(after).forEach(gone::remove);
        lines(before).forEach(come::remove);
        gone.addAll(come);
        Set<String> names = gone.stream().map(Texts::name).collect(Collectors.toCollection(TreeSet::new));
        names.removeAll(BOOKKEEPING);
        return names;
    }

    static String name(String line) {
        return line.split("[;:]", 2)[0];
    }
}
