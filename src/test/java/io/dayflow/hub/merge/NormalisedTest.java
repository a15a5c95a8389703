package io.dayflow.hub.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalisedTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"Milk \", Milk",
                "\"a\r\nb\", \"a\nb\"",
                "2027-01-26T12:23:53-05:00[America/New_York], 2027-01-26T12:23:00-05:00[America/New_York]",
                "2027-01-26T12:23:53-05:00[America/New_York], 2027-01-26T17:23:53Z",
                "2027-01-26T12:23:30, 2027-01-26T12:24:00",
            })
    void whatServicesMakeOfAValueIsNoEdit(String sent, String seen) {
        assertThat(Normalised.of(TextNode.valueOf(sent), TextNode.valueOf(seen)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "Milk, milk",
                "Milk, Milk and bread",
                "2027-01-26T12:23:00Z, 2027-01-26T12:24:00Z",
                "2027-01-26T12:23:53Z, 2027-01-26",
                "2027-01-26, 2027-01-27",
                "2027-01-26Tea time is now, 2027-01-26Tea time is not",
            })
    void anotherValueIsAnEdit(String sent, String seen) {
        assertThat(Normalised.of(TextNode.valueOf(sent), TextNode.valueOf(seen)))
                .isFalse();
    }

    @Test
    void numbersAreEqualOrAreNot() {
        assertThat(Normalised.of(IntNode.valueOf(1), IntNode.valueOf(1))).isTrue();
        assertThat(Normalised.of(IntNode.valueOf(1), IntNode.valueOf(2))).isFalse();
        assertThat(Normalised.of(IntNode.valueOf(1), TextNode.valueOf("1"))).isFalse();
        assertThat(Normalised.of(TextNode.valueOf("1"), IntNode.valueOf(1))).isFalse();
    }

    @Test
    void viewsAreTheSameWhereLabelsDifferInCaseOnlyAndNotWhereOneIsMissing() {
        View sent = task("Milk ", "Home", "Shop");
        assertThat(Normalised.same(sent, task("Milk", "home", "Shop"))).isTrue();
        assertThat(Normalised.same(sent, task("Milk", "home"))).isFalse();
        assertThat(Normalised.same(task("Milk", "home"), sent)).isFalse();
        assertThat(Normalised.same(sent, task("Bread", "Home", "Shop"))).isFalse();
    }

    @Test
    void whatArrivedInTheServicesOwnFormWasAgreedOn() {
        View base = task("Milk", "home");
        View sent = task("Bread ", "home", "Shop");

        assertThat(ThreeWay.arrived(base, sent, task("Bread", "home", "shop")))
                .isEqualTo(task("Bread", "home", "shop"));
        // somebody wrote something else, or nothing has arrived: the base stays
        assertThat(ThreeWay.arrived(base, sent, task("Butter", "home"))).isEqualTo(base);
        assertThat(ThreeWay.arrived(base, sent, base)).isEqualTo(base);
        // somebody's own label is no part of what was sent
        assertThat(ThreeWay.arrived(base, sent, task("Bread", "home", "urgent")))
                .isEqualTo(task("Bread", "home"));
        // what was taken away with the write, and is away, was agreed on
        assertThat(ThreeWay.arrived(base, task("Milk"), task("Milk"))).isEqualTo(task("Milk"));
        assertThat(ThreeWay.arrived(base, task("Milk"), base)).isEqualTo(base);
    }

    private static View task(String title, String... labels) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (String label : labels) {
            array.add(label);
        }
        Map<String, JsonNode> fields = labels.length == 0
                ? Map.of("title", TextNode.valueOf(title))
                : Map.of("title", TextNode.valueOf(title), "labels", array);
        return View.of(Kind.TASK, fields);
    }
}
