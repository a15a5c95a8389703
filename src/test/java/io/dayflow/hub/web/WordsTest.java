package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.web.Words.Part;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void wordsThatTheOtherDoesNotHaveAreFresh() {
        assertThat(Words.against("lunch with Ann", "Late lunch with Ann on Friday"))
                .containsExactly(
                        new Part("Late ", true), new Part("lunch with Ann", false), new Part(" on Friday", true));
    }

    @Test
    void equalTextsAreOnePartAndNothingIsNone() {
        assertThat(Words.against("a b", "a b")).containsExactly(new Part("a b", false));
        assertThat(Words.against("a b", null)).isEmpty();
        assertThat(Words.against("a b", "")).isEmpty();
    }

    @Test
    void withoutAnotherNothingIsFresh() {
        assertThat(Words.against(null, "a b")).containsExactly(new Part("a b", false));
    }

    @Test
    void aVeryLongTextIsNotCompared() {
        String text = "word ".repeat(5_000);

        assertThat(Words.against("other", text)).containsExactly(new Part(text, false));
    }

    @Test
    void thePartsJoinedAreTheTextAndTheOldOnesStandInTheOther() {
        long seed = 20261126;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String other = text(random);
            String text = text(random);

            List<Part> parts = Words.against(other, text);

            assertThat(parts.stream().map(Part::text).collect(Collectors.joining()))
                    .as("seed %s", seed)
                    .isEqualTo(text);
            parts.stream()
                    .filter(part -> !part.fresh())
                    .forEach(part -> assertThat(other).as("seed %s", seed).contains(part.text()));
        }
    }

    private static String text(Random random) {
        return random.ints(1 + random.nextInt(8), 0, 4)
                .mapToObj(word -> "abcd".substring(word, word + 1))
                .collect(Collectors.joining(random.nextBoolean() ? " " : "\n"));
    }
}
