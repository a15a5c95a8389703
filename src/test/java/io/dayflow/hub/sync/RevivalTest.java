package io.dayflow.hub.sync;

import static io.dayflow.hub.sync.OpenBook.EARLIER;
import static io.dayflow.hub.sync.OpenBook.LATER;
import static io.dayflow.hub.sync.OpenBook.NOW;
import static io.dayflow.hub.sync.OpenBook.link;
import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.link.Link;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A deleted item is wanted again. */
class RevivalTest {

    private static ItemBook revived(OpenBook scene) {
        ItemBook book = scene.open();
        Revival.of(book);
        assertThat(book.isDeleted()).isFalse();
        return book;
    }

    @Test
    void whatEndedIsMadeAnew() {
        OpenBook scene = new OpenBook().deletedAt(EARLIER);
        ItemBook book = revived(scene.withLink(scene.link().ended(NOW)));
        assertThat(link(book).state()).isEqualTo(Link.State.LIVE);
        assertThat(link(book).base()).isNull();
        assertThat(link(book).pending()).isTrue();
    }

    @Test
    void whatTheSideKeptIsTiedToItAgain() {
        OpenBook scene = new OpenBook().deletedAt(EARLIER);
        ItemBook book = revived(scene.withLink(scene.link().released(LATER)));
        assertThat(link(book).state()).isEqualTo(Link.State.LIVE);
        assertThat(link(book).base()).isEqualTo(OpenBook.titled("Fence"));
        assertThat(link(book).goneAt()).isNull();
    }

    @Test
    void whatHadMovedAwayBeforeStaysAway() {
        OpenBook scene = new OpenBook().deletedAt(NOW);
        ItemBook book = revived(scene.withLink(scene.link().released(EARLIER)));
        assertThat(link(book).state()).isEqualTo(Link.State.DETACHED);
    }

    @Test
    void whatIsThereStillStaysAsItIsAndASideGetsOneCopyOnly() {
        OpenBook live = new OpenBook().deletedAt(EARLIER);
        assertThat(link(revived(live))).isEqualTo(live.link());

        OpenBook scene = new OpenBook().deletedAt(EARLIER);
        scene.withLink(scene.link().ended(NOW));
        ItemBook book = scene.open();
        UUID newer = new UUID(0x7000, 30);
        book.addLink(Link.fresh(newer, OpenBook.ITEM, OpenBook.CONNECTION, OpenBook.COLLECTION));
        Revival.of(book);
        assertThat(link(book).state()).isEqualTo(Link.State.DETACHED);
        assertThat(book.link(OpenBook.CONNECTION)).map(Link::id).contains(newer);
    }
}
