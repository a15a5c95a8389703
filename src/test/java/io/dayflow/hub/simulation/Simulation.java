package io.dayflow.hub.simulation;

import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.sync.JobStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One simulation: people edit and things go wrong; then all comes to rest, and the laws are checked. In one thread. */
final class Simulation {

    private static final long ROUND = 60_000;
    private static final int PATIENCE = 240;

    private final Plan plan;
    private final World world;

    private Simulation(Plan plan, Planted planted, boolean told) {
        this.plan = plan;
        this.world = new World(plan.seed(), planted, told);
    }

    /**
     * What came of a plan.
     *
     * @param broken the first law that was found broken; null where all hold
     * @param story what happened, where it was asked for
     */
    record Outcome(Plan plan, @Nullable BrokenLaw broken, Tally tally, List<String> story) {

        boolean isBroken() {
            return broken != null;
        }
    }

    /** Plays a plan. */
    static Outcome play(Plan plan, Planted planted) {
        return new Simulation(plan, planted, false).play();
    }

    /** Plays a plan, and tells what happened. */
    static Outcome tell(Plan plan, Planted planted) {
        return new Simulation(plan, planted, true).play();
    }

    private Outcome play() {
        BrokenLaw broken = null;
        try {
            plan.happenings().forEach(happening -> world.timeline().at(happening.at(), () -> world.play(happening)));
            world.timeline().runUntil(Plan.EDITING + ROUND);
            world.story().tell(() -> "people stop, and nothing goes wrong any more");
            settle();
            new Laws(world).checkUnread();
            world.story().tell(() -> "everything rests; once more everything is read");
            silence();
            new Laws(world).check();
            world.story().tell(() -> "something changes that nobody tells of");
            sweep();
            silence();
            new Laws(world).check();
        } catch (BrokenLaw e) {
            broken = e;
            world.story().tell(e::getMessage);
        }
        return new Outcome(plan, broken, world.tally(), world.story().lines());
    }

    /** Lets the hub come to rest. */
    private void settle() {
        world.weather().clear();
        Map<UUID, Integer> before = runs();
        for (int round = 0; round < PATIENCE; round++) {
            world.weather().clear();
            world.connections().keySet().forEach(world.hub()::confirm);
            world.hub().letters().stream()
                    .filter(letter -> letter.fault().equals(DeadLetter.QUARANTINED))
                    .forEach(letter -> world.hub().replay(letter.id()));
            world.connections().keySet().stream()
                    .filter(connection -> world.hub().completedRuns(connection) < before.get(connection) + 2)
                    .forEach(connection -> world.hub().request(connection, JobStore.Mode.INCREMENTAL));
            world.timeline().runUntil(world.now() + ROUND);
            boolean read = runs().entrySet().stream().allMatch(run -> run.getValue() >= before.get(run.getKey()) + 2);
            if (read && isQuiet()) {
                return;
            }
        }
        throw new BrokenLaw(Law.PROGRESS, "there is still work: " + world.hub().unfinished() + ", runs " + runs());
    }

    /** Something changes that nobody tells of, and each connection is swept. */
    private void sweep() {
        new Unnoticed(world, new SplittableRandom(plan.seed() ^ 0x5EE9)).strike();
        Map<UUID, Integer> before = sweeps();
        for (int round = 0; round < PATIENCE; round++) {
            world.connections().keySet().forEach(world.hub()::confirm);
            before.forEach((connection, sweeps) -> {
                if (world.hub().completedSweeps(connection) == sweeps) {
                    world.hub().request(connection, JobStore.Mode.SWEEP);
                }
            });
            world.timeline().runUntil(world.now() + ROUND);
            boolean swept =
                    sweeps().entrySet().stream().allMatch(sweep -> sweep.getValue() > before.get(sweep.getKey()));
            if (swept && isQuiet()) {
                return;
            }
        }
        throw new BrokenLaw(Law.PROGRESS, "no end of sweeps: " + world.hub().unfinished());
    }

    private Map<UUID, Integer> sweeps() {
        return world.connections().keySet().stream().collect(Collectors.toMap(id -> id, world.hub()::completedSweeps));
    }

    private boolean isQuiet() {
        return world.post().isEmpty()
                && world.instances().stream().allMatch(Instance::isIdle)
                && world.hub().unfinished().isEmpty();
    }

    private Map<UUID, Integer> runs() {
        return world.connections().keySet().stream().collect(Collectors.toMap(id -> id, world.hub()::completedRuns));
    }

    /** The hub reads everything again, and writes nothing. */
    private void silence() {
        Map<String, Integer> before = written();
        Map<UUID, Integer> runs = new HashMap<>(runs());
        for (int round = 0; round < PATIENCE; round++) {
            JobStore.Mode mode = JobStore.Mode.values()[(round + 1) % 3];
            world.connections().keySet().forEach(connection -> world.hub().request(connection, mode));
            world.timeline().runUntil(world.now() + ROUND);
            if (runs().entrySet().stream().allMatch(run -> run.getValue() >= runs.get(run.getKey()) + 2) && isQuiet()) {
                break;
            }
        }
        Map<String, Integer> after = written();
        if (!after.equals(before)) {
            throw new BrokenLaw(Law.SILENCE, "everybody agrees, and yet the hub wrote: " + before + ", then " + after);
        }
    }

    private Map<String, Integer> written() {
        Map<String, Integer> written = new HashMap<>();
        world.services()
                .forEach(
                        side -> written.put(side.name(), side.service().writes().size()));
        written.put("dayflow", world.hub().rowWrites().size());
        written.put("journal", world.hub().journal().size());
        return written;
    }
}
