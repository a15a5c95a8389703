package io.dayflow.hub.security;

import io.dayflow.hub.refusal.TooManyRequests;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How often anybody may call. */
public interface CallLimits {

    /** On whom a request counts. */
    sealed interface Who {

        /** DayFlow's backend. No user where it named none that there is. */
        record Service(@Nullable UUID userId) implements Who {}

        /** The holder of a personal token, and the user for whom the call is made. */
        record Token(UUID tokenId, UUID userId) implements Who {}

        /** Somebody who calls in a session of the pages, by the user for whom the call is made. */
        record Session(UUID userId) implements Who {}

        /** Somebody who has signed in to the pages. */
        record Person(String name) implements Who {}

        /** A client whose token is not valid, as {@link ClientNetwork} names it. */
        record Stranger(String network) implements Who {}
    }

    /**
     * Counts a request, whatever becomes of it, and tells in its answer how the limits stand.
     *
     * @return the refusal, if there were too many
     */
    Optional<TooManyRequests> count(Who who, HttpServletResponse answer);
}
