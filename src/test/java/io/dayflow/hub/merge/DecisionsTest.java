package io.dayflow.hub.merge;

import static io.dayflow.hub.merge.DeleteEdit.ASK;
import static io.dayflow.hub.merge.DeleteEdit.DELETE;
import static io.dayflow.hub.merge.DeleteEdit.KEEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.Seeds;
import io.dayflow.hub.item.Views;
import io.dayflow.hub.merge.Guard.Loss;
import io.dayflow.hub.merge.Guard.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionsTest {

    private static final Instant EARLY = Instant.EPOCH;
    private static final Instant LATE = EARLY.plusSeconds(1);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void aDeletionAgainstAnEditIsDecidedByTheStrategy() {
        assertThat(DeleteEdit.decide(Strategy.MANUAL, EARLY, LATE, true)).isEqualTo(ASK);
        assertThat(DeleteEdit.decide(Strategy.MERGE, EARLY, LATE, true)).isEqualTo(KEEP);
        assertThat(DeleteEdit.decide(Strategy.SOURCE, LATE, EARLY, true)).isEqualTo(DELETE);
        assertThat(DeleteEdit.decide(Strategy.SOURCE, EARLY, LATE, false)).isEqualTo(KEEP);
        assertThat(DeleteEdit.decide(Strategy.DAYFLOW, EARLY, LATE, true)).isEqualTo(KEEP);
        assertThat(DeleteEdit.decide(Strategy.DAYFLOW, LATE, EARLY, false)).isEqualTo(DELETE);
        assertThat(DeleteEdit.decide(Strategy.LATEST, EARLY, LATE, true)).isEqualTo(DELETE);
        assertThat(DeleteEdit.decide(Strategy.LATEST, LATE, EARLY, false)).isEqualTo(KEEP);
    }

    @Test
    void aTieBetweenADeletionAndAnEditGoesToWhatDayflowDid() {
        for (Instant both : new Instant[] {EARLY, null}) {
            assertThat(DeleteEdit.decide(Strategy.LATEST, both, both, true)).isEqualTo(KEEP);
            assertThat(DeleteEdit.decide(Strategy.LATEST, both, both, false)).isEqualTo(DELETE);
        }
        assertThat(DeleteEdit.decide(Strategy.LATEST, null, EARLY, true)).isEqualTo(DELETE);
        assertThat(DeleteEdit.decide(Strategy.LATEST, EARLY, null, false)).isEqualTo(KEEP);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {'title':'Stand  up','start':'2026-03-02T09:00:00+01:00[Europe/Berlin]'} ; {'title':' stand\u00a0UP','start':'2026-03-02T08:00:00Z'} ; true
            {'title':'Straße','start':'2026-03-02'}              ; {'title':'STRASSE','start':'2026-03-02'}              ; true
            {'title':'e\u0301tude','start':'2026-03-02'}         ; {'title':'\u00e9tude','start':'2026-03-02'}           ; true
            {'title':'A','start':'2026-03-02T09:00:00'}          ; {'title':'A','start':'2026-03-02T08:00:00Z'}          ; true
            {'title':'A','start':'2026-03-02'}                   ; {'title':'A','start':'2026-03-01T23:00:00Z'}          ; false
            {'title':'A','start':'2026-03-02'}                   ; {'title':'A','start':'2026-03-03'}                    ; false
            {'title':'A','start':'2026-03-02'}                   ; {'title':'B','start':'2026-03-02'}                    ; false
            """)
    void eventsOfOneTitleAndTimeMatch(String one, String other, boolean match) {
        String key = FirstContact.matchKey(Item.of(Views.event(one)), BERLIN);
        assertThat(key.equals(FirstContact.matchKey(Item.of(Views.event(other)), BERLIN)))
                .isEqualTo(match);
    }

    @Test
    void aTaskDueAtTheUsersMidnightMatchesOneDueThatDay() {
        assertThat(FirstContact.matchKey(Item.of(Views.task("{'title':'A','due':'2026-03-01T23:00:00Z'}")), BERLIN))
                .isEqualTo(FirstContact.matchKey(Item.of(Views.task("{'title':'A','due':'2026-03-02'}")), BERLIN))
                .isNotEqualTo(FirstContact.matchKey(Item.of(Views.task("{'title':'A'}")), BERLIN));
    }

    @Test
    void itemsAgreeWhenOnlyTheirUidDiffers() {
        assertThat(FirstContact.agree(Views.task("{'title':'A','uid':'1'}"), Views.task("{'title':'A','uid':'2'}")))
                .isTrue();
        assertThat(FirstContact.agree(Views.task("{'title':'A'}"), Views.task("{'title':'A','labels':['x']}")))
                .isFalse();
        assertThat(FirstContact.agree(Views.task("{'title':'A'}"), Views.event("{'title':'A'}")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"11,40,true", "11,44,false", "10,10,false", "12,20,true", "300,1200,false", "301,1200,true"})
    void aRunIsHeldWhenItDeletesManyItemsThatAreALargeShare(int deletes, int total, boolean held) {
        assertThat(Guard.verdict(deletes, total, List.of(), GuardLimits.DEFAULT) instanceof Verdict.Hold)
                .isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({"2,2,true", "1,1,false", "5,4,false", "0,0,false"})
    void aRunIsHeldWhenItEmptiesACollection(int items, int deletes, boolean held) {
        Verdict verdict = Guard.verdict(deletes, 500, List.of(new Loss("Work", items, deletes)), GuardLimits.DEFAULT);
        assertThat(verdict instanceof Verdict.Hold).isEqualTo(held);
    }

    @Test
    void aHeldRunSaysWhatItWasAboutToDo() {
        assertThat(Guard.verdict(30, 40, List.of(), GuardLimits.DEFAULT))
                .isEqualTo(
                        new Verdict.Hold(
                                "This run would delete 30 of 40 items (75 %). Nothing was deleted. Confirm if they are meant to go."));
        assertThat(Guard.verdict(2, 40, List.of(new Loss("Work", 2, 2)), GuardLimits.DEFAULT))
                .isEqualTo(
                        new Verdict.Hold(
                                "\"Work\" had 2 items and is now empty. Nothing was deleted. Confirm if all of them are meant to go."));
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new GuardLimits(-1, 25)).hasMessageContaining("from 0");
        assertThatThrownBy(() -> new GuardLimits(10, 101)).hasMessageContaining("0 to 100");
    }

    @Test
    void aSideOfSomeFieldsKeepsTheOthersAndObeysTheLawsOfLenses() {
        FieldLens events =
                new FieldLens(Kind.EVENT, Set.of("title", "start", "end", "recurrence", "exdates", "attendees"));
        FieldLens tasks = new FieldLens(Kind.TASK, Set.of("title", "status", "due", "labels"));
        Seeds.check(1000, chance -> {
            Item item = chance.item();
            FieldLens lens = item.kind() == Kind.EVENT ? events : tasks;
            var view = lens.project(chance.item(item.kind()));
            assertThat(lens.project(lens.absorb(item, view))).isEqualTo(view);
            assertThat(lens.absorb(item, lens.project(item))).isEqualTo(item);
            assertThat(lens.project(lens.create(view))).isEqualTo(view);
            assertThat(Difference.between(item.view(), lens.absorb(item, view).view())
                            .without(lens.fields())
                            .isEmpty())
                    .isTrue();
        });
    }

    @Test
    void namesOfStrategiesReadBack() {
        for (Strategy strategy : Strategy.values()) {
            assertThat(Strategy.of(strategy.id())).isEqualTo(strategy);
        }
        assertThatThrownBy(() -> Strategy.of("newest"))
                .hasMessageContaining("manual, latest, source, merge or dayflow");
        assertThatThrownBy(() -> new FieldLens(Kind.EVENT, Set.of("start"))).hasMessageContaining("start and end");
    }
}
