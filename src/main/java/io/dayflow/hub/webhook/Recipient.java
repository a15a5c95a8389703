package io.dayflow.hub.webhook;

import io.dayflow.hub.provider.Hint;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection that webhooks may be about.
 *
 * @param account its account in the words of the deliveries; null where it has none
 * @param listens whether it is kept in agreement by itself: active, begun, and not worked on by hand only
 */
record Recipient(UUID connectionId, @Nullable String account, boolean listens) {

    /**
     * Whether the hint is about this connection. An address names one connection, an account every connection to it; where
     * both are known both have to fit, so that what is one account's never reaches another's user.
     *
     * @param byAccount whether the provider's deliveries name accounts at all
     */
    boolean isMeant(Event event, Hint hint, boolean byAccount) {
        boolean named = connectionId.equals(event.connectionId());
        if (event.connectionId() != null && !named) {
            return false;
        }
        if (byAccount && hint.account() != null) {
            return hint.account().equals(account);
        }
        return named;
    }
}
