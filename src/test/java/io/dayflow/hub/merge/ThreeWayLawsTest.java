package io.dayflow.hub.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.RandomItems;
import io.dayflow.hub.item.Seeds;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThreeWayLawsTest {

    private static final int CASES = 800;

    /** One strategy for all fields, or, with null, one of its own for some of them. */
    private record Mix(@Nullable Strategy whole) {

        Strategies of(RandomItems chance) {
            return whole == null ? anyFieldStrategies(chance) : whole;
        }

        @Override
        public String toString() {
            return whole == null ? "each field its own" : whole.id();
        }
    }

    private static Stream<Mix> mixes() {
        return Stream.concat(Arrays.stream(Strategy.values()).map(Mix::new), Stream.of(new Mix(null)));
    }

    private static Strategies anyFieldStrategies(RandomItems chance) {
        Map<String, Strategy> byField = new HashMap<>();
        for (Kind kind : Kind.values()) {
            for (String field : kind.fields()) {
                if (chance.chance(70)) {
                    byField.put(field, anyStrategy(chance));
                }
            }
        }
        return new FieldStrategies(anyStrategy(chance), byField);
    }

    private static Strategy anyStrategy(RandomItems chance) {
        return Strategy.values()[chance.number(Strategy.values().length)];
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void aMergeOfViewsOfValidItemsIsAValidItem(Mix mix) {
        Seeds.check(CASES, chance -> {
            Strategies strategies = mix.of(chance);
            View view = Triple.of(chance).merge(strategies).view();
            assertThat(Item.of(view).view()).isEqualTo(view);
        });
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void whatMayBePushedWhileConflictsAreOpenIsAValidItemToo(Mix mix) {
        Seeds.check(CASES, chance -> {
            Strategies strategies = mix.of(chance);
            Triple sides = Triple.of(chance);
            Merged merged = sides.merge(strategies);
            View pushed = ThreeWay.hold(merged.view(), sides.theirs(), merged.heldPaths());
            assertThat(Item.of(pushed).view()).isEqualTo(pushed);
            assertThat(Difference.between(sides.theirs(), pushed).paths()).noneMatch(merged.heldPaths()::contains);
        });
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void whereNobodyChangedAnythingNothingChanges(Mix mix) {
        Seeds.check(CASES, chance -> {
            Strategies strategies = mix.of(chance);
            View view = chance.item().view();
            assertSilent(ThreeWay.merge(view, view, view, strategies, EditTimes.UNKNOWN), view);
        });
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void whatOnlyOneSideChangedIsTaken(Mix mix) {
        Seeds.check(CASES, chance -> {
            Strategies strategies = mix.of(chance);
            Triple sides = Triple.of(chance);
            assertSilent(
                    ThreeWay.merge(sides.base(), sides.ours(), sides.base(), strategies, sides.times()), sides.ours());
            assertSilent(
                    ThreeWay.merge(sides.base(), sides.base(), sides.theirs(), strategies, sides.times()),
                    sides.theirs());
        });
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void whatBothSidesChangedAlikeIsAgreed(Mix mix) {
        Seeds.check(CASES, chance -> {
            Strategies strategies = mix.of(chance);
            Triple sides = Triple.of(chance);
            assertSilent(
                    ThreeWay.merge(sides.base(), sides.ours(), sides.ours(), strategies, sides.times()), sides.ours());
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"LATEST", "MERGE"})
    void theLaterEditWinsWhicheverSideMadeIt(Strategy strategy) {
        Seeds.check(CASES, chance -> {
            Triple sides = Triple.of(chance);
            if (!Objects.equals(sides.times().oursElse(), sides.times().theirsElse())) {
                assertThat(sides.merge(strategy).view())
                        .isEqualTo(sides.swapped(strategy).view());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void bothSidesSeeTheSameConflicts(Strategy strategy) {
        Seeds.check(CASES, chance -> {
            Triple sides = Triple.of(chance);
            boolean tie = Objects.equals(sides.times().oursElse(), sides.times().theirsElse());
            if (strategy == Strategy.MANUAL || !namesASide(strategy) && !tie) {
                assertThat(reported(sides.merge(strategy)).keySet())
                        .isEqualTo(reported(sides.swapped(strategy)).keySet());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void noEditIsLost(Mix mix) {
        Seeds.check(CASES, chance -> {
            Strategies strategies = mix.of(chance);
            Triple sides = Triple.of(chance);
            Merged merged = sides.merge(strategies);
            SortedMap<String, JsonNode> result = Paths.flatten(merged.view());
            Map<String, FieldConflict> reported = reported(merged);
            for (View side : List.of(sides.ours(), sides.theirs())) {
                for (Difference.Part edit :
                        Difference.between(sides.base(), side).parts()) {
                    FieldConflict conflict = reported.get(edit.path());
                    if (conflict != null) {
                        assertThat(conflict.ours())
                                .isEqualTo(Paths.flatten(sides.ours()).get(edit.path()));
                        assertThat(conflict.theirs())
                                .isEqualTo(Paths.flatten(sides.theirs()).get(edit.path()));
                        assertThat(conflict.base())
                                .isEqualTo(Paths.flatten(sides.base()).get(edit.path()));
                    } else if (strategies.at(edit.path()) == Strategy.MERGE && isText(result.get(edit.path()))) {
                        assertLinesAreKept(edit, result.get(edit.path()).textValue());
                    } else {
                        assertThat(result.get(edit.path())).as(edit.path()).isEqualTo(edit.after());
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void theResultHoldsNothingThatNoSideHeld(Mix mix) {
        Seeds.check(CASES, chance -> {
            Strategies strategies = mix.of(chance);
            Triple sides = Triple.of(chance);
            SortedMap<String, JsonNode> ours = Paths.flatten(sides.ours());
            SortedMap<String, JsonNode> theirs = Paths.flatten(sides.theirs());
            Paths.flatten(sides.merge(strategies).view()).forEach((path, value) -> {
                if (strategies.at(path) != Strategy.MERGE || !isText(value)) {
                    assertThat(value)
                            .as(path)
                            .isIn(Stream.of(ours.get(path), theirs.get(path))
                                    .filter(Objects::nonNull)
                                    .toList());
                }
            });
        });
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void aMergeOfSidesThatConvergedIsSilent(Mix mix) {
        Seeds.check(CASES, chance -> {
            Strategies strategies = mix.of(chance);
            Triple sides = Triple.of(chance);
            View merged = sides.merge(strategies).view();
            assertSilent(ThreeWay.merge(sides.theirs(), merged, merged, strategies, sides.times()), merged);
            assertSilent(ThreeWay.merge(merged, merged, merged, strategies, sides.times()), merged);
        });
    }

    @ParameterizedTest
    @EnumSource(names = "MANUAL", mode = EnumSource.Mode.EXCLUDE)
    void onlyManualLeavesConflictsOpen(Strategy strategy) {
        Seeds.check(
                CASES,
                chance -> assertThat(Triple.of(chance).merge(strategy).open()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void anEventNeverEndsBeforeItStartsUnlessASideSaidSo(Mix mix) {
        Seeds.check(CASES, chance -> {
            Strategies strategies = mix.of(chance);
            Triple sides = Triple.of(chance);
            if (sides.base().kind() == Kind.EVENT && inOrder(sides.ours()) && inOrder(sides.theirs())) {
                Merged merged = sides.merge(strategies);
                assertThat(inOrder(merged.view())).isTrue();
                assertThat(inOrder(ThreeWay.hold(merged.view(), sides.theirs(), merged.heldPaths())))
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void aTaskIsCompletedExactlyWhenItTellsTheTimeOfItUnlessASideSaidSo(Mix mix) {
        Seeds.check(CASES, chance -> {
            Strategies strategies = mix.of(chance);
            Triple sides = Triple.of(chance);
            if (sides.base().kind() == Kind.TASK && stampedRight(sides.ours()) && stampedRight(sides.theirs())) {
                assertThat(stampedRight(sides.merge(strategies).view())).isTrue();
            }
        });
    }

    @Test
    void whileNothingNewHappensAnOpenConflictStaysAsItIs() {
        Seeds.check(CASES, chance -> {
            Triple sides = Triple.of(chance);
            Merged first = sides.merge(Strategy.MANUAL);
            View theirs = ThreeWay.hold(first.view(), sides.theirs(), first.heldPaths());
            Map<String, Optional<JsonNode>> held = heldBase(first);
            Merged again = ThreeWay.merge(theirs, first.view(), theirs, Strategy.MANUAL, sides.times(), held);
            assertThat(again.view()).isEqualTo(first.view());
            assertThat(again.open()).isEqualTo(first.open());
            assertThat(again.settled()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aConflictIsSettledWhenEitherSideComesToAgree(Strategy next) {
        Seeds.check(CASES, chance -> {
            Triple sides = Triple.of(chance);
            Merged first = sides.merge(Strategy.MANUAL);
            Map<String, Optional<JsonNode>> held = heldBase(first);
            View agreed = chance.chance(50) ? first.view() : sides.theirs();
            Merged again = ThreeWay.merge(sides.theirs(), agreed, agreed, next, sides.times(), held);
            assertSilent(again, agreed, held.keySet());
        });
    }

    @Test
    void aFieldIsOpenOnlyWhereItsOwnStrategyAsksOrWhereItGoesWithOneThatDoes() {
        Set<String> together = Set.of(
                "start", "end", "status", "completedAt", "progress", "recurrence", "rdates", "exdates", "overrides");
        Seeds.check(CASES, chance -> {
            Strategies strategies = anyFieldStrategies(chance);
            Merged merged = Triple.of(chance).merge(strategies);
            assertThat(merged.open())
                    .allMatch(open -> strategies.at(open.path()) == Strategy.MANUAL || together.contains(open.field()));
            assertThat(merged.decided())
                    .allMatch(won -> strategies.at(won.path()) != Strategy.MANUAL || together.contains(won.field()));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"SOURCE", "DAYFLOW"})
    void aStrategyThatNamesASideKeepsWhatThatSideSaysButForWhatGoesWithAStatus(Strategy strategy) {
        Seeds.check(CASES, chance -> {
            Triple sides = Triple.of(chance);
            Merged merged = sides.merge(strategy);
            View side = strategy == Strategy.SOURCE ? sides.theirs() : sides.ours();
            SortedMap<String, JsonNode> result = Paths.flatten(merged.view());
            merged.decided().stream()
                    .filter(won -> !Set.of("completedAt", "progress").contains(won.path()))
                    .forEach(won -> assertThat(result.get(won.path()))
                            .as(won.path())
                            .isEqualTo(Paths.flatten(side).get(won.path())));
        });
    }

    private static boolean namesASide(Strategy strategy) {
        return strategy == Strategy.SOURCE || strategy == Strategy.DAYFLOW;
    }

    private static Map<String, Optional<JsonNode>> heldBase(Merged merged) {
        Map<String, Optional<JsonNode>> held = new HashMap<>();
        merged.open().forEach(conflict -> held.put(conflict.path(), Optional.ofNullable(conflict.base())));
        return held;
    }

    private static void assertSilent(Merged merged, View expected) {
        assertSilent(merged, expected, Set.of());
    }

    private static void assertSilent(Merged merged, View expected, Set<String> settled) {
        assertThat(merged).isEqualTo(new Merged(expected, List.of(), List.of(), settled));
    }

    private static Map<String, FieldConflict> reported(Merged merged) {
        return Stream.concat(merged.open().stream(), merged.decided().stream())
                .collect(Collectors.toMap(FieldConflict::path, conflict -> conflict));
    }

    private static void assertLinesAreKept(Difference.Part edit, String result) {
        TreeSet<String> added = lines(edit.after());
        added.removeAll(lines(edit.before()));
        assertThat(List.of(result.split("\n", -1))).as(edit.path()).containsAll(added);
    }

    private static TreeSet<String> lines(JsonNode text) {
        return text == null
                ? new TreeSet<>()
                : new TreeSet<>(List.of(text.textValue().split("\n", -1)));
    }

    private static boolean isText(JsonNode value) {
        return value != null && value.isTextual();
    }

    private static boolean inOrder(View event) {
        When start = When.parse(event.text("start"));
        When end = When.parse(event.text("end"));
        return start.getClass() == end.getClass()
                && !end.instantIn(ZoneOffset.UTC).isBefore(start.instantIn(ZoneOffset.UTC));
    }

    private static boolean stampedRight(View task) {
        return "completed".equals(task.text("status")) == (task.get("completedAt") != null);
    }
}
