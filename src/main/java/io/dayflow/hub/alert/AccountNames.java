package io.dayflow.hub.alert;

/**
 * Knows the names that people sign in with. A bean of this type is all it takes: a name that no bean knows may be a password
 * in the wrong field, and is kept nowhere.
 */
@FunctionalInterface
public interface AccountNames {

    /** Whether somebody has this name. */
    boolean has(String name);
}
