package io.dayflow.hub.sync;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What work on a connection apart from its runs shares with them. */
@Component
public class BesideRuns {

    private final CollectionStore collections;
    private final HintedDeletions deletions;
    private final RunStatus status;

    BesideRuns(CollectionStore collections, HintedDeletions deletions, RunStatus status) {
        this.collections = collections;
        this.deletions = deletions;
        this.status = status;
    }

    /** The collections that a run would walk through. */
    public List<CollectionRef> selected(Profiles.Configured configured) {
        List<Kind> kinds = new ArrayList<>();
        if (configured.settings().syncTasks()) {
            kinds.add(Kind.TASK);
        }
        if (configured.settings().syncEvents()) {
            kinds.add(Kind.EVENT);
        }
        return collections.selected(configured.connection().id(), kinds);
    }

    /**
     * Judges copies that the service no longer holds as a run would, and carries their deletion over, or holds it and asks.
     *
     * @param externalIds of those that were found to be gone, and no others
     * @throws LeaseLost if somebody else works on the connection's hints now
     */
    public void settleDeletions(Lease lease, Profile profile, Set<String> externalIds) {
        deletions.settle(lease, profile, externalIds);
    }

    /** The service failed the connection: shows on its card, and the next run comes when that may have passed. */
    public void failed(UUID connectionId, Fault fault) {
        status.failed(connectionId, fault);
    }
}
