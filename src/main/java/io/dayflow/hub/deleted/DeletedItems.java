package io.dayflow.hub.deleted;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The deleted items of a user that are still kept. Every statement asks for this user's rows only. */
@Component
public class DeletedItems {

    private static final Set<String> OF_THE_HUB = Set.of("undo", "resolution", "disconnect");

    private final JdbcClient jdbc;
    private final Duration kept;

    DeletedItems(JdbcClient jdbc, @Value("${hub.sync.keep-deleted:30d}") Duration kept) {
        this.jdbc = jdbc;
        this.kept = kept;
    }

    /** Those deleted last come first. */
    public Page<DeletedCard> list(UUID userId, PageRequest request) {
        var after = request.after();
        var rows = jdbc.sql("""
                        select i.id, i.kind, coalesce(i.fields ->> 'title', '') as title, i.deleted_at,
                               (select l.connection_id from hub.link l
                                where l.item_id = i.id and l.connection_id is not null and l.gone_at = i.deleted_at
                                  and l.version is null
                                order by l.id limit 1) as first_on,
                               (select j.cause from hub.journal j
                                where j.item_id = i.id and j.connection_id is null and j.operation = 'delete'
                                  and j.at >= i.deleted_at
                                order by j.id desc limit 1) as cause,
                               (select jsonb_agg(jsonb_build_object('side', l.connection_id, 'state', case
                                           when l.state <> 'detached' then 'waiting'
                                           when l.version is null then 'deleted' else 'kept' end) order by l.id)
                                from hub.link l where l.item_id = i.id and l.connection_id is not null) as copies
                        from hub.item i
                        where i.user_id = :user and i.deleted_at is not null
                          and (cast(:afterId as uuid) is null
                               or (i.deleted_at, i.id) < (cast(:afterAt as timestamptz), :afterId))
                        order by i.deleted_at desc, i.id desc limit :fetch
                        """)
                .param("user", userId)
                .param("afterId", after == null ? null : after.id())
                .param("afterAt", after == null ? null : after.at().toString())
                .param("fetch", request.fetch())
                .query((row, number) -> card(row))
                .list();
        return Page.of(rows, request, card -> Cursor.of(card.deletedAt(), card.itemId()));
    }

    private DeletedCard card(ResultSet row) throws SQLException {
        var at = Columns.instant(row, "deleted_at");
        var cause = Objects.requireNonNullElse(row.getString("cause"), "user");
        var hub = OF_THE_HUB.contains(cause);
        var first = Columns.idOrNull(row, "first_on");
        List<DeletedCard.Copy> copies = new ArrayList<>();
        JsonNode stored = Columns.jsonOrNull(row, "copies");
        if (stored != null) {
            stored.forEach(copy -> copies.add(new DeletedCard.Copy(
                    UUID.fromString(copy.get("side").asText()),
                    copy.get("state").asText())));
        }
        return new DeletedCard(
                Columns.id(row, "id"),
                row.getString("kind"),
                row.getString("title"),
                at,
                at.plus(kept),
                hub || first == null ? "dayflow" : first.toString(),
                hub ? cause : "user",
                copies);
    }
}
