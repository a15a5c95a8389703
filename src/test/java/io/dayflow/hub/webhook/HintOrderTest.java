package io.dayflow.hub.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.provider.CollectionRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whatever order hints come in, how often, and how many are taken at once: in the end the hub knows what the service holds. */
class HintOrderTest {

    private static final CollectionRef INBOX =
            new CollectionRef(UUID.randomUUID(), "inbox", Kind.TASK, "Inbox", false, Map.of(), null);
    private static final CollectionRef HOME =
            new CollectionRef(UUID.randomUUID(), "home", Kind.TASK, "Home", false, Map.of(), null);
    private static final List<CollectionRef> SELECTED = List.of(INBOX, HOME);

    @RepeatedTest(500)
    void anyOrderAndDuplicationEndsTheSame(RepetitionInfo repetition) {
        long seed = Long.getLong("seed", repetition.getCurrentRepetition());
        Random random = new Random(seed);
        boolean ordered = random.nextBoolean();
        Service service = Service.lived(random);
        List<WaitingHint> deliveries = new ArrayList<>();
        for (WaitingHint hint : service.told) {
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                deliveries.add(new WaitingHint(
                        UUID.randomUUID(),
                        hint.externalId(),
                        hint.collection(),
                        hint.version(),
                        hint.gone(),
                        hint.fat() && random.nextInt(4) > 0,
                        0));
            }
        }
        Collections.shuffle(deliveries, random);

        Hub hub = new Hub(service, ordered, random);
        while (!deliveries.isEmpty()) {
            List<WaitingHint> taken = deliveries.subList(0, 1 + random.nextInt(Math.min(5, deliveries.size())));
            hub.work(List.copyOf(taken));
            taken.clear();
        }

        assertThat(hub.held()).as("seed %d, ordered %s", seed, ordered).isEqualTo(service.held);
    }

    @Test
    void oneWishForOneObjectSaysWhatTheNewestHintSays() {
        WaitingHint old = hint("1", "0001", "home", false, true);
        WaitingHint young = hint("1", "0002", "inbox", false, true);

        assertThat(Wish.of(List.of(old, young, old), true)).singleElement().satisfies(wish -> {
            assertThat(wish.use()).isEqualTo(young.id());
            assertThat(wish.collection()).isEqualTo("inbox");
            assertThat(wish.hints()).containsExactlyInAnyOrder(old.id(), young.id());
        });
    }

    @Test
    void anObjectIsLookedAtWhereAHintIsThinNewerUnversionedGoneOrOfAServiceWithoutOrder() {
        WaitingHint fat = hint("1", "0002", "inbox", false, true);

        assertThat(use(true, fat)).isEqualTo(fat.id());
        assertThat(use(true, fat, hint("1", "0001", "inbox", false, false))).isEqualTo(fat.id());
        assertThat(use(true, fat, hint("1", "0003", "inbox", false, false))).isNull();
        assertThat(use(true, fat, hint("1", null, "inbox", false, false))).isNull();
        assertThat(use(true, fat, hint("1", "0001", "inbox", true, false))).isNull();
        assertThat(use(false, fat)).isNull();
    }

    private static @Nullable UUID use(boolean ordered, WaitingHint... hints) {
        return Wish.of(List.of(hints), ordered).getFirst().use();
    }

    private static WaitingHint hint(String id, @Nullable String version, String list, boolean gone, boolean fat) {
        return new WaitingHint(UUID.randomUUID(), id, list, version, gone, fat, 0);
    }

    /** What a service holds after a random life, by object: its version. And what it told on the way. */
    private static final class Service {

        private final Map<String, String> held = new HashMap<>();
        private final List<WaitingHint> told = new ArrayList<>();

        static Service lived(Random random) {
            Service service = new Service();
            for (int step = 1; step <= 12; step++) {
                String id = "o" + random.nextInt(3);
                String version = "%04d".formatted(step);
                String list = random.nextBoolean() ? "inbox" : "home";
                boolean gone = random.nextInt(4) == 0;
                if (gone) {
                    // what is deleted stays deleted, as with services whose ids are used once
                    service.held.put(id, "");
                } else if (!"".equals(service.held.get(id))) {
                    service.held.put(id, version);
                } else {
                    continue;
                }
                service.told.add(new WaitingHint(
                        UUID.randomUUID(), id, gone ? null : list, gone ? null : version, gone, !gone, 0));
            }
            service.held.values().removeIf(String::isEmpty);
            return service;
        }
    }

    /** What the hub does with it, as the database and the routes would. */
    private static final class Hub {

        private final Service service;
        private final boolean ordered;
        private final Map<String, Link> links = new HashMap<>();

        Hub(Service service, boolean ordered, Random random) {
            this.service = service;
            this.ordered = ordered;
            // some objects are known from a run before the first hint comes
            service.held.forEach((id, version) -> {
                if (random.nextInt(4) == 0) {
                    see(id, version, INBOX);
                }
            });
        }

        void work(List<WaitingHint> hints) {
            for (Wish wish : Wish.of(hints, ordered)) {
                String id = wish.externalId();
                List<Link> known = links.containsKey(id) ? List.of(links.get(id)) : List.of();
                switch (Decision.of(wish, known, SELECTED, ordered, false)) {
                    case Decision.Drop drop -> {}
                    case Decision.Use use -> see(id, use.version(), use.collection());
                    case Decision.Look look -> {
                        String now = service.held.get(id);
                        if (now == null) {
                            links.remove(id);
                        } else {
                            see(id, now, look.collection());
                        }
                    }
                }
            }
        }

        private void see(String id, String version, CollectionRef collection) {
            View view = View.of(Kind.TASK, Map.of("title", TextNode.valueOf(version)));
            links.put(
                    id,
                    Link.fresh(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), collection.id())
                            .seen(id, "", version, view, null));
        }

        Map<String, String> held() {
            Map<String, String> held = new HashMap<>();
            links.forEach((id, link) -> held.put(id, String.valueOf(link.version())));
            return held;
        }
    }
}
