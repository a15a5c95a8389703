package io.dayflow.hub.sync;

import static io.dayflow.hub.sync.OpenBook.COLLECTION;
import static io.dayflow.hub.sync.OpenBook.CONNECTION;
import static io.dayflow.hub.sync.OpenBook.EARLIER;
import static io.dayflow.hub.sync.OpenBook.ITEM;
import static io.dayflow.hub.sync.OpenBook.LINK;
import static io.dayflow.hub.sync.OpenBook.NOW;
import static io.dayflow.hub.sync.OpenBook.REVISION;
import static io.dayflow.hub.sync.OpenBook.link;
import static io.dayflow.hub.sync.OpenBook.titled;
import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.merge.Strategy;
import io.dayflow.hub.provider.Push;
import org.junit.jupiter.api.Test;

/** What a side is to be told about one item, case by case. */
class PushPlanTest {

    private static final PushTask NOTHING = new PushTask.Nothing(LINK);

    private static PushTask plan(OpenBook scene, ItemBook book) {
        return scene.plan().plan(scene.profile(), book, scene.link());
    }

    private static OpenBook pending(OpenBook scene) {
        return scene.withLink(scene.link().withPending(true));
    }

    private static Link fresh() {
        return Link.fresh(LINK, ITEM, CONNECTION, COLLECTION).withPending(true);
    }

    @Test
    void anEditIsWrittenOverWhatWasSeenLastAndNotedBeforeItIsSent() {
        OpenBook scene = pending(new OpenBook().withTitle("Red fence"));
        ItemBook book = scene.open();

        PushTask task = plan(scene, book);

        assertThat(task)
                .isEqualTo(new PushTask.Write(
                        LINK,
                        PushTask.Verb.UPDATE,
                        new Push(
                                ITEM,
                                Kind.TASK,
                                "fence",
                                "",
                                "1",
                                titled("Fence"),
                                titled("Red fence"),
                                "{}",
                                ITEM.toString()),
                        scene.collection(),
                        REVISION));
        assertThat(link(book).intent()).isEqualTo(titled("Red fence"));
        assertThat(link(book).pending()).isTrue();
    }

    @Test
    void anItemIsCreatedUnderItsOwnUid() {
        OpenBook scene = new OpenBook().withTitle("Red fence").withUid("u-1").withLink(fresh());
        ItemBook book = scene.open();

        PushTask.Write write = (PushTask.Write) plan(scene, book);

        assertThat(write.verb()).isEqualTo(PushTask.Verb.CREATE);
        assertThat(write.push().externalId()).isNull();
        assertThat(write.push().uid()).isEqualTo("u-1");
        assertThat(write.push().desired().text("title")).isEqualTo("Red fence");
        assertThat(write.revision()).isEqualTo(REVISION);
        assertThat(link(book).intent()).isEqualTo(write.push().desired());
        assertThat(link(book).pending()).isTrue();
    }

    @Test
    void aCreateWithoutAnAnswerIsSentAgainAsItWasAndWhatChangedSinceFollows() {
        OpenBook changed = new OpenBook().withTitle("Red fence").withLink(fresh().intending(titled("Fence")));
        PushTask.Write again = (PushTask.Write) plan(changed, changed.open());
        assertThat(again.verb()).isEqualTo(PushTask.Verb.CREATE);
        assertThat(again.push().desired()).isEqualTo(titled("Fence"));
        assertThat(again.revision()).isEqualTo(PushTask.OUTDATED);

        OpenBook same = new OpenBook().withLink(fresh().intending(titled("Fence")));
        assertThat(((PushTask.Write) plan(same, same.open())).revision()).isEqualTo(REVISION);
    }

