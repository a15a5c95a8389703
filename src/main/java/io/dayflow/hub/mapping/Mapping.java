package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/** A compiled document. Immutable and safe for use by any number of threads. */
public final class Mapping {

    private static final Pattern LINE = Pattern.compile("\\bline (\\d+)");

    private final String document;
    private final String source;
    private final JsonQuery query;

    private Mapping(String document, String source, JsonQuery query) {
        this.document = document;
        this.source = source;
        this.query = query;
    }

    /**
     * Compiles.
     *
     * @param document its name, for errors
     * @throws InvalidMapping if it is no jq
     */
    public static Mapping compile(String document, String source) {
        try {
            return new Mapping(document, source, JsonQuery.compile(source, JqScope.VERSION));
        } catch (JsonQueryException | RuntimeException | Error e) {
            if (e instanceof VirtualMachineError fatal) {
                throw fatal;
            }
            String message = String.valueOf(e.getMessage());
            var line = LINE.matcher(message);
            throw new InvalidMapping(
                    document, line.find() ? Integer.parseInt(line.group(1)) : 0, Reasons.brief(message), e);
        }
    }

    public String document() {
        return document;
    }

    String source() {
        return source;
    }

    /**
     * Runs the document.
     *
     * @throws MappingFailed if it fails, or outputs anything but one value
     */
    public Outcome run(JsonNode input, Given given) {
        Scope scope = JqScope.child();
        given.variables().forEach((name, value) -> scope.setValue(name, once(value)));
        List<JsonNode> outputs = new ArrayList<>(1);
        try {
            query.apply(scope, input, outputs::add);
        } catch (JsonQueryException | RuntimeException | StackOverflowError e) {
            throw new MappingFailed(document, "", Reasons.brief(String.valueOf(e.getMessage())), given, e);
        }
        if (outputs.size() != 1) {
            throw new MappingFailed(
                    document,
                    "",
                    "a document outputs exactly one value, this one "
                            + (outputs.isEmpty() ? "none" : outputs.size() + " (put them into a list)"),
                    given,
                    null);
        }
        return new Outcome(document, outputs.getFirst(), given);
    }

    private static Supplier<JsonNode> once(Supplier<JsonNode> value) {
        return new Supplier<>() {
            private @Nullable JsonNode made;

            @Override
            public JsonNode get() {
                JsonNode known = made;
                if (known == null) {
                    known = value.get();
                    made = known;
                }
                return known;
            }
        };
    }

    /** What a document that has nothing to go by is given as input. */
    static JsonNode nothing() {
        return NullNode.getInstance();
    }
}
