package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import net.thisptr.jackson.jq.internal.javacc.TokenMgrError;
import org.jspecify.annotations.Nullable;

/** A compiled document. Safe for use by any number of threads. */
public final class Mapping {

    private static final Pattern LINE = Pattern.compile("\\bline (\\d+)");

    private final String document;
    private final Expression query;
    private final AtomicBoolean failed = new AtomicBoolean();

    private Mapping(String document, Expression query) {
        this.document = document;
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
            Expression expression = ExpressionParser.compile(Jq17.bridged(source), JqScope.VERSION);
            Constants.make(expression);
            Places.Names names = Places.mark(expression, source);
            if (!names.missing().isEmpty()) {
                throw new InvalidMapping(
                        document, 0, "it calls what is not defined: " + String.join(", ", names.missing()), null);
            }
            return new Mapping(document, names.known() ? Singles.into(expression, names) : expression);
        } catch (JsonQueryException e) {
            throw refused(document, e.getCause() == null ? e : e.getCause());
        } catch (TokenMgrError e) {
            throw refused(document, e);
        }
    }

    private static InvalidMapping refused(String document, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        var line = LINE.matcher(message);
        int number = line.find() ? Integer.parseInt(line.group(1)) : 0;
        return new InvalidMapping(document, number, Reasons.ofCompiler(message), cause);
    }

    public String document() {
        return document;
    }

    /** True once: so that what fails for every item is told once for each version of a document. */
    boolean failsForTheFirstTime() {
        return failed.compareAndSet(false, true);
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
            throw new MappingFailed(document, Places.of(e), Reasons.brief(String.valueOf(e.getMessage())), given, e);
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
}
