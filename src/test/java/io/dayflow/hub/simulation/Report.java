package io.dayflow.hub.simulation;

import java.util.stream.Collectors;

/** What a person reads who has to find out why a law was broken. */
final class Report {

    private Report() {}

    /** @throws AssertionError with the seed and the shortest history that was found, if a law is broken */
    static void check(Simulation.Outcome outcome, Planted planted) {
        BrokenLaw broken = outcome.broken();
        if (broken == null) {
            return;
        }
        Plan shortest = Shrinker.shrink(outcome.plan(), planted, broken.law());
        Simulation.Outcome told = Simulation.tell(shortest, planted);
        throw new AssertionError(
                "seed " + outcome.plan().seed() + " breaks a law, repeat with -Dtest=SimulationTest -Dsimulation.seed="
                        + outcome.plan().seed() + ": " + broken.getMessage() + "\n"
                        + shortest.happenings().size() + " of "
                        + outcome.plan().happenings().size() + " happenings are enough:\n"
                        + shortest.happenings().stream()
                                .map(Happening::toString)
                                .collect(Collectors.joining("\n", "", "\n"))
                        + String.join("\n", told.story()),
                broken);
    }
}
