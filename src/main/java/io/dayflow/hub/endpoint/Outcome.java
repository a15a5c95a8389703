package io.dayflow.hub.endpoint;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt went. */
public sealed interface Outcome {

    /** It answered 2xx. */
    record Taken(int status) implements Outcome {}

    /** It answered 410: it wants to be told nothing more. */
    record Gone() implements Outcome {}

    /**
     * Anything else.
     *
     * @param status of the answer; null where there was none
     * @param problem in words for a person, without anything of the answer
     * @param patience how long it asked to be left alone; null where it did not
     */
    record Failed(
            @Nullable Integer status,
            String problem,
            @Nullable Duration patience) implements Outcome {}
}
