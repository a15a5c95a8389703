package io.dayflow.hub.connection;

import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import java.util.ArrayList;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Checks that new items would go where they can. */
@Component
class DefaultCollections {

    private final JdbcClient jdbc;

    DefaultCollections(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws InvalidRequest if one is no collection of this connection, of another kind, or read-only */
    void check(UUID userId, UUID connectionId, Settings settings) {
        var errors = new ArrayList<FieldError>();
        settings.defaultCollections().forEach((kind, id) -> {
            boolean fits = jdbc.sql("""
                            select exists (
                                select from hub.collection o join hub.connection c on c.id = o.connection_id
                                where o.id = :id and o.kind = :kind and not o.read_only
                                  and c.id = :connection and c.user_id = :user)
                            """)
                    .param("id", id)
                    .param("kind", kind.id())
                    .param("connection", connectionId)
                    .param("user", userId)
                    .query(Boolean.class)
                    .single();
            if (!fits) {
                errors.add(new FieldError(
                        "settings.defaultCollections." + kind.id() + "s",
                        "takes the id of a collection of this connection that holds " + kind.id()
                                + "s and can be written"));
            }
        });
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
    }
}
