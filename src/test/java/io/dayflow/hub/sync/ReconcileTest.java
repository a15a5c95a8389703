package io.dayflow.hub.sync;

import static io.dayflow.hub.sync.OpenBook.EARLIER;
import static io.dayflow.hub.sync.OpenBook.LATER;
import static io.dayflow.hub.sync.OpenBook.NOW;
import static io.dayflow.hub.sync.OpenBook.REVISION;
import static io.dayflow.hub.sync.OpenBook.conflict;
import static io.dayflow.hub.sync.OpenBook.decided;
import static io.dayflow.hub.sync.OpenBook.ending;
import static io.dayflow.hub.sync.OpenBook.link;
import static io.dayflow.hub.sync.OpenBook.seen;
import static io.dayflow.hub.sync.OpenBook.title;
import static io.dayflow.hub.sync.OpenBook.titled;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.merge.FieldConflict;
import io.dayflow.hub.merge.Strategy;
import io.dayflow.hub.merge.Suggestion;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one side's copy and the item mean to each other, case by case. */
class ReconcileTest {

    // ---- a copy is seen

    @Test
    void anEditOfTheServiceIsTakenAndNothingIsLeftToPush() {
        OpenBook scene = new OpenBook();
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Green fence", EARLIER), scene.profile());

        assertThat(title(book)).isEqualTo("Green fence");
        assertThat(book.stored().edited()).containsEntry("title", EARLIER);
        assertThat(link(book).base()).isEqualTo(titled("Green fence"));
        assertThat(link(book).pending()).isFalse();
        assertThat(conflict(book)).isNull();
    }

    @Test
    void anEditOfDayFlowStaysAndIsPushed() {
        OpenBook scene = new OpenBook().withTitle("Red fence");
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Fence", LATER), scene.profile());

        assertThat(title(book)).isEqualTo("Red fence");
        assertThat(link(book).pending()).isTrue();
        assertThat(decided(book)).isEmpty();
    }

    @Test
    void whatBothEditedIsAskedAboutWithEveryValueAndHeld() {
        OpenBook scene = new OpenBook().withTitle("Red fence");
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Green fence", LATER), scene.profile());

        assertThat(title(book)).isEqualTo("Red fence");
        assertThat(link(book).pending()).as("the only difference is held").isFalse();
        OpenConflict asked = conflict(book);
        assertThat(asked.type()).isEqualTo(OpenConflict.Type.TITLE_MISMATCH);
        assertThat(asked.fields().getFirst().base()).isEqualTo(TextNode.valueOf("Fence"));
        assertThat(asked.fields().getFirst().dayflow()).isEqualTo(TextNode.valueOf("Red fence"));
        assertThat(asked.fields().getFirst().external()).isEqualTo(TextNode.valueOf("Green fence"));
        assertThat(asked.detectedAt()).isEqualTo(NOW);
    }

    @Test
    void aQuestionThatIsOpenKeepsItsIdItsBeginningAndWhatWasAgreedOnBefore() {
        OpenBook scene = new OpenBook().contested("Red fence", "Green fence");
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Blue fence", LATER), scene.profile());

        assertThat(conflict(book).detectedAt()).isEqualTo(EARLIER);
        assertThat(conflict(book).fields().getFirst().base()).isEqualTo(TextNode.valueOf("Fence"));
        assertThat(conflict(book).fields().getFirst().external()).isEqualTo(TextNode.valueOf("Blue fence"));
    }

    @Test
    void aQuestionThatTheSidesAnswerThemselvesEnds() {
        OpenBook scene = new OpenBook().contested("Red fence", "Green fence");
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Red fence", LATER), scene.profile());

        assertThat(conflict(book)).isNull();
        assertThat(ending(book)).isEqualTo("settled");
    }

    @Test
    void aQuestionThatAStrategyAnswersEndsSoAndKeepsTheLoser() {
        OpenBook scene = new OpenBook().contested("Red fence", "Green fence").strategy(Strategy.SOURCE);
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Blue fence", LATER), scene.profile());

        assertThat(ending(book)).isEqualTo("strategy");
        assertThat(decided(book)).hasSize(1).containsValue("keep_external");
        assertThat(title(book)).isEqualTo("Blue fence");
    }

