package io.dayflow.hub.trace;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads {@link Facts} from the hub's tables. */
@Component
class StoredFacts {

    private final JdbcClient jdbc;
    private final ProviderCatalog providers;

    StoredFacts(JdbcClient jdbc, ProviderCatalog providers) {
        this.jdbc = jdbc;
        this.providers = providers;
    }

    Optional<Facts.Known> item(UUID userId, UUID itemId) {
        return jdbc.sql("""
                        select id, kind, fields, revision, created_at, deleted_at from hub.item
                        where id = :item and user_id = :user
                        """)
                .param("item", itemId)
                .param("user", userId)
                .query((row, n) -> new Facts.Known(
                        Columns.id(row, "id"),
                        item(row),
                        row.getLong("revision"),
                        Columns.instant(row, "created_at"),
                        Columns.instantOrNull(row, "deleted_at")))
                .optional();
    }

    private static Item item(ResultSet row) throws SQLException {
        Map<String, JsonNode> fields = new TreeMap<>();
        Columns.object(row, "fields").properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return Item.of(View.of(Kind.of(row.getString("kind")), fields));
    }

    /** Since when a change of the row waits to be taken in. */
    Optional<Instant> waitingInDayflow(UUID rowId) {
        return jdbc
                .sql("select at from hub.dayflow_change where row_id = :row order by at limit 1")
                .param("row", rowId)
                .query((row, n) -> Columns.instant(row, "at"))
                .list()
                .stream()
                .findFirst();
    }

    /** All that the user ever had, by name; {@code writable} is about this kind. */
    List<Facts.Connection> connections(UUID userId, Kind kind) {
        return jdbc.sql("""
                        select c.id, c.provider, c.display_name, c.settings, c.active, c.confirmed_at, c.disconnected_at,
                               c.status, c.error_message, c.error_since, c.not_before,
                               (select coalesce(j.error_message, '') from hub.job j
                                where j.connection_id = c.id and j.status = 'held' order by j.id desc limit 1) as question,
                               exists (select 1 from hub.collection o
                                       where o.connection_id = c.id and o.kind = :kind and o.selected and not o.read_only
                                         and o.vanished_at is null) as writable
                        from hub.connection c where c.user_id = :user order by c.display_name, c.id
                        """)
                .param("user", userId)
                .param("kind", kind.id())
                .query((row, n) -> connection(row))
                .list();
    }

    private Facts.Connection connection(ResultSet row) throws SQLException {
        Optional<Provider> provider = providers.find(row.getString("provider"));
        return new Facts.Connection(
                Columns.id(row, "id"),
                row.getString("display_name"),
                provider.map(it -> Set.copyOf(it.kinds())).orElse(Set.of()),
                Settings.of(
                        Columns.object(row, "settings"),
                        provider.map(it -> it.poll().fastest()).orElse(Duration.ZERO)),
                row.getBoolean("active"),
                row.getObject("confirmed_at") != null,
                Columns.instantOrNull(row, "disconnected_at"),
                row.getString("status"),
                row.getString("error_message"),
                Columns.instantOrNull(row, "error_since"),
                Columns.instantOrNull(row, "not_before"),
                row.getString("question"),
                row.getBoolean("writable"));
    }

    /** By connection; of several links to one, the one that is not detached, else the last. */
    Map<UUID, Facts.Copy> copies(Facts.Known item, Map<UUID, List<String>> differences) {
        Map<UUID, Facts.Copy> copies = new HashMap<>();
        jdbc.sql("""
                        select l.connection_id, l.state, l.base is not null as there, l.version is not null as kept, l.pending,
                               coalesce(l.parked_revision = :revision, false) as parked, l.delete_allowed, l.attempts,
                               l.not_before, l.gone_at, l.quarantined_at, l.updated_at, coalesce(o.read_only, false) as read_only, o.name,
                               f.id as conflict, f.detected_at, f.fields,
                               d.id as letter, d.direction, d.message, d.last_at
                        from hub.link l
                        left join hub.collection o on o.id = l.collection_id
                        left join hub.conflict f on f.link_id = l.id and f.status = 'open'
                        left join lateral (
                            select d.id, d.direction, d.message, d.last_at from hub.dead_letter d
                            where d.connection_id = l.connection_id
                              and (d.link_id = l.id or (l.external_id <> '' and d.external_id = l.external_id))
                            order by d.last_at desc limit 1) d on true
                        where l.item_id = :item and l.connection_id is not null
                        order by l.state = 'detached' desc, l.updated_at
                        """)
                .param("item", item.id())
                .param("revision", item.revision())
                .query(row -> {
                    UUID connection = Columns.id(row, "connection_id");
                    copies.put(connection, copy(row, differences.getOrDefault(connection, List.of())));
                });
        return copies;
    }

    private static Facts.Copy copy(ResultSet row, List<String> differing) throws SQLException {
        return new Facts.Copy(
                row.getString("state"),
                row.getBoolean("there"),
                row.getBoolean("kept"),
                row.getBoolean("pending"),
                row.getBoolean("parked"),
                row.getBoolean("delete_allowed"),
                row.getInt("attempts"),
                Columns.instantOrNull(row, "not_before"),
                Columns.instantOrNull(row, "gone_at"),
                Columns.instantOrNull(row, "quarantined_at"),
                Columns.instant(row, "updated_at"),
                row.getBoolean("read_only"),
                row.getString("name"),
                conflict(row),
                letter(row),
                differing);
    }

    private static Facts.@Nullable Dispute conflict(ResultSet row) throws SQLException {
        UUID id = Columns.idOrNull(row, "conflict");
        if (id == null) {
            return null;
        }
        List<String> fields = new ArrayList<>();
        JsonNode stored = Columns.jsonOrNull(row, "fields");
        if (stored != null) {
            stored.forEach(field -> fields.add(field.path("field").asText()));
        }
        return new Facts.Dispute(id, Columns.instant(row, "detected_at"), fields);
    }

    private static Facts.@Nullable Letter letter(ResultSet row) throws SQLException {
        UUID id = Columns.idOrNull(row, "letter");
        return id == null
                ? null
                : new Facts.Letter(
                        id,
                        "inbound".equals(row.getString("direction")),
                        row.getString("message"),
                        Columns.instant(row, "last_at"));
    }
}
