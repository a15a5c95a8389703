package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/** A call of a function that is known when the document is compiled: the engine would look for its name at every call. */
record BoundCall(Expression source, Function function, List<Expression> arguments) implements Expression {

    @Override
    public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
            throws JsonQueryException {
        function.apply(scope, arguments, in, path, output, JqScope.VERSION);
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
