package io.dayflow.hub.sync;

import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Provider;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How connections are to be kept in agreement: from their settings and their provider's facts. */
public interface Profiles {

    /** A connection with its settings in force. */
    record Configured(ConnectionRef connection, Settings settings, Provider provider, Profile profile) {}

    /** A connection that is not disconnected. */
    Optional<Configured> find(UUID connectionId);

    /** The connections of a user to which the hub may write. */
    List<Configured> ofUser(UUID userId);
}
