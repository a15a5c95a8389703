package io.dayflow.hub.simulation;

import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/** Ids in the form of UUID version 7, by virtual time. */
final class Ids implements Supplier<UUID> {

    private final Timeline timeline;
    private final SplittableRandom chance;
    private int count;

    Ids(Timeline timeline, SplittableRandom chance) {
        this.timeline = timeline;
        this.chance = chance;
    }

    @Override
    public UUID get() {
        long millis = timeline.instant().toEpochMilli();
        long most = millis << 16 | 0x7000 | count++ & 0xFFF;
        long least = chance.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }
}
