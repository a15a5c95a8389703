package io.dayflow.hub.connection;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.provider.ProviderGateway;
import io.dayflow.hub.storage.Columns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Asks services to tell nothing more about a connection, while there still are credentials for that. Only those whose
 * configuration says {@code webhook.unsubscribe}. Never in a transaction: a service may be slow. Thread-safe.
 */
@Component
class Unsubscribe {

    private static final Logger log = LoggerFactory.getLogger(Unsubscribe.class);

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    /** What comes later comes too late: whoever disconnects waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final ProviderCatalog catalog;
    private final ProviderGateway gateway;
    private final ObjectMapper json;

    Unsubscribe(JdbcClient jdbc, ProviderCatalog catalog, ProviderGateway gateway, ObjectMapper json) {
        this.jdbc = jdbc;
        this.catalog = catalog;
        this.gateway = gateway;
        this.json = json;
    }

    /** What became of it. */
    enum Outcome {
        /** The service was never told to tell anything, or the connection has no credentials. */
        NOT_NEEDED,
        UNSUBSCRIBED,
        /** The service refuses, and will. */
        REFUSED,
        /** The service cannot be asked now. */
        UNANSWERED
    }

    /** The providers that are to be asked. */
    List<String> providers() {
        return catalog.all().stream()
                .filter(Unsubscribe::isAsked)
                .map(Provider::id)
                .toList();
    }

    /** Asks once, about a connection of this user, whether or not it is disconnected already. It may be asked again. */
    Outcome ask(UUID userId, UUID connectionId) {
        Optional<ConnectionRef> connection = find(userId, connectionId);
        if (connection.isEmpty()) {
            return Outcome.NOT_NEEDED;
        }
        try {
            gateway.unsubscribe(connection.get(), PATIENCE);
            return Outcome.UNSUBSCRIBED;
        } catch (FaultException e) {
            log.warn(
                    "{} was not unsubscribed for connection {}: {}",
                    connection.get().provider(),
                    connectionId,
                    e.getMessage());
            return switch (e.fault()) {
                case Fault.Transient fault -> Outcome.UNANSWERED;
                case Fault.RateLimited fault -> Outcome.UNANSWERED;
                // there is nothing that it could tell about
                case Fault.Gone fault -> Outcome.UNSUBSCRIBED;
                case Fault.NeedsReconnect fault -> Outcome.REFUSED;
                case Fault.Rejected fault -> Outcome.REFUSED;
                case Fault.Unreadable fault -> Outcome.REFUSED;
            };
        }
    }

    private Optional<ConnectionRef> find(UUID userId, UUID connectionId) {
        return jdbc.sql("""
                        select c.* from hub.connection c
                        where c.id = :id and c.user_id = :user
                          and (c.credentials is not null
                               or exists (select from hub.oauth_grant g where g.connection_id = c.id))
                        """)
                .param("id", connectionId)
                .param("user", userId)
                .query((row, number) -> new ConnectionRef(
                        connectionId,
                        userId,
                        row.getString("provider"),
                        row.getString("address"),
                        row.getString("account"),
                        json.convertValue(Columns.object(row, "endpoints"), TEXTS)))
                .optional()
                .filter(connection -> catalog.find(connection.provider())
                        .filter(Unsubscribe::isAsked)
                        .isPresent());
    }

    private static boolean isAsked(Provider provider) {
        return provider.webhook() != null && provider.webhook().unsubscribe();
    }
}
