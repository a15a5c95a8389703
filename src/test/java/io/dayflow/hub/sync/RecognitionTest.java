package io.dayflow.hub.sync;

import static io.dayflow.hub.sync.OpenBook.COLLECTION;
import static io.dayflow.hub.sync.OpenBook.CONNECTION;
import static io.dayflow.hub.sync.OpenBook.EARLIER;
import static io.dayflow.hub.sync.OpenBook.ITEM;
import static io.dayflow.hub.sync.OpenBook.LINK;
import static io.dayflow.hub.sync.OpenBook.NOW;
import static io.dayflow.hub.sync.OpenBook.titled;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which item an object of the service belongs to, case by case. */
class RecognitionTest {

    private static Recognition among(ItemBook... books) {
        return new Recognition(CONNECTION, List.of(books));
    }

    private static Seen seen(String externalId, String part, View view) {
        return new Seen(externalId, part, "1", view, null, NOW);
    }

    private static View uid(String title, String uid) {
        return titled(title).with("uid", TextNode.valueOf(uid));
    }

    private static Link unanswered(View sent) {
        return Link.fresh(LINK, ITEM, CONNECTION, COLLECTION).intending(sent);
    }

    /** Without any copy at the service. */
    private static OpenBook unlinked() {
        OpenBook scene = new OpenBook();
        return scene.withLink(scene.link().ended(EARLIER));
    }

    // ---- by its place

    @Test
    void aCopyIsKnownByItsObjectAndPart() {
        ItemBook book = new OpenBook().open();
        assertThat(among(book).linked(seen("fence", "", titled("x")))).contains(book);
        assertThat(among(book).linked(seen("fence", "2", titled("x")))).isEmpty();
        assertThat(among(book).linked(seen("gate", "", titled("x")))).isEmpty();
    }

    @Test
    void aPlaceWhoseCopyWasNeverReadIsKnownWhateverItsPart() {
        OpenBook scene = new OpenBook();
        scene.withLink(unanswered(titled("Fence")).at("fence", "2"));
        ItemBook book = scene.open();
        assertThat(among(book).linked(seen("fence", "", titled("x")))).contains(book);
        assertThat(among(book).linked(seen("fence", "3", titled("x")))).isEmpty();

        OpenBook read = new OpenBook();
        read.withLink(read.link().at("fence", "2"));
        assertThat(among(read.open()).linked(seen("fence", "", titled("x")))).isEmpty();
    }

    @Test
    void aBookIsGivenOutOnce() {
        ItemBook book = new OpenBook().withUid("u-1").open();
        Recognition recognition = among(book);
        recognition.take(book);
        assertThat(recognition.linked(seen("fence", "", titled("x")))).isEmpty();

        OpenBook free = unlinked();
        ItemBook twin = free.withUid("u-1").open();
        Recognition twins = among(twin);
        assertThat(twins.twin(Item.of(uid("x", "u-1")))).contains(twin);
        twins.take(twin);
        assertThat(twins.twin(Item.of(uid("x", "u-1")))).isEmpty();
        assertThat(twins.twin(Item.of(titled("Fence")))).isEmpty();
    }

    @Test
    void aDetachedCopyIsNobodysPlace() {
        assertThat(among(unlinked().open()).linked(seen("fence", "", titled("x"))))
                .isEmpty();
    }

    // ---- a create without an answer

    @Test
    void itsUidTellsAnUnansweredCreateAndACopyThatWentElsewhere() {
        ItemBook unanswered = new OpenBook()
                .withUid("u-1")
                .withLink(unanswered(titled("Fence")))
                .open();
        assertThat(among(unanswered).awaited(seen("new", "", uid("other", "u-1"))))
                .contains(unanswered);
        assertThat(among(unanswered).awaited(seen("new", "", uid("Fence", "u-2"))))
                .isEmpty();

        OpenBook moved = new OpenBook().withUid("u-1");
        ItemBook gone =
                moved.withLink(moved.link().withState(Link.State.GONE, EARLIER)).open();
        assertThat(among(gone).awaited(seen("new", "", uid("x", "u-1")))).contains(gone);

        ItemBook there = new OpenBook().withUid("u-1").open();
        assertThat(among(there).awaited(seen("new", "", uid("x", "u-1"))))
                .as("it has its copy")
                .isEmpty();
    }

