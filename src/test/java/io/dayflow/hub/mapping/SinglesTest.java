package io.dayflow.hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SinglesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> INPUTS = List.of(
            "null",
            "false",
            "7",
            "\"a,b\"",
            "[]",
            "[3, null, \"x\", 3]",
            "{}",
            "{\"a\": null, \"b\": false, \"n\": 2.5}",
            "{\"a\": {\"b\": \"deep\", \"c\": [1, 2]}, \"b\": \"y, z\", \"n\": 4, \"list\": [\"q\", 1]}");

    static Stream<String> expressions() {
        return Stream.of(
                ".",
                ".a",
                ".a.b",
                ".a?.b",
                ".a[]?",
                ".[\"a\"]",
                ".\"a\"",
                ".[0]",
                ".[1:]",
                ".b[:1]",
                ".list[.n - 4]",
                ".list[-1:]",
                "$v",
                "$v.x.y",
                "$missing",
                ".n + 1",
                ".a == .b",
                ".n / 0",
                "-.n",
                ".a and .b",
                ".a or .b",
                ".a // .b",
                ".a // .b // \"neither\"",
                "(.a, .b) // \"neither\"",
                "if .a then .b elif .n then .n * 2 else \"no\" end",
                "if (.a, .b) then 1 else 2 end",
                "if .a then empty else .b end",
                ".n as $n | .a | [$n, .]",
                ".a as {b: $x} | $x",
                ". as [$x, $y] | $y",
                ".a | .b | length",
                "{a, b: .n, c: {d: .a}}",
                "{a: (.a, .b), b: 1}",
                "{(.b): 1}",
                "{\"k\": .a}",
                "{a: .a.b.c}",
                "[.a, .b]",
                "[.[]?]",
                "[]",
                "\"t \\(.a) \\(.n // \"none\")\"",
                "\"t \\(.a, .b)\"",
                "map(. // 0)",
                "map(., .)",
                "map(select(. != null))",
                "not",
                "tojson",
                "tojson | fromjson",
                "tostring | length",
                "keys",
                "add",
                "has(\"a\")",
                "split(\",\")",
                "(.b | split(\",\")) | join(\"+\")",
                "contains(\"a\")",
                "startswith(\"a\", \"b\")",
                "index(\",\")",
                "unique",
                "trim",
                ".b | trim | one_line",
                "remembered(.a // 1)",
                "remembered(.a, .b)",
                "\"2026-03-01T08:00:00Z\" | zoned(\"Europe/Berlin\", \"Asia/Tokyo\")",
                "def f: .a; f",
                "def f($x): {x: $x, y: .n}; f(1)",
                "def f($x): $x; f(1, 2)",
                "def f(g): [g]; f(.a, .b)",
                "def f: .a, .b; [f]",
                "def f: 1; def f: 2, 3; [f]",
                "def f: def g: 1; g; def h: def g: 2, 3; g; [f, h]",
                "def not: 1, 2; [not]",
                "def f($x): if $x > 3 then $x else f($x + 1) end; f(1)",
                "def f($v): $v; [f(1), $v]",
                "path(.a)",
                "[paths]",
                ".a = 1",
                ".n |= . + 1",
                "del(.a)",
                "to_entries",
                "try .a.b.c catch \"caught\"",
                "reduce .[]? as $x (0; . + 1)",
                "first(.[]?)",
                "error(\"said\")",
                "empty",
                ".a, .b");
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void theOutcomeIsThatOfTheEngine(String source) throws Exception {
        for (String input : INPUTS) {
            JsonNode in = JSON.readTree(input);
            assertThat(outcome(simpler(source), in))
                    .as("%s of %s", source, input)
                    .isEqualTo(outcome(parsed(source), in));
        }
    }

    private static Expression parsed(String source) throws JsonQueryException {
        return ExpressionParser.compile(source, JqScope.VERSION);
    }

    private static Expression simpler(String source) throws JsonQueryException {
        Expression expression = parsed(source);
        return Singles.into(expression, Places.mark(expression, source));
    }

    /** The values, and what it failed with after them. */
    private static List<String> outcome(Expression expression, JsonNode in) throws Exception {
        Scope scope = JqScope.child();
        scope.setValue("v", JSON.readTree("{\"x\": {\"y\": [1]}}"));
        List<String> outcome = new ArrayList<>();
        try {
            expression.apply(scope, in, value -> outcome.add(value.toString()));
        } catch (JsonQueryException | RuntimeException e) {
            outcome.add(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        return outcome;
    }
}
