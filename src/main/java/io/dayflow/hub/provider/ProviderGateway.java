package io.dayflow.hub.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How use cases outside the routes call a provider's routes. Thread-safe; every method may throw {@link FaultException}. */
public interface ProviderGateway {

    /**
     * Tries credentials that are not stored yet.
     *
     * @param connection a reference with a fresh id and the address as typed
     * @param credentials by field name, as the caller gave them
     */
    FoundAccount connect(ConnectionRef connection, Map<String, String> credentials);

    /** The account's collections now. */
    List<FoundCollection> collections(ConnectionRef connection);

    /**
     * Takes back whatever the service was told to tell of this account; only where {@link Provider.Webhook#unsubscribe()}.
     *
     * @param patience how long to wait; what takes longer is a {@link Fault.Transient}, and may still happen
     */
    void unsubscribe(ConnectionRef connection, Duration patience);
}
