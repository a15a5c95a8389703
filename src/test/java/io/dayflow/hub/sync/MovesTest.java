package io.dayflow.hub.sync;

import static io.dayflow.hub.sync.OpenBook.CONNECTION;
import static io.dayflow.hub.sync.OpenBook.EARLIER;
import static io.dayflow.hub.sync.OpenBook.LATER;
import static io.dayflow.hub.sync.OpenBook.NOW;
import static io.dayflow.hub.sync.OpenBook.link;
import static io.dayflow.hub.sync.OpenBook.seen;
import static io.dayflow.hub.sync.OpenBook.title;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.provider.CollectionRef;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What it means to an item that its copy moved, case by case. */
class MovesTest {

    private static final CollectionRef WORK =
            new CollectionRef(new UUID(0x7000, 20), "work", Kind.TASK, "work", false, Map.of(), null);

    private static ItemBook listed(OpenBook scene, String list) {
        ItemBook book = scene.open();
        book.takeOn(Item.of(book.item().view().with("list", TextNode.valueOf(list))));
        return book;
    }

    private static String list(ItemBook book) {
        return book.item().view().text("list");
    }

    private static Homes homes(OpenBook scene) {
        return new Homes(WORK, () -> List.of(new Homes.Home(scene.collection(), true), new Homes.Home(WORK, true)));
    }

    @Test
    void theListGoesAlongWhereItWasTheFormerCollections() {
        OpenBook scene = new OpenBook();
        ItemBook book = listed(scene, "home");
        Moves.follow(book, scene.link(), WORK, homes(scene), EARLIER);
        assertThat(list(book)).isEqualTo("work");
        assertThat(book.stored().edited()).containsEntry("list", EARLIER);

        ItemBook own = listed(scene, "garden");
        Moves.follow(own, scene.link(), WORK, homes(scene), EARLIER);
        assertThat(list(own)).as("a list of the user's own").isEqualTo("garden");
    }

    @Test
    void nothingFollowsWhereNothingMovedOrTheItemIsDeletedOrTheFormerPlaceIsUnknown() {
        OpenBook scene = new OpenBook();
        ItemBook book = listed(scene, "home");
        Moves.follow(book, scene.link(), scene.collection(), homes(scene), NOW);
        assertThat(list(book)).isEqualTo("home");

        OpenBook deleted = new OpenBook().deletedAt(EARLIER);
        book = listed(deleted, "home");
        Moves.follow(book, deleted.link(), WORK, homes(deleted), NOW);
        assertThat(list(book)).isEqualTo("home");

        book = listed(scene, "home");
        Moves.follow(book, scene.link().inCollection(null), WORK, homes(scene), NOW);
        assertThat(list(book)).isEqualTo("home");
    }

    @Test
    void aCopyThatLeavesIsTakenInALastTimeAndTheJournalTells() {
        OpenBook scene = new OpenBook().contested("Red fence", "Green fence");
        ItemBook book = scene.open();
        WriteSet out = new WriteSet();

        Moves.release(book, scene.link(), seen("Blue fence", LATER), scene.profile(), out);

        assertThat(link(book).state()).isEqualTo(Link.State.DETACHED);
        assertThat(link(book).version()).isEqualTo("2");
        assertThat(link(book).goneAt()).isEqualTo(NOW);
        assertThat(link(book).base()).isEqualTo(OpenBook.titled("Blue fence"));
        assertThat(OpenBook.ending(book)).isEqualTo("settled: moved to a collection that is not selected");
        assertThat(out.journal())
                .singleElement()
                .matches(entry -> entry.cause().equals("moved")
                        && CONNECTION.equals(entry.connectionId())
                        && OpenBook.titled("Green fence").equals(entry.before())
                        && OpenBook.titled("Blue fence").equals(entry.after()));

        OpenBook calm = new OpenBook();
        ItemBook taken = calm.open();
        Moves.release(taken, calm.link(), seen("Blue fence", LATER), calm.profile(), new WriteSet());
        assertThat(title(taken)).isEqualTo("Blue fence");
    }

    @Test
    void aTwinThatLeavesChangesNothingAndACopyWithoutAVersionIsMarkedAsThere() {
        OpenBook twin = new OpenBook().suspected("Red fence", "Green fence");
        ItemBook book = twin.open();
        Moves.release(book, twin.link(), seen("Blue fence", LATER), twin.profile(), new WriteSet());
        assertThat(title(book)).isEqualTo("Red fence");

        OpenBook scene = new OpenBook();
        book = scene.open();
        Seen versionless = new Seen("fence", "", null, OpenBook.titled("Fence"), "{}", NOW);
        Moves.release(book, scene.link().forgotten(), versionless, scene.profile(), new WriteSet());
        assertThat(link(book).version()).isEmpty();
    }

    @Test
    void aCopyThatWasKeptWhenTheItemWasDeletedIsUnwanted() {
        OpenBook deleted = new OpenBook().deletedAt(NOW);
        assertThat(Moves.isUnwanted(deleted.open(), deleted.link().released(NOW)))
                .isTrue();
        assertThat(Moves.isUnwanted(deleted.open(), deleted.link().released(LATER)))
                .isTrue();
        assertThat(Moves.isUnwanted(deleted.open(), deleted.link().released(EARLIER)))
                .isFalse();
        assertThat(Moves.isUnwanted(deleted.open(), deleted.link()))
                .as("nobody knows when")
                .isTrue();
        assertThat(Moves.isUnwanted(new OpenBook().open(), deleted.link().released(NOW)))
                .isFalse();
    }

    @Test
    void aCopyThatComesBackIsKeptInAgreementAgain() {
        OpenBook scene = new OpenBook();
        scene.withLink(scene.link().released(EARLIER));
        ItemBook book = scene.open();
        assertThat(Moves.takeBack(book, CONNECTION, seen("Fence", NOW))).isTrue();
        assertThat(link(book).state()).isEqualTo(Link.State.LIVE);
        assertThat(link(book).goneAt()).isNull();
    }

    @Test
    void onlyTheVeryCopyThatWasLetGoComesBack() {
        OpenBook scene = new OpenBook();
        scene.withLink(scene.link().released(EARLIER));
        Seen elsewhere = new Seen("gate", "", "2", OpenBook.titled("Fence"), null, NOW);
        Seen part = new Seen("fence", "2", "2", OpenBook.titled("Fence"), null, NOW);
        assertThat(Moves.takeBack(scene.open(), CONNECTION, elsewhere)).isFalse();
        assertThat(Moves.takeBack(scene.open(), CONNECTION, part)).isFalse();
        assertThat(Moves.takeBack(scene.open(), new UUID(1, 1), seen("Fence", NOW)))
                .isFalse();
        assertThat(Moves.takeBack(scene.deletedAt(NOW).open(), CONNECTION, seen("Fence", NOW)))
                .isFalse();
        OpenBook ended = new OpenBook();
        ended.withLink(ended.link().ended(EARLIER));
        assertThat(Moves.takeBack(ended.open(), CONNECTION, seen("Fence", NOW))).isFalse();
        assertThat(Moves.takeBack(new OpenBook().open(), CONNECTION, seen("Fence", NOW)))
                .as("it has a copy")
                .isFalse();
    }
}
