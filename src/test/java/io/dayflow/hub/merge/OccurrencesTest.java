package io.dayflow.hub.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.RandomItems;
import io.dayflow.hub.item.Seeds;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OccurrencesTest {

    private static final View DAILY = View.empty(Kind.TASK)
            .with("title", text("Water the plants"))
            .with("status", text("pending"))
            .with("due", text("2026-03-01"))
            .with("recurrence", text("FREQ=DAILY"));

    @Test
    void a_completion_is_over_when_the_side_has_moved_on() {
        View next = DAILY.with("due", text("2026-03-02"));

        assertThat(Occurrences.settle(DAILY, completed(DAILY), next)).isEqualTo(next);
    }

    @Test
    void other_edits_of_ours_survive() {
        View ours = completed(DAILY).with("title", text("Water all plants")).with("notes", text("the fern too"));

        assertThat(Occurrences.settle(DAILY, ours, DAILY.with("due", text("2026-03-02"))))
                .isEqualTo(DAILY.with("due", text("2026-03-02"))
                        .with("title", text("Water all plants"))
                        .with("notes", text("the fern too")));
    }

    @Test
    void a_rule_that_nobody_understands_is_a_rule() {
        View odd = DAILY.with("recurrence", text("X-TEXT=every blue moon"));

        assertThat(Occurrences.settle(odd, completed(odd), odd.with("due", text("2026-03-30"))))
                .isEqualTo(odd.with("due", text("2026-03-30")));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01, 2026-03-01", // the side shows the same occurrence: it has to be told
        "2026-03-01, 2026-02-28",
        "2026-03-01, 2026-03-01T09:00:00", // a time was given to the same day
        "2026-03-01T09:00:00Z, 2026-03-01",
        "2026-03-01T09:00:00Z, 2026-03-01T10:00:00+01:00[Europe/Berlin]"
    })
    void a_completion_stays_one_while_the_side_shows_no_later_occurrence(String agreed, String shown) {
        View base = DAILY.with("due", text(agreed));
        View ours = completed(base);

        assertThat(Occurrences.settle(base, ours, base.with("due", text(shown))))
                .isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T09:00:00Z, 2026-03-02T09:00:00Z",
        "2026-03-01T09:00:00Z, 2026-03-01T21:00:00Z",
        "2026-03-01T09:00:00, 2026-03-02T09:00:00",
        "2026-03-28T09:00:00+01:00[Europe/Berlin], 2026-03-29T09:00:00+02:00[Europe/Berlin]",
        "2026-03-01, 2026-03-02T09:00:00"
    })
    void occurrences_at_a_time_move_on_like_those_on_a_day(String agreed, String shown) {
        View base = DAILY.with("due", text(agreed));
        View theirs = base.with("due", text(shown));

        assertThat(Occurrences.settle(base, completed(base), theirs)).isEqualTo(theirs);
    }

    @Test
    void who_moved_the_occurrence_before_completing_it_completed_it_all_the_same() {
        View ours = completed(DAILY).with("due", text("2026-03-02"));
        View next = DAILY.with("due", text("2026-03-08"));

        assertThat(Occurrences.settle(DAILY, ours, next)).isEqualTo(next);
    }

    @Test
    void a_completed_occurrence_that_the_side_has_yet_to_reach_is_still_an_edit() {
        View ours = completed(DAILY).with("due", text("2026-03-02"));

        assertThat(Occurrences.settle(DAILY, ours, DAILY.with("due", text("2026-03-02"))))
                .isEqualTo(ours);
    }

    @Test
    void what_repeats_in_dayflow_only_or_not_at_all_has_no_occurrences() {
        View once = DAILY.with("recurrence", null);
        View next = once.with("due", text("2026-03-02"));

        assertThat(Occurrences.settle(once, completed(once), next)).isEqualTo(completed(once));
        assertThat(Occurrences.settle(once, completed(DAILY), next)).isEqualTo(completed(DAILY));
    }

    @Test
    void who_ended_the_series_and_completed_it_is_done_with_it() {
        View ours = completed(DAILY).with("recurrence", null);

        assertThat(Occurrences.settle(DAILY, ours, DAILY.with("due", text("2026-03-02"))))
                .isEqualTo(ours);
    }

    @Test
    void a_series_that_the_side_itself_completed_or_had_completed_before_is_left_to_the_merge() {
        View next = DAILY.with("due", text("2026-03-02"));

        assertThat(Occurrences.settle(DAILY, completed(DAILY), completed(next))).isEqualTo(completed(DAILY));
        assertThat(Occurrences.settle(completed(DAILY), completed(DAILY), next)).isEqualTo(completed(DAILY));
        assertThat(Occurrences.settle(DAILY, DAILY, next)).isEqualTo(DAILY);
    }

    @Test
    void a_task_without_a_date_shows_no_next_occurrence() {
        View undated = DAILY.with("due", null);

        assertThat(Occurrences.settle(undated, completed(undated), DAILY)).isEqualTo(completed(undated));
        assertThat(Occurrences.settle(DAILY, completed(DAILY), undated)).isEqualTo(completed(DAILY));
        assertThat(Occurrences.settle(DAILY, completed(undated), DAILY.with("due", text("2026-03-02"))))
                .isEqualTo(completed(undated));
    }

    @ParameterizedTest
    @EnumSource
    void a_settled_completion_is_no_conflict_leaves_nothing_to_push_and_stays_settled(Strategy strategy) {
        Seeds.check(800, chance -> {
            View base = series(chance);
            View theirs = movedOn(chance, base);
            View ours = completed(base);

            Merged merged =
                    ThreeWay.merge(base, Occurrences.settle(base, ours, theirs), theirs, strategy, EditTimes.UNKNOWN);

            assertThat(merged).isEqualTo(new Merged(theirs, List.of(), List.of(), Set.of()));
            assertThat(Occurrences.settle(theirs, merged.view(), theirs)).isEqualTo(theirs);
            // the same completion, told again by a sight that is seen again, is not completed again
            assertThat(Occurrences.settle(base, merged.view(), theirs)).isEqualTo(theirs);
        });
    }

    @ParameterizedTest
    @EnumSource
    void with_other_edits_on_both_sides_the_occurrence_is_theirs_and_the_rest_is_merged_as_ever(Strategy strategy) {
        Seeds.check(800, chance -> {
            View base = series(chance);
            View theirs = movedOn(chance, edited(chance, base));
            View edited = edited(chance, base);
            View ours = completed(edited);

            View settled = Occurrences.settle(base, ours, theirs);
            Merged merged = ThreeWay.merge(base, settled, theirs, strategy, EditTimes.UNKNOWN);

            List<String> occurrence = List.of("status", "completedAt", "progress", "due");
            assertThat(merged.view().only(occurrence)).isEqualTo(theirs.only(occurrence));
            assertThat(merged.heldPaths()).doesNotContainAnyElementsOf(occurrence);
            assertThat(settled.overlay(ours, occurrence)).isEqualTo(ours);
            assertThat(Item.of(merged.view()).view()).isEqualTo(merged.view());
        });
    }

    @Test
    void where_nothing_is_completed_nothing_is_settled() {
        Seeds.check(800, chance -> {
            Triple sides = Triple.of(chance);
            if (!"completed".equals(sides.ours().text("status"))) {
                assertThat(Occurrences.settle(sides.base(), sides.ours(), sides.theirs()))
                        .isEqualTo(sides.ours());
            }
        });
    }

    @Test
    void an_item_that_is_open_again_is_not_complete_any_more_where_the_side_cannot_say() {
        Item before = Item.of(completed(DAILY));
        Lens side = new FieldLens(Kind.TASK, Set.of("title", "status", "due"));
        View seen = DAILY.with("due", text("2026-03-02")).only(Set.of("title", "status", "due"));

        Item after = Occurrences.reopened(before, side.absorb(before, seen), seen);

        assertThat(after.view()).isEqualTo(DAILY.with("due", text("2026-03-02")));
    }

    @Test
    void what_a_side_says_of_a_task_that_is_open_again_stands() {
        View odd = completed(DAILY).with("status", text("pending"));
        Item before = Item.of(completed(DAILY));

        assertThat(Occurrences.reopened(before, Item.of(odd), odd).view()).isEqualTo(odd);
        View half = DAILY.with("progress", IntNode.valueOf(50));
        assertThat(Occurrences.reopened(before, Item.of(half), DAILY).view()).isEqualTo(half);
    }

    private static View series(RandomItems chance) {
        Item item = chance.item();
        while (item.kind() != Kind.TASK) {
            item = chance.item();
        }
        View view = item.view()
                .with("status", text(chance.chance(50) ? "pending" : "in_progress"))
                .with("completedAt", null)
                .with("progress", chance.chance(50) ? null : IntNode.valueOf(40))
                .with("recurrence", text(chance.chance(50) ? "FREQ=DAILY" : "X-TEXT=every so often"));
        return view.get("due") == null ? view.with("due", text("2026-03-01")) : view;
    }

    private static View movedOn(RandomItems chance, View base) {
        LocalDate day = When.parse(base.text("due")).dateIn(java.time.ZoneOffset.UTC);
        return base.with("status", text("pending"))
                .with("progress", null)
                .with("due", text(day.plusDays(2 + chance.number(40)).toString()));
    }

    /** Anything but what says which occurrence it is and how far. */
    private static View edited(RandomItems chance, View base) {
        View edited = chance.edited(Item.of(base)).view();
        return edited.overlay(base, List.of("status", "completedAt", "progress", "due", "recurrence"));
    }

    private static View completed(View view) {
        return view.with("status", text("completed"))
                .with("completedAt", text("2026-03-01T08:30:00Z"))
                .with("progress", IntNode.valueOf(100));
    }

    private static TextNode text(String value) {
        return TextNode.valueOf(value);
    }
}
