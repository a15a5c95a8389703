package io.dayflow.hub.item;

import java.util.Random;
import java.util.function.Consumer;

/** Runs a property for many seeds, or for the one given by {@code -Dseed=}, and names the seed of a failure. */
public final class Seeds {

    private Seeds() {}

    /** Checks the property for the seeds 1 to {@code cases}; each gets its own source of chance. */
    public static void check(int cases, Consumer<RandomItems> property) {
        Long given = Long.getLong("seed");
        for (long seed = given == null ? 1 : given; seed <= (given == null ? cases : given); seed++) {
            try {
                property.accept(new RandomItems(new Random(seed * 0x9E3779B97F4A7C15L)));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "fails for seed " + seed + ", repeat with -Dseed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
