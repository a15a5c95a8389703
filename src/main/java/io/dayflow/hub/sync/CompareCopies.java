package io.dayflow.hub.sync;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.merge.Difference;
import io.dayflow.hub.trace.CopyDifferences;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Says where an item and its copies differ, by the lenses of the connections. */
@Component
class CompareCopies implements CopyDifferences {

    private final LinkStore store;
    private final Profiles profiles;

    CompareCopies(LinkStore store, Profiles profiles) {
        this.store = store;
        this.profiles = profiles;
    }

    @Override
    public Map<UUID, List<String>> of(UUID itemId) {
        Known known = store.read(List.of(itemId));
        StoredItem item = known.items().get(itemId);
        Map<UUID, List<String>> differences = new HashMap<>();
        for (Link link : known.links(itemId)) {
            UUID connectionId = link.connectionId();
            View held = link.base();
            if (item == null || connectionId == null || held == null || link.state() == Link.State.DETACHED) {
                continue;
            }
            profiles.find(connectionId)
                    .map(configured ->
                            configured.profile().lenses().get(item.item().kind()))
                    .ifPresent(lens -> differences.put(
                            connectionId,
                            List.copyOf(Difference.between(held, lens.project(item.item()))
                                    .fields())));
        }
        return differences;
    }
}
