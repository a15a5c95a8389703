package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** Our functions, by name and number of arguments. */
final class Functions {

    private static final Map<String, Function> REFUSED = Map.of(
            "env/0", refused("the environment holds secrets: what a document needs comes by variable"),
            "now/0", refused("the time is in the variable $now"),
            "debug_scope/0", refused("a document has no console"));

    private Functions() {}

    /** All of ours, for example {@code md_to_html/0}. */
    static Map<String, Function> ours() {
        return new TreeMap<>();
    }

    static void addTo(Scope scope) {
        ours().forEach(scope::addFunction);
        REFUSED.forEach(scope::addFunction);
    }

    private static Function refused(String reason) {
        return (scope, args, in, path, output, version) -> {
            throw new JsonQueryException(reason);
        };
    }

    /** A function of the input alone. */
    interface OfInput {
        JsonNode of(JsonNode input) throws JsonQueryException;
    }

    /** A function of the input and arguments that are evaluated against it. */
    interface OfArguments {
        JsonNode of(JsonNode input, List<JsonNode> arguments) throws JsonQueryException;
    }
}
