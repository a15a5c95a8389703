package io.dayflow.hub.icalendar;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the files of real writers mean, file by file (their numbers are the keys): for each event its key in the object, its
 * title, its start and its end, told as {@link io.dayflow.hub.item.When} is; for what cannot be read its key and the reason.
 */
public final class CorpusMeaning {

    private static final Map<String, List<String>> LINES = Map.ofEntries(
            entry(
                    "01",
                    "79fs7pkqvht9m5igs0vjv1sfra@google.com"
                            + " | event with alarms | 2024-10-04T18:15:00Z | 2024-10-04T19:00:00Z"),
            entry(
                    "02",
                    "BFE33ADD-5553-48B5-B5A5-F9DA5CA4C393"
                            + " | Daily Sync | 2016-10-28T14:00:00+02:00[Europe/Zurich] | 2016-10-28T14:30:00+02:00[Europe/Zurich]"),
            entry(
                    "03",
                    "2014_BIRTHDAY_79d389868f96182e@google.com | PErson #2's birthday | 2014-12-10 | 2014-12-11",
                    "BIRTHDAY_79d389868f96182e@google.com/20121210 | PErson #2's birthday | 2012-12-10 | 2012-12-11",
                    "BIRTHDAY_79d389868f96182e@google.com/20131210 | PErson #2's birthday | 2013-12-10 | 2013-12-11",
                    "BIRTHDAY_79d389868f96182e@google.com/20141210 | PErson #2's birthday | 2014-12-10 | 2014-12-11"),
            entry("04", "t21ocubdt9jagerldbkak7uhcg@google.com |  | 2015-08-26T09:00:00Z | 2015-08-26T10:00:00Z"),
            entry(
                    "05",
                    "minimal-demo-event-est-20241028@example.com"
                            + " | Anonymous Test Event for TZID | 2024-10-28T17:00:00-04:00[America/New_York] | 2024-10-28T18:00:00-04:00[America/New_York]"),
            entry(
                    "06",
                    "040000009200E00074C5B7101A82E00800000000C0383BE68041CE0100000000000000001000000070D00A2F625AC34BB6542DE0D19E67E1"
                            + " | Team Meeting | 2013-06-10T12:00:00-04:00[America/New_York] | 2013-06-10T13:00:00-04:00[America/New_York]"),
            entry(
                    "07",
                    "0a1f4b32-279a-11e8-adab-e67eecc63901"
                            + " | Meeting in Berlin | 2018-07-22T12:00:00+02:00[Europe/Berlin] | 2018-07-22T13:00:00+02:00[Europe/Berlin]"),
            entry(
                    "08",
                    "-0"
                            + " | Sprint 25 Daily Standup | 2015-07-03T10:00:00+02:00[Europe/Berlin] | 2015-07-03T10:30:00+02:00[Europe/Berlin]"),
            entry(
                    "09",
                    "af64eb20-7d10-4482-8b22-921f7656390a"
                            + " | Antrag auf ID Austria | 2026-05-22T10:30:00+02:00[Europe/Vienna] | 2026-05-22T10:40:00+02:00[Europe/Vienna]"),
            entry(
                    "10",
                    "DDC5B090-1B46-4C1D-8A3C-D305516A0B90"
                            + " | Repeating Event | 2006-01-01T12:00:00+10:00[Australia/Brisbane] | 2006-01-01T13:00:00+10:00[Australia/Brisbane]"),
            entry(
                    "11",
                    "72a66940-3694-48a8-b332-0de9fb73016d"
                            + " | Yep | 2016-09-28T16:00:00+02:00[Europe/Vienna] | 2016-09-28T17:00:00+02:00[Europe/Vienna]"),
            entry(
                    "12",
                    "f6f3db8e-1d6b-4fbf-9a31-23a0ccfc9e13"
                            + " | main | 2019-02-12T10:00:00+01:00[Europe/Berlin] | 2019-02-12T10:30:00+01:00[Europe/Berlin]"),
            entry(
                    "13",
                    "3edfa67a-9e92-4ed7-b0cf-c07ad63ab8f8"
                            + " | Foo | 2016-09-28T13:00:00-04:00[America/New_York] | 2016-09-28T15:00:00-04:00[America/New_York]"),
            entry(
                    "14",
                    "2e531c37-0862-491b-ae16-111de073740c"
                            + " | Yep | 2016-09-28T16:00:00+02:00[Europe/Vienna] | 2016-09-28T17:00:00+02:00[Europe/Vienna]"),
            entry("15", "floating1234567890 | An Event | 2014-04-09T09:30:00 | 2014-04-09T10:30:00"),
            entry(
                    "16",
                    "abe304dc-f7b1-4f2b-997d-5c8bcfaa7e0b/20140714T053000"
                            + " | Arbeit | 2014-06-30T07:30:00 | 2014-06-30T12:00:00",
                    "abe304dc-f7b1-4f2b-997d-5c8bcfaa7e0b/20140707T053000"
                            + " | Arbeit | 2014-07-07T08:30:00 | 2014-07-07T12:00:00"),
            entry(
                    "17",
                    "PERSOYPOYGVR55JMICVAFVDWWBIKPC9PTAG6SN4B2YT"
                            + " | Event with Windows TZ name | 2019-11-20T13:00:00+13:00[Pacific/Auckland] | 2019-11-20T14:30:00+13:00[Pacific/Auckland]"),
            entry("18", "V042MJ8B3SJNFXQOJL6P53OFMHJE8Z3VZWOU | Another Event | 2014-04-09 | 2014-04-10"),
            entry(
                    "21",
                    "libical-evolution@issue-313"
                            + " | libical / Evolution globally unique TZID | 2020-04-26T14:00:00+02:00[Europe/Berlin] | 2020-04-26T15:00:00+02:00[Europe/Berlin]",
                    "mozilla-lightning@issue-313"
                            + " | Mozilla Lightning globally unique TZID | 2020-04-26T14:00:00-04:00[America/New_York] | 2020-04-26T15:00:00-04:00[America/New_York]",
                    "multipart-olson@issue-313"
                            + " | vendor prefix in front of a multi-part Olson name | 2020-04-26T14:00:00-03:00[America/Argentina/Buenos_Aires] | 2020-04-26T15:00:00-03:00[America/Argentina/Buenos_Aires]"),
            entry("22", "problem -0: it has no start (DTSTART)"),
            entry("23", "problem : the object holds no event and no task"),
            entry("24", "problem test-123: its start (DTSTART) \"INVALID-DATE\" is no date and no time"),
            entry("25", "KOrganizer-1441301191.241 | Ted's Birthday | 2005-01-16 | 2005-01-17"),
            entry(
                    "26",
                    "20080125T113004Z_A6600010@university.edu"
                            + " | LT Team Meeting | 2008-12-17T07:30:00Z | 2008-12-17T09:00:00Z"),
            entry("27", "problem guid-1.host1.com: it has no start (DTSTART)"));

    private static Map.Entry<String, List<String>> entry(String number, String... lines) {
        return Map.entry(number, List.of(lines));
    }

    private CorpusMeaning() {}

    /** One event of a file. */
    public record Part(String key, String title, String start, String end) {}

    /** The events that can be read in a file. */
    public static List<Part> parts(String number) {
        return lines(number)
                .filter(line -> !line.startsWith("problem "))
                .map(line -> line.split(" \\| ", 4))
                .map(cells -> new Part(cells[0], cells[1], cells[2], cells[3]))
                .toList();
    }

    /** What cannot be read in a file: reasons by key. */
    public static SortedMap<String, String> problems(String number) {
        SortedMap<String, String> problems = new TreeMap<>();
        lines(number)
                .filter(line -> line.startsWith("problem "))
                .map(line -> line.substring("problem ".length()).split(": ", 2))
                .forEach(cells -> problems.put(cells[0], cells[1]));
        return problems;
    }

    /** The numbers of all files. */
    public static Set<String> numbers() {
        return LINES.keySet();
    }

    static SortedMap<String, List<String>> lines() {
        return new TreeMap<>(LINES);
    }

    private static Stream<String> lines(String number) {
        return LINES.get(number).stream();
    }
}
