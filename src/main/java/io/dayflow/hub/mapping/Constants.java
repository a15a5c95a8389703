package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.tree.ArrayConstruction;
import net.thisptr.jackson.jq.internal.tree.FunctionDefinition;
import net.thisptr.jackson.jq.internal.tree.IdentifierKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.ObjectConstruction;
import net.thisptr.jackson.jq.internal.tree.StringKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.Tuple;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;
import org.jspecify.annotations.Nullable;

/**
 * Makes the objects and lists that a document defines as they stand, such as {@code def units: {day: "DAILY", …};}, when it is
 * compiled. The engine would make them at every call.
 */
final class Constants {

    private Constants() {}

    /** Where the engine's tree looks otherwise than expected, it stays as it is. */
    static void make(Expression document) {
        try {
            EngineTree.walk(document, node -> {
                if (node instanceof FunctionDefinition definition
                        && EngineTree.value(definition, "body") instanceof Expression body
                        && !(body instanceof ValueLiteral)
                        && isConstant(body)) {
                    EngineTree.set(definition, "body", made(body));
                }
            });
        } catch (ReflectiveOperationException | RuntimeException e) {
            return; // the engine makes them
        }
    }

    private static boolean isConstant(@Nullable Object node) {
        return switch (node) {
            case null -> false;
            case ValueLiteral literal -> true;
            case ObjectConstruction object -> object.fields.stream().allMatch(Constants::isConstant);
            case IdentifierKeyFieldConstruction field -> isConstant(field.value);
            case StringKeyFieldConstruction field -> isConstant(field.key) && isConstant(field.value);
            case ArrayConstruction list -> list.q == null || isConstant(list.q);
            case Tuple elements -> elements.qs.stream().allMatch(Constants::isConstant);
            default -> false;
        };
    }

    private static Expression made(Expression constant) throws ReflectiveOperationException {
        List<JsonNode> values = new ArrayList<>(1);
        try {
            constant.apply(JqScope.child(), NullNode.getInstance(), values::add);
        } catch (JsonQueryException e) {
            throw new ReflectiveOperationException(e);
        }
        return values.size() == 1 ? new ValueLiteral(values.getFirst()) {} : constant;
    }
}
