package io.dayflow.hub.web;

import io.dayflow.hub.connection.ConnectionCard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a page shows it.
 *
 * @param provider what its service is called
 * @param job the run that is open, or null
 * @param demo whether its service is a stand-in
 */
public record ConnectionView(
        ConnectionCard card,
        String provider,
        Mark mark,
        Health health,
        @Nullable JobView job,
        boolean demo) {

    public boolean isSelecting() {
        return card.collections().stream().anyMatch(ConnectionCard.CollectionCard::selected);
    }

    /** Whether the hub asks for more than was allowed; whoever has to sign in again is asked then anyway. */
    public boolean isAsking() {
        return !card.missingScopes().isEmpty() && !health.key().equals("reconnect");
    }

    public List<ConnectionCard.CollectionCard> selected() {
        return card.collections().stream()
                .filter(ConnectionCard.CollectionCard::selected)
                .toList();
    }
}
