package io.dayflow.hub.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.sync.CollectionStore;
import io.dayflow.hub.sync.Lease;
import io.dayflow.hub.sync.Leases;
import io.dayflow.hub.sync.Page;
import io.dayflow.hub.sync.Planner;
import io.dayflow.hub.sync.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation can fail: each of these mistakes, planted into the hub or a service, breaks a law that it finds. */
class PlantedFaultsTest {

    private static final long SEEDS = 2_000;

    private final Quiet quiet = new Quiet();

    @AfterEach
    void logAgain() {
        quiet.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aPlantedFaultIsFound(String name, Planted fault) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Simulation.Outcome outcome = Simulation.play(Plan.of(seed), fault);
            BrokenLaw broken = outcome.broken();
            if (broken != null && !Simulation.play(Plan.of(seed), Planted.NONE).isBroken()) {
                System.out.printf("%s: %s, seed %d%n", name, broken.law(), seed);
                return;
            }
        }
        fail(name + " broke no law in " + SEEDS + " simulations");
    }

    static Stream<Arguments> faults() {
        List<Arguments> faults = new ArrayList<>();
        FAULTS.forEach((name, fault) -> faults.add(Arguments.of(name, fault)));
        return faults.stream();
    }

    private static final Map<String, Planted> FAULTS = Map.ofEntries(
            Map.entry("the cursor is saved before the page", new Planted() {
                @Override
                public void listed(CollectionStore collections, Walk walk, Listing listing) {
                    collections.advance(walk.collection(), listing.cursor());
                }
            }),
            Map.entry("a cursor is saved over one that was rewound", new Planted() {
                @Override
                public CollectionStore collections(CollectionStore collections) {
                    return Around.method(
                            CollectionStore.class,
                            collections,
                            "advance",
                            (original, arguments) ->
                                    original.call(collections.find(((CollectionRef) arguments[0]).id()), arguments[1]));
                }
            }),
            Map.entry(
                    "the base moves before the push is confirmed",
                    links(link -> link.intent() == null || link.base() == null
                            ? link
                            : Links.with(
                                    link, link.intent(), null, link.extras(), link.pending(), link.deleteAllowed()))),
            Map.entry("an echo is taken for an edit", applied(store -> links(link -> unlearnt(store, link)))),
            Map.entry(
                    "a deletion on an incomplete listing",
                    listing(listing -> new Listing(
                            listing.entries(), listing.cursor(), listing.more(), Listing.Coverage.EVERYTHING))),
            Map.entry(
                    "a deletion that a listing tells is overlooked",
                    listing(listing -> new Listing(
                            listing.entries().stream()
                                    .filter(entry -> !entry.gone())
                                    .toList(),
                            listing.cursor(),
                            listing.more(),
                            listing.coverage()))),
            Map.entry(
                    "a page of a listing is skipped",
                    listing(listing -> listing.more()
                            ? new Listing(List.of(), listing.cursor(), true, listing.coverage())
                            : listing)),
            Map.entry("a write is not bound to the version that was seen", new Planted() {
                @Override
                public void prepare(SimulatedService service) {
                    service.outages.ignoreVersions();
                }
            }),
            Map.entry(
                    "the intent of a write is not kept",
                    links(link ->
                            Links.with(link, link.base(), null, link.extras(), link.pending(), link.deleteAllowed()))),
            Map.entry(
                    "an edit does not wait for its push",
                    links(link -> link.base() != null && link.verified() ? link.withPending(false) : link)),
            Map.entry("a conflict is not kept", writes(new Rewriting().conflicts(conflict -> false))),
            Map.entry("a dead letter is not kept", writes(new Rewriting().letters(letter -> false))),
            Map.entry("a write is not journalled", writes(new Rewriting().journal(entry -> entry.before() == null))),
            Map.entry("the deletion of an item is not kept", writes(new Rewriting().items(PlantedFaultsTest::alive))),
            Map.entry("a DayFlow row is not written", new Planted() {
                @Override
                public Planner planner(Planner planner) {
                    return Around.method(Planner.class, planner, "write", (original, arguments) -> null);
                }
            }),
            Map.entry("a sweep overlooks what differs", new Planted() {
                @Override
                public Page audited(Page page) {
                    return new Page(
                            List.of(), page.gone(), page.cursor(), page.readAt(), page.missedAt(), page.visit());
                }
            }),
            Map.entry("a sweep puts back what was last agreed", new Planted() {
                @Override
                public void compares(SimulatedHub hub) {
                    hub.items().stream()
                            .filter(item -> hub.row(item.id()) != null)
                            .forEach(item -> hub.writeUnnoticed(
                                    item.id(), item.item().kind(), hub.lens().project(item.item())));
                }
            }),
            Map.entry("two work under one lease", new Planted() {
                @Override
                public Leases leases(Leases leases) {
                    Leases taken = Around.method(
                            Leases.class,
                            leases,
                            "take",
                            (original, arguments) -> Optional.of(new Lease((String) arguments[0], new UUID(0, 0))));
                    return Around.method(Leases.class, taken, "fence", (original, arguments) -> null);
                }
            }));

    /** What was learnt of a copy that the hub wrote is forgotten: the base stays what it was before. */
    private static Link unlearnt(LinkStore store, Link link) {
        if (link.verified() || link.base() == null) {
            return link;
        }
        return store.read(List.of(link.itemId())).links(link.itemId()).stream()
                .filter(before -> before.id().equals(link.id()) && before.base() != null)
                .findFirst()
                .map(before ->
                        Links.with(link, before.base(), null, link.extras(), link.pending(), link.deleteAllowed()))
                .orElse(link);
    }

    private static StoredItem alive(StoredItem item) {
        return new StoredItem(
                item.id(), item.userId(), item.item(), item.edited(), item.revision(), item.origin(), null);
    }

    private static Planted listing(UnaryOperator<Listing> change) {
        return new Planted() {
            @Override
            public Listing listing(Listing listing) {
                return change.apply(listing);
            }
        };
    }

    private static Planted links(UnaryOperator<Link> change) {
        return writes(new Rewriting().links(change));
    }

    private static Planted writes(Rewriting rewriting) {
        return new Planted() {
            @Override
            public LinkStore links(LinkStore links) {
                return Around.method(
                        LinkStore.class,
                        links,
                        "apply",
                        (original, arguments) -> original.call(rewriting.of((WriteSet) arguments[0])));
            }
        };
    }

    /** A fault that is made for the store it is planted into. */
    private static Planted applied(Function<LinkStore, Planted> fault) {
        return new Planted() {
            @Override
            public LinkStore links(LinkStore links) {
                return fault.apply(links).links(links);
            }
        };
    }
}
