package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.JsonNodeComparator;
import net.thisptr.jackson.jq.internal.misc.JsonNodeUtils;
import net.thisptr.jackson.jq.path.Path;

/**
 * Functions that the engine has in jq, with the same outcome and a tenth of the work: documents call them for each element
 * of each list.
 */
final class ListFunctions {

    static final Map<String, Function> ALL =
            Map.of("map/1", ListFunctions::map, "select/1", ListFunctions::select, "unique/0", ListFunctions::unique);

    private ListFunctions() {}

    private static void map(
            Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
            throws JsonQueryException {
        ArrayNode mapped = JsonNodeFactory.instance.arrayNode(in.size());
        for (JsonNode element : container(in)) {
            arguments.getFirst().apply(scope, element, mapped::add);
        }
        output.emit(mapped, null);
    }

    private static void select(
            Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
            throws JsonQueryException {
        arguments.getFirst().apply(scope, in, chosen -> {
            if (JsonNodeUtils.asBoolean(chosen)) {
                output.emit(in, path);
            }
        });
    }

    private static void unique(
            Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
            throws JsonQueryException {
        TreeSet<JsonNode> unique = new TreeSet<>(JsonNodeComparator.getInstance());
        container(in).forEach(unique::add);
        output.emit(JsonNodeFactory.instance.arrayNode(unique.size()).addAll(unique), null);
    }

    private static JsonNode container(JsonNode in) throws JsonQueryException {
        if (!in.isContainerNode()) {
            throw new JsonQueryException("Cannot iterate over " + Shape.named(in));
        }
        return in;
    }
}
