package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.web.Words.Mark;
import io.dayflow.hub.web.Words.Part;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void wordsThatTheOtherDoesNotHaveAreAdded() {
        assertThat(Words.against("lunch with Ann", "Late lunch with Ann on Friday"))
                .containsExactly(
                        new Part("Late ", Mark.ADDED),
                        new Part("lunch with Ann", Mark.SAME),
                        new Part(" on Friday", Mark.ADDED));
    }

    @Test
    void wordsThatOnlyTheOtherHasAreRemovedWhereTheyStood() {
        assertThat(Words.against("Late lunch with Ann", "lunch with Bob"))
                .containsExactly(
                        new Part("Late ", Mark.REMOVED),
                        new Part("lunch with ", Mark.SAME),
                        new Part("Ann", Mark.REMOVED),
                        new Part("Bob", Mark.ADDED));
    }

    @Test
    void aTextWithoutAWordInCommonIsAddedAsAWhole() {
        assertThat(Words.against("two words", "other text")).containsExactly(new Part("other text", Mark.ADDED));
    }

    @Test
    void equalTextsAreOnePartAndNothingIsNone() {
        assertThat(Words.against("a b", "a b")).containsExactly(new Part("a b", Mark.SAME));
        assertThat(Words.against("a b", null)).isEmpty();
        assertThat(Words.against("a b", "")).isEmpty();
    }

    @Test
    void withoutAnotherNothingIsMarked() {
        assertThat(Words.against(null, "a b")).containsExactly(new Part("a b", Mark.SAME));
    }

    @Test
    void aVeryLongTextIsNotCompared() {
        String text = "word ".repeat(5_000);

        assertThat(Words.against("other", text)).containsExactly(new Part(text, Mark.SAME));
    }

    @Test
    void thePartsJoinedAreTheTextOrTheOther() {
        long seed = 20261126;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String other = text(random);
            String text = text(random);

            List<Part> parts = Words.against(other, text);

            assertThat(without(Mark.REMOVED, parts)).as("seed %s", seed).isEqualTo(text);
            if (parts.stream().anyMatch(part -> part.mark() == Mark.SAME)) {
                assertThat(without(Mark.ADDED, parts)).as("seed %s", seed).isEqualTo(other);
            }
        }
    }

    private static String without(Mark mark, List<Part> parts) {
        return parts.stream()
                .filter(part -> part.mark() != mark)
                .map(Part::text)
                .collect(Collectors.joining());
    }

    private static String text(Random random) {
        return random.ints(1 + random.nextInt(8), 0, 4)
                .mapToObj(word -> "abcd".substring(word, word + 1))
                .collect(Collectors.joining(random.nextBoolean() ? " " : "\n"));
    }
}
