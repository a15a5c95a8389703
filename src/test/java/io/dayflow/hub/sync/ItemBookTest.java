package io.dayflow.hub.sync;

import static io.dayflow.hub.sync.OpenBook.CONNECTION;
import static io.dayflow.hub.sync.OpenBook.EARLIER;
import static io.dayflow.hub.sync.OpenBook.ITEM;
import static io.dayflow.hub.sync.OpenBook.LINK;
import static io.dayflow.hub.sync.OpenBook.NOW;
import static io.dayflow.hub.sync.OpenBook.link;
import static io.dayflow.hub.sync.OpenBook.title;
import static io.dayflow.hub.sync.OpenBook.titled;
import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.RowWrite;
import io.dayflow.hub.link.WriteSet;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What of an open book is written, and to whom there is something to tell. */
class ItemBookTest {

    private static WriteSet close(ItemBook book, UUID source) {
        WriteSet out = new WriteSet();
        book.close(out, source);
        return out;
    }

    /** As DayFlow holds it. */
    private static View row(ItemBook book, String title) {
        return book.context().planner().lens(Kind.TASK, ZoneOffset.UTC).project(Item.of(titled(title)));
    }

    private static OpenBook withRow(String title) {
        return new OpenBook().withRow(row(new OpenBook().open(), title));
    }

    private static Link dayflow(ItemBook book) {
        return book.links().stream()
                .filter(one -> one.connectionId() == null)
                .findFirst()
                .orElseThrow();
    }

    // ---- what others did to the row

    @Test
    void anEditOfTheRowIsTakenIn() {
        OpenBook scene = withRow("Red fence");
        ItemBook book = scene.open();

        book.absorbRow(EARLIER);

        assertThat(title(book)).isEqualTo("Red fence");
        assertThat(book.stored().edited()).containsEntry("title", EARLIER);
        assertThat(dayflow(book).base()).isEqualTo(row(book, "Red fence"));
        assertThat(book.isChanged()).isTrue();
        assertThat(book.former()).contains(Item.of(titled("Fence")));
    }

    @Test
    void aRowThatIsGoneDeletesTheItemOnce() {
        ItemBook book = new OpenBook().open();
        book.absorbRow(EARLIER);
        assertThat(book.stored().deletedAt()).isEqualTo(EARLIER);
        assertThat(dayflow(book).state()).isEqualTo(Link.State.GONE);
        assertThat(dayflow(book).goneAt()).isEqualTo(EARLIER);

        ItemBook before = new OpenBook().deletedAt(EARLIER).open();
        before.absorbRow(NOW);
        assertThat(before.stored().deletedAt()).isEqualTo(EARLIER);
        assertThat(dayflow(before).state()).isEqualTo(Link.State.LIVE);
    }

    @Test
    void aRowThatIsThereAgainBringsTheItemBack() {
        ItemBook book = withRow("Fence").deletedAt(EARLIER).open();
        book.absorbRow(NOW);
        assertThat(book.isDeleted()).isFalse();
    }

    // ---- what is written

    @Test
    void aChangeIsWrittenToTheRowAndTheOtherSidesWaitForIt() {
        OpenBook scene = withRow("Fence");
        ItemBook book = scene.open();
        book.become(Item.of(titled("Red fence")), NOW);

        WriteSet out = close(book, null);

        assertThat(out.rows())
                .containsExactly(new RowWrite(
                        ITEM, book.context().userId(), Kind.TASK, row(book, "Fence"), row(book, "Red fence")));
        assertThat(out.journal()).singleElement().matches(entry -> entry.connectionId() == null);
        assertThat(out.items())
                .singleElement()
                .matches(item -> item.item().title().equals("Red fence"));
        assertThat(link(book).pending()).isTrue();
        assertThat(dayflow(book).base()).isEqualTo(row(book, "Red fence"));
        assertThat(out.links())
                .extracting(Link::id)
                .contains(LINK, dayflow(book).id());
        assertThat(book.stored(link(book))).contains(scene.link());
    }

    @Test
    void whereTheChangeCameFromAndWhatIsNotThereDoNotWait() {
        ItemBook book = withRow("Fence").open();
        book.become(Item.of(titled("Red fence")), NOW);
        close(book, LINK);
        assertThat(link(book).pending()).isFalse();

        OpenBook scene = withRow("Fence");
        ItemBook gone =
                scene.withLink(scene.link().withState(Link.State.GONE, EARLIER)).open();
        gone.become(Item.of(titled("Red fence")), NOW);
        close(gone, null);
        assertThat(link(gone).pending()).isFalse();
    }

    @Test
    void nothingIsWrittenWhereNothingChanged() {
        ItemBook book = withRow("Fence").open();
        WriteSet out = close(book, null);
        assertThat(out.rows()).isEmpty();
        assertThat(out.journal()).isEmpty();
        assertThat(out.items()).isEmpty();
        assertThat(link(book).pending()).isFalse();
        assertThat(book.isChanged()).isFalse();
    }

    @Test
    void aDeletedItemsRowIsDeletedOnce() {
        ItemBook book = withRow("Fence").open();
        book.delete(NOW);
        WriteSet out = close(book, null);
        assertThat(out.rows())
                .singleElement()
                .matches(row -> row.after() == null && row.rowId().equals(ITEM));
        assertThat(out.journal()).singleElement().matches(entry -> entry.after() == null);
        assertThat(dayflow(book).state()).isEqualTo(Link.State.GONE);
        assertThat(link(book).pending()).isTrue();

        ItemBook before = new OpenBook().deletedAt(EARLIER).open();
        assertThat(close(before, null).rows()).isEmpty();
    }

    @Test
    void aNewItemIsInsertedWithItsLinks() {
        Context context = new OpenBook().open().context();
        UUID id = new UUID(0x7000, 50);
        ItemBook book = ItemBook.create(context, id, Item.of(titled("Gate")), CONNECTION, null);

        WriteSet out = close(book, null);

        assertThat(out.newItems()).singleElement().matches(item -> CONNECTION.equals(item.origin()));
        assertThat(out.newLinks())
                .singleElement()
                .matches(row -> row.externalId().equals(id.toString()));
        assertThat(out.rows()).singleElement().matches(row -> row.before() == null);
        assertThat(book.former()).isEmpty();
        assertThat(book.stored(dayflow(book))).isEmpty();
        assertThat(book.isChanged()).isTrue();
    }

    // ---- a copy that is made anew elsewhere

    @Test
    void thatAFormerCopyHasEndedIsRemembered() {
        OpenBook scene = new OpenBook();
        ItemBook book = scene.open();
        book.leaves(scene.link(), "gate");
        assertThat(book.links())
                .filteredOn(one -> one.state() == Link.State.DETACHED)
                .singleElement()
                .matches(one -> one.externalId().equals("fence") && NOW.equals(one.goneAt()));

        ItemBook same = scene.open();
        same.leaves(scene.link(), "fence");
        same.leaves(scene.link().at("", ""), "gate");
        assertThat(same.links()).hasSize(2);
    }
}
