package io.dayflow.hub.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.When;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions of a series that moved along when one side moved the whole of it: they lie at other paths since, and nobody
 * has edited them.
 */
final class MovedAlong {

    private static final Set<String> EXCEPTIONS = Set.of("exdates", "overrides");
    private static final Set<String> TIMES = Set.of("start", "end");

    private final Map<String, String> former = new HashMap<>();

    /** @param base what both last agreed on, by path; {@code side} is what one of them holds now */
    MovedAlong(Map<String, JsonNode> base, Map<String, JsonNode> side) {
        When from = when(base.get("start"));
        When to = when(side.get("start"));
        if (from == null || to == null || from.equals(to)) {
            return;
        }
        for (Map.Entry<String, JsonNode> now : side.entrySet()) {
            String field = Paths.field(now.getKey());
            if (EXCEPTIONS.contains(field) && !base.containsKey(now.getKey())) {
                base.entrySet().stream()
                        .filter(was -> field.equals(Paths.field(was.getKey())) && !side.containsKey(was.getKey()))
                        .filter(was -> isMoved(was, from, now, to))
                        .findFirst()
                        .ifPresent(was -> former.put(now.getKey(), was.getKey()));
            }
        }
    }

    /** The path in the base of what the side holds at this path; empty if it did not move along. */
    Optional<String> before(String path) {
        return Optional.ofNullable(former.get(path));
    }

    /** Whether the side holds at another path what the base holds at this one. */
    boolean hasMoved(String path) {
        return former.containsValue(path);
    }

    private static boolean isMoved(
            Map.Entry<String, JsonNode> was, When from, Map.Entry<String, JsonNode> now, When to) {
        String before = Objects.requireNonNull(Paths.key(was.getKey()));
        String after = Objects.requireNonNull(Paths.key(now.getKey()));
        if (!isSameStep(before, from, after, to)) {
            return false;
        }
        return !(was.getValue() instanceof ObjectNode old)
                || now.getValue() instanceof ObjectNode occurrence
                        && old.deepCopy()
                                .without(TIMES)
                                .equals(occurrence.deepCopy().without(TIMES))
                        && isMoved(old, before.equals(old.path("start").asText()), from, occurrence, to);
    }

    /** An occurrence that was at its own time moved with it; one that was put elsewhere stayed there. */
    private static boolean isMoved(ObjectNode was, boolean along, When from, ObjectNode now, When to) {
        return TIMES.stream().allMatch(time -> {
            String before = was.path(time).asText();
            String after = now.path(time).asText();
            return along ? isSameStep(before, from, after, to) : before.equals(after);
        });
    }

    /** Whether both are as far from the start of their series, on its clock. */
    private static boolean isSameStep(String before, When from, String after, When to) {
        When was = when(before);
        When now = when(after);
        return was != null && now != null && step(from, was).equals(step(to, now));
    }

    private static Duration step(When start, When value) {
        ZoneId clock = start instanceof When.Zoned zoned ? zoned.dateTime().getZone() : ZoneOffset.UTC;
        return Duration.between(local(start, clock), local(value, clock));
    }

    private static LocalDateTime local(When value, ZoneId clock) {
        return switch (value) {
            case When.Day day -> day.date().atStartOfDay();
            case When.Floating floating -> floating.dateTime();
            case When.Zoned zoned -> zoned.dateTime().withZoneSameInstant(clock).toLocalDateTime();
        };
    }

    private static @Nullable When when(@Nullable JsonNode value) {
        return value == null || !value.isTextual() ? null : when(value.textValue());
    }

    private static @Nullable When when(String text) {
        try {
            return When.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