    @Test
    void whatTheSideMayHoldUnreadIsLookedAtBeforeAnythingIsWritten() {
        OpenBook unverified = new OpenBook().withTitle("Red fence");
        unverified.withLink(unverified
                .link()
                .written("fence", "", "2", titled("Fence"), "{}")
                .withPending(true));
        assertThat(plan(unverified, unverified.open()))
                .isEqualTo(new PushTask.Look(LINK, "fence", unverified.collection()));

        OpenBook unanswered = pending(new OpenBook().withTitle("Red fence"));
        unanswered.withLink(unanswered.link().intending(titled("Blue fence")));
        assertThat(plan(unanswered, unanswered.open()))
                .isEqualTo(new PushTask.Look(LINK, "fence", unanswered.collection()));
    }

    @Test
    void whatAgreesIsPendingNoMore() {
        OpenBook scene = pending(new OpenBook());
        ItemBook book = scene.open();

        assertThat(plan(scene, book)).isEqualTo(NOTHING);
        assertThat(link(book).pending()).isFalse();
        assertThat(link(book).intent()).isNull();
    }

    @Test
    void whatIsNeitherPendingNorChangedIsLeftAlone() {
        OpenBook scene = new OpenBook().withTitle("Red fence");
        ItemBook book = scene.open();
        assertThat(plan(scene, book)).isEqualTo(NOTHING);
        assertThat(link(book)).isEqualTo(scene.link());

        ItemBook changed = scene.open();
        changed.become(Item.of(titled("Blue fence")), NOW);
        assertThat(plan(scene, changed)).as("changed just now").isInstanceOf(PushTask.Write.class);
    }

    @Test
    void aTwinACopyWithoutACollectionAndAReadOnlyOneAreNotWrittenTo() {
        OpenBook twin = pending(new OpenBook().suspected("Red fence", "Green fence"));
        ItemBook book = twin.open();
        assertThat(plan(twin, book)).isEqualTo(NOTHING);
        assertThat(link(book).pending()).isFalse();

        OpenBook nowhere = pending(new OpenBook().withTitle("Red fence"));
        nowhere.withLink(nowhere.link().inCollection(null));
        book = nowhere.open();
        assertThat(plan(nowhere, book)).isEqualTo(NOTHING);
        assertThat(link(book).pending()).isFalse();

        OpenBook readOnly = pending(new OpenBook().withTitle("Red fence").readOnly());
        book = readOnly.open();
        assertThat(plan(readOnly, book)).isEqualTo(NOTHING);
        assertThat(link(book).pending()).isFalse();
    }

    @Test
    void aQuestionIsLookedAtAgainBeforeAnythingIsWritten() {
        OpenBook scene =
                pending(new OpenBook().contested("Red fence", "Green fence").withTitle("Green fence"));
        ItemBook book = scene.open();

        assertThat(plan(scene, book)).isEqualTo(NOTHING);
        assertThat(OpenBook.conflict(book)).as("the edit has answered it").isNull();
        assertThat(link(book).pending()).isFalse();
    }

    @Test
    void whatIsAskedAboutIsNotWritten() {
        OpenBook scene = pending(new OpenBook().contested("Red fence", "Green fence"));
        ItemBook book = scene.open();

        assertThat(plan(scene, book)).isEqualTo(NOTHING);
        assertThat(OpenBook.conflict(book)).isNotNull();
    }

    // ---- an edit meets a copy that is gone

    private static OpenBook gone(OpenBook scene) {
        return scene.withLink(scene.link().withState(Link.State.GONE, EARLIER).withPending(true));
    }

    @Test
    void anEditThatWinsOverADeletionIsMadeAnew() {
        OpenBook scene = gone(new OpenBook().withTitle("Red fence").strategy(Strategy.DAYFLOW));
        ItemBook book = scene.open();

        PushTask.Write write = (PushTask.Write) plan(scene, book);

        assertThat(write.verb()).isEqualTo(PushTask.Verb.CREATE);
        assertThat(write.push().desired()).isEqualTo(titled("Red fence"));
        assertThat(link(book).state()).isEqualTo(Link.State.LIVE);
    }

