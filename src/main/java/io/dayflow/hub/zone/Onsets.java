package io.dayflow.hub.zone;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/** The onsets of a description's observances, played out into rules that java.time can apply. */
final class Onsets {

    private static final int LAST_YEAR = 2100;
    private static final int MOST = 600;

    private Onsets() {}

    /** The rules described, up to the year 2100; empty where there is no observance. */
    static Optional<ZoneRules> rules(List<Observance> observances) {
        TreeMap<Long, Observance> byInstant = new TreeMap<>();
        for (Observance observance : observances) {
            for (LocalDateTime onset : onsets(observance)) {
                byInstant.put(onset.toEpochSecond(observance.from()), observance);
            }
        }
        if (byInstant.isEmpty()) {
            return Optional.empty();
        }
        Observance first = byInstant.firstEntry().getValue();
        boolean described = observances.size() > 1;
        ZoneOffset before = described ? first.from() : first.to();
        ZoneOffset now = before;
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        for (var entry : byInstant.entrySet()) {
            ZoneOffset next = entry.getValue().to();
            if (!next.equals(now)) {
                transitions.add(
                        ZoneOffsetTransition.of(LocalDateTime.ofEpochSecond(entry.getKey(), 0, now), now, next));
                now = next;
            }
        }
        return Optional.of(ZoneRules.of(before, before, List.of(), ordered(transitions), List.of()));
    }

    /** java.time refuses transitions whose local times run backwards; real zones have none so close together. */
    private static List<ZoneOffsetTransition> ordered(List<ZoneOffsetTransition> transitions) {
        List<ZoneOffsetTransition> kept = new ArrayList<>();
        for (ZoneOffsetTransition transition : transitions) {
            boolean chained = kept.isEmpty() || kept.getLast().getOffsetAfter().equals(transition.getOffsetBefore());
            if (chained) {
                kept.add(transition);
            }
        }
        return kept;
    }

    private static List<LocalDateTime> onsets(Observance observance) {
        List<LocalDateTime> onsets = new ArrayList<>(observance.dates());
        onsets.add(observance.start());
        if (observance.rule() != null) {
            onsets.addAll(recurring(observance, observance.rule()));
        }
        onsets.sort(Comparator.naturalOrder());
        return onsets;
    }

    private static List<LocalDateTime> recurring(Observance observance, String text) {
        List<LocalDateTime> onsets = new ArrayList<>();
        try {
            RecurrenceRule rule = new RecurrenceRule(withoutUntil(text));
            if (rule.getFreq() != Freq.YEARLY) {
                return onsets;
            }
            long until = until(text);
            LocalDateTime start = observance.start();
            RecurrenceRuleIterator iterator = rule.iterator(new DateTime(
                    start.getYear(),
                    start.getMonthValue() - 1,
                    start.getDayOfMonth(),
                    start.getHour(),
                    start.getMinute(),
                    start.getSecond()));
            for (int i = 0; i < MOST && iterator.hasNext(); i++) {
                DateTime next = iterator.nextDateTime();
                LocalDateTime onset = LocalDateTime.of(
                        next.getYear(),
                        next.getMonth() + 1,
                        next.getDayOfMonth(),
                        next.getHours(),
                        next.getMinutes(),
                        next.getSeconds());
                if (onset.getYear() > LAST_YEAR || onset.toEpochSecond(observance.from()) > until) {
                    break;
                }
                onsets.add(onset);
            }
        } catch (InvalidRecurrenceRuleException | RuntimeException e) {
            // What the rule gave so far stands; the first onset is known in any case.
            return onsets;
        }
        return onsets;
    }

    /** UNTIL is compared here: it is in UTC while the onsets are local, which the iterator refuses. */
    private static String withoutUntil(String rule) {
        return Arrays.stream(rule.split(";"))
                .map(String::strip)
                .filter(part ->
                        !part.isEmpty() && !part.toUpperCase(Locale.ROOT).startsWith("UNTIL="))
                .map(part -> part.replace(" ", ""))
                .collect(Collectors.joining(";"));
    }

    private static long until(String rule) {
        for (String part : rule.split(";")) {
            if (part.strip().toUpperCase(Locale.ROOT).startsWith("UNTIL=")) {
                DateTime until = DateTime.parse(part.strip().substring("UNTIL=".length()));
                return LocalDateTime.of(until.getYear(), until.getMonth() + 1, until.getDayOfMonth(), 0, 0)
                        .plusHours(until.isAllDay() ? 23 : until.getHours())
                        .plusMinutes(until.isAllDay() ? 59 : until.getMinutes())
                        .plusSeconds(until.isAllDay() ? 59 : until.getSeconds())
                        .toEpochSecond(ZoneOffset.UTC);
            }
        }
        return Long.MAX_VALUE;
    }
}
