package io.dayflow.hub.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.FoundCollection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The collections of a connection: kept up to date, and walked through. */
@Component
public class CollectionStore {

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Supplier<UUID> ids;

    CollectionStore(JdbcClient jdbc, ObjectMapper json, Supplier<UUID> ids) {
        this.jdbc = jdbc;
        this.json = json;
        this.ids = ids;
    }

    /** Takes in what the service lists now; what it no longer lists is kept and marked as vanished. */
    void refresh(UUID connectionId, List<FoundCollection> found) {
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

    /** Whether it is time to ask the service again what collections there are; a run that finds one gone notices anyway. */
    boolean isListingDue(UUID connectionId) {
        return jdbc.sql("""
                        select coalesce(listed_at < now() - interval '5 minutes', true)
                               or exists (select 1 from hub.collection c
                                          where c.connection_id = n.id and c.selected and c.vanished_at is not null)
                        from hub.connection n where n.id = :id
                        """).param("id", connectionId).query(Boolean.class).single();
    }

    /** The collection is no longer there. */
    void vanish(UUID collectionId) {
        jdbc.sql(
                        "update hub.collection set vanished_at = coalesce(vanished_at, now()), updated_at = now() where id = :id")
                .param("id", collectionId)
                .update();
    }

    /** A walk ended in doubt: its cursor stays, and the next listing has to tell. */
    void doubt(UUID collectionId) {
        jdbc.sql("update hub.collection set cursor_failures = cursor_failures + 1 where id = :id")
                .param("id", collectionId)
                .update();
    }

    /** Those that a run walks through, by name. */
    List<CollectionRef> selected(UUID connectionId, List<Kind> kinds) {
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

    /** The names of selected collections that the service no longer lists. */
    List<String> vanished(UUID connectionId) {
        return jdbc.sql("""
                        select name from hub.collection
                        where connection_id = :connection and selected and vanished_at is not null order by name
                        """)
                .param("connection", connectionId)
                .query(String.class)
                .list();
    }

    /** All of a kind, those that the service no longer lists included. */
    List<Homes.Home> homes(UUID connectionId, Kind kind) {
        return jdbc.sql("select * from hub.collection where connection_id = :connection and kind = :kind")
                .param("connection", connectionId)
                .param("kind", kind.id())
                .query((row, n) -> new Homes.Home(ref(row), row.getBoolean("selected")))
                .list();
    }

    /** One collection, by id. */
    CollectionRef find(UUID id) {
        return jdbc.sql("select * from hub.collection where id = :id")
                .param("id", id)
                .query((row, n) -> ref(row))
                .single();
    }

    /** Begins a walk; a {@code full} one looks at every object anew. */
    public Walk walk(CollectionRef collection, UUID connectionId, boolean full) {
        Map<String, Walk.KnownObject> known = new HashMap<>();
        jdbc.sql("""
                        select l.external_id, l.version, l.verified,
                               l.state <> 'gone' and (l.state <> 'detached' or i.deleted_at is not null) as live
                        from hub.link l join hub.item i on i.id = l.item_id
                        where l.collection_id = :collection and l.base is not null
                          and (l.state <> 'detached' or l.version is not null)
                        """).param("collection", collection.id()).query(row -> {
            Walk.KnownObject object =
                    new Walk.KnownObject(row.getString("version"), row.getBoolean("verified"), row.getBoolean("live"));
            known.merge(row.getString("external_id"), object, CollectionStore::lessSure);
        });
        Map<String, String> unreadable = new HashMap<>();
        jdbc.sql("""
                        select external_id, coalesce(version, '') as version from hub.dead_letter
                        where connection_id = :connection and collection_id = :collection and direction = 'inbound'
                        """)
                .param("connection", connectionId)
                .param("collection", collection.id())
                .query(row -> {
                    unreadable.put(row.getString("external_id"), row.getString("version"));
                });
        CollectionRef from = full
                ? new CollectionRef(
                        collection.id(),
                        collection.externalId(),
                        collection.kind(),
                        collection.name(),
                        collection.readOnly(),
                        collection.attributes(),
                        null)
                : collection;
        int doubts = jdbc.sql("select cursor_failures from hub.collection where id = :id")
                .param("id", collection.id())
                .query(Integer.class)
                .single();
        return new Walk(from, doubts, known, unreadable, full);
    }

    /** Of several items in one object, the one that most needs another look speaks for it. */
    private static Walk.KnownObject lessSure(Walk.KnownObject a, Walk.KnownObject b) {
        boolean same = a.version() != null && a.version().equals(b.version());
        return new Walk.KnownObject(same ? a.version() : null, a.verified() && b.verified(), a.live() && b.live());
    }

    private CollectionRef ref(java.sql.ResultSet row) throws java.sql.SQLException {
        return new CollectionRef(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                Kind.of(row.getString("kind")),
                row.getString("name"),
                row.getBoolean("read_only"),
                read(row.getString("attributes")),
                row.getString("cursor"));
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