    @Test
    void anEditThatLosesOrIsAskedAboutIsNotWritten() {
        OpenBook loses = gone(new OpenBook().withTitle("Red fence").strategy(Strategy.SOURCE));
        ItemBook book = loses.open();
        assertThat(plan(loses, book)).isEqualTo(NOTHING);
        assertThat(book.isDeleted()).isTrue();
        assertThat(book.stored().deletedAt()).isEqualTo(NOW);

        OpenBook asked = gone(new OpenBook().withTitle("Red fence"));
        book = asked.open();
        assertThat(plan(asked, book)).isEqualTo(NOTHING);
        assertThat(OpenBook.conflict(book)).isNotNull();
        assertThat(link(book).state()).isEqualTo(Link.State.GONE);
    }

    @Test
    void aDeletionWithoutAnEditOrUnderAQuestionOrOnBothSidesWaitsForTheEndOfARun() {
        for (OpenBook scene : new OpenBook[] {
            gone(new OpenBook()),
            gone(new OpenBook().withTitle("Red fence").strategy(Strategy.SOURCE).askedAboutDeletion(true)),
            gone(new OpenBook().withTitle("Red fence").strategy(Strategy.SOURCE).deletedAt(EARLIER))
        }) {
            ItemBook book = scene.open();
            boolean deleted = book.isDeleted();
            assertThat(plan(scene, book)).isEqualTo(NOTHING);
            assertThat(book.isDeleted()).isEqualTo(deleted);
            assertThat(link(book).state()).isEqualTo(Link.State.GONE);
            assertThat(link(book).pending()).isFalse();
        }
    }

    // ---- deletions

    private static OpenBook deleted() {
        return pending(new OpenBook().deletedAt(EARLIER));
    }

    @Test
    void aDeletedItemsCopyIsDeletedInTheVersionThatWasSeen() {
        OpenBook scene = deleted();
        PushTask.Write write = (PushTask.Write) plan(scene, scene.open());

        assertThat(write.verb()).isEqualTo(PushTask.Verb.DELETE);
        assertThat(write.push().desired()).isNull();
        assertThat(write.push().version()).isEqualTo("1");
        assertThat(write.revision()).isEqualTo(REVISION);
    }

    @Test
    void aCopyThatWasNeverThereHasEnded() {
        OpenBook scene = deleted().withLink(fresh());
        ItemBook book = scene.open();

        assertThat(plan(scene, book)).isEqualTo(NOTHING);
        assertThat(link(book).state()).isEqualTo(Link.State.DETACHED);
        assertThat(link(book).goneAt()).isEqualTo(NOW);
    }

    @Test
    void whereDeletedItemsAreKeptOrNothingMayBeWrittenTheCopyIsLetGo() {
        for (OpenBook scene :
                new OpenBook[] {deleted().keepingDeleted(), deleted().readOnly()}) {
            ItemBook book = scene.open();
            assertThat(plan(scene, book)).isEqualTo(NOTHING);
            assertThat(link(book).state()).isEqualTo(Link.State.DETACHED);
            assertThat(link(book).version()).as("it is there still").isEqualTo("1");
        }
    }

    @Test
    void whetherAnUnansweredCreateCameToBeShowsWhenItIsSentAgain() {
        OpenBook scene = deleted().withLink(fresh().intending(titled("Fence")));
        PushTask.Write write = (PushTask.Write) plan(scene, scene.open());

        assertThat(write.verb()).isEqualTo(PushTask.Verb.CREATE);
        assertThat(write.push().desired()).isEqualTo(titled("Fence"));
        assertThat(write.revision()).isEqualTo(PushTask.OUTDATED);
    }

    @Test
    void aCopyThatMayHoldSomethingUnreadIsLookedAtBeforeItIsDeleted() {
        OpenBook scene = deleted();
        scene.withLink(
                scene.link().written("fence", "", "2", titled("Fence"), "{}").withPending(true));

        assertThat(plan(scene, scene.open())).isEqualTo(new PushTask.Look(LINK, "fence", scene.collection()));
    }
}
