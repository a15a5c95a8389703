package io.dayflow.hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '\0',
            value = {
                "def f: 1; . + f => 6",
                "def f: 1; def g: 2; f + g => 3",
                "def f: def g: 1; . + g; f * 2 => 12",
                "[def f: 1; . + f] => [6]",
                "{a: (def f: 1; . + f), b: 2} => {\"a\":6,\"b\":2}",
                "if . == 5 then 1 end => 1",
                "if . == 6 then 1 end => 5",
                "if . == 6 then 1 elif . == 5 then 2 end => 2",
                "if . == 6 then 1 else 3 end => 3",
                "{if: 1, def: 2, then: .} | .if + .def + .then #def => 8",
                "def f: \"a;)\\(def g: 1; . + g)b\"; f + \"c\" => \"a;)6bc\"",
                "def f(x): x + 1; def g($y): $y + f($y); g(1) // 0 => 3",
                "reduce (1, 2) as $i (def z: 0; . + z; . + $i) => 8",
                "[3, 1] | map(., . * 2) => [3,6,1,2]",
                "{a: 1, b: 2} | map(select(. > 1)) => [2]",
                "[1, 2, 3] | (.[] | select(. > 1)) |= 0 => [1,0,0]",
                "[1, 2] | map(select(true, false, true)) => [1,1,2,2]",
                "[2, \"b\", null, 1, \"a\", 2, 1.0, [1], true, [1]] | unique => [null,true,1,2,\"a\",\"b\",[1]]",
                "try (5 | map(.)) catch \"no\" => \"no\"",
                "def c: {a: [1, \"x\"], \"b\": {c: null}}; [c.a[1], (c | .a[0] |= 2), (c | del(.b)), c] "
                        + "=> [\"x\",{\"a\":[2,\"x\"],\"b\":{\"c\":null}},{\"a\":[1,\"x\"]},{\"a\":[1,\"x\"],\"b\":{\"c\":null}}]",
                "def c: [.]; def d: []; def e: {a: .}; def f: {(\"k\"): 1}; [c, d, e, f] => [[5],[],{\"a\":5},{\"k\":1}]",
            })
    void theEngineReadsWhatJqReads(String source, String output) throws Exception {
        assertThat(run(source, "5")).isEqualTo(JSON.readTree(output));
    }

    @Test
    void aDocumentThatIsNoJqIsRefusedWithItsLine() {
        var refused = catchThrowableOfType(
                InvalidMapping.class, () -> Mapping.compile("acme/in.jq", "{\n  a: 1,\n  b: if . then\n}"));

        assertThat(refused.line()).isEqualTo(4);
        assertThat(refused).hasMessageStartingWith("acme/in.jq line 4: ");
        assertThat(catchThrowableOfType(InvalidMapping.class, () -> Mapping.compile("acme/in.jq", "{a: \"x}"))
                        .line())
                .isEqualTo(1);
    }

    @Test
    void aDocumentOutputsExactlyOneValue() {
        assertThatThrownBy(() -> run("empty", "1")).hasMessageContaining("exactly one value, this one none");
        assertThatThrownBy(() -> run("1, 2", "1")).hasMessageContaining("exactly one value, this one 2");
    }

    @Test
    void aFailureNamesDocumentProviderAndItem() {
        assertThatThrownBy(() -> Mapping.compile("acme/in.jq", ".a.b")
                        .run(JSON.readTree("{\"a\": 1}"), new Given(Map.of(), "acme", "8J")))
                .isInstanceOf(MappingFailed.class)
                .hasMessageStartingWith("acme/in.jq")
                .hasMessageEndingWith("(acme 8J)");
    }

    @Test
    void aFailureNamesLineKeyAndExpression() {
        String source = """
                {
                  parts: [{
                    fields: {
                      title: .content,
                      due: (.due | ltrimstr("x") | .date)
                    }
                  }]
                }
                """;
        assertThatThrownBy(() -> run(source, "{\"content\": \"Milk\", \"due\": \"tomorrow\"}"))
                .hasMessageStartingWith("acme/in.jq line 5, due: ")
                .hasMessageContaining(".date");
        assertThatThrownBy(() -> run("{a: (try error(\"x\") catch .), b: error(\"y\")}", "1"))
                .hasMessageStartingWith("acme/in.jq line 1, b: error");
    }

    @Test
    void aDocumentThatCallsWhatNobodyDefinesIsRefused() {
        assertThatThrownBy(() -> Mapping.compile("acme/in.jq", "def f(g): g | h; {a: f(.x), b: nobody(1; 2)}"))
                .isInstanceOf(InvalidMapping.class)
                .hasMessageContaining("h/0, nobody/2");
    }

    @Test
    void secretsOfTheMachineAreOutOfReach() {
        assertThatThrownBy(() -> run("env", "1")).hasMessageContaining("env");
        assertThatThrownBy(() -> run("$ENV", "1")).hasMessageContaining("$ENV");
        assertThatThrownBy(() -> run("now", "1")).hasMessageContaining("$now");
    }

    private static JsonNode run(String source, String input) throws JsonProcessingException {
        return Mapping.compile("acme/in.jq", source)
                .run(JSON.readTree(input), Given.NOTHING)
                .value();
    }
}
