package io.dayflow.hub.call;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads what a service says in the JSON body of an error answer. Pure and thread-safe; throws for nothing. */
public interface ErrorReader {

    /** Understands nothing. */
    ErrorReader NONE = new ErrorReader() {
        @Override
        public @Nullable Duration patience(String body) {
            return null;
        }

        @Override
        public @Nullable String message(String body) {
            return null;
        }
    };

    /** How long the service asks to wait; null where it does not say, or the body is not understood. */
    @Nullable
    Duration patience(String body);

    /** What the service says for people, as it says it; null where there is nothing. */
    @Nullable
    String message(String body);
}
