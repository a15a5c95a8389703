package io.dayflow.hub.connection;

import io.dayflow.hub.oauth.Authorize;
import io.dayflow.hub.oauth.TokenRefused;
import io.dayflow.hub.storage.Columns;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Ends all connections of a user for good, step by step. Every step may be repeated, and one that was cut off has to be.
 * Thread-safe.
 */
@Component
public class EndConnections {

    private static final Logger log = LoggerFactory.getLogger(EndConnections.class);

    private final JdbcClient jdbc;
    private final Grants grants;
    private final Authorize authorize;
    private final Clock clock;

    EndConnections(JdbcClient jdbc, Grants grants, Authorize authorize, Clock clock) {
        this.jdbc = jdbc;
        this.grants = grants;
        this.authorize = authorize;
        this.clock = clock;
    }

    /** What is left to be given back to a service. */
    public record Held(UUID connectionId, String provider) {}

    /** What a service said to that. */
    public enum Answer {
        /** The permission is over. */
        REVOKED,
        /** The service has no way to end it, only its user has. */
        NOT_POSSIBLE,
        /** The service refuses, and will. */
        REFUSED,
        /** The service cannot be asked now. */
        UNANSWERED,
        /** What is stored does not open any more, so that there is nothing to give back. */
        UNREADABLE
    }

    /**
     * From now on nobody works on any of them: runs are cancelled, leases taken away, and what was typed is forgotten. What
     * was allowed at services stays, to be {@linkplain #revoke given back}. In the caller's transaction.
     *
     * @return the providers whose typed credentials are forgotten by this call
     */
    public List<String> stop(UUID userId) {
        var now = Columns.parameter(clock.instant());
        jdbc.sql("""
                        update hub.job set status = 'cancelled', control = null, completed_at = :now
                        where user_id = :user and status in ('pending', 'running', 'paused', 'held')
                        """).param("now", now).param("user", userId).update();
        jdbc.sql("""
                        delete from hub.lease l using hub.connection c
                        where c.user_id = :user and position(c.id::text in l.resource) > 0
                        """).param("user", userId).update();
        var typed = jdbc.sql("select provider from hub.connection where user_id = :user and credentials is not null")
                .param("user", userId)
                .query(String.class)
                .list();
        jdbc.sql("""
                        update hub.connection
                        set credentials = null, active = false, confirmed_at = null, next_sync_at = null,
                            disconnected_at = coalesce(disconnected_at, :now), updated_at = :now
                        where user_id = :user
                        """).param("now", now).param("user", userId).update();
        return typed;
    }

    /** What is still to be given back. */
    public List<Held> held(UUID userId) {
        return jdbc.sql("""
                        select c.id, c.provider from hub.oauth_grant g join hub.connection c on c.id = g.connection_id
                        where c.user_id = :user order by c.id
                        """)
                .param("user", userId)
                .query((row, number) -> new Held(Columns.id(row, "id"), row.getString("provider")))
                .list();
    }

    /** Asks the service to end the permission; outside of any transaction, for it may take twenty seconds. */
    public Answer revoke(UUID connectionId) {
        Optional<Grants.Grant> grant;
        try {
            grant = grants.find(connectionId);
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            // a lost key must not keep anybody's data
            log.warn("A token cannot be revoked: {}", e.getMessage());
            return Answer.UNREADABLE;
        }
        if (grant.isEmpty()) {
            return Answer.REVOKED;
        }
        try {
            return switch (authorize.revoke(grant.get().provider(), grant.get().tokens())) {
                case DONE -> Answer.REVOKED;
                case IMPOSSIBLE -> Answer.NOT_POSSIBLE;
            };
        } catch (TokenRefused refused) {
            log.warn("A token was not revoked: {}", refused.getMessage());
            return switch (refused.kind()) {
                case LATER -> Answer.UNANSWERED;
                // it is over already, which is what was wanted
                case GRANT -> Answer.REVOKED;
                case CLIENT, OTHER -> Answer.REFUSED;
            };
        }
    }

    /** The hub's own copy goes. In the caller's transaction. */
    public void forget(UUID connectionId) {
        jdbc.sql("delete from hub.oauth_grant where connection_id = :id")
                .param("id", connectionId)
                .update();
    }
}