    @Test
    void whatTheServiceHoldsAgainIsNoMoreAskedAboutAsDeleted() {
        OpenBook scene = new OpenBook().askedAboutDeletion(true);
        scene.withLink(scene.link().withState(Link.State.GONE, EARLIER));
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Fence", EARLIER), scene.profile());

        assertThat(conflict(book)).isNull();
        assertThat(ending(book)).isEqualTo("settled: the service holds it again");
        assertThat(link(book).state()).isEqualTo(Link.State.LIVE);
    }

    @Test
    void whatTheServiceMakesOfTheHubsOwnWriteIsTakenOnAsNobodysEdit() {
        OpenBook scene = new OpenBook().withTitle("Fence ").strategy(Strategy.LATEST);
        scene.withLink(scene.link().written("fence", "", "2", titled("Fence "), "{\"seen\": 2}"));
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Fence", LATER), scene.profile());

        assertThat(title(book)).isEqualTo("Fence");
        assertThat(book.stored().edited()).isEmpty();
        assertThat(link(book).pending()).isFalse();
        assertThat(decided(book)).isEmpty();
    }

    @Test
    void whatAPersonEditedSinceTheHubWroteStandsOverWhatTheServiceMadeOfIt() {
        OpenBook scene = new OpenBook().withTitle("Red fence").strategy(Strategy.SOURCE);
        scene.withLink(scene.link().written("fence", "", "2", titled("Fence "), "{\"seen\": 2}"));
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Fence", LATER), scene.profile());

        assertThat(title(book)).isEqualTo("Red fence");
        assertThat(link(book).pending()).isTrue();
        assertThat(decided(book)).as("nobody lost an edit").isEmpty();
    }

    @Test
    void whatOfAnUnansweredWriteHasArrivedWasAgreedOn() {
        OpenBook scene = new OpenBook().withTitle("Red fence").strategy(Strategy.SOURCE);
        scene.withLink(scene.link().intending(titled("Green fence")));
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Green fence", LATER), scene.profile());

        assertThat(title(book)).as("the edit since").isEqualTo("Red fence");
        assertThat(link(book).pending()).isTrue();
        assertThat(decided(book)).isEmpty();
    }

    @Test
    void anUnansweredCreateThatIsSeenIsWhatWasSent() {
        OpenBook scene = new OpenBook().withTitle("Red fence").strategy(Strategy.SOURCE);
        scene.withLink(Link.fresh(OpenBook.LINK, OpenBook.ITEM, OpenBook.CONNECTION, OpenBook.COLLECTION)
                .intending(titled("Fence")));
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Fence", LATER), scene.profile());

        assertThat(title(book)).isEqualTo("Red fence");
        assertThat(link(book).pending()).isTrue();
    }

    @Test
    void aCopyThatNothingIsKnownOfIsAgreedOnAsItIs() {
        OpenBook scene = new OpenBook().withTitle("Red fence").strategy(Strategy.SOURCE);
        scene.withLink(Link.fresh(OpenBook.LINK, OpenBook.ITEM, OpenBook.CONNECTION, OpenBook.COLLECTION));
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Green fence", LATER), scene.profile());

        assertThat(title(book)).isEqualTo("Red fence");
        assertThat(link(book).base()).isEqualTo(titled("Green fence"));
        assertThat(link(book).pending()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "5, Fence, false", // refused, and nothing has changed
        "4, Fence, true", // an edit since
        "5, Gate, true" // another copy than then
    })
    void aRefusedEditIsAskedAgainOnlyWhereSomethingChanged(long refused, String held, boolean pending) {
        OpenBook scene = new OpenBook().withTitle("Red fence").strategy(Strategy.MERGE);
        scene.withLink(scene.link().parked(refused));
        ItemBook book = scene.open();
        Seen seen = new Seen("fence", "", "2", titled(held), "{}", EARLIER);
        OpenBook other = scene.withEdits(Map.of("title", NOW));
        book = other.open();

        Reconcile.seen(book, scene.link(), seen, scene.profile());

        assertThat(title(book)).isEqualTo("Red fence");
        assertThat(link(book).pending()).isEqualTo(pending);
    }

    // ---- seen although it is deleted here

    @Test
    void aCopyOfADeletedItemThatNobodyEditedIsToBeDeleted() {
        OpenBook scene = new OpenBook().deletedAt(EARLIER);
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Fence ", LATER), scene.profile());

        assertThat(book.isDeleted()).isTrue();
        assertThat(link(book).pending()).isTrue();
        assertThat(link(book).base()).isEqualTo(titled("Fence "));
        assertThat(conflict(book)).isNull();
        assertThat(decided(book)).isEmpty();
    }

