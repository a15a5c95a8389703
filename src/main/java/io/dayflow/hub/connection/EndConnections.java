package io.dayflow.hub.connection;

import io.dayflow.hub.oauth.Authorize;
import io.dayflow.hub.oauth.TokenRefused;
import io.dayflow.hub.storage.Columns;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final String STILL_SUBSCRIBED = "still_subscribed";

    private final JdbcClient jdbc;
    private final Grants grants;
    private final Unsubscribe unsubscribe;
    private final Authorize authorize;
    private final Clock clock;

    EndConnections(JdbcClient jdbc, Grants grants, Unsubscribe unsubscribe, Authorize authorize, Clock clock) {
        this.jdbc = jdbc;
        this.grants = grants;
        this.unsubscribe = unsubscribe;
        this.authorize = authorize;
        this.clock = clock;
    }

    /**
     * What is left to be given back to a service.
     *
     * @param allowed whether it was allowed there, and not typed here
     */
    public record Held(UUID userId, UUID connectionId, String provider, boolean allowed) {}

    /** What a service said to that. */
    private enum Answer {
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
     * was allowed at services stays, to be {@linkplain #giveBack given back}, and so does what was typed for a service that
     * has to be unsubscribed with it. In the caller's transaction.
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
        var asked = unsubscribe.providers().toArray(String[]::new);
        var typed = jdbc.sql("""
                        select provider from hub.connection
                        where user_id = :user and credentials is not null and not provider = any(:asked)
                        """)
                .param("user", userId)
                .param("asked", asked)
                .query(String.class)
                .list();
        jdbc.sql("""
                        update hub.connection
                        set credentials = case when provider = any(:asked) then credentials end,
                            active = false, confirmed_at = null, next_sync_at = null,
                            disconnected_at = coalesce(disconnected_at, :now), updated_at = :now
                        where user_id = :user
                        """)
                .param("now", now)
                .param("asked", asked)
                .param("user", userId)
                .update();
        return typed;
    }

    /** What is still to be given back. */
    public List<Held> held(UUID userId) {
        return jdbc.sql("""
                        select c.id, c.provider, g.connection_id is not null as allowed
                        from hub.connection c left join hub.oauth_grant g on g.connection_id = c.id
                        where c.user_id = :user and (g.connection_id is not null or c.credentials is not null)
                        order by c.id
                        """)
                .param("user", userId)
                .query((row, number) ->
                        new Held(userId, Columns.id(row, "id"), row.getString("provider"), row.getBoolean("allowed")))
                .list();
    }

    /**
     * Unsubscribes and ends the permission at the service; outside of any transaction, for it may take half a minute.
     *
     * @param last whether nobody will ask again: what is not answered now counts as an answer
     * @return what became of it, in the words of a receipt; empty where the service has to be asked again
     */
    public List<String> giveBack(Held held, boolean last) {
        var outcomes = new ArrayList<String>();
        switch (unsubscribe.ask(held.userId(), held.connectionId())) {
            case NOT_NEEDED -> {}
            case UNSUBSCRIBED -> outcomes.add("unsubscribed");
            case REFUSED -> outcomes.add(STILL_SUBSCRIBED);
            case UNANSWERED -> {
                if (!last) {
                    return List.of();
                }
                outcomes.add(STILL_SUBSCRIBED);
            }
        }
        if (!held.allowed()) {
            outcomes.add("typed");
            return outcomes;
        }
        var answer = revoke(held.connectionId());
        if (answer == Answer.UNANSWERED && !last) {
            return List.of();
        }
        outcomes.add(answer.name().toLowerCase(Locale.ROOT));
        return outcomes;
    }

    private Answer revoke(UUID connectionId) {
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
        jdbc.sql("update hub.connection set credentials = null where id = :id")
                .param("id", connectionId)
                .update();
        jdbc.sql("delete from hub.oauth_grant where connection_id = :id")
                .param("id", connectionId)
                .update();
    }
}
