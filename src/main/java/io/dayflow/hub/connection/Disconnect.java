package io.dayflow.hub.connection;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.consent.Consents;
import io.dayflow.hub.oauth.Authorize;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.storage.Columns;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends a connection: the service is unsubscribed, credentials are forgotten, tokens revoked where the service can do that, and
 * runs cancelled. A service that does not answer stops none of it. The row stays, so that the same account finds its settings
 * again when it is connected again.
 */
@Component
public class Disconnect {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DayflowRows dayflow;
    private final Grants grants;
    private final Consents consents;
    private final Unsubscribe unsubscribe;
    private final Authorize authorize;
    private final Audit audit;
    private final Clock clock;

    Disconnect(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            DayflowRows dayflow,
            Grants grants,
            Consents consents,
            Unsubscribe unsubscribe,
            Authorize authorize,
            Audit audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.dayflow = dayflow;
        this.grants = grants;
        this.consents = consents;
        this.unsubscribe = unsubscribe;
        this.authorize = authorize;
        this.audit = audit;
        this.clock = clock;
    }

    /** What becomes of the items. */
    public enum Items {
        /** They stay in DayFlow, and the links stay too: connected again, both sides are merged, not doubled. */
        KEEP,
        /** Those that came from this connection and are at no other one leave DayFlow; the links go. */
        REMOVE
    }

    /** @throws NotFound if the user has no such connection, or it is disconnected already */
    public void disconnect(UUID userId, UUID connectionId, Items items) {
        // before anything is locked, and while there are credentials for it
        var told = unsubscribe.ask(userId, connectionId);
        Optional<Grants.Grant> forgotten = transaction.execute(status -> {
            var now = Columns.parameter(clock.instant());
            var ended = jdbc.sql("""
                            update hub.connection
                            set credentials = null, disconnected_at = :now, confirmed_at = null, next_sync_at = null,
                                not_before = null, status = 'idle', error_code = null, error_message = null,
                                error_since = null, failures = 0, updated_at = :now
                            where id = :id and user_id = :user and disconnected_at is null
                            returning provider
                            """)
                    .param("now", now)
                    .param("id", connectionId)
                    .param("user", userId)
                    .query(String.class)
                    .optional()
                    .orElseThrow(() -> new NotFound("There is no such integration."));
            consents.withdraw(userId, connectionId);
            int conflicts = stopWork(userId, connectionId);
            forgetWebhookSecrets(connectionId);
            switch (items) {
                case KEEP -> {}
                case REMOVE -> remove(userId, connectionId);
            }
            audit.record(
                    Deed.CONNECTION_DISCONNECTED,
                    userId,
                    ended,
                    AuditLine.object("connection", connectionId),
                    detail(items, told, conflicts));
            return grants.forget(connectionId);
        });
        // only now: a service that is slow or away keeps nothing locked, and nothing from being forgotten
        forgotten.ifPresent(grant -> authorize.giveBack(grant.provider(), grant.tokens()));
    }

    private static Map<String, Object> detail(Items items, Unsubscribe.Outcome told, int conflicts) {
        var detail = new TreeMap<String, Object>();
        detail.put("items", items.name().toLowerCase(Locale.ROOT));
        if (told != Unsubscribe.Outcome.NOT_NEEDED) {
            detail.put("webhooks", told.name().toLowerCase(Locale.ROOT));
        }
        if (conflicts > 0) {
            detail.put("conflicts_kept_dayflow", conflicts);
        }
        return detail;
    }

    /** What is signed with them finds nobody any more, and who connects again need not know them. */
    private void forgetWebhookSecrets(UUID connectionId) {
        int gone = jdbc.sql("delete from hub.webhook_secret where connection_id = :id")
                .param("id", connectionId)
                .update();
        if (gone > 0) {
            jdbc.sql("select pg_notify('hub_webhook_secret', '')").query().listOfRows();
        }
    }

    /** @return how many open conflicts it decided */
    private int stopWork(UUID userId, UUID connectionId) {
        var now = Columns.parameter(clock.instant());
        jdbc.sql("""
                        update hub.job set status = 'cancelled', control = null, completed_at = :now
                        where connection_id = :id and user_id = :user
                          and status in ('pending', 'running', 'paused', 'held')
                        """)
                .param("now", now)
                .param("id", connectionId)
                .param("user", userId)
                .update();
        // The service can no longer be asked: what DayFlow holds is what counts, and is written there once it is
        // connected
        // again.
        jdbc.sql("""
                        select i.id from hub.item i
                        where i.user_id = :user and exists (
                            select from hub.conflict f
                            where f.item_id = i.id and f.connection_id = :id and f.status = 'open')
                        order by i.id for update
                        """)
                .param("id", connectionId)
                .param("user", userId)
                .query(UUID.class)
                .list();
        jdbc.sql("""
                        update hub.link l set pending = true, updated_at = :now from hub.conflict f
                        where f.link_id = l.id and f.connection_id = :id and f.user_id = :user and f.status = 'open'
                          and l.state = 'live'
                        """)
                .param("now", now)
                .param("id", connectionId)
                .param("user", userId)
                .update();
        int decided = jdbc.sql("""
                        update hub.conflict
                        set status = 'resolved', resolution = 'keep_dayflow', resolved_by = 'disconnect',
                            resolved_at = :now
                        where connection_id = :id and user_id = :user and status = 'open'
                        """)
                .param("now", now)
                .param("id", connectionId)
                .param("user", userId)
                .update();
        jdbc.sql("delete from hub.lease where position(:id in resource) > 0")
                .param("id", connectionId.toString())
                .update();
        return decided;
    }

    private void remove(UUID userId, UUID connectionId) {
        List<UUID> items = jdbc.sql("""
                        select i.id from hub.item i
                        where i.user_id = :user and i.origin = :id and i.deleted_at is null
                          and exists (select from hub.link l where l.item_id = i.id and l.connection_id = :id)
                          and not exists (
                              select from hub.link l join hub.connection c on c.id = l.connection_id
                              where l.item_id = i.id and c.id <> :id and c.disconnected_at is null
                                and l.state = 'live')
                        order by i.id for update of i
                        """)
                .param("user", userId)
                .param("id", connectionId)
                .query(UUID.class)
                .list();
        jdbc.sql("""
                        delete from hub.link l using hub.connection c
                        where l.connection_id = c.id and c.id = :id and c.user_id = :user
                        """).param("id", connectionId).param("user", userId).update();
        // The next first run has to list everything: what was seen before is no longer known.
        jdbc.sql("""
                        update hub.collection o set cursor = null, rewinds = rewinds + 1 from hub.connection c
                        where o.connection_id = c.id and c.id = :id and c.user_id = :user
                        """).param("id", connectionId).param("user", userId).update();
        if (!items.isEmpty()) {
            dayflow.remove(userId, items);
        }
    }
}