    @Test
    void aCopyOfADeletedItemThatIsAskedAboutWaits() {
        OpenBook scene = new OpenBook().deletedAt(EARLIER).askedAboutDeletion(false);
        ItemBook book = scene.open();
        Reconcile.seen(book, scene.link(), seen("Fence", LATER), scene.profile());
        assertThat(link(book).pending()).isFalse();
        assertThat(conflict(book)).isNotNull();

        scene.withLink(scene.link().withPending(true));
        ItemBook pending = scene.open();
        Reconcile.seen(pending, scene.link(), seen("Fence", LATER), scene.profile());
        assertThat(link(pending).pending()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"5, false", "4, true"})
    void aDeletionThatWasRefusedIsAskedAgainOnlyAfterAnEdit(long refused, boolean pending) {
        OpenBook scene = new OpenBook().deletedAt(EARLIER);
        scene.withLink(scene.link().parked(refused));
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Fence", LATER), scene.profile());

        assertThat(link(book).pending()).isEqualTo(pending);
    }

    @Test
    void whatTheHubWroteOrNeverKnewIsNoEditAgainstADeletion() {
        OpenBook answered = new OpenBook().deletedAt(EARLIER).strategy(Strategy.MERGE);
        answered.withLink(answered.link().written("fence", "", "2", titled("Red fence"), "{\"seen\": 2}"));
        ItemBook book = answered.open();
        Reconcile.seen(book, answered.link(), seen("Fence", LATER), answered.profile());
        assertThat(book.isDeleted()).isTrue();
        assertThat(link(book).pending()).isTrue();

        OpenBook unknown = new OpenBook().deletedAt(EARLIER).strategy(Strategy.MERGE);
        unknown.withLink(Link.fresh(OpenBook.LINK, OpenBook.ITEM, OpenBook.CONNECTION, OpenBook.COLLECTION)
                .intending(titled("Gate")));
        ItemBook created = unknown.open();
        Reconcile.seen(created, unknown.link(), seen("Gate", LATER), unknown.profile());
        assertThat(created.isDeleted()).isTrue();
        assertThat(link(created).pending()).isTrue();
    }

    @Test
    void anEditOfWhatACreateWithoutAnAnswerMadeStandsAgainstADeletionLikeAnyOther() {
        OpenBook scene = new OpenBook().deletedAt(EARLIER).strategy(Strategy.MERGE);
        scene.withLink(Link.fresh(OpenBook.LINK, OpenBook.ITEM, OpenBook.CONNECTION, OpenBook.COLLECTION)
                .intending(titled("Gate")));
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Green gate", LATER), scene.profile());

        assertThat(book.isDeleted()).isFalse();
        assertThat(title(book)).isEqualTo("Green gate");
    }

    @Test
    void aDeletionThatHoldsTakesTheServicesEditAlong() {
        OpenBook scene = new OpenBook().deletedAt(EARLIER).strategy(Strategy.LATEST);
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Green fence", EARLIER.minusSeconds(1)), scene.profile());

        assertThat(book.isDeleted()).isTrue();
        assertThat(title(book)).isEqualTo("Green fence");
        assertThat(link(book).pending()).isTrue();
        assertThat(decided(book)).hasSize(1).containsValue("keep_dayflow");
    }

    @Test
    void anEditOfTheServiceThatWinsBringsTheItemBack() {
        OpenBook scene =
                new OpenBook().deletedAt(EARLIER).strategy(Strategy.MERGE).askedAboutDeletion(false);
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Green fence", LATER), scene.profile());

        assertThat(book.isDeleted()).isFalse();
        assertThat(title(book)).isEqualTo("Green fence");
        assertThat(conflict(book)).isNull();
        assertThat(ending(book)).isEqualTo("settled: kept, as it was edited");
        assertThat(link(book).pending()).isFalse();
        assertThat(decided(book)).hasSize(1).containsValue("keep_external");
    }

