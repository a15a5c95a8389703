package io.dayflow.hub.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many simulations, one after the other in each of two threads. {@code -Dsimulation.seed=} plays one and tells its story;
 * {@code -Dsimulation.operations=} says how many operations there have to be.
 */
class SimulationTest {

    private static final long OPERATIONS =
            Long.getLong("simulation.operations", "true".equals(System.getenv("CI")) ? 1_000_000 : 250_000);
    private static final long FIRST_SEED = Long.getLong("simulation.first", 1);

    private final Quiet quiet = new Quiet();

    @AfterEach
    void logAgain() {
        quiet.close();
    }

    @Test
    void noLawIsBroken() {
        Long seed = Long.getLong("simulation.seed");
        if (seed != null) {
            Simulation.Outcome outcome = Simulation.tell(Plan.of(seed), Planted.NONE);
            outcome.story().forEach(System.out::println);
            System.out.println(outcome.tally());
            Report.check(outcome, Planted.NONE);
            return;
        }
        Campaign campaign = new Campaign(FIRST_SEED, OPERATIONS);
        campaign.run();
        System.out.println(campaign.summary());
        assertTrue(campaign.tally().operations() >= OPERATIONS, campaign.summary());
        campaign.checkBroken();
    }

    @Test
    void oneSeedAlwaysTellsTheSameStory() {
        for (long seed = 1; seed <= 5; seed++) {
            assertEquals(
                    Simulation.tell(Plan.of(seed), Planted.NONE).story(),
                    Simulation.tell(Plan.of(seed), Planted.NONE).story());
        }
    }
}
