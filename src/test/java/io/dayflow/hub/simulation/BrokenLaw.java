package io.dayflow.hub.simulation;

import org.jspecify.annotations.Nullable;

/** A law was found broken. */
final class BrokenLaw extends RuntimeException {

    private final transient Law law;

    BrokenLaw(Law law, String what, @Nullable Throwable cause) {
        super(law + ": " + what, cause);
        this.law = law;
    }

    BrokenLaw(Law law, String what) {
        this(law, what, null);
    }

    Law law() {
        return law;
    }
}
