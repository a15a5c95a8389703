package io.dayflow.hub.mapping;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.tree.ArrayConstruction;
import net.thisptr.jackson.jq.internal.tree.AssignPipeComponent;
import net.thisptr.jackson.jq.internal.tree.Conditional;
import net.thisptr.jackson.jq.internal.tree.FieldConstruction;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.FunctionDefinition;
import net.thisptr.jackson.jq.internal.tree.IdentifierKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.NegativeExpression;
import net.thisptr.jackson.jq.internal.tree.ObjectConstruction;
import net.thisptr.jackson.jq.internal.tree.PipedQuery;
import net.thisptr.jackson.jq.internal.tree.StringInterpolation;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.TransformPipeComponent;
import net.thisptr.jackson.jq.internal.tree.VariableAccess;
import net.thisptr.jackson.jq.internal.tree.binaryop.AlternativeOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.BinaryOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.BooleanAndExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.BooleanOrExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.SimpleBinaryOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.FieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.IdentifierFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.StringFieldAccess;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;
import net.thisptr.jackson.jq.internal.tree.matcher.matchers.ValueMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Finds the expressions of a compiled document that have exactly one value, most of them, and puts a {@link Single} in the
 * place of each; calls of functions that the document does not define itself are bound to them. What a document makes of an
 * input, and how it fails, is the same. Where the engine's tree looks otherwise than expected, it stays as it is.
 */
final class Singles {

    private final Places.Names names;

    /** Of the document's own functions, those that have one value if their arguments do. */
    private final Set<String> own = new HashSet<>();

    private Singles(Places.Names names) {
        this.names = names;
    }

    /**
     * Puts them into a document.
     *
     * @param names what the document defines
     * @return what takes the document's place
     */
    static Expression into(Expression document, Places.Names names) {
        return new Singles(names).simpler(document);
    }

    private Expression simpler(Expression expression) {
        try {
            below(expression);
            return of(expression);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return expression;
        }
    }

