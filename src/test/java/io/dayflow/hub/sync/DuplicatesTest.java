package io.dayflow.hub.sync;

import static io.dayflow.hub.sync.OpenBook.COLLECTION;
import static io.dayflow.hub.sync.OpenBook.CONNECTION;
import static io.dayflow.hub.sync.OpenBook.NOW;
import static io.dayflow.hub.sync.OpenBook.title;
import static io.dayflow.hub.sync.OpenBook.titled;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import org.junit.jupiter.api.Test;

/** Two items meet that might be one. */
class DuplicatesTest {

    private static Seen seen(View view) {
        return new Seen("new", "", "7", view, "{}", NOW);
    }

    private static OpenBook unlinked() {
        OpenBook scene = new OpenBook();
        return scene.withLink(scene.link().ended(OpenBook.EARLIER));
    }

    private static Link copy(ItemBook book) {
        return book.link(CONNECTION).orElseThrow();
    }

    @Test
    void thoseThatAgreeAreOneAndTheServicesUidIsTakenAlong() {
        OpenBook scene = unlinked();
        ItemBook book = scene.open();
        View theirs = titled("Fence").with("uid", TextNode.valueOf("u-7"));

        assertThat(Duplicates.meet(book, seen(theirs), scene.profile(), scene.collection()))
                .isTrue();

        assertThat(copy(book).state()).isEqualTo(Link.State.LIVE);
        assertThat(copy(book).externalId()).isEqualTo("new");
        assertThat(copy(book).version()).isEqualTo("7");
        assertThat(copy(book).collectionId()).isEqualTo(COLLECTION);
        assertThat(book.item().uid()).isEqualTo("u-7");
        assertThat(book.conflict(copy(book))).isNull();
        io.dayflow.hub.link.WriteSet out = new io.dayflow.hub.link.WriteSet();
        book.close(out, null);
        assertThat(out.newLinks()).extracting(Link::externalId).containsExactly("new");
    }

    @Test
    void thoseThatDifferAreAQuestionAboutEveryFieldThatDoes() {
        OpenBook scene = unlinked();
        ItemBook book = scene.open();
        View theirs = titled("fence").with("notes", TextNode.valueOf("new wood"));

        assertThat(Duplicates.meet(book, seen(theirs), scene.profile(), scene.collection()))
                .isFalse();

        assertThat(copy(book).state()).isEqualTo(Link.State.DUPLICATE);
        assertThat(title(book)).isEqualTo("Fence");
        OpenConflict asked = book.conflict(copy(book));
        assertThat(asked.type()).isEqualTo(OpenConflict.Type.DUPLICATE);
        assertThat(asked.fields())
                .containsExactlyInAnyOrder(
                        new OpenConflict.Field("notes", null, null, TextNode.valueOf("new wood"), null),
                        new OpenConflict.Field(
                                "title", null, TextNode.valueOf("Fence"), TextNode.valueOf("fence"), null));
    }

    @Test
    void aCopyThatIsKnownIsTheSameLinkAtItsNewPlace() {
        OpenBook scene = new OpenBook().suspected("Red fence", "Green fence").withTitle("Fence");
        ItemBook book = scene.open();

        assertThat(Duplicates.meet(book, seen(titled("Fence")), scene.profile(), scene.collection()))
                .isTrue();

        assertThat(copy(book).id()).isEqualTo(OpenBook.LINK);
        assertThat(copy(book).externalId()).isEqualTo("new");
        assertThat(book.conflict(copy(book))).isNull();
        assertThat(OpenBook.ending(book)).isEqualTo("settled: they agree");
    }

    @Test
    void whatOnlyDayFlowHoldsGivesWayWhereTheRowWouldBeTheSame() {
        View theirs = titled("Fence").with("url", TextNode.valueOf("https://example.org"));
        OpenBook here = unlinked();
        Profile profile = wide(here);
        ItemBook book = here.open();
        // its copies elsewhere speak for values that a row cannot hold
        book.addLink(Link.fresh(new java.util.UUID(1, 2), OpenBook.ITEM, new java.util.UUID(1, 3), null));
        assertThat(Duplicates.meet(book, seen(theirs), profile, here.collection()))
                .isFalse();

        ItemBook alone = here.open();
        assertThat(Duplicates.meet(alone, seen(theirs), profile, here.collection()))
                .isTrue();
        assertThat(alone.item().view().text("url")).isEqualTo("https://example.org");
    }

    private static Profile wide(OpenBook scene) {
        Profile narrow = scene.profile();
        return new Profile(
                narrow.connection(),
                narrow.strategies(),
                java.util.Map.of(
                        io.dayflow.hub.item.Kind.TASK,
                        new io.dayflow.hub.merge.FieldLens(
                                io.dayflow.hub.item.Kind.TASK, java.util.Set.of("title", "status", "url"))),
                false,
                true,
                false);
    }
}
