package io.dayflow.hub.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** All that people do and that goes wrong in one simulation; the rest follows from it. */
record Plan(long seed, List<Happening> happenings) {

    /** How long people edit. */
    static final long EDITING = 30 * 60_000L;

    Plan {
        happenings = List.copyOf(happenings);
    }

    /** The plan of a seed. */
    static Plan of(long seed) {
        SplittableRandom chance = new SplittableRandom(seed ^ 0x9E3779B97F4A7C15L);
        List<Happening> happenings = new ArrayList<>();
        // people work in fits: most of what collides does so because it happens at about the same time
        int fits = 6 + chance.nextInt(8);
        boolean calm = chance.nextInt(8) == 0;
        for (int fit = 0; fit < fits; fit++) {
            long begin = chance.nextLong(EDITING);
            long length = 1000L + chance.nextLong(chance.nextBoolean() ? 8_000 : 120_000);
            int deeds = 2 + chance.nextInt(10);
            for (int i = 0; i < deeds; i++) {
                happenings.add(happening(begin + chance.nextLong(length), deed(chance), chance));
            }
            int faults = calm ? 0 : chance.nextInt(6);
            for (int i = 0; i < faults; i++) {
                happenings.add(happening(begin + chance.nextLong(length), fault(chance), chance));
            }
        }
        happenings.sort(Comparator.comparingLong(Happening::at));
        return new Plan(seed, happenings);
    }

    private static Happening happening(long at, What what, SplittableRandom chance) {
        return new Happening(at, what, chance.nextInt(1 << 16), chance.nextLong());
    }

    private static What deed(SplittableRandom chance) {
        int drawn = chance.nextInt(100);
        if (drawn < 12) {
            return What.CREATE;
        }
        if (drawn < 62) {
            return What.EDIT;
        }
        if (drawn < 70) {
            return What.COMPLETE;
        }
        if (drawn < 77) {
            return What.DELETE;
        }
        if (drawn < 80) {
            return What.MOVE;
        }
        if (drawn < 82) {
            return What.GARBLE;
        }
        if (drawn < 83) {
            return What.SWEEP;
        }
        if (drawn < 84) {
            return What.TWIN;
        }
        if (drawn < 91) {
            return What.RESOLVE;
        }
        if (drawn < 94) {
            return What.REPLAY;
        }
        if (drawn < 96) {
            return What.CONFIRM;
        }
        return What.SYNC;
    }

    private static What fault(SplittableRandom chance) {
        List<What> faults = List.of(
                What.LOSE_ANSWER,
                What.LOSE_ANSWER,
                What.FAIL,
                What.FAIL,
                What.RATE_LIMIT,
                What.EXPIRE_TOKEN,
                What.EXPIRE_CURSORS,
                What.CONFUSE,
                What.MANGLE_WEBHOOKS,
                What.MANGLE_WEBHOOKS,
                What.CRASH,
                What.CRASH,
                What.CRASH_BEFORE_COMMIT,
                What.CRASH_AFTER_COMMIT,
                What.STALL,
                What.JUMP);
        return faults.get(chance.nextInt(faults.size()));
    }

    /** The same plan with only these happenings. */
    Plan only(List<Happening> kept) {
        return new Plan(seed, kept);
    }
}
