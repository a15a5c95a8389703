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
    void aCompletionIsOverWhenTheSideHasMovedOn() {
        View next = DAILY.with("due", text("2026-03-02"));

        assertThat(Occurrences.settle(DAILY, completed(DAILY), next)).isEqualTo(next);
    }

    @Test
    void otherEditsOfOursSurvive() {
        View ours = completed(DAILY).with("title", text("Water all plants")).with("notes", text("the fern too"));

        assertThat(Occurrences.settle(DAILY, ours, DAILY.with("due", text("2026-03-02"))))
                .isEqualTo(DAILY.with("due", text("2026-03-02"))
                        .with("title", text("Water all plants"))
                        .with("notes", text("the fern too")));
    }

    @Test
    void aRuleThatNobodyUnderstandsIsARule() {
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
    void aCompletionStaysOneWhileTheSideShowsNoLaterOccurrence(String agreed, String shown) {
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
    void occurrencesAtATimeMoveOnLikeThoseOnADay(String agreed, String shown) {
        View base = DAILY.with("due", text(agreed));
        View theirs = base.with("due", text(shown));

        assertThat(Occurrences.settle(base, completed(base), theirs)).isEqualTo(theirs);
    }

    @Test
    void whoMovedTheOccurrenceBeforeCompletingItCompletedItAllTheSame() {
        View ours = completed(DAILY).with("due", text("2026-03-02"));
        View next = DAILY.with("due", text("2026-03-08"));

        assertThat(Occurrences.settle(DAILY, ours, next)).isEqualTo(next);
    }

    @Test
    void aCompletedOccurrenceThatTheSideHasYetToReachIsStillAnEdit() {
        View ours = completed(DAILY).with("due", text("2026-03-02"));

        assertThat(Occurrences.settle(DAILY, ours, DAILY.with("due", text("2026-03-02"))))
                .isEqualTo(ours);
    }

    @Test
    void whatRepeatsInDayflowOnlyOrNotAtAllHasNoOccurrences() {
        View once = DAILY.with("recurrence", null);
        View next = once.with("due", text("2026-03-02"));

        assertThat(Occurrences.settle(once, completed(once), next)).isEqualTo(completed(once));
        assertThat(Occurrences.settle(once, completed(DAILY), next)).isEqualTo(completed(DAILY));
    }

    @Test
    void whoEndedTheSeriesAndCompletedItIsDoneWithIt() {
        View ours = completed(DAILY).with("recurrence", null);

        assertThat(Occurrences.settle(DAILY, ours, DAILY.with("due", text("2026-03-02"))))
                .isEqualTo(ours);
    }

    @Test
    void aSeriesThatTheSideItselfCompletedOrHadCompletedBeforeIsLeftToTheMerge() {
        View next = DAILY.with("due", text("2026-03-02"));

        assertThat(Occurrences.settle(DAILY, completed(DAILY), completed(next))).isEqualTo(completed(DAILY));
        assertThat(Occurrences.settle(completed(DAILY), completed(DAILY), next)).isEqualTo(completed(DAILY));
        assertThat(Occurrences.settle(DAILY, DAILY, next)).isEqualTo(DAILY);
    }

    @Test
    void aTaskWithoutADateShowsNoNextOccurrence() {
        View undated = DAILY.with("due", null);

        assertThat(Occurrences.settle(undated, completed(undated), DAILY)).isEqualTo(completed(undated));
        assertThat(Occurrences.settle(DAILY, completed(DAILY), undated)).isEqualTo(completed(DAILY));
        assertThat(Occurrences.settle(DAILY, completed(undated), DAILY.with("due", text("2026-03-02"))))
                .isEqualTo(completed(undated));
    }

    @ParameterizedTest
    @EnumSource
    void aSettledCompletionIsNoConflictLeavesNothingToPushAndStaysSettled(Strategy strategy) {
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
    void withOtherEditsOnBothSidesTheOccurrenceIsTheirsAndTheRestIsMergedAsEver(Strategy strategy) {
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
    void whereNothingIsCompletedNothingIsSettled() {
        Seeds.check(800, chance -> {
            Triple sides = Triple.of(chance);
            if (!"completed".equals(sides.ours().text("status"))) {
                assertThat(Occurrences.settle(sides.base(), sides.ours(), sides.theirs()))
                        .isEqualTo(sides.ours());
            }
        });
    }

    @Test
    void anItemThatIsOpenAgainIsNotCompleteAnyMoreWhereTheSideCannotSay() {
        Item before = Item.of(completed(DAILY));
        Lens side = new FieldLens(Kind.TASK, Set.of("title", "status", "due"));
        View seen = DAILY.with("due", text("2026-03-02")).only(Set.of("title", "status", "due"));

        Item after = Occurrences.reopened(before, side.absorb(before, seen), seen);

        assertThat(after.view()).isEqualTo(DAILY.with("due", text("2026-03-02")));
    }

    @Test
    void whatASideSaysOfATaskThatIsOpenAgainStands() {
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
