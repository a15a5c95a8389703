package io.dayflow.hub.connection;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.connection.ConnectionCard.CollectionCard;
import io.dayflow.hub.connection.ConnectionCard.Counts;
import io.dayflow.hub.connection.ConnectionCard.Trouble;
import io.dayflow.hub.connection.ConnectionCard.Webhooks;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The cards of a user's connections. Every statement asks for this user's rows only. */
@Component
public class Connections {

    private static final String CARDS = """
            select c.id, c.provider, c.display_name, c.account, c.active, c.status, c.error_code, c.error_message,
                   c.error_since, c.last_sync_at, c.next_sync_at, c.settings, c.confirmed_at, c.disconnected_at,
                   c.webhook_at, told.missed, g.asked, g.scopes, g.named,
                   links.items, links.pending,
                   (select count(*) from hub.conflict f
                    where f.connection_id = c.id and f.user_id = c.user_id and f.status = 'open') as conflicts,
                   (select count(*) from hub.dead_letter d
                    where d.connection_id = c.id and d.user_id = c.user_id) as dead_letters
            from hub.connection c
            left join hub.oauth_grant g on g.connection_id = c.id
            cross join lateral (select coalesce(c.webhook_at, c.confirmed_at) as at) heard
            cross join lateral (
                select heard.at < now() - make_interval(secs => :silence) and exists (
                           select 1 from hub.job j
                           where j.connection_id = c.id and j.operation = 'incremental_sync' and j.status = 'completed'
                             and j.completed_at > heard.at + interval '10 minutes'
                             and (j.counts ->> 'created' is not null or j.counts ->> 'updated' is not null
                                  or j.counts ->> 'deleted' is not null)) as missed) told
            cross join lateral (
                select count(*) filter (where i.deleted_at is null and l.state = 'live') as items,
                       count(*) filter (where l.pending and l.state = 'live' and l.quarantined_at is null
                           and (l.parked_revision is null or l.parked_revision < i.revision)) as pending
                from hub.link l join hub.item i on i.id = l.item_id
                where l.connection_id = c.id and i.user_id = c.user_id) links
            where c.user_id = :user
            """;

    private final JdbcClient jdbc;
    private final ProviderCatalog providers;
    private final Duration silence;

    /** @param silence how long a service may tell nothing while runs find changes */
    Connections(JdbcClient jdbc, ProviderCatalog providers, @Value("${hub.webhook.silence:24h}") Duration silence) {
        this.jdbc = jdbc;
        this.providers = providers;
        this.silence = silence;
    }

    /** Those that are connected, oldest first. */
    public List<ConnectionCard> list(UUID userId) {
        var collections = collections(userId, null);
        return jdbc.sql(CARDS + "and c.disconnected_at is null order by c.created_at, c.id")
                .param("user", userId)
                .param("silence", silence.toSeconds())
                .query((row, number) -> card(row, collections))
                .list();
    }

    /** What the user's connections are called, disconnected ones too. */
    public Map<UUID, String> names(UUID userId) {
        return jdbc
                .sql("select id, display_name from hub.connection where user_id = :user")
                .param("user", userId)
                .query((row, number) -> Map.entry(Columns.id(row, "id"), row.getString("display_name")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** How many have trouble that their user should know of. */
    public long troubled(UUID userId) {
        return jdbc.sql("select count(*) from hub.connection where user_id = :user and disconnected_at is null"
                        + " and active and status in ('error', 'needs_reconnect')")
                .param("user", userId)
                .query(Long.class)
                .single();
    }

    /** One that is connected. */
    public Optional<ConnectionCard> find(UUID userId, UUID connectionId) {
        return findEver(userId, connectionId).filter(card -> card.disconnectedAt() == null);
    }

    /** One that is or was connected. */
    public Optional<ConnectionCard> findEver(UUID userId, UUID connectionId) {
        var collections = collections(userId, connectionId);
        return jdbc.sql(CARDS + "and c.id = :id")
                .param("user", userId)
                .param("id", connectionId)
                .param("silence", silence.toSeconds())
                .query((row, number) -> card(row, collections))
                .optional();
    }

    private Map<UUID, List<CollectionCard>> collections(UUID userId, @Nullable UUID connectionId) {
        return jdbc
                .sql("""
                        select o.connection_id, o.id, o.name, o.kind, o.selected, o.read_only
                        from hub.collection o join hub.connection c on c.id = o.connection_id
                        where c.user_id = :user and o.vanished_at is null
                          and (cast(:id as uuid) is null or c.id = :id)
                        order by o.name, o.kind, o.id
                        """)
                .param("user", userId)
                .param("id", connectionId)
                .query((row, number) -> Map.entry(Columns.id(row, "connection_id"), collection(row)))
                .list()
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    private static CollectionCard collection(ResultSet row) throws SQLException {
        return new CollectionCard(
                Columns.id(row, "id"),
                row.getString("name"),
                Kind.of(row.getString("kind")).id() + "s",
                row.getBoolean("selected"),
                row.getBoolean("read_only"));
    }

    private ConnectionCard card(ResultSet row, Map<UUID, List<CollectionCard>> collections) throws SQLException {
        var id = Columns.id(row, "id");
        var code = row.getString("error_code");
        var message = row.getString("error_message");
        return new ConnectionCard(
                id,
                row.getString("provider"),
                row.getString("display_name"),
                row.getString("account"),
                row.getBoolean("active"),
                row.getString("status"),
                code == null
                        ? null
                        : new Trouble(code, message == null ? "" : message, Columns.instantOrNull(row, "error_since")),
                Columns.instantOrNull(row, "last_sync_at"),
                Columns.instantOrNull(row, "next_sync_at"),
                settings(row.getString("provider"), Columns.object(row, "settings")),
                collections.getOrDefault(id, List.of()),
                new Counts(
                        row.getLong("items"),
                        row.getLong("pending"),
                        row.getLong("conflicts"),
                        row.getLong("dead_letters")),
                row.getObject("confirmed_at") != null,
                Columns.instantOrNull(row, "disconnected_at"),
                webhooks(row),
                missingScopes(row));
    }

    private List<String> missingScopes(ResultSet row) throws SQLException {
        if (row.getObject("asked") == null) {
            return List.of();
        }
        var scopes = Grants.scopes(row);
        return providers
                .oauth(row.getString("provider"))
                .map(oauth -> scopes.missing(oauth.scopes()))
                .orElse(List.of());
    }

    private @Nullable Webhooks webhooks(ResultSet row) throws SQLException {
        boolean told = providers
                .find(row.getString("provider"))
                .filter(provider -> provider.webhook() != null)
                .isPresent();
        if (!told) {
            return null;
        }
        Instant last = Columns.instantOrNull(row, "webhook_at");
        if (row.getBoolean("missed")) {
            return new Webhooks(last, false);
        }
        return new Webhooks(last, last == null ? null : true);
    }

    private Settings settings(String provider, ObjectNode stored) {
        return Settings.of(
                stored,
                providers
                        .find(provider)
                        .map(Provider::poll)
                        .map(Provider.Poll::fastest)
                        .orElse(Duration.ZERO));
    }
}
