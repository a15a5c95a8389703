package io.dayflow.hub.merge;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.When;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Paths that only make sense together. Each merges on its own as long as the result makes as much sense as the sides do;
 * else one side's values are taken, or held, for all of them.
 *
 * @param lead the path whose side the others follow, if they have to
 */
record Unit(Predicate<String> paths, @Nullable String lead, Flaw flaw) {

    /** How little sense the values make together: 0 is plenty, and more is worse. */
    interface Flaw {
        int of(Map<String, JsonNode> values, Map<String, JsonNode> ours, Map<String, JsonNode> theirs);
    }

    private static final Set<String> TIME = Set.of("start", "end", "allDay");
    private static final Set<String> PROGRESS = Set.of("status", "completedAt", "progress");
    private static final Set<String> SERIES = Set.of("recurrence", "rdates", "exdates", "overrides");

    private static final List<Unit> TASK = List.of(new Unit(PROGRESS::contains, "status", Unit::contradiction));
    private static final Unit EVENT_TIME = new Unit(TIME::contains, null, Unit::impossibleTime);
    private static final Unit EVENT_SERIES =
            new Unit(path -> SERIES.contains(Paths.field(path)), null, (values, ours, theirs) -> orphans(values));

    /** The units among the given paths; a later one may decide again what an earlier one decided. */
    static List<Unit> of(Kind kind, SortedSet<String> paths) {
        return switch (kind) {
            case TASK -> TASK;
            case EVENT -> {
                List<Unit> units = new ArrayList<>();
                units.add(EVENT_TIME);
                paths.stream()
                        .filter(path -> path.startsWith("overrides/"))
                        .map(path -> occurrence(path, "exdates" + path.substring("overrides".length())))
                        .forEach(units::add);
                units.add(EVENT_SERIES);
                yield units;
            }
        };
    }

    /** An occurrence that one side cancels and the other changes. */
    private static Unit occurrence(String override, String exdate) {
        return new Unit(
                path -> path.equals(override) || path.equals(exdate),
                null,
                (values, ours, theirs) -> values.containsKey(override) && values.containsKey(exdate) ? 1 : 0);
    }

    private static int contradiction(
            Map<String, JsonNode> values, Map<String, JsonNode> ours, Map<String, JsonNode> theirs) {
        JsonNode status = values.get("status");
        if (status == null) {
            return 0;
        }
        boolean completed = "completed".equals(status.asText());
        boolean stamped = values.containsKey("completedAt");
        JsonNode progress = values.get("progress");
        boolean full = progress != null && progress.asInt() == 100;
        boolean open = Set.of("pending", "in_progress").contains(status.asText());
        boolean contradicted = progress != null && (completed && !full || open && full);
        return (completed == stamped ? 0 : 1) + (contradicted ? 1 : 0);
    }

    private static int impossibleTime(
            Map<String, JsonNode> values, Map<String, JsonNode> ours, Map<String, JsonNode> theirs) {
        if (!isOfOneSide(values, ours, theirs)) {
            return 3;
        }
        JsonNode from = values.get("start");
        JsonNode to = values.get("end");
        if (from == null || to == null) {
            return 0;
        }
        When start = When.parse(from.asText());
        When end = When.parse(to.asText());
        if (start.getClass() != end.getClass()) {
            return 3;
        }
        int order = start.instantIn(ZoneOffset.UTC).compareTo(end.instantIn(ZoneOffset.UTC));
        return order < 0 ? 0 : order == 0 ? 1 : 2;
    }

    /** A side that tells days from times by a flag means its start and end by that flag. */
    private static boolean isOfOneSide(
            Map<String, JsonNode> values, Map<String, JsonNode> ours, Map<String, JsonNode> theirs) {
        JsonNode flag = values.get("allDay");
        if (Objects.equals(ours.get("allDay"), theirs.get("allDay"))) {
            return true;
        }
        Map<String, JsonNode> owner = Objects.equals(flag, ours.get("allDay")) ? ours : theirs;
        return TIME.stream().allMatch(path -> Objects.equals(values.get(path), owner.get(path)));
    }

    private static int orphans(Map<String, JsonNode> values) {
        Set<String> fields = values.keySet().stream().map(Paths::field).collect(Collectors.toSet());
        boolean repeats = fields.contains("recurrence") || fields.contains("rdates");
        return !repeats && (fields.contains("exdates") || fields.contains("overrides")) ? 1 : 0;
    }
}
