package io.dayflow.hub.sync;

import static io.dayflow.hub.sync.OpenBook.EARLIER;
import static io.dayflow.hub.sync.OpenBook.NOW;
import static io.dayflow.hub.sync.OpenBook.link;
import static io.dayflow.hub.sync.OpenBook.title;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.merge.Suggestion;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of both sides when a person decides. */
class DecidedTest {

    private static ItemBook decide(OpenBook scene, Suggestion winner, Map<String, Optional<JsonNode>> values) {
        ItemBook book = scene.open();
        Decided.resolve(book, scene.link(), scene.profile(), winner, values);
        assertThat(OpenBook.conflict(book)).isNull();
        assertThat(OpenBook.ending(book)).isEqualTo("resolved");
        return book;
    }

    private static ItemBook decide(OpenBook scene, Suggestion winner) {
        return decide(scene, winner, Map.of());
    }

    @Test
    void aFieldBecomesWhatThePersonChoseAndGoesToTheService() {
        ItemBook ours = decide(new OpenBook().contested("Red fence", "Green fence"), Suggestion.DAYFLOW);
        assertThat(title(ours)).isEqualTo("Red fence");
        assertThat(link(ours).pending()).isTrue();

        ItemBook theirs = decide(new OpenBook().contested("Red fence", "Green fence"), Suggestion.EXTERNAL);
        assertThat(title(theirs)).isEqualTo("Green fence");
        assertThat(theirs.stored().edited()).containsEntry("title", NOW);
        assertThat(link(theirs).pending()).isTrue();

        ItemBook both = decide(
                new OpenBook().contested("Red fence", "Green fence"),
                Suggestion.DAYFLOW,
                Map.of("title", Optional.of(TextNode.valueOf("Brown fence"))));
        assertThat(title(both)).isEqualTo("Brown fence");
    }

    // ---- deleted here, edited there

    private static OpenBook deletedHere() {
        OpenBook scene = new OpenBook().deletedAt(EARLIER).askedAboutDeletion(false);
        return scene.withLink(scene.link().parked(OpenBook.REVISION));
    }

    @Test
    void theirDeletionIsCarriedToTheService() {
        ItemBook book = decide(deletedHere(), Suggestion.DAYFLOW);
        assertThat(book.isDeleted()).isTrue();
        assertThat(link(book).state()).isEqualTo(Link.State.LIVE);
        assertThat(link(book).pending()).isTrue();
        assertThat(link(book).parkedRevision()).isNull();
    }

    @Test
    void theServicesEditBringsTheItemBack() {
        ItemBook book = decide(deletedHere(), Suggestion.EXTERNAL);
        assertThat(book.isDeleted()).isFalse();
        assertThat(link(book).state()).isEqualTo(Link.State.LIVE);
        assertThat(link(book).base()).as("the service has it still").isNotNull();
        assertThat(link(book).pending()).isTrue();
    }

    // ---- deleted there, edited here

    private static OpenBook deletedThere() {
        OpenBook scene = new OpenBook().withTitle("Red fence").askedAboutDeletion(true);
        return scene.withLink(scene.link().withState(Link.State.GONE, EARLIER));
    }

    @Test
    void theirEditIsMadeAnewAtTheService() {
        ItemBook book = decide(deletedThere(), Suggestion.DAYFLOW);
        assertThat(book.isDeleted()).isFalse();
        assertThat(link(book).state()).isEqualTo(Link.State.LIVE);
        assertThat(link(book).base()).isNull();
        assertThat(link(book).pending()).isTrue();
    }

    @Test
    void theServicesDeletionHoldsHereToo() {
        ItemBook book = decide(deletedThere(), Suggestion.EXTERNAL);
        assertThat(book.isDeleted()).isTrue();
        assertThat(book.stored().deletedAt()).isEqualTo(NOW);
        assertThat(link(book).state()).isEqualTo(Link.State.DETACHED);
        assertThat(link(book).goneAt()).isEqualTo(NOW);
    }

    // ---- two that look alike

    @Test
    void twoBecomeOneWithTheChosenValues() {
        ItemBook ours = decide(new OpenBook().suspected("Red fence", "Green fence"), Suggestion.DAYFLOW);
        assertThat(title(ours)).isEqualTo("Red fence");
        assertThat(link(ours).state()).isEqualTo(Link.State.LIVE);
        assertThat(link(ours).pending()).isTrue();

        ItemBook theirs = decide(new OpenBook().suspected("Red fence", "Green fence"), Suggestion.EXTERNAL);
        assertThat(title(theirs)).isEqualTo("Green fence");
        assertThat(link(theirs).state()).isEqualTo(Link.State.LIVE);
        assertThat(link(theirs).pending()).as("the service has it already").isFalse();
    }

    @Test
    void whatWasDeletedMeanwhileIsDeletedThereOrComesBackWithTheServicesValues() {
        ItemBook ours =
                decide(new OpenBook().suspected("Red fence", "Green fence").deletedAt(EARLIER), Suggestion.DAYFLOW);
        assertThat(ours.isDeleted()).isTrue();
        assertThat(title(ours)).isEqualTo("Red fence");
        assertThat(link(ours).state()).isEqualTo(Link.State.LIVE);
        assertThat(link(ours).pending()).isTrue();

        ItemBook theirs =
                decide(new OpenBook().suspected("Red fence", "Green fence").deletedAt(EARLIER), Suggestion.EXTERNAL);
        assertThat(theirs.isDeleted()).isFalse();
        assertThat(title(theirs)).isEqualTo("Green fence");
        assertThat(link(theirs).pending()).isFalse();
    }
}
