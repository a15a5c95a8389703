package io.dayflow.hub.sync.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.sync.CollectionStore;
import io.dayflow.hub.sync.Homes;
import io.dayflow.hub.sync.Walk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Collections in hub.collection. */
@Component
class JdbcCollectionStore implements CollectionStore {

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Supplier<UUID> ids;

    JdbcCollectionStore(JdbcClient jdbc, ObjectMapper json, Supplier<UUID> ids) {
        this.jdbc = jdbc;
        this.json = json;
        this.ids = ids;
    }

    @Override
    public void refresh(UUID connectionId, List<FoundCollection> found) {
        for (FoundCollection collection : found) {
            jdbc.sql("""
                            insert into hub.collection (id, connection_id, external_id, kind, name, read_only, attributes)
                            values (:id, :connection, :externalId, :kind, :name, :readOnly, :attributes::jsonb)
                            on conflict (connection_id, external_id, kind) do update
                            set name = excluded.name, read_only = excluded.read_only, attributes = excluded.attributes,
                                vanished_at = null, updated_at = now()
                            """)
                    .param("id", ids.get())
                    .param("connection", connectionId)
                    .param("externalId", collection.externalId())
                    .param("kind", collection.kind().id())
                    .param("name", collection.name())
                    .param("readOnly", collection.readOnly())
                    .param("attributes", write(collection.attributes()))
                    .update();
        }
        jdbc.sql("update hub.connection set listed_at = now() where id = :id")
                .param("id", connectionId)
                .update();
        jdbc.sql("""
                        update hub.collection set vanished_at = coalesce(vanished_at, now()), updated_at = now()
                        where connection_id = :connection and not (external_id || ' ' || kind = any(:found))
                        """)
                .param("connection", connectionId)
                .param(
                        "found",
                        found.stream()
                                .map(c -> c.externalId() + " " + c.kind().id())
                                .toArray(String[]::new))
                .update();
    }

    @Override
    public void vanish(UUID collectionId) {
        jdbc.sql(
                        "update hub.collection set vanished_at = coalesce(vanished_at, now()), updated_at = now() where id = :id")
                .param("id", collectionId)
                .update();
    }

    @Override
    public void doubt(UUID collectionId) {
        jdbc.sql("update hub.collection set cursor_failures = cursor_failures + 1 where id = :id")
                .param("id", collectionId)
                .update();
    }

    @Override
    public List<CollectionRef> selected(UUID connectionId, List<Kind> kinds) {
        return jdbc.sql("""
                        select * from hub.collection
                        where connection_id = :connection and selected and vanished_at is null and kind = any(:kinds)
                        order by name, id
                        """)
                .param("connection", connectionId)
                .param("kinds", kinds.stream().map(Kind::id).toArray(String[]::new))
                .query((row, n) -> ref(row))
                .list();
    }

    @Override
    public List<String> vanished(UUID connectionId) {
        return jdbc.sql("""
                        select name from hub.collection
                        where connection_id = :connection and selected and vanished_at is not null order by name
                        """)
                .param("connection", connectionId)
                .query(String.class)
                .list();
    }

    @Override
    public List<Homes.Home> homes(UUID connectionId, Kind kind) {
        return jdbc.sql(
                        "select * from hub.collection where connection_id = :connection and kind = :kind order by name, id")
                .param("connection", connectionId)
                .param("kind", kind.id())
                .query((row, n) -> new Homes.Home(ref(row), row.getBoolean("selected")))
                .list();
    }

    @Override
    public CollectionRef find(UUID id) {
        return jdbc.sql("select * from hub.collection where id = :id")
                .param("id", id)
                .query((row, n) -> ref(row))
                .single();
    }