    @Test
    void aPersonIsAskedBetweenTheirDeletionAndTheServicesEdit() {
        OpenBook scene = new OpenBook().deletedAt(EARLIER);
        scene.withLink(scene.link().withPending(true));
        ItemBook book = scene.open();

        Reconcile.seen(book, scene.link(), seen("Green fence", LATER), scene.profile());

        assertThat(book.isDeleted()).isTrue();
        assertThat(title(book)).as("whoever keeps it keeps the edit").isEqualTo("Green fence");
        assertThat(link(book).pending()).isFalse();
        assertThat(conflict(book).type()).isEqualTo(OpenConflict.Type.DELETE_EDIT);
        assertThat(conflict(book).fields().getFirst().dayflow()).isEqualTo(BooleanNode.TRUE);
        assertThat(conflict(book).fields().getFirst().external()).isEqualTo(BooleanNode.FALSE);
        assertThat(decided(book)).isEmpty();
    }

    // ---- the item changed under a question

    @Test
    void aQuestionIsLookedAtAgainWhenTheItemChanges() {
        OpenBook agreed = new OpenBook().contested("Red fence", "Green fence").withTitle("Green fence");
        ItemBook book = agreed.open();
        Reconcile.reconsider(book, agreed.link(), agreed.profile());
        assertThat(conflict(book)).isNull();

        OpenBook still = new OpenBook().contested("Red fence", "Green fence").withTitle("Rose fence");
        book = still.open();
        Reconcile.reconsider(book, still.link(), still.profile());
        assertThat(conflict(book).fields().getFirst().dayflow()).isEqualTo(TextNode.valueOf("Rose fence"));
        assertThat(title(book)).isEqualTo("Rose fence");
    }

    @Test
    void theQuestionWhetherTwoAreOneEndsWhenTheyAgree() {
        OpenBook agreed = new OpenBook().suspected("Red fence", "Green fence").withTitle("Green fence");
        ItemBook book = agreed.open();
        Reconcile.reconsider(book, agreed.link(), agreed.profile());
        assertThat(conflict(book)).isNull();
        assertThat(link(book).state()).isEqualTo(Link.State.LIVE);

        OpenBook still = new OpenBook().suspected("Red fence", "Green fence").withTitle("Rose fence");
        book = still.open();
        Reconcile.reconsider(book, still.link(), still.profile());
        assertThat(conflict(book).type()).isEqualTo(OpenConflict.Type.DUPLICATE);
        assertThat(conflict(book).fields().getFirst().dayflow()).isEqualTo(TextNode.valueOf("Rose fence"));
    }

    @Test
    void thereIsNothingToLookAtWithoutAQuestionOrForADeletedItemOrAboutADeletion() {
        OpenBook calm = new OpenBook().withTitle("Red fence");
        ItemBook book = calm.open();
        Reconcile.reconsider(book, calm.link(), calm.profile());
        assertThat(link(book)).isEqualTo(calm.link());

        OpenBook deleted = new OpenBook()
                .contested("Red fence", "Green fence")
                .withTitle("Green fence")
                .deletedAt(NOW);
        book = deleted.open();
        Reconcile.reconsider(book, deleted.link(), deleted.profile());
        assertThat(conflict(book)).isNotNull();

        OpenBook asked = new OpenBook().askedAboutDeletion(true);
        asked.withLink(asked.link().withState(Link.State.GONE, NOW));
        book = asked.open();
        Reconcile.reconsider(book, asked.link(), asked.profile());
        assertThat(conflict(book)).isNotNull();

        OpenBook unknown = new OpenBook().contested("Red fence", "Green fence").withTitle("Green fence");
        unknown.withLink(unknown.link().forgotten());
        book = unknown.open();
        Reconcile.reconsider(book, unknown.link(), unknown.profile());
        assertThat(conflict(book)).isNotNull();
    }

    // ---- what the side is to hold

    @Test
    void whatIsAskedAboutStaysAsTheSideHasItAndTheRestIsWanted() {
        OpenBook calm = new OpenBook().withTitle("Red fence");
        assertThat(Reconcile.desired(calm.open(), calm.link(), calm.profile())).isEqualTo(titled("Red fence"));

        OpenBook contested = new OpenBook().contested("Red fence", "Green fence");
        assertThat(Reconcile.desired(contested.open(), contested.link(), contested.profile()))
                .isEqualTo(titled("Green fence"));

        OpenBook unknown = new OpenBook().contested("Red fence", "Green fence");
        unknown.withLink(unknown.link().forgotten());
        assertThat(Reconcile.desired(unknown.open(), unknown.link(), unknown.profile()))
                .isEqualTo(titled("Red fence"));

        OpenBook deletion = new OpenBook().askedAboutDeletion(true).withTitle("Red fence");
        assertThat(Reconcile.desired(deletion.open(), deletion.link(), deletion.profile()))
                .isEqualTo(titled("Red fence"));
    }

