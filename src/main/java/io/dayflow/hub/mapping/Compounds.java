package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/** Expressions with exactly one value that are made of others: pipes, calls, objects and lists. */
final class Compounds {

    private Compounds() {}

    /** {@code a | b}, or with a name {@code a as $name | b}. */
    static final class Then extends Single {

        private final Single first;
        private final @Nullable String name;
        private final Single rest;

        Then(Expression source, Single first, @Nullable String name, Single rest) {
            super(source);
            this.first = first;
            this.name = name;
            this.rest = rest;
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) throws JsonQueryException {
            JsonNode value = first.of(scope, in);
            if (name == null) {
                return rest.of(scope, value);
            }
            Scope inner = Scope.newChildScope(scope);
            inner.setValue(name, value);
            return rest.of(inner, in);
        }
    }

    /** A whole pipe, whose parts are not told apart when paths matter. */
    static final class Whole extends Single {

        private final Single parts;

        Whole(Expression source, Single parts) {
            super(source);
            this.parts = parts;
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) throws JsonQueryException {
            return parts.of(scope, in);
        }
    }

    /** One of our functions of the input. */
    static final class Call extends Single {

        private final Functions.OfInputAlone function;

        Call(Expression source, Functions.OfInputAlone function) {
            super(source);
            this.function = function;
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) throws JsonQueryException {
            return function.of(in);
        }
    }

    /** {@code {key: value, …}}. */
    static final class Fields extends Single {

        /** @param value null for the input's own field of that name */
        record Entry(String key, @Nullable Single value, Places.@Nullable Marked mark) {}

        private final List<Entry> entries;

        Fields(Expression source, List<Entry> entries) {
            super(source);
            this.entries = entries;
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) throws JsonQueryException {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Entry entry : entries) {
                Single value = entry.value();
                if (value == null) {
                    JsonNode field = in.get(entry.key());
                    object.set(entry.key(), field == null ? NullNode.getInstance() : field);
                } else {
                    object.set(entry.key(), marked(value, entry.mark(), scope, in));
                }
            }
            return object;
        }

        private static JsonNode marked(Single value, Places.@Nullable Marked mark, Scope scope, JsonNode in)
                throws JsonQueryException {
            try {
                return value.of(scope, in);
            } catch (JsonQueryException e) {
                if (mark != null) {
                    mark.note(e);
                }
                throw e;
            }
        }
    }

    /** {@code [expression]}: one list, however many values it is of. */
    static final class Elements extends Single {

        private final @Nullable Expression elements;

        Elements(Expression source, @Nullable Expression elements) {
            super(source);
            this.elements = elements;
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) throws JsonQueryException {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            if (elements != null) {
                elements.apply(scope, in, list::add);
            }
            return list;
        }
    }

    /** What is left to the engine, but is known to have one value. */
    static final class Engines extends Single {

        private final Expression expression;

        Engines(Expression expression) {
            super(expression);
            this.expression = expression;
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) throws JsonQueryException {
            Kept kept = new Kept();
            expression.apply(scope, in, null, kept, false);
            return kept.value;
        }

        private static final class Kept implements PathOutput {

            private JsonNode value = NullNode.getInstance();

            @Override
            public void emit(JsonNode emitted, @Nullable Path path) {
                value = emitted;
            }
        }
    }
}
