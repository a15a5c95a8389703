package io.dayflow.hub.simulation;

import io.dayflow.hub.provider.Hint;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Carries webhooks, as well as the weather lets it. */
final class Post {

    private final Timeline timeline;
    private final Story story;
    private final SplittableRandom chance;
    private final Map<String, Consumer<Hint>> receivers = new HashMap<>();
    private final Map<String, Integer> mangled = new HashMap<>();
    private int underway;

    Post(Timeline timeline, Story story, SplittableRandom chance) {
        this.timeline = timeline;
        this.story = story;
        this.chance = chance;
    }

    void deliverTo(String service, Consumer<Hint> receiver) {
        receivers.put(service, receiver);
    }

    /** The next ones of the service come late, twice, in another order, or never. */
    void mangle(String service, int count) {
        mangled.merge(service, count, Integer::sum);
    }

    void send(String service, Hint hint) {
        if (mangled.merge(service, -1, Integer::sum) < 0) {
            mangled.put(service, 0);
            deliver(service, hint, 20 + chance.nextLong(2_000));
            return;
        }
        switch (chance.nextInt(4)) {
            case 0 -> story.tell(() -> "a webhook of " + service + " about " + hint.externalId() + " is lost");
            case 1 -> {
                deliver(service, hint, chance.nextLong(1_000));
                deliver(service, hint, chance.nextLong(200_000));
            }
            case 2 -> deliver(service, hint, chance.nextLong(600_000));
            default -> deliver(service, hint, 5_000 + chance.nextLong(60_000));
        }
    }

    private void deliver(String service, Hint hint, long after) {
        underway++;
        timeline.in(after, () -> {
            underway--;
            Consumer<Hint> receiver = receivers.get(service);
            if (receiver != null) {
                story.tell(() -> "a webhook of " + service + " says " + hint.externalId() + " "
                        + (hint.gone() ? "is gone" : "changed") + " in version " + hint.version());
                receiver.accept(hint);
            }
        });
    }

    void recover() {
        mangled.clear();
    }

    /** Whether nothing is on its way. */
    boolean isEmpty() {
        return underway == 0;
    }
}
