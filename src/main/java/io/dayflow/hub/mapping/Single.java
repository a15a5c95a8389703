package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.JsonNodeUtils;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.path.ObjectFieldPath;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/**
 * An expression that has exactly one value, for whatever input, unless it fails. The engine calls back for each value that an
 * expression may have; this one is simply asked. Where paths matter, the engine's own expression, which it stands for, is.
 */
abstract class Single implements Expression {

    private final Expression source;

    /** @param source what it stands for */
    Single(Expression source) {
        this.source = source;
    }

    abstract JsonNode of(Scope scope, JsonNode in) throws JsonQueryException;

    boolean isTrue(Scope scope, JsonNode in) throws JsonQueryException {
        return JsonNodeUtils.asBoolean(of(scope, in));
    }

    @Override
    public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
            throws JsonQueryException {
        if (path != null || requirePath) {
            source.apply(scope, in, path, output, requirePath);
        } else {
            output.emit(of(scope, in), null);
        }
    }

    /** As its author wrote it, for messages. */
    @Override
    public String toString() {
        return source.toString();
    }

    static final class Input extends Single {

        Input(Expression source) {
            super(source);
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) {
            return in;
        }
    }

    static final class Literal extends Single {

        private final JsonNode value;

        Literal(Expression source, JsonNode value) {
            super(source);
            this.value = value;
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) {
            return value;
        }
    }

    static final class Variable extends Single {

        private final String name;

        Variable(Expression source, String name) {
            super(source);
            this.name = name;
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) throws JsonQueryException {
            Scope.ValueWithPath known = scope.getValueWithPath(name);
            if (known == null) {
                throw new JsonQueryException("$" + name + " is not defined");
            }
            return known.value();
        }
    }

    /** {@code .field} of a value. */
    static final class Field extends Single {

        private final Single object;
        private final String name;

        Field(Expression source, Single object, String name) {
            super(source);
            this.object = object;
            this.name = name;
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) throws JsonQueryException {
            JsonNode value = object.of(scope, in);
            if (!value.isObject() && !value.isNull()) {
                ObjectFieldPath.resolve(value, null, (field, path) -> {}, name, false); // refuses
            }
            JsonNode field = value.get(name);
            return field == null ? NullNode.getInstance() : field;
        }
    }

    /** Two values make one; the right one is asked first, as the engine does. */
    static final class Operation extends Single {

        private final Single left;
        private final Single right;
        private final BinaryOperator operator;

        Operation(Expression source, Single left, Single right, BinaryOperator operator) {
            super(source);
            this.left = left;
            this.right = right;
            this.operator = operator;
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) throws JsonQueryException {
            JsonNode second = right.of(scope, in);
            return operator.apply(scope.getObjectMapper(), left.of(scope, in), second);
        }
    }

    /** {@code and}, {@code or}. */
    static final class Both extends Single {

        private final Single left;
        private final Single right;
        private final boolean decides;

        /** @param decides the left side's value that makes the right one matter no more */
        Both(Expression source, Single left, Single right, boolean decides) {
            super(source);
            this.left = left;
            this.right = right;
            this.decides = decides;
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) throws JsonQueryException {
            return BooleanNode.valueOf(isTrue(scope, in));
        }

        @Override
        boolean isTrue(Scope scope, JsonNode in) throws JsonQueryException {
            return left.isTrue(scope, in) == decides ? decides : right.isTrue(scope, in);
        }
    }

    /** {@code //}. */
    static final class Otherwise extends Single {

        private final Single value;
        private final Single otherwise;

        Otherwise(Expression source, Single value, Single otherwise) {
            super(source);
            this.value = value;
            this.otherwise = otherwise;
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) throws JsonQueryException {
            JsonNode first = value.of(scope, in);
            return JsonNodeUtils.asBoolean(first) ? first : otherwise.of(scope, in);
        }
    }

    /** {@code if}, with as many results as conditions and one more. */
    static final class Choice extends Single {

        private final List<Single> conditions;
        private final List<Single> results;

        Choice(Expression source, List<Single> conditions, List<Single> results) {
            super(source);
            this.conditions = conditions;
            this.results = results;
        }

        @Override
        JsonNode of(Scope scope, JsonNode in) throws JsonQueryException {
            int i = 0;
            while (i < conditions.size() && !conditions.get(i).isTrue(scope, in)) {
                i++;
            }
            return results.get(i).of(scope, in);
        }
    }
}
