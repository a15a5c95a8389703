package io.dayflow.hub.item;

import io.dayflow.hub.item.Event.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Valid items as calendars and task lists really hold them, from one source of chance: the same seed gives the same items.
 * Values come from small pools, so that independent items often share some.
 */
public final class RandomItems {

    /** Zones whose clocks jump at midnight, by half an hour, in winter, twice a year more, or over a whole day. */
    public static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "Europe/Dublin",
            "Europe/London",
            "America/New_York",
            "America/St_Johns",
            "America/Sao_Paulo",
            "America/Havana",
            "America/Asuncion",
            "Africa/Casablanca",
            "Africa/Cairo",
            "Asia/Beirut",
            "Asia/Kathmandu",
            "Asia/Kolkata",
            "Asia/Tehran",
            "Australia/Lord_Howe",
            "Antarctica/Troll",
            "Pacific/Apia",
            "Pacific/Kiritimati",
            "Pacific/Chatham",
            "Atlantic/Azores",
            "Asia/Gaza");

    private static final List<String> TITLES = List.of(
            "Standup",
            "Dentist",
            "Pay rent / electricity",
            "100% done",
            "%2F is no slash",
            "Zähne putzen 🦷",
            "👩‍👩‍👧‍👦 picnic",
            "日本語の予定",
            "פגישה עם דנה",
            "a \"quoted\" \\ ; , title",
            "line one\nline two",
            "e\u0301tude");
    private static final List<String> LINES = List.of(
            "Agenda",
            "- bread",
            "- milk / eggs",
            "",
            "See https://example.org/a?b=c",
            "🎉 done",
            "Second part",
            "Ende");
    private static final List<String> NAMES =
            List.of("urgent", "home", "work/office", "50%", "läuft 🏃", "a b", "zeta");
    private static final List<String> PEOPLE = List.of(
            "ana@example.org", "bo@example.org", "o'neil+cal@example.org", "émile@exämple.org", "x/y@example.org");
    private static final List<LocalDate> DATES = List.of(
            LocalDate.of(2026, 3, 29),
            LocalDate.of(2026, 10, 25),
            LocalDate.of(2026, 3, 8),
            LocalDate.of(2026, 11, 1),
            LocalDate.of(2024, 2, 29),
            LocalDate.of(2025, 12, 31),
            LocalDate.of(2018, 11, 4),
            LocalDate.of(2026, 4, 24),
            LocalDate.of(2027, 6, 15));
    private static final List<LocalTime> HOURS = List.of(
            LocalTime.MIDNIGHT,
            LocalTime.of(0, 30),
            LocalTime.of(1, 30),
            LocalTime.of(2, 30),
            LocalTime.of(9, 0),
            LocalTime.of(14, 45),
            LocalTime.of(23, 59, 59));
    private static final List<String> RULES = List.of(
            "FREQ=DAILY",
            "FREQ=WEEKLY;BYDAY=MO,WE",
            "FREQ=WEEKLY;INTERVAL=2",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "FREQ=DAILY;COUNT=5",
            "FREQ=YEARLY",
            "FREQ=MONTHLY;BYMONTHDAY=31");
    private static final List<String> TRIGGERS =
            List.of("-PT10M", "-PT15M", "-P1D", "PT0S", "-P1W", "PT9H", "-PT90S", "-P1DT2H", "2026-03-28T08:00:00Z");

    private final Random random;

    public RandomItems(Random random) {
        this.random = random;
    }

    public Random random() {
        return random;
    }

    public Item item() {
        return item(random.nextBoolean() ? Kind.EVENT : Kind.TASK);
    }

    public Item item(Kind kind) {
        return switch (kind) {
            case EVENT -> event();
            case TASK -> task();
        };
    }

    public Event event() {
        List<When> times = times();
        boolean repeats = chance(40);
        return new Event(
                title(),
                maybe(60, this::text),
                times.get(0),
                times.get(1),
                maybe(30, () -> pick(NAMES)),
                maybe(20, () -> "https://meet.example.org/" + number(3)),
                maybe(20, () -> new Person(pick(PEOPLE), chance(50) ? "Ana" : null)),
                several(3, this::attendee),
                repeats ? pick(RULES) : null,
                repeats && chance(20) ? List.of(like(times.get(0), 9)) : List.of(),
                repeats ? several(3, () -> like(times.get(0), number(6))) : List.of(),
                repeats ? overrides(times.get(0)) : new TreeMap<>(),
                several(2, this::reminder),
                maybe(30, () -> pick(Event.Status.values())),
                maybe(30, () -> pick(Event.Transparency.values())),
                maybe(30, () -> pick(Event.Visibility.values())),
                several(3, () -> pick(NAMES)),
                maybe(20, () -> pick(List.of("#ff0000", "teal"))),
                maybe(20, () -> "https://example.org/" + number(3)),
                maybe(50, () -> pick(NAMES)),
                maybe(80, () -> "uid-" + number(1000) + "@example.org"));
    }

    public Task task() {
        Task.Status status = pick(Task.Status.values());
        boolean completed = status == Task.Status.COMPLETED;
        return new Task(
                title(),
                maybe(60, this::text),
                status,
                maybe(50, () -> pick(Task.Priority.values())),
                maybe(60, this::when),
                maybe(30, this::when),
                completed && chance(90) ? instant() : null,
                several(3, () -> pick(NAMES)),
                maybe(50, () -> pick(NAMES)),
                maybe(20, () -> pick(RULES)),
                several(2, this::reminder),
                maybe(30, () -> number(5) * 15),
                completed ? maybe(50, () -> 100) : maybe(30, () -> number(5) * 20),
                maybe(20, () -> pick(TITLES)),
                several(2, () -> pick(PEOPLE)),
                maybe(20, () -> "https://example.org/" + number(3)),
                maybe(50, () -> "uid-" + number(1000)));
    }

    /** The same item after a person, or a few, changed one to four things of it. */
    public Item edited(Item item) {
        View view = item.view();
        View other = item(item.kind()).view();
        for (int edits = 1 + number(4); edits > 0; edits--) {
            view = Edits.one(this, view, other);
        }
        return Item.of(view);
    }

    /** A start and an end of one form; now and then no time lies between them, and rarely less. */
    public List<When> times() {
        LocalDateTime start = pick(DATES).plusDays(number(3) - 1).atTime(pick(HOURS));
        Duration length = chance(10)
                ? Duration.ZERO
                : chance(2) ? Duration.ofMinutes(-30) : Duration.ofMinutes(15 * (1 + number(200)));
        return switch (number(4)) {
            case 0 ->
                List.of(
                        When.of(start.toLocalDate()),
                        When.of(start.toLocalDate().plusDays(1 + number(3))));
            case 1 -> List.of(When.of(start), When.of(start.plus(length)));
            default -> {
                ZonedDateTime from = start.atZone(zone());
                ZonedDateTime to = from.plus(length);
                yield List.of(
                        When.of(chance(50) ? from.withLaterOffsetAtOverlap() : from),
                        When.of(chance(20) ? to.withZoneSameInstant(zone()) : to));
            }
        };
    }

    public When when() {
        return times().getFirst();
    }

    public ZoneId zone() {
        return chance(5) ? ZoneOffset.ofHours(2) : ZoneId.of(pick(ZONES));
    }

    public Instant instant() {
        return Instant.parse("2026-03-01T00:00:00Z")
                .plusSeconds(number(1000) * 977L)
                .plusMillis(chance(20) ? 120 : 0);
    }

    public String title() {
        return chance(5) ? "" : pick(TITLES);
    }

    /** One to six lines. */
    public String text() {
        List<String> lines = new ArrayList<>(List.of(pick(TITLES)));
        for (int more = number(6); more > 0; more--) {
            lines.add(pick(LINES));
        }
        return String.join("\n", lines);
    }

    public Attendee attendee() {
        return new Attendee(
                pick(PEOPLE),
                maybe(50, () -> pick(List.of("Ana", "Bo"))),
                maybe(40, () -> pick(Attendee.Role.values())),
                pick(Attendee.Response.values()));
    }

    public Reminder reminder() {
        return new Reminder(
                pick(TRIGGERS),
                maybe(30, () -> pick(Reminder.Related.values())),
                maybe(50, () -> pick(Reminder.Action.values())));
    }

    private SortedMap<String, Occurrence> overrides(When start) {
        TreeMap<String, Occurrence> overrides = new TreeMap<>();
        for (int more = number(3); more > 0; more--) {
            List<When> times = start.isDay() ? List.of(like(start, 7), like(start, 8)) : times();
            overrides.put(
                    like(start, number(6)).toString(),
                    new Occurrence(
                            title(),
                            maybe(50, this::text),
                            times.get(0),
                            times.get(1),
                            null,
                            null,
                            several(2, this::attendee),
                            List.of(),
                            maybe(30, () -> pick(Event.Status.values())),
                            null,
                            null,
                            List.of(),
                            null,
                            null));
        }
        return overrides;
    }

    /** The same form some days later. */
    private static When like(When when, int days) {
        return switch (when) {
            case When.Day day -> When.of(day.date().plusDays(days));
            case When.Floating floating -> When.of(floating.dateTime().plusDays(days));
            case When.Zoned zoned -> When.of(zoned.dateTime().plusDays(days));
        };
    }

    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** From 0 up to, but not, {@code bound}. */
    public int number(int bound) {
        return random.nextInt(bound);
    }

    public <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    public <T> T pick(T[] values) {
        return pick(Arrays.asList(values));
    }

    private <T> @Nullable T maybe(int percent, Supplier<T> value) {
        return chance(percent) ? value.get() : null;
    }

    private <T> List<T> several(int atMost, Supplier<T> value) {
        List<T> values = new ArrayList<>();
        for (int more = chance(40) ? 0 : number(atMost + 1); more > 0; more--) {
            values.add(value.get());
        }
        return values;
    }
}
