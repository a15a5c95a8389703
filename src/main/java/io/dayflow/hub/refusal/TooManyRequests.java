package io.dayflow.hub.refusal;

import java.time.Duration;

/** Whoever asks has asked too often: 429, with the seconds after which it is worth asking again. */
public final class TooManyRequests extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration wait;

    /**
     * @param who how the message names who asked, for example {@code this user}
     * @param wait how long nothing is taken from them
     */
    public TooManyRequests(String who, Duration wait) {
        super("There were too many requests of " + who + "; the next one is taken in " + seconds(wait) + " s.");
        this.wait = wait;
    }

    /** Whole seconds to wait, as {@code Retry-After} says them: never too few. */
    public long seconds() {
        return seconds(wait);
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }
}
