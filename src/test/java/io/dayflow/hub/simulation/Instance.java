package io.dayflow.hub.simulation;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An instance of the hub: looks for work when it is woken and now and then by itself, and works on as much as it finds, each
 * step taking its time, so that others come between. May die, stand still, and have a clock of its own.
 */
final class Instance {

    private static final long SWEEP = 10_000;
    private static final long RENEW = 10_000;

    private final String name;
    private final Timeline timeline;
    private final SplittableRandom chance;
    private final Function<Instance, Engine> boot;
    private final Workers workers;
    private final Runnable afterStep;
    private final Story story;
    private final Set<Wakeup> woken = EnumSet.noneOf(Wakeup.class);

    private @Nullable Engine engine;
    private int life;
    private int working;
    private long standsUntil;
    private long clockOffset;
    private @Nullable Dying dying;

    /** What there may be work of. */
    enum Wakeup {
        RUNS,
        PUSHES,
        HINTS,
        DAYFLOW
    }

    /** When in its next transaction the instance dies. */
    enum Dying {
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /** Makes workers of what an instance finds to do. */
    interface Workers {

        /** Leases what there is to do of one kind, and gives each worker's first step to {@code start}. */
        void take(Engine engine, Wakeup what, java.util.function.Consumer<Step> start);
    }

    Instance(
            String name,
            Timeline timeline,
            SplittableRandom chance,
            Function<Instance, Engine> boot,
            Workers workers,
            Runnable afterStep,
            Story story) {
        this.name = name;
        this.timeline = timeline;
        this.chance = chance;
        this.boot = boot;
        this.workers = workers;
        this.afterStep = afterStep;
        this.story = story;
    }

    String name() {
        return name;
    }

    void start() {
        engine = boot.apply(this);
        life++;
        working = 0;
        woken.clear();
        every(RENEW, () -> running().leases().renew());
        every(SWEEP, () -> {
            for (Wakeup what : Wakeup.values()) {
                take(what);
            }
        });
    }

    /** Somebody says that there is work. */
    void wake(Wakeup what) {
        if (engine != null && woken.add(what)) {
            inThisLife(1 + chance.nextLong(300), () -> {
                woken.remove(what);
                take(what);
            });
        }
    }

    /** Dies, and is started again after a while. */
    void crash() {
        if (engine == null) {
            return;
        }
        story.tell(() -> name + " dies");
        engine = null;
        dying = null;
        life++;
        timeline.in(1_000 + chance.nextLong(60_000), () -> {
            story.tell(() -> name + " starts again");
            start();
        });
    }

    /** Dies in its next transaction. */
    void dieIn(Dying when) {
        dying = when;
    }

    /** How it is to die in the transaction that begins; null if it lives. */
    @Nullable
    Dying dying() {
        Dying now = dying;
        dying = null;
        return now;
    }

    /** Stands still, and goes on later as if nothing had been. */
    void stall(long millis) {
        story.tell(() -> name + " stands still for " + millis / 1000 + " s");
        standsUntil = Math.max(standsUntil, timeline.now() + millis);
    }

    void jump(long millis) {
        story.tell(() -> "the clock of " + name + " jumps by " + millis / 1000 + " s");
        clockOffset += millis;
    }

    long clockOffset() {
        return clockOffset;
    }

    /** Ends what was wrong with it. */
    void recover() {
        dying = null;
        clockOffset = 0;
    }

    /** Whether it is up and works on nothing. */
    boolean isIdle() {
        return engine != null && working == 0 && woken.isEmpty() && timeline.now() >= standsUntil;
    }

    private Engine running() {
        return java.util.Objects.requireNonNull(engine);
    }

    private void take(Wakeup what) {
        Engine now = running();
        workers.take(now, what, first -> {
            working++;
            go(first);
        });
    }

    private void go(Step step) {
        inThisLife(latency(), () -> {
            Step next = step.take();
            if (next == null) {
                working--;
            } else {
                go(next);
            }
        });
    }

    private long latency() {
        int drawn = chance.nextInt(100);
        return drawn < 70 ? 5 + chance.nextLong(100) : drawn < 97 ? chance.nextLong(2_000) : chance.nextLong(20_000);
    }

    private void every(long millis, Runnable what) {
        inThisLife(millis / 2 + chance.nextLong(millis / 2), () -> {
            what.run();
            every(millis, what);
        });
    }

    /** Does nothing if the instance died meanwhile; waits if it stands still. */
    private void inThisLife(long millis, Runnable what) {
        int now = life;
        timeline.in(millis, () -> alive(now, what));
    }

    private void alive(int wanted, Runnable what) {
        if (life != wanted) {
            return;
        }
        if (timeline.now() < standsUntil) {
            timeline.at(standsUntil, () -> alive(wanted, what));
            return;
        }
        try {
            what.run();
        } catch (Crash crash) {
            crash();
        }
        afterStep.run();
    }
}
