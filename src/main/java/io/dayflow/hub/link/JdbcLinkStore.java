package io.dayflow.hub.link;

import com.fasterxml.jackson.core.type.TypeReference;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.merge.FirstContact;
import io.dayflow.hub.storage.Nul;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Items and links in PostgreSQL. */
@Repository
class JdbcLinkStore implements LinkStore {

    private static final TypeReference<Map<String, Instant>> EDITED = new TypeReference<>() {};
    private static final TypeReference<List<OpenConflict.Field>> FIELDS = new TypeReference<>() {};
    private static final TypeReference<List<Turn>> TURNS = new TypeReference<>() {};

    /** The kind by a lookup for each link: a join may be carried out by reading every item. */
    private static final String LINKS =
            "select l.*, (select i.kind from hub.item i where i.id = l.item_id) as kind from hub.link l ";

    private final JdbcClient jdbc;
    private final LinkWriter writer;

    JdbcLinkStore(JdbcClient jdbc, LinkWriter writer) {
        this.jdbc = jdbc;
        this.writer = writer;
    }

    @Override
    public List<Link> find(UUID connectionId, Collection<String> externalIds) {
        if (externalIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(LINKS + """
            where l.connection_id = :connection and l.external_id = any(:ids) and l.state <> 'detached'
              and l.external_id <> ''
            """)
                .param("connection", connectionId)
                .param("ids", texts(externalIds))
                .query(JdbcLinkStore::link)
                .list();
    }

    @Override
    public List<Link> released(UUID connectionId, Collection<String> externalIds) {
        if (externalIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(LINKS + """
            where l.connection_id = :connection and l.external_id = any(:ids) and l.state = 'detached'
              and l.version is not null
            """)
                .param("connection", connectionId)
                .param("ids", texts(externalIds))
                .query(JdbcLinkStore::link)
                .list();
    }

    @Override
    public Set<String> ended(UUID connectionId, Collection<String> externalIds, long after) {
        if (externalIds.isEmpty()) {
            return Set.of();
        }
        return jdbc.sql("""
            select external_id from hub.link
            where connection_id = :connection and external_id = any(:ids) and state = 'detached' and version is null
              and learnt > :after
            """)
                .param("connection", connectionId)
                .param("ids", texts(externalIds))
                .param("after", after)
                .query(String.class)
                .set();
    }

    @Override
    public long tick() {
        return jdbc.sql("select case when is_called then last_value else 0 end from hub.tick")
                .query(Long.class)
                .single();
    }

    @Override
    public List<Link> findRows(Collection<UUID> rowIds) {
        if (rowIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(LINKS + """
            where l.connection_id is null and l.external_id = any(:ids)
            """)
                .param("ids", rowIds.stream().map(UUID::toString).toArray(String[]::new))
                .query(JdbcLinkStore::link)
                .list();
    }

    @Override
    public List<Link> copies(UUID connectionId, UUID after, int limit) {
        return jdbc.sql(LINKS + """
            where l.connection_id = :connection and l.state <> 'detached' and l.id > :after order by l.id limit :limit
            """)
                .param("connection", connectionId)
                .param("after", after)
                .param("limit", limit)
                .query(JdbcLinkStore::link)
                .list();
    }

    @Override
    public Known read(Collection<UUID> itemIds) {
        return known(itemIds, "");
    }

    @Override
    public Known lock(Collection<UUID> itemIds) {
        return known(itemIds, " order by id for update");
    }

    private Known known(Collection<UUID> itemIds, String locking) {
        if (itemIds.isEmpty()) {
            return Known.NOTHING;
        }
        String[] ids = itemIds.stream().distinct().map(UUID::toString).toArray(String[]::new);
        Map<UUID, StoredItem> items = new LinkedHashMap<>();
        jdbc.sql("select * from hub.item where id = any(:ids::uuid[])" + locking)
                .param("ids", ids)
                .query(JdbcLinkStore::item)
                .list()
                .forEach(item -> items.put(item.id(), item));
        Map<UUID, List<Link>> links = jdbc.sql(LINKS + """
            where l.item_id = any(:ids::uuid[]) order by l.id
            """).param("ids", ids).query(JdbcLinkStore::link).list().stream()
                .collect(Collectors.groupingBy(Link::itemId));
        Map<UUID, OpenConflict> conflicts = new HashMap<>();
        jdbc.sql("select * from hub.conflict where status = 'open' and item_id = any(:ids::uuid[])")
                .param("ids", ids)
                .query(JdbcLinkStore::conflict)
                .list()
                .forEach(conflict -> conflicts.put(conflict.linkId(), conflict));
        return new Known(items, links, conflicts);
    }

    @Override
    public List<UUID> lookalikes(
            UUID userId, UUID connectionId, Kind kind, Collection<String> uids, Collection<String> matchKeys) {
        // one lookup by index for each way to be alike: a condition that joins them would look at every item of the
        // user
        List<UUID> alike = jdbc.sql("""
            select i.id from unnest(:uids::text[]) as wanted (uid) cross join lateral (
                select id from hub.item
                where user_id = :user and uid = wanted.uid and uid is not null and deleted_at is null offset 0) i
            union
            select i.id from unnest(:keys::text[]) as wanted (key) cross join lateral (
                select id from hub.item
                where user_id = :user and match_key = wanted.key and deleted_at is null offset 0) i
            union
            select item_id from hub.link
            where connection_id = :connection and state = 'live' and base is null and intent is not null
            """)
                .param("user", userId)
                .param("uids", texts(uids))
                .param("keys", texts(matchKeys))
                .param("connection", connectionId)
                .query(UUID.class)
                .list();
        if (alike.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
            select i.id from hub.item i
            where i.id = any(:ids::uuid[]) and i.user_id = :user and i.kind = :kind
              and not exists (select 1 from hub.link l
                              where l.item_id = i.id and l.connection_id = :connection
                                and l.state in ('live', 'duplicate') and l.base is not null)
            """)
                .param("ids", alike.stream().map(UUID::toString).toArray(String[]::new))
                .param("user", userId)
                .param("kind", kind.id())
                .param("connection", connectionId)
                .query(UUID.class)
                .list();
    }

    @Override
    public void apply(WriteSet writes) {
        writer.apply(writes);
    }

    private static String[] texts(Collection<String> names) {
        return names.stream().map(Nul::outOf).toArray(String[]::new);
    }

    /** What tells an item from another when nothing else does. Zone-free, so that it holds wherever the user lives. */
    static String matchKey(Item item) {
        return FirstContact.matchKey(item, ZoneOffset.UTC);
    }

    static StoredItem item(ResultSet row, int n) throws SQLException {
        Kind kind = Kind.of(row.getString("kind"));
        return new StoredItem(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                Item.of(java.util.Objects.requireNonNull(view(kind, row.getString("fields")))),
                Json.read(row.getString("edited"), EDITED),
                row.getLong("revision"),
                row.getObject("origin", UUID.class),
                instant(row, "deleted_at"));
    }

    static Link link(ResultSet row, int n) throws SQLException {
        Kind kind = Kind.of(row.getString("kind"));
        UUID connection = row.getObject("connection_id", UUID.class);
        return new Link(
                row.getObject("id", UUID.class),
                row.getObject("item_id", UUID.class),
                connection,
                row.getObject("collection_id", UUID.class),
                row.getString("external_id"),
                row.getString("part"),
                row.getString("version"),
                view(kind, row.getString("base")),
                view(kind, row.getString("intent")),
                row.getString("extras"),
                row.getBoolean("verified"),
                row.getString("zone"),
                Link.State.of(row.getString("state")),
                instant(row, "gone_at"),
                row.getBoolean("pending"),
                row.getObject("parked_revision", Long.class),
                row.getInt("attempts"),
                instant(row, "not_before"),
                row.getBoolean("delete_allowed"),
                trail(row.getString("trail")),
                instant(row, "quarantined_at"),
                row.getLong("learnt"));
    }

    private static Trail trail(@Nullable String turns) {
        return turns == null ? Trail.EMPTY : new Trail(Json.read(turns, TURNS));
    }

    private static OpenConflict conflict(ResultSet row, int n) throws SQLException {
        return new OpenConflict(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getObject("connection_id", UUID.class),
                row.getObject("item_id", UUID.class),
                row.getObject("link_id", UUID.class),
                Kind.of(row.getString("kind")),
                OpenConflict.Type.of(row.getString("type")),
                row.getString("title"),
                Json.read(row.getString("fields"), FIELDS),
                row.getTimestamp("detected_at").toInstant());
    }

    private static @Nullable View view(Kind kind, @Nullable String json) {
        return json == null ? null : Json.view(kind, json);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
