package io.dayflow.hub.sync.jdbc;

import io.dayflow.hub.sync.LetterStore;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Dead letters in hub.dead_letter. */
@Component
class JdbcLetterStore implements LetterStore {

    private final JdbcClient jdbc;

    JdbcLetterStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Letter> lock(UUID userId, UUID letterId) {
        return jdbc.sql("select * from hub.dead_letter where id = :id and user_id = :user for update")
                .param("id", letterId)
                .param("user", userId)
                .query((row, n) -> new Letter(
                        row.getObject("user_id", UUID.class),
                        row.getObject("connection_id", UUID.class),
                        row.getObject("collection_id", UUID.class),
                        row.getObject("item_id", UUID.class),
                        row.getObject("link_id", UUID.class),
                        "inbound".equals(row.getString("direction"))))
                .optional();
    }

    @Override
    public void remove(UUID letterId) {
        jdbc.sql("delete from hub.dead_letter where id = :id")
                .param("id", letterId)
                .update();
    }

    @Override
    public void forgetVersion(UUID letterId) {
        jdbc.sql("update hub.dead_letter set version = null where id = :id")
                .param("id", letterId)
                .update();
    }

    @Override
    public void forgetVersions(UUID connectionId, Collection<String> externalIds) {
        jdbc.sql("""
                        update hub.dead_letter set version = null
                        where connection_id = :connection and direction = 'inbound' and external_id = any(:externalIds)
                        """)
                .param("connection", connectionId)
                .param("externalIds", externalIds.toArray(String[]::new))
                .update();
    }
}
