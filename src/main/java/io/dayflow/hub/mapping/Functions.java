package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/** Our functions, by name and number of arguments: {@code zoned/1}. */
final class Functions {

    private static final Map<String, Function> REFUSED = Map.of(
            "env/0", refused("env is not there: what a document needs comes by variable"),
            "now/0", refused("now is not there: the time is in the variable $now"),
            "debug_scope/0", refused("debug_scope is not there: a document has no console"));

    private static final SortedMap<String, Function> OURS = made();

    private Functions() {}

    /** All that documents may call beside those of jq. */
    static SortedMap<String, Function> ours() {
        return OURS;
    }

    static void addTo(Scope scope) {
        OURS.forEach(scope::addFunction);
        ListFunctions.ALL.forEach(scope::addFunction);
        REFUSED.forEach(scope::addFunction);
    }

    static JsonNode number(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    private static SortedMap<String, Function> made() {
        Book book = new Book();
        TimeFunctions.addTo(book);
        TextFunctions.addTo(book);
        book.functions.put("remembered/1", new Remembered());
        return Collections.unmodifiableSortedMap(book.functions);
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

    /** Where functions are written down. */
    static final class Book {

        private final SortedMap<String, Function> functions = new TreeMap<>();

        void add(String name, OfInput function) {
            functions.put(name + "/0", new OfInputAlone(name, function));
        }

        void add(String name, int arguments, OfArguments function) {
            functions.put(name + "/" + arguments, new OfValues(name, function));
        }
    }

    /** One value of the input. */
    record OfInputAlone(String name, OfInput function) implements Function {

        JsonNode of(JsonNode in) throws JsonQueryException {
            try {
                return function.of(in);
            } catch (JsonQueryException e) {
                throw named(name, e);
            }
        }

        @Override
        public void apply(
                Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
                throws JsonQueryException {
            output.emit(of(in), null);
        }
    }

    /** One value of the input and of each combination of what the arguments output, as jq does. */
    record OfValues(String name, OfArguments function) implements Function {

        @Override
        public void apply(
                Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
                throws JsonQueryException {
            each(scope, arguments, in, List.of(), output);
        }

        private void each(
                Scope scope, List<Expression> expressions, JsonNode in, List<JsonNode> values, PathOutput output)
                throws JsonQueryException {
            if (values.size() < expressions.size()) {
                expressions.get(values.size()).apply(scope, in, value -> {
                    List<JsonNode> more = new ArrayList<>(values);
                    more.add(value);
                    each(scope, expressions, in, more, output);
                });
                return;
            }
            JsonNode value;
            try {
                value = function.of(in, values);
            } catch (JsonQueryException e) {
                throw named(name, e);
            }
            output.emit(value, null);
        }
    }

    private static JsonQueryException named(String name, JsonQueryException failure) {
        return new JsonQueryException(name + ": " + failure.getMessage(), failure);
    }
}