    @Override
    public Map<String, Walk.KnownObject> known(UUID collectionId) {
        Map<String, Walk.KnownObject> known = new HashMap<>();
        jdbc.sql("""
                        select l.external_id, l.version, l.verified,
                               l.state <> 'gone' and (l.state <> 'detached' or i.deleted_at is not null) as live
                        from hub.link l join hub.item i on i.id = l.item_id
                        where l.collection_id = :collection and l.base is not null
                          and (l.state <> 'detached' or l.version is not null)
                        """).param("collection", collectionId).query(row -> {
            Walk.KnownObject object =
                    new Walk.KnownObject(row.getString("version"), row.getBoolean("verified"), row.getBoolean("live"));
            known.merge(row.getString("external_id"), object, Walk.KnownObject::lessSure);
        });
        return known;
    }

    @Override
    public Set<String> ended(UUID collectionId) {
        return Set.copyOf(jdbc.sql("""
                        select external_id from hub.link
                        where collection_id = :collection and state = 'detached' and version is null
                        """)
                .param("collection", collectionId)
                .query(String.class)
                .set());
    }

    @Override
    public Map<String, String> unreadable(UUID connectionId, UUID collectionId) {
        Map<String, String> unreadable = new HashMap<>();
        jdbc.sql("""
                        select external_id, coalesce(version, '') as version from hub.dead_letter
                        where connection_id = :connection and collection_id = :collection and direction = 'inbound'
                        """)
                .param("connection", connectionId)
                .param("collection", collectionId)
                .query(row -> {
                    unreadable.put(row.getString("external_id"), row.getString("version"));
                });
        return unreadable;
    }

    @Override
    public int doubts(UUID collectionId) {
        return jdbc.sql("select cursor_failures from hub.collection where id = :id")
                .param("id", collectionId)
                .query(Integer.class)
                .single();
    }

    @Override
    public boolean isInDoubt(UUID connectionId) {
        return jdbc.sql("""
                        select exists (select 1 from hub.collection
                                       where connection_id = :id and selected and vanished_at is null and cursor_failures > 0)
                        """).param("id", connectionId).query(Boolean.class).single();
    }

    @Override
    public void advance(CollectionRef read, String cursor) {
        jdbc.sql("""
                        update hub.collection set cursor = case when rewinds = :rewinds then :cursor else cursor end,
                            cursor_failures = 0, vanished_at = null, updated_at = now()
                        where id = :id
                        """)
                .param("rewinds", read.rewinds())
                .param("cursor", cursor)
                .param("id", read.id())
                .update();
    }

    @Override
    public void rewind(UUID collectionId) {
        jdbc.sql("update hub.collection set cursor = null, rewinds = rewinds + 1 where id = :id")
                .param("id", collectionId)
                .update();
    }

    @Override
    public boolean isRewound(CollectionRef read) {
        return jdbc.sql("select exists (select 1 from hub.collection where id = :id and rewinds <> :rewinds)")
                .param("id", read.id())
                .param("rewinds", read.rewinds())
                .query(Boolean.class)
                .single();
    }

    @Override
    public long rewinds(UUID connectionId) {
        return jdbc.sql("select coalesce(sum(rewinds), 0) from hub.collection where connection_id = :connection")
                .param("connection", connectionId)
                .query(Long.class)
                .single();
    }

    @Override
    public Optional<UUID> target(UUID connectionId, Kind kind, @Nullable UUID chosen) {
        return jdbc.sql("""
                        select id from hub.collection
                        where connection_id = :connection and kind = :kind and selected and not read_only and vanished_at is null
                        order by (id = :chosen) desc, name, id limit 1
                        """)
                .param("connection", connectionId)
                .param("kind", kind.id())
                .param("chosen", chosen == null ? new UUID(0, 0) : chosen)
                .query(UUID.class)
                .optional();
    }

    private CollectionRef ref(java.sql.ResultSet row) throws java.sql.SQLException {
        return new CollectionRef(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                Kind.of(row.getString("kind")),
                row.getString("name"),
                row.getBoolean("read_only"),
                read(row.getString("attributes")),
                row.getString("cursor"),
                row.getLong("rewinds"));
    }

    private Map<String, String> read(String text) {
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a collection's attributes cannot be read", e);
        }
    }

    private String write(Map<String, String> attributes) {
        try {
            return json.writeValueAsString(attributes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a collection's attributes are no JSON", e);
        }
    }
}
