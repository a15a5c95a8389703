package io.dayflow.hub.simulation;

import java.util.SplittableRandom;

/** Everything that goes wrong around the hub, and in it. */
final class Weather {

    private final World world;
    private final SplittableRandom chance;

    Weather(World world, SplittableRandom chance) {
        this.world = world;
        this.chance = chance;
    }

    void strike(Happening happening) {
        SplittableRandom drawn = new SplittableRandom(happening.chance());
        ServiceSide side =
                world.services().get(happening.place() % world.services().size());
        SimulatedService service = side.service();
        Instance instance =
                world.instances().get(happening.place() % world.instances().size());
        world.story().tell(() -> "fault: " + happening.what() + " at " + side.name());
        switch (happening.what()) {
            case LOSE_ANSWER -> service.outages.loseAnswers(1 + drawn.nextInt(2));
            case FAIL -> service.outages.fail(1 + drawn.nextInt(4));
            case RATE_LIMIT -> service.outages.limitUntil(world.now() + 1_000 + drawn.nextLong(120_000));
            case CONFUSE -> service.outages.confuse();
            case EXPIRE_TOKEN -> expire(side, drawn.nextLong(400_000));
            case EXPIRE_CURSORS -> service.forgetCursors();
            case MANGLE_WEBHOOKS -> world.post().mangle(side.name(), 1 + drawn.nextInt(5));
            case CRASH -> instance.crash();
            case CRASH_BEFORE_COMMIT -> instance.dieIn(Instance.Dying.BEFORE_COMMIT);
            case CRASH_AFTER_COMMIT -> instance.dieIn(Instance.Dying.AFTER_COMMIT);
            case STALL -> instance.stall(20_000 + drawn.nextLong(120_000));
            case JUMP -> instance.jump(drawn.nextLong(7_200_000) - 3_600_000);
            default -> throw new IllegalArgumentException("no fault is " + happening.what());
        }
    }

    /** The token expires; after a while its person connects again. */
    private void expire(ServiceSide side, long after) {
        side.service().outages.expireToken();
        world.timeline().in(10_000 + after, () -> reconnect(side));
    }

    private void reconnect(ServiceSide side) {
        side.service().outages.renewToken();
        if (world.hub().needsReconnect(world.connection(side))) {
            world.hub().reconnect(world.connection(side));
            world.story().tell(() -> "a person connects " + side.name() + " again");
        }
    }

    /** Everything is well again. */
    void clear() {
        world.post().recover();
        for (ServiceSide side : world.services()) {
            side.service().outages.end();
            reconnect(side);
        }
        world.instances().forEach(Instance::recover);
    }

    SplittableRandom chance() {
        return chance;
    }
}