    @Test
    void withoutAUidItIsTheHubsOwnIdOrWhatWasSent() {
        ItemBook book = new OpenBook().withLink(unanswered(titled("Fence"))).open();
        assertThat(among(book).awaited(seen(ITEM.toString(), "", titled("other"))))
                .contains(book);
        assertThat(among(book).awaited(seen("new", "", titled("Fence").with("notes", TextNode.valueOf("more")))))
                .as("it may hold more than was sent")
                .contains(book);
        assertThat(among(book).awaited(seen("new", "", titled("other")))).isEmpty();

        ItemBook answered = new OpenBook().open();
        assertThat(among(answered).awaited(seen(ITEM.toString(), "", titled("Fence"))))
                .isEmpty();
        OpenBook unsent = new OpenBook();
        ItemBook never =
                unsent.withLink(Link.fresh(LINK, ITEM, CONNECTION, COLLECTION)).open();
        assertThat(among(never).awaited(seen("new", "", titled("Fence")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "title, ' fence ', title, FENCE, true",
        "title, Fence, title, Gate, false",
        "notes, new wood, notes, New wood, true",
        "due, 2026-11-02, due, 2026-11-02, true",
        "due, 2026-11-02, due, 2026-11-03, false",
        "start, 2026-11-02, start, 2026-11-02, true",
        "notes, new wood, title, new wood, false",
        "url, x, url, x, false"
    })
    void whatLooksLikeAnUnansweredCreateWaitsForItsAnswer(
            String sentField, String sent, String field, String value, boolean like) {
        View created = View.of(Kind.TASK, Map.of(sentField, TextNode.valueOf(sent)));
        View shown = View.of(Kind.TASK, Map.of(field, TextNode.valueOf(value)));
        ItemBook pending =
                new OpenBook().withLink(unanswered(created).withPending(true)).open();
        ItemBook over = new OpenBook().withLink(unanswered(created)).open();

        assertThat(among(pending).mayBeAwaited(shown)).isEqualTo(like);
        assertThat(among(pending).mayBeAwaited(shown.with("uid", TextNode.valueOf("u-1"))))
                .isFalse();
        assertThat(among(over).mayBeAwaited(shown)).as("nobody waits any more").isFalse();
        Recognition taken = among(pending);
        taken.take(pending);
        assertThat(taken.mayBeAwaited(shown)).isFalse();
    }

    @Test
    void nothingIsAwaitedOfACopyThatIsThere() {
        OpenBook scene = new OpenBook();
        ItemBook book = scene.withLink(scene.link().intending(titled("Gate")).withPending(true))
                .open();
        assertThat(among(book).mayBeAwaited(titled("Gate"))).isFalse();
        assertThat(among(book).givenUp(titled("Gate"))).isEmpty();
    }

    @Test
    void aCreateThatWasGivenUpMayHaveComeToBe() {
        ItemBook book = new OpenBook().withLink(unanswered(titled("Fence"))).open();
        assertThat(among(book).givenUp(titled("fence"))).contains(book);
        assertThat(among(book).givenUp(titled("Gate"))).isEmpty();

        ItemBook pending = new OpenBook()
                .withLink(unanswered(titled("Fence")).withPending(true))
                .open();
        assertThat(among(pending).givenUp(titled("Fence"))).isEmpty();
        ItemBook deleted = new OpenBook()
                .withLink(unanswered(titled("Fence")))
                .deletedAt(EARLIER)
                .open();
        assertThat(among(deleted).givenUp(titled("Fence"))).isEmpty();
        View days = View.of(Kind.TASK, Map.of("due", TextNode.valueOf("2026-11-02")));
        ItemBook dated = new OpenBook().withLink(unanswered(days)).open();
        assertThat(among(dated).givenUp(days)).as("a day alone says nothing").isEmpty();
    }

    // ---- a twin

    @Test
    void aTwinHasTheSameUidElseTheSameTitleAndTime() {
        ItemBook byUid = unlinked().withUid("u-1").open();
        assertThat(among(byUid).twin(Item.of(uid("other", "u-1")))).contains(byUid);
        ItemBook byKey = unlinked().open();
        assertThat(among(byKey).twin(Item.of(titled("fence")))).contains(byKey);
        assertThat(among(byKey).twin(Item.of(uid("Fence", "u-2")))).contains(byKey);
        assertThat(among(byKey).twin(Item.of(titled("Gate")))).isEmpty();
        assertThat(among().twin(Item.of(titled("Fence")))).isEmpty();
    }

    @Test
    void whatIsDeletedOrHasACopyOrIsOfAnotherKindIsNoTwin() {
        assertThat(among(unlinked().deletedAt(EARLIER).open()).twin(Item.of(titled("Fence"))))
                .isEmpty();
        assertThat(among(new OpenBook().withUid("u-1").open()).twin(Item.of(uid("Fence", "u-1"))))
                .isEmpty();
        assertThat(among(new OpenBook().open()).twin(Item.of(titled("Fence")))).isEmpty();
        View event = View.of(
                Kind.EVENT,
                Map.of(
                        "title", TextNode.valueOf("Fence"),
                        "uid", TextNode.valueOf("u-1"),
                        "start", TextNode.valueOf("2026-11-02"),
                        "end", TextNode.valueOf("2026-11-03")));
        assertThat(among(unlinked().withUid("u-1").open()).twin(Item.of(event))).isEmpty();
    }
}
