package io.dayflow.hub.simulation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Puts something around one method of a port; all others go through. */
final class Around {

    private Around() {}

    /** What stands in the place of the method. */
    interface Instead {

        /** @param original the method as it was */
        @Nullable
        Object call(Original original, Object[] arguments);
    }

    /** The method as it was. */
    interface Original {

        @Nullable
        Object call(Object... arguments);
    }

    static <T> T method(Class<T> port, T target, String name, Instead instead) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object[] given = arguments == null ? new Object[0] : arguments;
            return method.getName().equals(name)
                    ? instead.call(changed -> invoke(target, method, changed), given)
                    : invoke(target, method, given);
        };
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    private static @Nullable Object invoke(Object target, Method method, Object[] arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
