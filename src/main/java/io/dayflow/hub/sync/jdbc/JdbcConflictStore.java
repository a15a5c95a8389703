package io.dayflow.hub.sync.jdbc;

import io.dayflow.hub.sync.ConflictStore;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Conflicts in hub.conflict. */
@Component
class JdbcConflictStore implements ConflictStore {

    private final JdbcClient jdbc;

    JdbcConflictStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Place> find(UUID userId, UUID conflictId) {
        return jdbc.sql("""
                        select item_id, link_id, connection_id, status from hub.conflict
                        where id = :id and user_id = :user
                        """)
                .param("id", conflictId)
                .param("user", userId)
                .query((row, n) -> new Place(
                        row.getObject("item_id", UUID.class),
                        row.getObject("link_id", UUID.class),
                        row.getObject("connection_id", UUID.class),
                        "open".equals(row.getString("status"))))
                .optional();
    }

    @Override
    public void decided(UUID conflictId, String resolution) {
        jdbc.sql("update hub.conflict set resolution = :resolution, resolved_by = 'user' where id = :id")
                .param("resolution", resolution)
                .param("id", conflictId)
                .update();
    }
}
