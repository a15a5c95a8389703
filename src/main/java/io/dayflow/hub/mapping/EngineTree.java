package io.dayflow.hub.mapping;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import net.thisptr.jackson.jq.Expression;
import org.jspecify.annotations.Nullable;

/** The tree of a compiled document, which the engine shows to nobody. */
final class EngineTree {

    private static final String ENGINE = "net.thisptr.jackson.jq.internal";

    private EngineTree() {}

    /** What looks at a node, or changes it. */
    interface Visitor {
        void visit(Object node) throws ReflectiveOperationException;
    }

    /** Visits every node of the engine's once, those above before those below. */
    static void walk(Expression document, Visitor visitor) throws ReflectiveOperationException {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>(List.of(document));
        while (!open.isEmpty()) {
            Object node = open.pop();
            if (!seen.add(node)) {
                continue;
            }
            if (node instanceof List<?> list) {
                list.forEach(element -> push(element, open));
            } else if (isOf(node.getClass()) && !(node instanceof Enum<?>)) {
                below(node, open);
                visitor.visit(node);
            }
        }
    }

    /** Whether objects of that class are parts of the engine's tree. */
    static boolean isOf(@Nullable Class<?> type) {
        return type != null && type.getName().startsWith(ENGINE);
    }

    static @Nullable Object value(Object node, String field) throws ReflectiveOperationException {
        return accessible(node.getClass(), field).get(node);
    }

    /** @param type the node's class that has the field */
    static <T> @Nullable Object value(Class<? super T> type, T node, String field) throws ReflectiveOperationException {
        return accessible(type, field).get(node);
    }

    static List<?> list(Object node, String field) throws ReflectiveOperationException {
        return value(node, field) instanceof List<?> list ? list : List.of();
    }

    static void set(Object node, String field, Object value) throws ReflectiveOperationException {
        accessible(node.getClass(), field).set(node, value);
    }

    private static Field accessible(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static void below(Object node, Deque<Object> open) throws ReflectiveOperationException {
        for (Class<?> type = node.getClass(); isOf(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    push(field.get(node), open);
                }
            }
        }
    }

    private static void push(@Nullable Object value, Deque<Object> open) {
        if (value != null) {
            open.push(value);
        }
    }
}
