package io.dayflow.hub.trace;

import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the hub's tables tell of an item, in one list. */
@Component
class Decisions {

    private static final String TOLD = """
            with told as (
                select i.created_at as at, i.origin as side, 'known' as event, null::text as detail, null::uuid as job,
                       null::text as reference, i.id as number
                from hub.item i where i.id = :item and i.user_id = :user
                union all
                select i.deleted_at, null, 'deleted', null, null, null, i.id
                from hub.item i where i.id = :item and i.user_id = :user and i.deleted_at is not null
                union all
                select l.created_at, l.connection_id, 'linked', o.name, null, null, l.id
                from hub.link l join hub.item i on i.id = l.item_id left join hub.collection o on o.id = l.collection_id
                where i.id = :item and i.user_id = :user and l.connection_id is not null
                union all
                select l.gone_at, l.connection_id, 'copy_gone', case when l.version is not null then 'left there' end, null,
                       null, l.id
                from hub.link l join hub.item i on i.id = l.item_id
                where i.id = :item and i.user_id = :user and l.connection_id is not null and l.gone_at is not null
                union all
                select j.at, j.connection_id, j.operation, j.cause, j.job_id, j.id::text,
                       lpad(to_hex(j.id), 32, '0')::uuid
                from hub.journal j where j.item_id = :item and j.user_id = :user
                union all
                select f.detected_at, f.connection_id, 'conflict_opened',
                       (select string_agg(x ->> 'field', ', ') from jsonb_array_elements(f.fields) x), null, f.id::text, f.id
                from hub.conflict f where f.item_id = :item and f.user_id = :user
                union all
                select f.resolved_at, f.connection_id, 'conflict_settled', f.resolution, null, f.id::text, f.id
                from hub.conflict f where f.item_id = :item and f.user_id = :user and f.resolved_at is not null
                union all
                select d.last_at, d.connection_id,
                       case when d.fault = 'quarantined' then 'quarantined' when d.direction = 'inbound' then 'unreadable'
                            else 'refused' end, d.message, d.job_id, d.id::text,
                       d.id
                from hub.dead_letter d
                where d.user_id = :user
                  and (d.item_id = :item
                       or exists (select 1 from hub.link l
                                  where l.item_id = :item and l.connection_id = d.connection_id
                                    and l.external_id = d.external_id)))
            select * from told
            where cast(:afterAt as timestamptz) is null
               or (at, event || number) < (cast(:afterAt as timestamptz), :afterKey)
            order by at desc, event || number desc limit :fetch
            """;

    private final JdbcClient jdbc;

    Decisions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Latest first. */
    Page<Decision> about(UUID userId, UUID itemId, PageRequest request) {
        record Placed(Decision decision, String key) {}
        Cursor after = request.after();
        var rows = jdbc.sql(TOLD)
                .param("user", userId)
                .param("item", itemId)
                .param("afterAt", after == null ? null : after.at().toString())
                .param("afterKey", after == null ? "" : after.key())
                .param("fetch", request.fetch())
                .query((row, n) -> new Placed(decision(row), row.getString("event") + row.getString("number")))
                .list();
        var page = Page.of(rows, request, row -> new Cursor(row.decision().at(), row.key()));
        return new Page<>(page.items().stream().map(Placed::decision).toList(), page.nextCursor());
    }

    private static Decision decision(ResultSet row) throws SQLException {
        UUID side = Columns.idOrNull(row, "side");
        return new Decision(
                Columns.instant(row, "at"),
                side == null ? "dayflow" : side.toString(),
                row.getString("event"),
                row.getString("detail"),
                Columns.idOrNull(row, "job"),
                row.getString("reference"));
    }
}
