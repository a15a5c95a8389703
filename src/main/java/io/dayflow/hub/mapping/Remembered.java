package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/**
 * What an expression made of inputs that it had before, for costly readings of texts that repeat from item to item, such as
 * the words of a recurrence. Kept for each place in a document as long as the document is, the latest inputs only.
 * Thread-safe.
 */
final class Remembered implements Function {

    static final int INPUTS = 500;

    /** By the expression itself: two places that read alike keep their own. */
    private final Map<Expression, Map<JsonNode, List<JsonNode>>> places =
            Collections.synchronizedMap(new WeakHashMap<>());

    @Override
    public void apply(
            Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
            throws JsonQueryException {
        Expression expression = arguments.getFirst();
        Map<JsonNode, List<JsonNode>> known = places.computeIfAbsent(expression, place -> latest());
        List<JsonNode> outputs = known.get(in);
        if (outputs == null) {
            outputs = new ArrayList<>(1);
            expression.apply(scope, in, outputs::add);
            known.put(in, List.copyOf(outputs));
        }
        for (JsonNode value : outputs) {
            output.emit(value, null);
        }
    }

    private static Map<JsonNode, List<JsonNode>> latest() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<JsonNode, List<JsonNode>> eldest) {
                return size() > INPUTS;
            }
        });
    }
}
