package io.dayflow.hub.zone;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Describes an IANA zone as the lines of a VTIMEZONE (RFC 5545 section 3.6.5). */
public final class ZoneText {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
    private static final String[] DAYS = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    private static final int CHECKED_YEARS = 28;
    private static final int LISTED_YEARS = 15;

    private ZoneText() {}

    /**
     * Unfolded lines from BEGIN to END. Right from the start of {@code year} on: for ever where the zone changes by a
     * yearly rule, else for fifteen years.
     */
    public static List<String> lines(ZoneId zone, int year) {
        ZoneRules rules = zone.getRules();
        Instant from = LocalDateTime.of(year, 1, 1, 0, 0).minusDays(1).toInstant(ZoneOffset.UTC);
        List<String> lines = new ArrayList<>(List.of("BEGIN:VTIMEZONE", "TZID:" + zone.getId()));
        ZoneOffset offset = rules.getOffset(from);
        ZoneOffsetTransition last = rules.previousTransition(from);
        ZoneOffset before = last == null ? offset : last.getOffsetBefore();
        LocalDateTime onset = last == null ? LocalDateTime.of(1601, 1, 1, 0, 0) : last.getDateTimeBefore();
        observance(lines, rules, last == null ? from : last.getInstant(), before, offset, List.of(onset), null);
        changes(rules, from, year).values().forEach(changes -> observances(lines, rules, changes));
        lines.add("END:VTIMEZONE");
        return lines;
    }

    private static Map<List<Object>, List<ZoneOffsetTransition>> changes(ZoneRules rules, Instant from, int year) {
        Map<List<Object>, List<ZoneOffsetTransition>> byKind = new LinkedHashMap<>();
        ZoneOffsetTransition next = rules.nextTransition(from);
        while (next != null && next.getDateTimeBefore().getYear() < year + CHECKED_YEARS + LISTED_YEARS) {
            byKind.computeIfAbsent(
                            List.of(
                                    next.getOffsetBefore(),
                                    next.getOffsetAfter(),
                                    rules.isDaylightSavings(next.getInstant()),
                                    next.getDateTimeBefore().toLocalTime(),
                                    next.getDateTimeBefore().getMonth()),
                            key -> new ArrayList<>())
                    .add(next);
            next = rules.nextTransition(next.getInstant());
        }
        return byKind;
    }

    /** The last years of changes that follow a rule become the rule, those before are listed. */
    private static void observances(List<String> lines, ZoneRules rules, List<ZoneOffsetTransition> changes) {
        ZoneOffsetTransition first = changes.getFirst();
        int lastYear = changes.getLast().getDateTimeBefore().getYear();
        for (int ruled = 0; changes.size() - ruled >= CHECKED_YEARS; ruled++) {
            List<LocalDateTime> rest = locals(changes.subList(ruled, changes.size()));
            Optional<String> rule = rest.getLast().getYear() - rest.getFirst().getYear() == rest.size() - 1
                            && !rules.getTransitionRules().isEmpty()
                    ? rule(rest)
                    : Optional.empty();
            if (rule.isPresent()) {
                if (ruled > 0) {
                    list(lines, rules, changes.subList(0, ruled), lastYear);
                }
                observance(
                        lines,
                        rules,
                        changes.get(ruled).getInstant(),
                        first.getOffsetBefore(),
                        first.getOffsetAfter(),
                        List.of(rest.getFirst()),
                        rule.get());
                return;
            }
        }
        list(lines, rules, changes, first.getDateTimeBefore().getYear() + LISTED_YEARS);
    }

    private static void list(List<String> lines, ZoneRules rules, List<ZoneOffsetTransition> changes, int lastYear) {
        ZoneOffsetTransition first = changes.getFirst();
        List<LocalDateTime> onsets = locals(changes).stream()
                .filter(onset -> onset.getYear() <= lastYear)
                .toList();
        observance(lines, rules, first.getInstant(), first.getOffsetBefore(), first.getOffsetAfter(), onsets, null);
    }

    private static List<LocalDateTime> locals(List<ZoneOffsetTransition> changes) {
        return changes.stream().map(ZoneOffsetTransition::getDateTimeBefore).toList();
    }

    private static void observance(
            List<String> lines,
            ZoneRules rules,
            Instant instant,
            ZoneOffset before,
            ZoneOffset after,
            List<LocalDateTime> onsets,
            @Nullable String rule) {
        String kind = rules.isDaylightSavings(instant) ? "DAYLIGHT" : "STANDARD";
        lines.add("BEGIN:" + kind);
        lines.add("DTSTART:" + LOCAL.format(onsets.getFirst()));
        lines.add("TZOFFSETFROM:" + offset(before));
        lines.add("TZOFFSETTO:" + offset(after));
        if (rule != null) {
            lines.add("RRULE:" + rule);
        }
        if (onsets.size() > 1) {
            lines.add(onsets.stream().skip(1).map(LOCAL::format).collect(Collectors.joining(",", "RDATE:", "")));
        }
        lines.add("END:" + kind);
    }

    /** The rule that gives exactly these onsets, one a year in the same month. */
    private static Optional<String> rule(List<LocalDateTime> onsets) {
        String month = "FREQ=YEARLY;BYMONTH=" + onsets.getFirst().getMonthValue();
        return same(onsets, LocalDateTime::getDayOfWeek)
                .flatMap(day -> {
                    String name = DAYS[day.getValue() - 1];
                    return same(onsets, ZoneText::fromEnd)
                            .map(n -> ";BYDAY=-" + n + name)
                            .or(() -> same(onsets, onset -> (onset.getDayOfMonth() - 1) / 7 + 1)
                                    .map(n -> ";BYDAY=" + n + name))
                            .or(() -> week(onsets).map(days -> ";BYMONTHDAY=" + days + ";BYDAY=" + name));
                })
                .or(() -> same(onsets, LocalDateTime::getDayOfMonth).map(day -> ";BYMONTHDAY=" + day))
                .map(days -> month + days);
    }

    private static int fromEnd(LocalDateTime onset) {
        return (YearMonth.from(onset).lengthOfMonth() - onset.getDayOfMonth()) / 7 + 1;
    }

    /** Seven days of the month in a row, one of which is that weekday in every year. */
    private static Optional<String> week(List<LocalDateTime> onsets) {
        int first = onsets.stream().mapToInt(LocalDateTime::getDayOfMonth).min().orElse(1);
        int last = onsets.stream().mapToInt(LocalDateTime::getDayOfMonth).max().orElse(31);
        return last - first != 6
                ? Optional.empty()
                : Optional.of(IntStream.rangeClosed(first, last)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(",")));
    }

    private static <T> Optional<T> same(List<LocalDateTime> onsets, Function<LocalDateTime, T> of) {
        List<T> values =
                onsets.stream().map(of).filter(Objects::nonNull).distinct().toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private static String offset(ZoneOffset offset) {
        int seconds = Math.abs(offset.getTotalSeconds());
        String text = String.format(
                Locale.ROOT, "%s%02d%02d", offset.getTotalSeconds() < 0 ? "-" : "+", seconds / 3600, seconds / 60 % 60);
        return seconds % 60 == 0 ? text : text + String.format(Locale.ROOT, "%02d", seconds % 60);
    }
}
