package io.dayflow.hub.simulation;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.StoredItem;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes another without anybody telling: rows behind the capture, and objects in the version that they had. A sweep
 * finds it, and nothing else does. Of items that are at rest, and of each on one side only.
 */
final class Unnoticed {

    private final World world;
    private final SplittableRandom chance;

    Unnoticed(World world, SplittableRandom chance) {
        this.world = world;
        this.chance = chance;
    }

    void strike() {
        Set<UUID> struck = new HashSet<>();
        for (Link link : whole()) {
            if (chance.nextInt(3) == 0 && struck.add(link.itemId())) {
                if (chance.nextBoolean()) {
                    row(link);
                } else {
                    copy(link);
                }
            }
        }
    }

    private void row(Link link) {
        View before = Objects.requireNonNull(world.hub().row(link.itemId()));
        View after = world.people().retitled(before);
        world.hub().writeUnnoticed(link.itemId(), after.kind(), after);
        note(world.dayflow(), link.itemId().toString(), before, after);
    }

    private void copy(Link link) {
        ServiceSide side = world.services().stream()
                .filter(service -> world.connection(service).equals(link.connectionId()))
                .findFirst()
                .orElseThrow();
        View before =
                Objects.requireNonNull(side.service().find(link.externalId())).view();
        View after = world.people().retitled(before);
        side.service().corrupt(link.externalId(), after);
        note(side, link.externalId(), before, after);
    }

    private void note(Side side, String object, View before, View after) {
        Tokens tokens = world.tokens();
        world.ledger().edited(world.now(), side.name(), object, tokens.of(before), tokens.of(after), new TreeSet<>());
        world.story()
                .tell(() -> object + " on " + side.name() + " changes unnoticed: " + Differences.of(before, after));
    }

    /** Links of copies that are there and agreed on, of items with which nothing is the matter. */
    private List<Link> whole() {
        Hub hub = world.hub();
        Collection<Link> links = hub.links();
        Set<UUID> troubled = Stream.of(
                        hub.openConflicts().stream().map(OpenConflict::itemId),
                        hub.letters().stream().map(DeadLetter::itemId).filter(Objects::nonNull),
                        hub.items().stream().filter(StoredItem::isDeleted).map(StoredItem::id),
                        links.stream()
                                .filter(link -> link.connectionId() != null && !isWhole(link))
                                .map(Link::itemId))
                .flatMap(ids -> ids)
                .collect(Collectors.toSet());
        return links.stream()
                .filter(link -> link.connectionId() != null && !troubled.contains(link.itemId()))
                .toList();
    }

    private boolean isWhole(Link link) {
        SimulatedService service = Objects.requireNonNull(world.connections().get(link.connectionId()));
        SimulatedService.Revision object = service.find(link.externalId());
        return link.state() == Link.State.LIVE
                && link.base() != null
                && link.parkedRevision() == null
                && !link.isQuarantined()
                && object != null
                && !object.gone()
                && !object.garbled();
    }
}
