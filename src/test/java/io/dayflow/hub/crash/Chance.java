package io.dayflow.hub.crash;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The moments of the kills: random, from a seed ({@code -Dseed=}) that every failure names together with what was drawn. */
final class Chance {

    private final long seed = Long.getLong("seed", 20261122);
    private final Random random = new Random(seed);
    private final List<Long> delays = new ArrayList<>();

    /** Lets a random time pass, in milliseconds, both ends included. */
    void pause(int shortest, int longest) {
        long millis = shortest + random.nextInt(longest - shortest + 1);
        delays.add(millis);
        await().pollDelay(Duration.ofMillis(millis))
                .pollInterval(Duration.ofMillis(1))
                .timeout(Duration.ofMillis(millis + 10_000))
                .until(() -> true);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    @Override
    public String toString() {
        return "repeat with -Dseed=" + seed + "; killed after ms " + delays;
    }
}
