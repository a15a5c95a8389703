package io.dayflow.hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RememberedTest {

    @Test
    void anInputIsReadOnce() {
        Mapping document = Mapping.compile("acme/in.jq", "remembered([., $time])");

        JsonNode first = run(document, "a", 1);
        assertThat(first.toString()).isEqualTo("[\"a\",1]");
        assertThat(run(document, "a", 2)).isEqualTo(first);
        assertThat(run(document, "b", 2).toString()).isEqualTo("[\"b\",2]");
    }

    @Test
    void eachPlaceAndEachDocumentKeepsItsOwn() {
        String source = "[remembered([., 1]), remembered([., 2, $time])]";
        Mapping document = Mapping.compile("acme/in.jq", source);

        assertThat(run(document, "a", 1).toString()).isEqualTo("[[\"a\",1],[\"a\",2,1]]");
        assertThat(run(Mapping.compile("acme/in.jq", source), "a", 7).toString())
                .isEqualTo("[[\"a\",1],[\"a\",2,7]]");
    }

    @Test
    void severalOutputsAndNoneAreKept() {
        Mapping document = Mapping.compile("acme/in.jq", "[remembered(., $time), remembered(empty)]");

        assertThat(run(document, "a", 1).toString()).isEqualTo("[\"a\",1]");
        assertThat(run(document, "a", 2).toString()).isEqualTo("[\"a\",1]");
    }

    @Test
    void aFailureIsNotKept() {
        Mapping document =
                Mapping.compile("acme/in.jq", "remembered(if $time == 1 then error(\"not yet\") else [., $time] end)");

        assertThatThrownBy(() -> run(document, "a", 1)).hasMessageContaining("not yet");
        assertThat(run(document, "a", 2).toString()).isEqualTo("[\"a\",2]");
    }

    @Test
    void onlyTheLatestInputsAreKept() {
        Mapping document = Mapping.compile("acme/in.jq", "remembered([., $time])");
        for (int i = 0; i <= Remembered.INPUTS; i++) {
            run(document, "input " + i, 1);
        }

        assertThat(run(document, "input " + Remembered.INPUTS, 2).get(1).intValue())
                .isEqualTo(1);
        assertThat(run(document, "input 0", 2).get(1).intValue()).isEqualTo(2);
    }

    private static JsonNode run(Mapping document, String input, int time) {
        return document.run(
                        TextNode.valueOf(input), new Given(Map.of("time", () -> IntNode.valueOf(time)), "acme", "1"))
                .value();
    }
}
