package io.dayflow.hub.trace;

import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.refusal.NotFound;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Explains the state of items. */
@Component
public class Traces {

    private final StoredFacts facts;
    private final Decisions decisions;
    private final CopyDifferences differences;
    private final Clock clock;

    Traces(StoredFacts facts, Decisions decisions, CopyDifferences differences, Clock clock) {
        this.facts = facts;
        this.decisions = decisions;
        this.differences = differences;
        this.clock = clock;
    }

    /**
     * @param itemId that is also the id of its row in DayFlow
     * @param request which of the decisions
     * @throws NotFound if the hub keeps no such item of the user
     */
    public ItemTrace of(UUID userId, UUID itemId, PageRequest request) {
        return find(userId, itemId, request)
                .orElseThrow(() -> new NotFound("The hub keeps nothing about such an item: it takes an item in when an"
                        + " account is connected, and forgets a deleted one after a while."));
    }

    /** As {@link #of}; empty if the hub keeps no such item of the user. */
    public Optional<ItemTrace> find(UUID userId, UUID itemId, PageRequest request) {
        return facts.item(userId, itemId).map(item -> explain(userId, item, request));
    }

    private ItemTrace explain(UUID userId, Facts.Known item, PageRequest request) {
        UUID itemId = item.id();
        Map<UUID, Facts.Copy> copies = facts.copies(item, differences.of(itemId));
        List<SideState> sides = new ArrayList<>();
        sides.add(dayflow(item));
        for (Facts.Connection connection : facts.connections(userId, item.item().kind())) {
            Facts.Copy copy = copies.get(connection.id());
            if (connection.disconnectedAt() == null || copy != null) {
                sides.add(StateOf.at(item, connection, copy, clock.instant()));
            }
        }
        return new ItemTrace(
                itemId, item.item().kind().id(), item.item().title(), sides, decisions.about(userId, itemId, request));
    }

    private SideState dayflow(Facts.Known item) {
        if (item.deletedAt() != null) {
            return SideState.of("dayflow", "DayFlow", SideState.Word.DELETED, item.deletedAt());
        }
        return facts.waitingInDayflow(item.id())
                .map(since -> SideState.of("dayflow", "DayFlow", SideState.Word.WAITING, since))
                .orElseGet(() -> SideState.of("dayflow", "DayFlow", SideState.Word.IN_AGREEMENT, null));
    }
}
