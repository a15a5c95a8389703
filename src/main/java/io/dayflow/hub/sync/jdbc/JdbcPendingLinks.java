package io.dayflow.hub.sync.jdbc;

import io.dayflow.hub.sync.PendingLinks;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Pending links in hub.link. */
@Component
class JdbcPendingLinks implements PendingLinks {

    private final JdbcClient jdbc;

    JdbcPendingLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<UUID> next(UUID connectionId, boolean deletesHeld, int limit) {
        return jdbc.sql("""
                        select l.id from hub.link l join hub.item i on i.id = l.item_id
                        where l.connection_id = :connection and l.pending and l.state = 'live' and l.quarantined_at is null
                          and (l.not_before is null or l.not_before <= now())
                          and (not :held or i.deleted_at is null or l.delete_allowed)
                        order by i.updated_at, l.id limit :limit
                        """)
                .param("connection", connectionId)
                .param("held", deletesHeld)
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }

    @Override
    public List<UUID> after(UUID connectionId, UUID after, int limit) {
        return jdbc.sql("""
                        select id from hub.link
                        where connection_id = :connection and pending and state = 'live' and quarantined_at is null
                          and id > :after
                        order by id limit :limit
                        """)
                .param("connection", connectionId)
                .param("after", after)
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }

    @Override
    public Optional<UUID> item(UUID linkId) {
        return jdbc.sql("select item_id from hub.link where id = :id and state <> 'detached'")
                .param("id", linkId)
                .query(UUID.class)
                .optional();
    }

    @Override
    public Deletes deletes(UUID connectionId) {
        return jdbc.sql("""
                        select count(*) filter (where i.deleted_at is not null and l.pending and not l.delete_allowed
                                                 and l.quarantined_at is null) as waiting,
                               count(*) as total,
                               (select count(*) from hub.journal j
                                where j.connection_id = :connection and j.operation = 'delete' and j.cause = 'push'
                                  and j.at > now() - interval '5 minutes'
                                  and not exists (select 1 from hub.link a
                                                  where a.item_id = j.item_id and a.delete_allowed)) as recent
                        from hub.link l join hub.item i on i.id = l.item_id
                        where l.connection_id = :connection and l.state = 'live' and l.base is not null
                        """)
                .param("connection", connectionId)
                .query((row, n) -> new Deletes(row.getInt("waiting"), row.getInt("recent"), row.getInt("total")))
                .single();
    }

    @Override
    public boolean hasDelete(UUID connectionId) {
        return jdbc.sql("""
                        select exists (select 1 from hub.link l join hub.item i on i.id = l.item_id
                                       where l.connection_id = :id and l.state = 'live' and l.pending and l.quarantined_at is null
                                         and i.deleted_at is not null and not l.delete_allowed)
                        """).param("id", connectionId).query(Boolean.class).single();
    }
}
