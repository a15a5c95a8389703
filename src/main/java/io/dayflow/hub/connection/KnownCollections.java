package io.dayflow.hub.connection;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.storage.Columns;
import io.dayflow.hub.storage.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps hub.collection in step with what an account holds. */
@Component
public class KnownCollections {

    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;
    private final ObjectMapper json;

    KnownCollections(JdbcClient jdbc, Ids ids, Clock clock, ObjectMapper json) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
        this.json = json;
    }

    /**
     * Stores what was found, in the caller's transaction: new collections come unselected, known ones keep their
     * selection and cursor, and those that were not found are marked as vanished, not deleted.
     */
    public void store(UUID userId, UUID connectionId, List<FoundCollection> found) {
        var now = Columns.parameter(clock.instant());
        jdbc.sql("""
                        update hub.collection o set vanished_at = coalesce(o.vanished_at, :now), updated_at = :now
                        from hub.connection c
                        where o.connection_id = c.id and c.id = :connection and c.user_id = :user
                        """)
                .param("now", now)
                .param("connection", connectionId)
                .param("user", userId)
                .update();
        for (var collection : found) {
            jdbc.sql("""
                            insert into hub.collection (id, connection_id, external_id, kind, name, read_only,
                                                        attributes, created_at, updated_at)
                            select :id, c.id, :external, :kind, :name, :readOnly, cast(:attributes as jsonb), :now, :now
                            from hub.connection c where c.id = :connection and c.user_id = :user
                            on conflict (connection_id, external_id, kind) do update
                            set name = excluded.name, read_only = excluded.read_only, attributes = excluded.attributes,
                                vanished_at = null, updated_at = excluded.updated_at
                            """)
                    .param("id", ids.get())
                    .param("external", collection.externalId())
                    .param("kind", collection.kind().id())
                    .param("name", collection.name())
                    .param("readOnly", collection.readOnly())
                    .param("attributes", attributes(collection.attributes()))
                    .param("now", now)
                    .param("connection", connectionId)
                    .param("user", userId)
                    .update();
        }
    }

    private String attributes(Map<String, String> attributes) {
        return json.valueToTree(attributes).toString();
    }
}
