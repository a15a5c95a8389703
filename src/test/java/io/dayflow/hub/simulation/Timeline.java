package io.dayflow.hub.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Virtual time, and what happens when. What is due at the same moment happens in an order that the seed decides. */
final class Timeline {

    /** When every simulation begins. */
    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private record Entry(long at, int tie, long number, Runnable step) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(at, other.at);
            int byTie = byTime != 0 ? byTime : Integer.compare(tie, other.tie);
            return byTie != 0 ? byTie : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private final SplittableRandom ties;
    private long now;
    private long number;

    Timeline(long seed) {
        this.ties = new SplittableRandom(seed ^ 0x71E5L);
    }

    /** Milliseconds since the start. */
    long now() {
        return now;
    }

    Instant instant() {
        return START.plusMillis(now);
    }

    /** @param at milliseconds since the start; what lies in the past happens at once */
    void at(long at, Runnable step) {
        queue.add(new Entry(Math.max(at, now), ties.nextInt(), number++, step));
    }

    void in(long millis, Runnable step) {
        at(now + millis, step);
    }

    /** Lets everything happen up to {@code until}, and makes that now. */
    void runUntil(long until) {
        while (!queue.isEmpty() && queue.peek().at() <= until) {
            Entry next = queue.poll();
            now = next.at();
            next.step().run();
        }
        now = Math.max(now, until);
    }

    /** A clock that is off by so many milliseconds. */
    Clock clock(LongSupplier offset) {
        return new VirtualClock(this, offset, ZoneOffset.UTC);
    }

    private static final class VirtualClock extends Clock {

        private final Timeline timeline;
        private final LongSupplier offset;
        private final ZoneId zone;

        VirtualClock(Timeline timeline, LongSupplier offset, ZoneId zone) {
            this.timeline = timeline;
            this.offset = offset;
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new VirtualClock(timeline, offset, other);
        }

        @Override
        public Instant instant() {
            return timeline.instant().plus(Duration.ofMillis(offset.getAsLong()));
        }
    }
}
