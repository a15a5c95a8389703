package io.dayflow.hub.connection;

import io.dayflow.hub.oauth.TokenSet;
import java.util.Map;

/** What a connection keeps to prove who calls. */
sealed interface Proof {

    /** What the user typed, by field. */
    record Typed(Map<String, String> fields) implements Proof {
        @Override
        public String toString() {
            return "Typed" + fields.keySet();
        }
    }

    /** What the user allowed at the service. */
    record Allowed(TokenSet tokens) implements Proof {}
}
