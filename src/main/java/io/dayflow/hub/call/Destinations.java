package io.dayflow.hub.call;

import io.dayflow.hub.provider.ConnectionRef;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells where each connection may call. Thread-safe; asked once for every call. */
@FunctionalInterface
public interface Destinations {

    Destination of(ConnectionRef connection);

    /** Trusts the host of the connection's own address, and no other. */
    static Destination ownAddress(ConnectionRef connection) {
        return new Destination(parse(connection.address()), Set.of());
    }

    /** An address as a person types it, {@code https} where the scheme is missing; null if it is not one. */
    static @Nullable URI parse(String address) {
        if (address.isBlank()) {
            return null;
        }
        try {
            URI uri = new URI(address.contains("://") ? address.strip() : "https://" + address.strip());
            return uri.getHost() == null ? null : uri;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
