package io.dayflow.hub.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Plays seed after seed, in two threads, until there were enough operations. */
final class Campaign {

    private static final int THREADS = 2;

    private final AtomicLong next;
    private final AtomicLong operations = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private final long wanted;
    private final Tally tally = new Tally();
    private final List<Simulation.Outcome> broken = new ArrayList<>();
    private final long first;
    private long nanos;

    Campaign(long firstSeed, long wantedOperations) {
        this.first = firstSeed;
        this.next = new AtomicLong(firstSeed);
        this.wanted = wantedOperations;
    }

    void run() {
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                done.add(threads.submit(this::play));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError broken) {
                throw broken;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        nanos = System.nanoTime() - began;
    }

    private void play() {
        try {
            while (!over.get() && operations.get() < wanted) {
                long seed = next.getAndIncrement();
                Simulation.Outcome outcome = Simulation.play(Plan.of(seed), Planted.NONE);
                operations.addAndGet(outcome.tally().operations());
                synchronized (tally) {
                    tally.add(outcome.tally());
                    if (outcome.isBroken()) {
                        broken.add(outcome);
                    }
                }
            }
        } finally {
            over.set(true);
        }
    }

    /** @throws AssertionError with a seed and its shortest history, if one breaks a law */
    void checkBroken() {
        for (Simulation.Outcome outcome : broken) {
            System.out.println("seed " + outcome.plan().seed() + " breaks a law: "
                    + Objects.requireNonNull(outcome.broken()).getMessage());
        }
        if (!broken.isEmpty()) {
            System.out.println(broken.size() + " of " + (next.get() - first) + " simulations break a law");
            Report.check(broken.getFirst(), Planted.NONE);
        }
    }

    Tally tally() {
        synchronized (tally) {
            return tally;
        }
    }

    String summary() {
        double seconds = nanos / 1e9;
        return "%,d simulations from seed %d in %.0f s, %,.0f operations a second; %s"
                .formatted(next.get() - first, first, seconds, tally().operations() / seconds, tally());
    }
}
