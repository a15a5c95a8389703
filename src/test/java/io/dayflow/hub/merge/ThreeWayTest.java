package io.dayflow.hub.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.Views;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThreeWayTest {

    private static final Instant EARLY = Instant.parse("2026-03-01T08:00:00Z");
    private static final Instant LATE = Instant.parse("2026-03-01T09:00:00Z");
    private static final EditTimes THEIRS_LATER = EditTimes.of(EARLY, LATE);

    private final View note =
            Views.task("{'title':'Note','status':'pending','labels':['a','b'],'notes':'one\\ntwo\\nthree'}");

    @Test
    void manualKeepsOursReportsBothAndMergesEveryOtherField() {
        View ours = Views.edited(note, "{'title':'Ours','priority':'high'}");
        View theirs = Views.edited(note, "{'title':'Theirs','estimate':30}");
        Merged merged = ThreeWay.merge(note, ours, theirs, Strategy.MANUAL, THEIRS_LATER);
        assertThat(merged.view()).isEqualTo(Views.edited(note, "{'title':'Ours','priority':'high','estimate':30}"));
        assertThat(merged.open())
                .containsExactly(new FieldConflict(
                        "title", note.get("title"), ours.get("title"), theirs.get("title"), Suggestion.EXTERNAL));
        assertThat(ThreeWay.hold(merged.view(), theirs, merged.heldPaths()).text("title"))
                .isEqualTo("Theirs");
    }

    @Test
    void latestTakesTheLaterEditPerFieldWhereItsTimeIsKnown() {
        View ours = Views.edited(note, "{'title':'Ours','list':'ours'}");
        View theirs = Views.edited(note, "{'title':'Theirs','list':'theirs'}");
        EditTimes times = new EditTimes(Map.of("list", LATE.plusSeconds(1)), EARLY, Map.of(), LATE);
        Merged merged = ThreeWay.merge(note, ours, theirs, Strategy.LATEST, times);
        assertThat(merged.view()).isEqualTo(Views.edited(note, "{'title':'Theirs','list':'ours'}"));
        assertThat(merged.decided())
                .extracting(FieldConflict::suggestion)
                .containsExactly(Suggestion.DAYFLOW, Suggestion.EXTERNAL);
    }

    @Test
    void tiesAndUnknownTimesGoToOursAndAnUnknownTimeIsTheOldest() {
        View ours = Views.edited(note, "{'title':'Ours'}");
        View theirs = Views.edited(note, "{'title':'Theirs'}");
        assertThat(title(ours, theirs, EditTimes.UNKNOWN)).isEqualTo("Ours");
        assertThat(title(ours, theirs, EditTimes.of(EARLY, EARLY))).isEqualTo("Ours");
        assertThat(title(ours, theirs, EditTimes.of(null, EARLY))).isEqualTo("Theirs");
        assertThat(ThreeWay.merge(note, ours, theirs, Strategy.LATEST, EditTimes.UNKNOWN)
                        .decided()
                        .getFirst()
                        .suggestion())
                .isNull();
    }

    @Test
    void sourceTakesWhatTheServiceSays() {
        View theirs = note.with("title", null);
        Merged merged = ThreeWay.merge(
                note, Views.edited(note, "{'title':'Ours'}"), theirs, Strategy.SOURCE, EditTimes.of(LATE, EARLY));
        assertThat(merged.view()).isEqualTo(theirs);
    }

    @Test
    void dayflowKeepsWhatDayflowSaysHoweverLate() {
        View ours = note.with("title", null);
        View theirs = Views.edited(note, "{'title':'Theirs','estimate':30}");
        Merged merged = ThreeWay.merge(note, ours, theirs, Strategy.DAYFLOW, THEIRS_LATER);
        assertThat(merged.view()).isEqualTo(Views.edited(ours, "{'estimate':30}"));
        assertThat(merged.decided())
                .containsExactly(
                        new FieldConflict("title", note.get("title"), null, theirs.get("title"), Suggestion.EXTERNAL));
    }

    @Test
    void eachFieldFollowsItsOwnStrategyAndElementsThatOfTheirSet() {
        View base = Views.event("{'start':'2026-03-02','end':'2026-03-03','title':'T','location':'L','url':'u',"
                + "'attendees':[{'email':'a@b.c','response':'needs_action'}]}");
        View ours = Views.edited(
                base,
                "{'title':'ours','location':'ours','url':'ours',"
                        + "'attendees':[{'email':'a@b.c','response':'accepted'}]}");
        View theirs = Views.edited(
                base,
                "{'title':'theirs','location':'theirs','url':'theirs',"
                        + "'attendees':[{'email':'a@b.c','response':'declined'}]}");
        Strategies strategies = new FieldStrategies(
                Strategy.MANUAL,
                Map.of("title", Strategy.DAYFLOW, "location", Strategy.SOURCE, "attendees", Strategy.SOURCE));
        Merged merged = ThreeWay.merge(base, ours, theirs, strategies, EditTimes.UNKNOWN);
        assertThat(merged.view()).isEqualTo(Views.edited(theirs, "{'title':'ours','url':'ours'}"));
        assertThat(merged.heldPaths()).containsExactly("url");
        assertThat(merged.decided())
                .extracting(FieldConflict::path)
                .containsExactly("attendees/a@b.c", "location", "title");
    }

    @Test
    void whatGoesWithAStatusFollowsTheStrategyOfTheStatus() {
        View ours = Views.edited(note, "{'status':'completed','completedAt':'2026-03-01T07:00:00Z','progress':100}");
        View theirs = Views.edited(note, "{'status':'in_progress','progress':40}");
        Strategies strategies = new FieldStrategies(Strategy.MANUAL, Map.of("status", Strategy.SOURCE));
        Merged merged = ThreeWay.merge(note, ours, theirs, strategies, EditTimes.UNKNOWN);
        assertThat(merged.view()).isEqualTo(theirs);
        assertThat(merged.decided())
                .extracting(FieldConflict::path)
                .containsExactly("completedAt", "progress", "status");
    }

    @Test
    void aStartAndAnEndThatWouldCrossFollowTheStrategyThatGivesWayLeast() {
        View base = Views.event("{'start':'2026-03-02T09:00:00Z','end':'2026-03-02T10:00:00Z'}");
        View ours = Views.event("{'start':'2026-03-02T14:00:00Z','end':'2026-03-02T15:00:00Z'}");
        View theirs = Views.event("{'start':'2026-03-02T09:00:00Z','end':'2026-03-02T09:30:00Z'}");
        Strategies asks = new FieldStrategies(Strategy.SOURCE, Map.of("start", Strategy.MANUAL));
        assertThat(ThreeWay.merge(base, ours, theirs, asks, EditTimes.UNKNOWN).heldPaths())
                .containsExactlyInAnyOrder("start", "end");
        Strategies dayflow = new FieldStrategies(Strategy.SOURCE, Map.of("end", Strategy.DAYFLOW));
        assertThat(ThreeWay.merge(base, ours, theirs, dayflow, THEIRS_LATER).view())
                .isEqualTo(ours);
        Strategies source = new FieldStrategies(Strategy.MERGE, Map.of("end", Strategy.SOURCE));
        assertThat(ThreeWay.merge(base, ours, theirs, source, EditTimes.of(LATE, EARLY))
                        .view())
                .isEqualTo(theirs);
    }

    @Test
    void strategiesGiveWayInOneOrder() {
        Strategies each = new FieldStrategies(
                Strategy.MERGE,
                Map.of("a", Strategy.MANUAL, "b", Strategy.DAYFLOW, "c", Strategy.SOURCE, "d", Strategy.LATEST));
        assertThat(each.together(List.of("e", "d", "c", "b", "a/x"))).isEqualTo(Strategy.MANUAL);
        assertThat(each.together(List.of("e", "d", "c", "b"))).isEqualTo(Strategy.DAYFLOW);
        assertThat(each.together(List.of("e", "d", "c"))).isEqualTo(Strategy.SOURCE);
        assertThat(each.together(List.of("e", "d"))).isEqualTo(Strategy.LATEST);
        assertThat(each.together(List.of("e"))).isEqualTo(Strategy.MERGE);
        assertThatThrownBy(() -> each.together(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void setsKeepWhatEitherSideAddedAndLoseWhatEitherSideRemoved() {
        for (Strategy strategy : Strategy.values()) {
            Merged merged = ThreeWay.merge(
                    note,
                    Views.edited(note, "{'labels':['b','c']}"),
                    Views.edited(note, "{'labels':['a','b','d']}"),
                    strategy,
                    EditTimes.UNKNOWN);
            assertThat(merged.view().get("labels")).isEqualTo(Views.json("['b','c','d']"));
            assertThat(merged.open()).isEmpty();
        }
    }

    @Test
    void mergeWeavesLongTextByLinesAndFallsBackToTheLaterEdit() {
        View ours = Views.edited(note, "{'notes':'ONE\\ntwo\\nthree'}");
        View apart = Views.edited(note, "{'notes':'one\\ntwo\\nTHREE'}");
        Merged woven = ThreeWay.merge(note, ours, apart, Strategy.MERGE, THEIRS_LATER);
        assertThat(woven.view().text("notes")).isEqualTo("ONE\ntwo\nTHREE");
        assertThat(woven.decided()).isEmpty();
        View same = Views.edited(note, "{'notes':'1\\ntwo\\nthree'}");
        Merged fallen = ThreeWay.merge(note, ours, same, Strategy.MERGE, THEIRS_LATER);
        assertThat(fallen.view().text("notes")).isEqualTo("1\ntwo\nthree");
        assertThat(fallen.decided()).extracting(FieldConflict::path).containsExactly("notes");
    }

    /** Else it could be longer than what whoever holds either of them can hold. */
    @Test
    void mergeWeavesNoTextThatIsMuchLongerThanBoth() {
        String much = "x".repeat(40_000);
        View ours = Views.edited(note, "{'notes':'" + much + "\\ntwo\\nthree'}");
        View theirs = Views.edited(note, "{'notes':'one\\ntwo\\n" + much + "'}");
        Merged fallen = ThreeWay.merge(note, ours, theirs, Strategy.MERGE, THEIRS_LATER);
        assertThat(fallen.view().text("notes")).isEqualTo(theirs.text("notes"));
        assertThat(fallen.decided()).extracting(FieldConflict::path).containsExactly("notes");
    }

    @Test
    void aStartAndAnEndThatWouldCrossGoTogether() {
        View base = Views.event("{'start':'2026-03-02T09:00:00Z','end':'2026-03-02T10:00:00Z'}");
        View ours = Views.event("{'start':'2026-03-02T14:00:00Z','end':'2026-03-02T15:00:00Z'}");
        View theirs = Views.event("{'start':'2026-03-02T09:00:00Z','end':'2026-03-02T09:30:00Z'}");
        Merged latest = ThreeWay.merge(base, ours, theirs, Strategy.LATEST, THEIRS_LATER);
        assertThat(latest.view()).isEqualTo(theirs);
        assertThat(latest.decided()).extracting(FieldConflict::path).containsExactly("end", "start");
        Merged manual = ThreeWay.merge(base, ours, theirs, Strategy.MANUAL, THEIRS_LATER);
        assertThat(manual.view()).isEqualTo(ours);
        assertThat(manual.heldPaths()).containsExactlyInAnyOrder("start", "end");
    }

    @Test
    void aStartAndAnEndThatFitMergeOnTheirOwn() {
        View base = Views.event("{'start':'2026-03-02T09:00:00Z','end':'2026-03-02T10:00:00Z'}");
        Merged merged = ThreeWay.merge(
                base,
                Views.edited(base, "{'start':'2026-03-02T08:30:00Z'}"),
                Views.edited(base, "{'end':'2026-03-02T11:00:00Z'}"),
                Strategy.MANUAL,
                EditTimes.UNKNOWN);
        assertThat(merged.view())
                .isEqualTo(Views.event("{'start':'2026-03-02T08:30:00Z','end':'2026-03-02T11:00:00Z'}"));
        assertThat(merged.open()).isEmpty();
    }

    @Test
    void aDayAndATimeNeverMeetInOneEvent() {
        View base = Views.event("{'start':'2026-03-02','end':'2026-03-03'}");
        View ours = Views.event("{'start':'2026-03-02T09:00:00Z','end':'2026-03-02T10:00:00Z'}");
        View theirs = Views.event("{'start':'2026-03-02','end':'2026-03-05'}");
        assertThat(ThreeWay.merge(base, ours, theirs, Strategy.SOURCE, EditTimes.UNKNOWN)
                        .view())
                .isEqualTo(theirs);
        assertThat(ThreeWay.merge(base, ours, theirs, Strategy.LATEST, EditTimes.UNKNOWN)
                        .view())
                .isEqualTo(ours);
    }

    @Test
    void aFlagForDaysGoesWithTheStartAndEndOfItsSide() {
        View base = Views.event("{'allDay':false,'start':'2026-03-02T09:00:00Z','end':'2026-03-02T10:00:00Z'}");
        View ours = Views.event("{'allDay':true,'start':'2026-03-02T00:00:00Z','end':'2026-03-03T00:00:00Z'}");
        View theirs = Views.edited(base, "{'start':'2026-03-02T08:00:00Z'}");
        assertThat(ThreeWay.merge(base, ours, theirs, Strategy.LATEST, THEIRS_LATER)
                        .view())
                .isEqualTo(theirs);
    }

    @Test
    void aStatusTakesItsCompletionAndProgressAlong() {
        View ours = Views.edited(note, "{'status':'completed','completedAt':'2026-03-01T07:00:00Z','progress':100}");
        View theirs = Views.edited(note, "{'status':'in_progress'}");
        assertThat(ThreeWay.merge(note, ours, theirs, Strategy.LATEST, THEIRS_LATER)
                        .view())
                .isEqualTo(theirs);
        Merged manual = ThreeWay.merge(note, ours, theirs, Strategy.MANUAL, THEIRS_LATER);
        assertThat(manual.heldPaths()).containsExactlyInAnyOrder("status", "completedAt", "progress");
    }

    @Test
    void theSideOfTheStatusDecidesEvenWhereTheRestWasEditedLaterOnTheOther() {
        View ours = Views.edited(note, "{'status':'completed','completedAt':'2026-03-01T07:00:00Z','progress':100}");
        View theirs = Views.edited(note, "{'status':'in_progress'}");
        EditTimes times = new EditTimes(Map.of("progress", LATE.plusSeconds(1)), EARLY, Map.of(), LATE);
        assertThat(ThreeWay.merge(note, ours, theirs, Strategy.LATEST, times).view())
                .isEqualTo(theirs);
    }

    @Test
    void onlyTheTimesOfWhatASideChangedCountWhenPathsGoTogether() {
        View base = Views.event("{'start':'2026-03-02T09:00:00Z','end':'2026-03-02T10:00:00Z'}");
        View ours = Views.event("{'start':'2026-03-02T14:00:00Z','end':'2026-03-02T15:00:00Z'}");
        View theirs = Views.edited(base, "{'end':'2026-03-02T09:30:00Z'}");
        EditTimes times =
                new EditTimes(Map.of("end", EARLY), LATE, Map.of("start", LATE.plusSeconds(1)), EARLY.plusSeconds(1));
        assertThat(ThreeWay.merge(base, ours, theirs, Strategy.LATEST, times).view())
                .isEqualTo(ours);
    }

    @Test
    void anOccurrenceThatOneSideCancelsAndTheOtherChangesIsAConflict() {
        View base = Views.event("{'start':'2026-03-02','end':'2026-03-03','recurrence':'FREQ=DAILY'}");
        View ours = Views.edited(base, "{'exdates':['2026-03-04']}");
        View theirs = Views.edited(
                base, "{'overrides':{'2026-03-04':{'title':'Moved','start':'2026-03-05','end':'2026-03-06'}}}");
        assertThat(ThreeWay.merge(base, ours, theirs, Strategy.LATEST, THEIRS_LATER)
                        .view())
                .isEqualTo(theirs);
        assertThat(ThreeWay.merge(base, ours, theirs, Strategy.MANUAL, THEIRS_LATER)
                        .heldPaths())
                .containsExactlyInAnyOrder("exdates/2026-03-04", "overrides/2026-03-04");
    }

    @Test
    void aSeriesThatOneSideEndedKeepsNoExceptionsOfTheOther() {
        View base = Views.event("{'start':'2026-03-02','end':'2026-03-03','recurrence':'FREQ=DAILY'}");
        View ours = base.with("recurrence", null);
        View theirs = Views.edited(base, "{'exdates':['2026-03-04'],'title':'Still here'}");
        Merged merged = ThreeWay.merge(base, ours, theirs, Strategy.LATEST, EditTimes.of(LATE, EARLY));
        assertThat(merged.view()).isEqualTo(Views.edited(ours, "{'title':'Still here'}"));
        assertThat(merged.decided()).extracting(FieldConflict::path).containsExactly("exdates/2026-03-04");
    }

    @Test
    void anOpenConflictIsJudgedByItsOwnBase() {
        View ours = Views.edited(note, "{'title':'Ours'}");
        View theirs = Views.edited(note, "{'title':'Theirs'}");
        Map<String, Optional<JsonNode>> held = Map.of("title", Optional.ofNullable(note.get("title")));
        assertThat(ThreeWay.merge(theirs, ours, theirs, Strategy.MANUAL, THEIRS_LATER, held)
                        .heldPaths())
                .containsExactly("title");
        Merged back = ThreeWay.merge(theirs, ours, note, Strategy.MANUAL, THEIRS_LATER, held);
        assertThat(back).isEqualTo(new Merged(ours, List.of(), List.of(), Set.of("title")));
        Merged decided = ThreeWay.merge(theirs, ours, theirs, Strategy.SOURCE, THEIRS_LATER, held);
        assertThat(decided.settled()).containsExactly("title");
        assertThat(decided.decided()).hasSize(1);
    }

    @Test
    void aFieldThatWasAbsentCanBeHeld() {
        View ours = Views.edited(note, "{'list':'ours'}");
        View theirs = Views.edited(note, "{'list':'theirs'}");
        Merged again =
                ThreeWay.merge(theirs, ours, theirs, Strategy.MANUAL, THEIRS_LATER, Map.of("list", Optional.empty()));
        assertThat(again.open())
                .containsExactly(
                        new FieldConflict("list", null, ours.get("list"), theirs.get("list"), Suggestion.EXTERNAL));
    }

    @Test
    void aWholeSetCanBeHeldByTheNameOfItsField() {
        View desired = Views.edited(note, "{'labels':['a','x'],'title':'New'}");
        assertThat(ThreeWay.hold(desired, note, Set.of("labels"))).isEqualTo(Views.edited(note, "{'title':'New'}"));
    }

    @Test
    void viewsOfDifferentKindsDoNotMerge() {
        assertThatThrownBy(() -> ThreeWay.merge(note, note, Views.event("{}"), Strategy.MERGE, EditTimes.UNKNOWN))
                .hasMessage("only views of one kind merge, not of task, task and event");
    }

    private String title(View ours, View theirs, EditTimes times) {
        return ThreeWay.merge(note, ours, theirs, Strategy.LATEST, times).view().text("title");
    }
}