    @Test
    void anItemIsEditedWhereItDiffersFromWhatWasAgreedOn() {
        OpenBook calm = new OpenBook();
        assertThat(Reconcile.isEdited(calm.open(), calm.link(), calm.profile())).isFalse();
        OpenBook edited = new OpenBook().withTitle("Red fence");
        assertThat(Reconcile.isEdited(edited.open(), edited.link(), edited.profile()))
                .isTrue();
        OpenBook never = new OpenBook().withTitle("Red fence");
        never.withLink(never.link().forgotten());
        assertThat(Reconcile.isEdited(never.open(), never.link(), never.profile()))
                .isFalse();
    }

    // ---- a copy is lost

    @Test
    void aLostCopyIsGoneUntilSomebodyDecides() {
        OpenBook scene = new OpenBook();
        ItemBook book = scene.open();
        Reconcile.lost(book, scene.link());
        assertThat(link(book).state()).isEqualTo(Link.State.GONE);
        assertThat(link(book).goneAt()).isEqualTo(NOW);
        assertThat(book.isDeleted()).isFalse();
    }

    @Test
    void aLostCopyOfADeletedItemHasEndedAndSoHasTheQuestion() {
        OpenBook scene = new OpenBook().deletedAt(EARLIER).askedAboutDeletion(false);
        ItemBook book = scene.open();
        Reconcile.lost(book, scene.link());
        assertThat(link(book).state()).isEqualTo(Link.State.DETACHED);
        assertThat(link(book).version()).isNull();
        assertThat(ending(book)).isEqualTo("settled: deleted on both sides");
    }

    @Test
    void aLostTwinIsNoneAnyMore() {
        OpenBook scene = new OpenBook().suspected("Red fence", "Green fence");
        ItemBook book = scene.open();
        Reconcile.lost(book, scene.link());
        assertThat(link(book).state()).isEqualTo(Link.State.DETACHED);
        assertThat(ending(book)).isEqualTo("settled: the service no longer holds it");
    }

    @Test
    void whatIsKnownElsewhereOrNeverWasThereOrIsGoneAlreadyIsNotLost() {
        OpenBook moved = new OpenBook();
        Link before = moved.link();
        moved.withLink(before.at("elsewhere", ""));
        ItemBook book = moved.open();
        Reconcile.lost(book, before);
        assertThat(link(book)).isEqualTo(moved.link());

        OpenBook never = new OpenBook();
        never.withLink(Link.fresh(OpenBook.LINK, OpenBook.ITEM, OpenBook.CONNECTION, OpenBook.COLLECTION)
                .at("fence", ""));
        book = never.open();
        Reconcile.lost(book, never.link());
        assertThat(link(book)).isEqualTo(never.link());

        OpenBook gone = new OpenBook();
        gone.withLink(gone.link().withState(Link.State.GONE, EARLIER));
        book = gone.open();
        Reconcile.lost(book, gone.link());
        assertThat(link(book).goneAt()).isEqualTo(EARLIER);
    }

    // ---- and it is decided what that means

    @Test
    void whatNobodyEditedIsDeletedHereToo() {
        OpenBook scene = new OpenBook().withTitle("Fence ").askedAboutDeletion(true);
        ItemBook book = scene.open();
        Reconcile.gone(book, scene.link(), scene.profile(), EARLIER);
        assertThat(book.isDeleted()).isTrue();
        assertThat(book.stored().deletedAt()).isEqualTo(EARLIER);
        assertThat(link(book).state()).isEqualTo(Link.State.DETACHED);
        assertThat(ending(book)).isEqualTo("settled: deleted on the service");
        assertThat(decided(book)).isEmpty();
    }

    @Test
    void whatIsDeletedHereTooHasEnded() {
        OpenBook scene = new OpenBook().deletedAt(EARLIER).askedAboutDeletion(true);
        ItemBook book = scene.open();
        Reconcile.gone(book, scene.link(), scene.profile(), NOW);
        assertThat(link(book).state()).isEqualTo(Link.State.DETACHED);
        assertThat(ending(book)).isEqualTo("settled: deleted on both sides");
    }

