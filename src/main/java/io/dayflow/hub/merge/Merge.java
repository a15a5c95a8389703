package io.dayflow.hub.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One merge at work: first every path on its own, then the units that this left without sense. */
final class Merge {

    private static final Set<String> LONG_TEXT = Set.of("description", "notes");

    /** In characters: what is woven of two texts is no longer than this or the longer one, so that who holds these holds it. */
    private static final int LONGEST_WOVEN = 50_000;

    private final Kind kind;
    private final SortedMap<String, JsonNode> base;
    private final SortedMap<String, JsonNode> ours;
    private final SortedMap<String, JsonNode> theirs;
    private final Strategies strategies;
    private final EditTimes times;
    private final MovedAlong oursMoved;
    private final MovedAlong theirsMoved;
    private final Set<String> heldBefore;
    private final TreeSet<String> paths = new TreeSet<>();
    private final SortedMap<String, Decision> decisions = new TreeMap<>();

    /** What becomes of one path. */
    private record Decision(
            Taken taken, @Nullable JsonNode value, @Nullable Suggestion suggestion) {}

    private enum Taken {
        /** Without a conflict. */
        PLAIN,
        /** By strategy, over the other side's edit. */
        WON,
        /** Left as ours until a person chooses. */
        HELD
    }

    Merge(
            View base,
            View ours,
            View theirs,
            Strategies strategies,
            EditTimes times,
            Map<String, Optional<JsonNode>> heldBase) {
        this.kind = ours.kind();
        this.base = Paths.flatten(base);
        this.ours = Paths.flatten(ours);
        this.theirs = Paths.flatten(theirs);
        this.oursMoved = new MovedAlong(this.base, this.ours);
        this.theirsMoved = new MovedAlong(this.base, this.theirs);
        this.strategies = strategies;
        this.times = times;
        this.heldBefore = Set.copyOf(heldBase.keySet());
        heldBase.forEach((path, value) -> {
            this.base.remove(path);
            value.ifPresent(node -> this.base.put(path, node));
        });
        paths.addAll(this.base.keySet());
        paths.addAll(this.ours.keySet());
        paths.addAll(this.theirs.keySet());
    }

    Merged outcome() {
        paths.forEach(path -> decisions.put(path, alone(path)));
        Unit.of(kind, paths).forEach(this::together);

        List<FieldConflict> open = new ArrayList<>();
        List<FieldConflict> decided = new ArrayList<>();
        Set<String> settled = new TreeSet<>(heldBefore);
        decisions.forEach((path, decision) -> {
            FieldConflict conflict =
                    new FieldConflict(path, base.get(path), ours.get(path), theirs.get(path), decision.suggestion());
            switch (decision.taken()) {
                case PLAIN -> {}
                case WON -> decided.add(conflict);
                case HELD -> {
                    open.add(conflict);
                    settled.remove(path);
                }
            }
        });
        return new Merged(Paths.unflatten(kind, values()), open, decided, settled);
    }

    private Decision alone(String path) {
        JsonNode our = ours.get(path);
        JsonNode their = theirs.get(path);
        if (Objects.equals(our, their)) {
            return plain(our);
        }
        if (!isChanged(theirs, path)) {
            return isFormOfRemoved(path, ours, theirs) || isMovedOfRemoved(path, oursMoved, theirs, theirsMoved)
                    ? new Decision(Taken.WON, null, Suggestion.EXTERNAL)
                    : plain(our);
        }
        if (!isChanged(ours, path)) {
            return isFormOfRemoved(path, theirs, ours) || isMovedOfRemoved(path, theirsMoved, ours, oursMoved)
                    ? new Decision(Taken.WON, null, Suggestion.DAYFLOW)
                    : plain(their);
        }
        Optional<String> woven = strategies.at(path) == Strategy.MERGE ? woven(path) : Optional.empty();
        if (woven.isPresent()) {
            return plain(TextNode.valueOf(woven.get()));
        }
        Suggestion edited = edited(path);
        if (edited != null) {
            return new Decision(Taken.WON, edited == Suggestion.DAYFLOW ? our : their, edited);
        }
        return conflict(path, later(times.ours(path), times.theirs(path)));
    }

    /** The side that a person edited, where the other holds what services make of the base; null where none or both did. */
    private @Nullable Suggestion edited(String path) {
        boolean oursIsForm = isForm(ours, path);
        if (oursIsForm == isForm(theirs, path)) {
            return null;
        }
        return oursIsForm ? Suggestion.EXTERNAL : Suggestion.DAYFLOW;
    }

    /** Whether one side holds an element of a set in another form, and the other side no longer holds it in any. */
    private boolean isFormOfRemoved(String path, SortedMap<String, JsonNode> side, SortedMap<String, JsonNode> other) {
        if (base.containsKey(path) || !side.containsKey(path)) {
            return false;
        }
        String was = Normalised.element(path, base);
        return was != null && !side.containsKey(was) && Normalised.element(path, other) == null;
    }

    /** Whether an exception moved along with one side's series, and the other side no longer has it anywhere. */
    private static boolean isMovedOfRemoved(
            String path, MovedAlong side, SortedMap<String, JsonNode> other, MovedAlong moved) {
        return side.before(path)
                .filter(was -> !other.containsKey(was) && !moved.hasMoved(was))
                .isPresent();
    }

