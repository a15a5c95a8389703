package io.dayflow.hub.sync.jdbc;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.sync.DayflowCapture;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Changes that triggers wrote to hub.dayflow_change. */
@Component
class JdbcDayflowCapture implements DayflowCapture {

    private final JdbcClient jdbc;

    JdbcDayflowCapture(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Change> take(int limit) {
        return jdbc.sql("""
                        delete from hub.dayflow_change where id in (
                            select id from hub.dayflow_change order by id limit :limit for update skip locked)
                        returning user_id, source, row_id, at
                        """)
                .param("limit", limit)
                .query((row, n) -> new Change(
                        row.getObject("user_id", UUID.class),
                        kind(row.getString("source")),
                        row.getObject("row_id", UUID.class),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    private static @Nullable Kind kind(String source) {
        return switch (source) {
            case "tasks" -> Kind.TASK;
            case "calendar_events" -> Kind.EVENT;
            case "users" -> null;
            default -> throw new IllegalStateException("the capture knows no " + source);
        };
    }

    @Override
    public void alone(UUID userId) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:user, 0))::text")
                .param("user", "dayflow:" + userId)
                .query(String.class)
                .single();
    }

    @Override
    public Set<UUID> waiting(Collection<UUID> rowIds) {
        return jdbc.sql("select distinct row_id from hub.dayflow_change where row_id = any(:ids::uuid[])")
                .param("ids", rowIds.stream().map(UUID::toString).toArray(String[]::new))
                .query(UUID.class)
                .set();
    }

    @Override
    public boolean hasItems(UUID userId) {
        return jdbc.sql("select exists (select 1 from hub.item where user_id = :user)")
                .param("user", userId)
                .query(Boolean.class)
                .single();
    }

    @Override
    public List<UUID> inOtherZone(UUID userId, ZoneId zone) {
        return jdbc.sql("""
                        select l.item_id from hub.link l join hub.item i on i.id = l.item_id
                        where i.user_id = :user and l.connection_id is null and l.state = 'live'
                          and l.zone is distinct from :zone
                        """)
                .param("user", userId)
                .param("zone", zone.getId())
                .query(UUID.class)
                .list();
    }
}
