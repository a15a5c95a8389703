package io.dayflow.hub.sync.jdbc;

import io.dayflow.hub.storage.Columns;
import io.dayflow.hub.sync.KeptItems;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deleted items in hub.item. */
@Component
class JdbcKeptItems implements KeptItems {

    private final JdbcClient jdbc;

    JdbcKeptItems(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<UUID> over(Instant before, int limit) {
        return jdbc.sql("""
                        select i.id from hub.item i
                        where i.deleted_at < :before
                          and not exists (select 1 from hub.link l
                                          where l.item_id = i.id and l.connection_id is not null
                                            and (l.state <> 'detached' or l.version is not null))
                          and not exists (select 1 from hub.conflict x where x.item_id = i.id and x.status = 'open')
                        order by i.id limit :limit for update of i skip locked
                        """)
                .param("before", Columns.parameter(before))
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }

    @Override
    public void forget(List<UUID> items) {
        jdbc.sql("delete from hub.item where id = any(:ids::uuid[])")
                .param("ids", items.stream().map(UUID::toString).toArray(String[]::new))
                .update();
    }
}