    @Test
    void whereDeletedItemsAreKeptOnlyTheCopyEnds() {
        OpenBook scene = new OpenBook().keepingDeleted();
        ItemBook book = scene.open();
        Reconcile.gone(book, scene.link(), scene.profile(), NOW);
        assertThat(book.isDeleted()).isFalse();
        assertThat(link(book).state()).isEqualTo(Link.State.DETACHED);
    }

    @Test
    void aCopyThatWasNeverThereIsNoReasonToAsk() {
        OpenBook scene = new OpenBook().withTitle("Red fence");
        scene.withLink(Link.fresh(OpenBook.LINK, OpenBook.ITEM, OpenBook.CONNECTION, OpenBook.COLLECTION));
        ItemBook book = scene.open();
        Reconcile.gone(book, scene.link(), scene.profile(), NOW);
        assertThat(book.isDeleted()).isTrue();
        assertThat(conflict(book)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE, 2026-11-01T07:00:00Z, true",
        "DAYFLOW, 2026-11-01T07:00:00Z, false",
        "MERGE, 2026-11-01T07:00:00Z, false",
        "LATEST, 2026-11-01T07:00:00Z, true",
        "LATEST, 2026-11-01T09:00:00Z, false"
    })
    void aStrategyDecidesBetweenTheDeletionAndTheLatestEditAndKeepsWhatLost(
            Strategy strategy, java.time.Instant editedAt, boolean deleted) {
        OpenBook scene = new OpenBook()
                .withTitle("Red fence")
                .strategy(strategy)
                .askedAboutDeletion(true)
                .withEdits(Map.of("title", editedAt, "notes", java.time.Instant.parse("2026-01-01T00:00:00Z")));
        ItemBook book = scene.open();

        Reconcile.gone(book, scene.link(), scene.profile(), NOW);

        assertThat(book.isDeleted()).isEqualTo(deleted);
        assertThat(link(book).state()).isEqualTo(deleted ? Link.State.DETACHED : Link.State.LIVE);
        assertThat(link(book).base() == null).as("it is made anew").isEqualTo(!deleted);
        assertThat(conflict(book)).isNull();
        assertThat(ending(book))
                .isEqualTo(deleted ? "settled: deleted on the service" : "settled: kept, as it was edited");
        assertThat(decided(book)).hasSize(1).containsValue(deleted ? "keep_external" : "keep_dayflow");
        OpenConflict kept = decided(book).keySet().iterator().next();
        assertThat(kept.fields().getFirst().external()).isEqualTo(BooleanNode.TRUE);
        assertThat(kept.fields().getFirst().suggestion()).isEqualTo(deleted ? "external" : "dayflow");
    }

    @Test
    void aPersonIsAskedBetweenTheServicesDeletionAndTheirEdit() {
        OpenBook scene = new OpenBook().withTitle("Red fence");
        scene.withLink(scene.link().withPending(true));
        ItemBook book = scene.open();

        Reconcile.gone(book, scene.link(), scene.profile(), EARLIER);

        assertThat(book.isDeleted()).isFalse();
        assertThat(link(book).state()).isEqualTo(Link.State.GONE);
        assertThat(link(book).goneAt()).isEqualTo(EARLIER);
        assertThat(link(book).pending()).isFalse();
        assertThat(conflict(book).type()).isEqualTo(OpenConflict.Type.DELETE_EDIT);
        assertThat(conflict(book).fields().getFirst().dayflow()).isEqualTo(BooleanNode.FALSE);
        assertThat(conflict(book).fields().getFirst().external()).isEqualTo(BooleanNode.TRUE);
    }

    // ---- small parts

    @Test
    void aValueIsPresentUnlessItIsNull() {
        assertThat(Questions.present(null)).isEmpty();
        assertThat(Questions.present(NullNode.getInstance())).isEmpty();
        assertThat(Questions.present(TextNode.valueOf("x"))).contains(TextNode.valueOf("x"));
    }

    @Test
    void aFieldTellsItsSuggestionWhereThereIsOne() {
        TextNode value = TextNode.valueOf("x");
        assertThat(Questions.field(new FieldConflict("title", value, value, value, Suggestion.EXTERNAL))
                        .suggestion())
                .isEqualTo("external");
        assertThat(Questions.field(new FieldConflict("title", value, value, value, null))
                        .suggestion())
                .isNull();
        assertThat(REVISION).isEqualTo(new OpenBook().open().stored().revision());
    }
}
