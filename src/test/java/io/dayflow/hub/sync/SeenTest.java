package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.link.Link;
import io.dayflow.hub.merge.Strategy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a sight tells anything new. */
class SeenTest {

    private static Seen version(@Nullable String version, @Nullable String extras) {
        return new Seen("fence", "", version, OpenBook.titled("Fence"), extras, OpenBook.NOW);
    }

    private static Link link(@Nullable String version, long learnt) {
        return new OpenBook()
                .link()
                .seen("fence", "", version, OpenBook.titled("Fence"), "{}")
                .learntAt(learnt);
    }

    private static Profile ordered(boolean ordered) {
        Profile profile = new OpenBook().profile();
        return new Profile(profile.connection(), Strategy.MANUAL, Map.of(), false, true, ordered);
    }

    @Test
    void anAnswerIsKnownToTheLetterUntilItWasReadBack() {
        Link written = new OpenBook().link().written("fence", "", "2", OpenBook.titled("Fence"), "{\"a\": 1}");
        assertThat(version("2", "{\"a\": 1}").isAnswerTo(written)).isTrue();
        assertThat(version("2", "{\"a\": 2}").isAnswerTo(written)).isFalse();
        assertThat(version("2", null).isAnswerTo(written)).isFalse();
        assertThat(version("2", "{}").isAnswerTo(new OpenBook().link()))
                .as("read back")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // learnt, read at, known, seen, ordered; may be older
        "5, 4, 2, 1, false, true",
        "5, 5, 2, 1, false, false",
        "5, 4, 2, 2, false, false",
        "5, 4, 2, 3, true, false",
        "5, 4, 2, 3, false, true",
        "5, 4, 2, 1, true, true",
        "5, 4, 2, , true, true",
        "5, 4, , 2, true, true",
        "5, 4, , , true, true"
    })
    void whatWasReadBeforeSomethingWasLearntMayBeOlder(
            long learnt, long readAt, @Nullable String known, @Nullable String seen, boolean ordered, boolean older) {
        assertThat(version(seen, null).mayBeOlder(link(known, learnt), readAt, ordered(ordered)))
                .isEqualTo(older);
    }

    @Test
    void theSameVersionOfWhatIsGoneMayBeOlder() {
        Link gone = link("2", 5).withState(Link.State.GONE, OpenBook.NOW);
        assertThat(version("2", null).mayBeOlder(gone, 4, ordered(false))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2, 1, true", "2, 2, false", "2, 3, false", ", 1, false", "2, , false"})
    void anOrderedVersionIsOlderThanALaterOne(@Nullable String known, @Nullable String seen, boolean older) {
        assertThat(version(seen, null).isOlderThan(link(known, 1))).isEqualTo(older);
    }

    @Test
    void nothingIsOlderThanACopyThatIsGoneOrWasNeverThere() {
        assertThat(version("1", null).isOlderThan(link("2", 1).withState(Link.State.GONE, OpenBook.NOW)))
                .isFalse();
        assertThat(version("1", null).isOlderThan(link("2", 1).forgotten())).isFalse();
    }

    @Test
    void whatCouldNotBeReadSaysNothingOnceItWasReadSince() {
        assertThat(Seen.isOutdated("2", List.of(link("2", 5)), 4, ordered(false)))
                .as("something was learnt since")
                .isTrue();
        assertThat(Seen.isOutdated("2", List.of(link("3", 1)), 4, ordered(true)))
                .as("a later version is known")
                .isTrue();
        assertThat(Seen.isOutdated("2", List.of(link("3", 1)), 4, ordered(false)))
                .isFalse();
        assertThat(Seen.isOutdated("4", List.of(link("3", 1)), 4, ordered(true)))
                .isFalse();
        assertThat(Seen.isOutdated(null, List.of(link("3", 4)), 4, ordered(true)))
                .isFalse();
        assertThat(Seen.isOutdated(
                        "2", List.of(link("3", 5).withState(Link.State.GONE, OpenBook.NOW)), 4, ordered(true)))
                .as("nothing is known to be there")
                .isFalse();
    }
}
