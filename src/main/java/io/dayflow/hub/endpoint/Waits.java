package io.dayflow.hub.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** How long to wait after a failed attempt: by the schedule, a tenth more or less, so that not all come back at once. */
@Component
class Waits {

    private static final double SPREAD = 0.1;

    private final List<Duration> schedule;
    private final RandomGenerator chance;

    @Autowired
    Waits(EndpointSettings settings) {
        this(settings.schedule(), RandomGenerator.getDefault());
    }

    Waits(List<Duration> schedule, RandomGenerator chance) {
        this.schedule = schedule;
        this.chance = chance;
    }

    /** @param attempt counted from 1; null after the last one */
    @Nullable
    Duration after(int attempt) {
        if (attempt > schedule.size()) {
            return null;
        }
        Duration wait = schedule.get(attempt - 1);
        return Duration.ofMillis(Math.round(wait.toMillis() * (1 + SPREAD * (2 * chance.nextDouble() - 1))));
    }
}