    private boolean isForm(SortedMap<String, JsonNode> side, String path) {
        JsonNode was = base.get(path);
        JsonNode is = side.get(path);
        return was != null && is != null && Normalised.of(was, is);
    }

    private Decision conflict(String path, @Nullable Suggestion later) {
        JsonNode our = ours.get(path);
        JsonNode their = theirs.get(path);
        return switch (strategies.at(path)) {
            case MANUAL -> new Decision(Taken.HELD, our, later);
            case DAYFLOW -> new Decision(Taken.WON, our, later);
            case SOURCE -> new Decision(Taken.WON, their, later);
            case LATEST, MERGE -> new Decision(Taken.WON, later == Suggestion.EXTERNAL ? their : our, later);
        };
    }

    private Optional<String> woven(String path) {
        JsonNode was = base.get(path);
        JsonNode our = ours.get(path);
        JsonNode their = theirs.get(path);
        if (was == null || our == null || their == null) {
            return Optional.empty();
        }
        if (!was.isTextual() || !our.isTextual() || !their.isTextual() || !isLongText(path, was, our, their)) {
            return Optional.empty();
        }
        int longest = Math.max(
                LONGEST_WOVEN,
                Math.max(our.textValue().length(), their.textValue().length()));
        return Lines.merge(was.textValue(), our.textValue(), their.textValue())
                .filter(text -> !text.isEmpty() && text.length() <= longest);
    }

    private static boolean isLongText(String path, JsonNode... values) {
        return LONG_TEXT.contains(path)
                || List.of(values).stream().anyMatch(v -> v.textValue().contains("\n"));
    }

    private void together(Unit unit) {
        int tolerated = Math.max(unit.flaw().of(ours, ours, theirs), unit.flaw().of(theirs, ours, theirs));
        if (unit.flaw().of(values(), ours, theirs) <= tolerated
                && unit.flaw().of(pushed(), ours, theirs) <= tolerated) {
            return;
        }
        List<String> differing = paths.stream()
                .filter(unit.paths())
                .filter(path -> !Objects.equals(ours.get(path), theirs.get(path)))
                .toList();
        Suggestion later = later(latest(differing, ours, true), latest(differing, theirs, false));
        Strategy strategy = strategyAsOne(unit, differing);
        boolean oursWins = winsAsOne(unit, strategy, later);
        for (String path : differing) {
            JsonNode value = oursWins ? ours.get(path) : theirs.get(path);
            if (strategy == Strategy.MANUAL) {
                decisions.put(path, new Decision(Taken.HELD, ours.get(path), later));
            } else if (isChanged(oursWins ? theirs : ours, path)) {
                decisions.put(path, new Decision(Taken.WON, value, later));
            } else {
                decisions.put(path, plain(value));
            }
        }
    }

    private Strategy strategyAsOne(Unit unit, List<String> differing) {
        String lead = unit.lead();
        return lead != null && differing.contains(lead) ? strategies.at(lead) : strategies.together(differing);
    }

    private boolean winsAsOne(Unit unit, Strategy strategy, @Nullable Suggestion later) {
        String lead = unit.lead();
        Decision led = lead == null ? null : decisions.get(lead);
        if (lead != null && led != null && !Objects.equals(ours.get(lead), theirs.get(lead))) {
            return Objects.equals(led.value(), ours.get(lead));
        }
        return strategy == Strategy.DAYFLOW || strategy != Strategy.SOURCE && later != Suggestion.EXTERNAL;
    }

    /** What the sides would hold when the item's paths, but for the held ones, have been pushed. */
    private SortedMap<String, JsonNode> pushed() {
        SortedMap<String, JsonNode> values = values();
        decisions.forEach((path, decision) -> {
            if (decision.taken() == Taken.HELD) {
                put(values, path, theirs.get(path));
            }
        });
        return values;
    }

    private SortedMap<String, JsonNode> values() {
        SortedMap<String, JsonNode> values = new TreeMap<>();
        decisions.forEach((path, decision) -> put(values, path, decision.value()));
        return values;
    }

    private static void put(SortedMap<String, JsonNode> values, String path, @Nullable JsonNode value) {
        if (value == null) {
            values.remove(path);
        } else {
            values.put(path, value);
        }
    }

    private static Decision plain(@Nullable JsonNode value) {
        return new Decision(Taken.PLAIN, value, null);
    }

    private boolean isChanged(SortedMap<String, JsonNode> side, String path) {
        return !Objects.equals(side.get(path), base.get(path));
    }

    /** When a side last changed any of these paths. */
    private @Nullable Instant latest(List<String> differing, SortedMap<String, JsonNode> side, boolean isOurs) {
        return differing.stream()
                .filter(path -> isChanged(side, path))
                .map(path -> isOurs ? times.ours(path) : times.theirs(path))
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static @Nullable Suggestion later(@Nullable Instant ours, @Nullable Instant theirs) {
        if (theirs == null) {
            return ours == null ? null : Suggestion.DAYFLOW;
        }
        return ours == null || theirs.isAfter(ours) ? Suggestion.EXTERNAL : Suggestion.DAYFLOW;
    }
}
