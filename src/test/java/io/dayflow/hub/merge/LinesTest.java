package io.dayflow.hub.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.item.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the examples {@code |} ends a line. */
class LinesTest {

    @ParameterizedTest(name = "{0}: {1} → {2} and {3}")
    @CsvSource(delimiter = ';', textBlock = """
            edits apart          ; a|b|c|d ; A|b|c|d ; a|b|c|D   ; A|b|c|D
            edits that touch     ; a|b     ; A|b     ; a|B       ; A|B
            add at both ends     ; a|b     ; x|a|b   ; a|b|y     ; x|a|b|y
            add after a change   ; a|b     ; a|B     ; a|b|c     ; a|B|c
            add before a change  ; a|b     ; a|B     ; a|x|b     ; a|x|B
            remove and change    ; a|b|c   ; b|c     ; a|b|C     ; b|C
            same edit            ; a|b     ; a|x     ; a|x       ; a|x
            same edit and more   ; a|b|c   ; a|x|c   ; a|x|c|d   ; a|x|c|d
            only one side        ; a|b     ; a|b     ; a         ; a
            """)
    void editsOfDifferentLinesMerge(String name, String base, String ours, String theirs, String merged) {
        assertThat(merge(base, ours, theirs)).isEqualTo(merged);
        assertThat(merge(base, theirs, ours)).as("symmetric").isEqualTo(merged);
    }

    @ParameterizedTest(name = "{0}: {1} → {2} and {3}")
    @CsvSource(delimiter = ';', textBlock = """
            same line            ; a|b|c   ; a|x|c   ; a|y|c
            both append          ; a       ; a|x     ; a|y
            change and remove    ; a|b|c   ; a|x|c   ; a|c
            add inside a removal ; a|b|c|d ; a|d     ; a|b|x|c|d
            """)
    void editsOfTheSameLinesDoNot(String name, String base, String ours, String theirs) {
        assertThat(merge(base, ours, theirs)).isNull();
        assertThat(merge(base, theirs, ours)).as("symmetric").isNull();
    }

    @Test
    void aMergeIsSymmetricAndTakesOneSidedEditsWhole() {
        Seeds.check(3000, chance -> {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                StringBuilder text = new StringBuilder();
                for (int lines = chance.number(7); lines > 0; lines--) {
                    text.append("abc".charAt(chance.number(3))).append(lines > 1 ? "\n" : "");
                }
                texts.add(text.toString());
            }
            String base = texts.get(0);
            assertThat(Lines.merge(base, texts.get(1), texts.get(2)))
                    .isEqualTo(Lines.merge(base, texts.get(2), texts.get(1)));
            assertThat(Lines.merge(base, texts.get(1), base)).contains(texts.get(1));
            assertThat(Lines.merge(base, texts.get(1), texts.get(1))).contains(texts.get(1));
        });
    }

    private static String merge(String base, String ours, String theirs) {
        return Lines.merge(text(base), text(ours), text(theirs))
                .map(merged -> merged.replace('\n', '|'))
                .orElse(null);
    }

    private static String text(String example) {
        return example.replace('|', '\n');
    }
}
