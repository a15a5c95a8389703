package io.dayflow.hub.security;

import java.time.Duration;
import java.util.Optional;

/** Who counts the calls with tokens that are not valid. */
public interface WrongTokens {

    /**
     * Counts one more.
     *
     * @param network where it came from, as {@link ClientNetwork} names it
     * @return how long nothing is taken from there, if there were too many
     */
    Optional<Duration> refusal(String network);
}
