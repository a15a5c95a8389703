package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.tree.FieldConstruction;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.FunctionDefinition;
import net.thisptr.jackson.jq.internal.tree.IdentifierKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.ObjectConstruction;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/**
 * Teaches a compiled document to say where it failed, and finds calls of functions that nobody defines: the engine does
 * neither. Where the engine's tree looks otherwise than expected, nothing is added and nothing refused.
 */
final class Places {

    private final String source;
    private final Set<String> called = new TreeSet<>();
    private final Set<String> defined = new HashSet<>();
    private final Set<String> ambiguous = new HashSet<>();
    private final List<ObjectConstruction> objects = new ArrayList<>();

    private Places(String source) {
        this.source = source;
    }

    /** Where in a document something failed; rides along with the exception, which stays what it was for {@code try}. */
    static final class Place extends Exception {

        private static final long serialVersionUID = 1L;

        Place(String key, int line, String expression) {
            super((line > 0 ? "line " + line + ", " : "") + key + ": " + expression, null, false, false);
        }
    }

    /**
     * Marks the values of all objects.
     *
     * @return what the document defines and calls
     */
    static Names mark(Expression document, String source) {
        var places = new Places(source);
        try {
            EngineTree.walk(document, places::visit);
            places.objects.forEach(object -> object.fields.replaceAll(places::marked));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return new Names(false, Set.of(), Set.of(), Set.of());
        }
        Set<String> missing = new TreeSet<>(places.called);
        missing.removeAll(places.defined);
        return new Names(true, places.defined, places.ambiguous, missing);
    }

    /**
     * Functions, as {@code name/arguments}.
     *
     * @param known whether the engine's tree could be read
     * @param defined what the document defines, its functions' parameters included
     * @param ambiguous what it defines more than once
     * @param missing what is called and not there
     */
    record Names(boolean known, Set<String> defined, Set<String> ambiguous, Set<String> missing) {}

    /** The innermost place that an exception tells; empty if none. */
    static String of(Throwable failure) {
        for (Throwable suppressed : failure.getSuppressed()) {
            if (suppressed instanceof Place place) {
                return String.valueOf(place.getMessage());
            }
        }
        return "";
    }

    private void visit(Object node) throws ReflectiveOperationException {
        switch (node) {
            case FunctionCall call -> called(call);
            case FunctionDefinition definition -> defined(definition);
            case ObjectConstruction object -> objects.add(object);
            default -> {}
        }
    }

    private void called(FunctionCall call) throws ReflectiveOperationException {
        String name = String.valueOf(EngineTree.value(call, "name"));
        int arguments = EngineTree.list(call, "args").size();
        if (EngineTree.value(call, "moduleName") == null && !JqScope.knows(name, arguments)) {
            called.add(name + "/" + arguments);
        }
    }

    private void defined(FunctionDefinition definition) throws ReflectiveOperationException {
        List<?> parameters = EngineTree.list(definition, "args");
        define(EngineTree.value(definition, "fname") + "/" + parameters.size());
        parameters.forEach(parameter -> define(parameter + "/0"));
    }

    private void define(String name) {
        if (!defined.add(name)) {
            ambiguous.add(name);
        }
    }

    private FieldConstruction marked(FieldConstruction field) {
        return field instanceof IdentifierKeyFieldConstruction named && named.value != null
                ? new IdentifierKeyFieldConstruction(named.key, new Marked(named.key, line(named.key), named.value))
                : field;
    }

    /** The line of a key that is there once; else 0. */
    private int line(String key) {
        var places =
                Pattern.compile("(?<![\\w.$\"])" + Pattern.quote(key) + "\\s*:").matcher(source);
        if (!places.find()) {
            return 0;
        }
        int at = places.start();
        return places.find()
                ? 0
                : 1
                        + (int) source.substring(0, at)
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
    }

    /** A value that tells where it stands when it fails. */
    record Marked(String key, int line, Expression value) implements Expression {

        private static final int LONGEST = 80;

        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            Watched watched = new Watched(output);
            try {
                value.apply(scope, in, path, watched, requirePath);
            } catch (JsonQueryException e) {
                if (!watched.failed) {
                    note(e);
                }
                throw e;
            }
        }

        /** Tells the place, unless one further in is told. */
        void note(JsonQueryException failure) {
            if (failure.getSuppressed().length == 0) {
                failure.addSuppressed(new Place(key, line, brief()));
            }
        }

        Marked with(Expression other) {
            return new Marked(key, line, other);
        }

        private String brief() {
            String text = value.toString();
            return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** Tells whether it was what comes after the value that failed. A class, since it is made for each value. */
    private static final class Watched implements PathOutput {

        private final PathOutput output;
        private boolean failed;

        Watched(PathOutput output) {
            this.output = output;
        }

        @Override
        public void emit(JsonNode value, @Nullable Path path) throws JsonQueryException {
            failed = true;
            output.emit(value, path);
            failed = false;
        }
    }
}