    private void below(Object node) throws ReflectiveOperationException {
        for (Class<?> type = node.getClass(); EngineTree.isOf(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    field.set(node, replaced(field.get(node)));
                }
            }
        }
    }

    private @Nullable Object replaced(@Nullable Object value) throws ReflectiveOperationException {
        return switch (value) {
            case null -> null;
            case Places.Marked marked -> marked.with(simpler(marked.value()));
            case Expression expression -> EngineTree.isOf(value.getClass()) ? simpler(expression) : expression;
            case Pair<?, ?> pair -> Pair.of(replaced(pair._1), replaced(pair._2));
            case List<?> list -> all(list);
            default -> {
                if (EngineTree.isOf(value.getClass()) && !(value instanceof Enum<?>)) {
                    below(value);
                }
                yield value;
            }
        };
    }

    private List<Object> all(List<?> list) throws ReflectiveOperationException {
        List<Object> replaced = new ArrayList<>(list.size());
        for (Object element : list) {
            replaced.add(replaced(element));
        }
        return replaced;
    }

    private Expression of(Expression node) throws ReflectiveOperationException {
        return switch (node) {
            case ThisObject input -> new Single.Input(input);
            case ValueLiteral literal -> new Single.Literal(literal, literal.value());
            case VariableAccess variable
            when EngineTree.value(variable, "moduleName") == null ->
                new Single.Variable(variable, name(variable, "name"));
            case FieldAccess access -> access(access);
            case BinaryOperatorExpression operation -> operation(operation);
            case Conditional conditional -> choice(conditional);
            case ObjectConstruction object -> fields(object);
            case ArrayConstruction list -> new Compounds.Elements(list, list.q);
            case StringInterpolation text
            when allSingle(EngineTree.list(text, "interpolations")) -> new Compounds.Engines(text);
            case PipedQuery pipe -> piped(pipe);
            case FunctionCall call -> call(call);
            case NegativeExpression negative
            when EngineTree.value(negative, "value") instanceof Single -> new Compounds.Engines(negative);
            case FunctionDefinition definition -> defined(definition);
            default -> node;
        };
    }

    private static String name(Object node, String field) throws ReflectiveOperationException {
        return String.valueOf(EngineTree.value(node, field));
    }

    /** A permissive one may have no value, and one of all elements has many. */
    private static Expression access(FieldAccess access) throws ReflectiveOperationException {
        Object target = EngineTree.value(FieldAccess.class, access, "target");
        if (!(target instanceof Single object)
                || Boolean.TRUE.equals(EngineTree.value(FieldAccess.class, access, "permissive"))) {
            return access;
        }
        return switch (access) {
            case IdentifierFieldAccess named -> new Single.Field(named, object, name(named, "field"));
            case StringFieldAccess named
            when EngineTree.value(named, "field") instanceof Single -> new Compounds.Engines(named);
            case BracketFieldAccess bracket
            when EngineTree.value(bracket, "startExpr") instanceof Single
                    && (EngineTree.value(bracket, "endExpr") == null
                            || EngineTree.value(bracket, "endExpr") instanceof Single) ->
                new Compounds.Engines(bracket);
            default -> access;
        };
    }

    private static Expression operation(BinaryOperatorExpression operation) throws ReflectiveOperationException {
        if (!(EngineTree.value(BinaryOperatorExpression.class, operation, "lhs") instanceof Single left)
                || !(EngineTree.value(BinaryOperatorExpression.class, operation, "rhs") instanceof Single right)) {
            return operation;
        }
        return switch (operation) {
            case SimpleBinaryOperatorExpression simple
            when EngineTree.value(SimpleBinaryOperatorExpression.class, simple, "operator")
                    instanceof BinaryOperator operator -> new Single.Operation(simple, left, right, operator);
            case BooleanAndExpression both -> new Single.Both(both, left, right, false);
            case BooleanOrExpression either -> new Single.Both(either, left, right, true);
            case AlternativeOperatorExpression otherwise -> new Single.Otherwise(otherwise, left, right);
            default -> operation;
        };
    }

    private static Expression choice(Conditional conditional) throws ReflectiveOperationException {
        List<Single> conditions = new ArrayList<>();
        List<Single> results = new ArrayList<>();
        for (Object branch : EngineTree.list(conditional, "switches")) {
            if (!(branch instanceof Pair<?, ?> pair)
                    || !(pair._1 instanceof Single condition)
                    || !(pair._2 instanceof Single result)) {
                return conditional;
            }
            conditions.add(condition);
            results.add(result);
        }
        if (!(EngineTree.value(conditional, "otherwise") instanceof Single otherwise)) {
            return conditional;
        }
        results.add(otherwise);
        return new Single.Choice(conditional, conditions, results);
    }

    private static Expression fields(ObjectConstruction object) {
        List<Compounds.Fields.Entry> entries = new ArrayList<>();
        for (FieldConstruction field : object.fields) {
            if (!(field instanceof IdentifierKeyFieldConstruction named)) {
                return object;
            }
            Places.Marked mark = named.value instanceof Places.Marked marked ? marked : null;
            Expression value = mark == null ? named.value : mark.value();
            if (value != null && !(value instanceof Single)) {
                return object;
            }
            entries.add(new Compounds.Fields.Entry(named.key, (Single) value, mark));
        }
        return new Compounds.Fields(object, entries);
    }

    private static Expression piped(PipedQuery pipe) throws ReflectiveOperationException {
        List<?> components = EngineTree.list(pipe, "components");
        Single parts = null;
        for (Object component : components.reversed()) {
            parts = before(pipe, component, parts);
            if (parts == null) {
                return pipe;
            }
        }
        return parts == null ? pipe : new Compounds.Whole(pipe, parts);
    }

    /** @param rest what follows; null where nothing does */
    private static @Nullable Single before(PipedQuery pipe, Object component, @Nullable Single rest)
            throws ReflectiveOperationException {
        if (component instanceof TransformPipeComponent step && step.expr instanceof Single single) {
            return rest == null ? single : new Compounds.Then(pipe, single, null, rest);
        }
        return rest != null
                        && component instanceof AssignPipeComponent step
                        && step.expr instanceof Single single
                        && step.matcher instanceof ValueMatcher matcher
                ? new Compounds.Then(pipe, single, name(matcher, "name"), rest)
                : null;
    }

    private Expression call(FunctionCall call) throws ReflectiveOperationException {
        List<Expression> arguments = new ArrayList<>();
        for (Object argument : EngineTree.list(call, "args")) {
            arguments.add((Expression) argument);
        }
        String name = name(call, "name");
        String key = name + "/" + arguments.size();
        boolean allSingle = arguments.stream().allMatch(Single.class::isInstance);
        if (names.defined().contains(key)) {
            return allSingle && own.contains(key) ? new Compounds.Engines(call) : call;
        }
        Function function = JqScope.function(name, arguments.size());
        if (function == null || EngineTree.value(call, "moduleName") != null) {
            return call;
        }
        if (function instanceof Functions.OfInputAlone alone) {
            return new Compounds.Call(call, alone);
        }
        Expression bound = new BoundCall(call, function, arguments);
        boolean isSingle = switch (name) {
            case "map" -> true;
            case "remembered" -> allSingle;
            default -> allSingle && (function instanceof Functions.OfValues || JqScope.hasOneValue(key));
        };
        return isSingle ? new Compounds.Engines(bound) : bound;
    }

    /** One that is defined twice, hides one of the engine's, or takes expressions as arguments, may be anything. */
    private Expression defined(FunctionDefinition definition) throws ReflectiveOperationException {
        List<?> parameters = EngineTree.list(definition, "args");
        String name = name(definition, "fname") + "/" + parameters.size();
        if (EngineTree.value(definition, "body") instanceof Single
                && !names.ambiguous().contains(name)
                && !JqScope.knows(name(definition, "fname"), parameters.size())
                && parameters.stream()
                        .allMatch(parameter -> parameter.toString().startsWith("$"))) {
            own.add(name);
        }
        return definition;
    }

    private static boolean allSingle(List<?> pairs) {
        return pairs.stream().allMatch(pair -> pair instanceof Pair<?, ?> each && each._2 instanceof Single);
    }
}
