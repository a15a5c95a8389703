package io.dayflow.hub.endpoint;

import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The endpoints, and what they were told. A user sees the own ones, an operator also those that are told of everybody.
 * Thread-safe.
 */
@Component
public class Endpoints {

    /** A condition on {@code e}: whose they are. */
    static final String MINE = "(e.user_id = :user or e.user_id is null and :operator)";

    private static final String CARDS = """
            select e.id, e.url, e.user_id, e.events, e.description, e.active, e.failing_since, e.disabled_at,
                   e.disabled_why, case when e.old_until > now() then e.old_until end as old_until, e.created_at,
                   (select count(*) from hub.webhook_message m
                    where m.endpoint_id = e.id and m.state = 'waiting') as waiting
            from hub.webhook_endpoint e where
            """ + MINE;

    private final JdbcClient jdbc;

    Endpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The endpoints, newest first. */
    public Page<EndpointCard> list(UUID userId, boolean operator, PageRequest request) {
        var after = request.after();
        var rows = jdbc.sql(CARDS + """
                         and (cast(:afterId as uuid) is null
                              or (e.created_at, e.id) < (cast(:afterAt as timestamptz), :afterId))
                        order by e.created_at desc, e.id desc limit :fetch
                        """)
                .param("user", userId)
                .param("operator", operator)
                .param("afterId", after == null ? null : after.id())
                .param("afterAt", after == null ? null : after.at().toString())
                .param("fetch", request.fetch())
                .query((row, number) -> card(row))
                .list();
        return Page.of(rows, request, card -> Cursor.of(card.createdAt(), card.endpointId()));
    }

    /** One that the caller may see. */
    public Optional<EndpointCard> find(UUID userId, boolean operator, UUID endpointId) {
        return jdbc.sql(CARDS + " and e.id = :id")
                .param("user", userId)
                .param("operator", operator)
                .param("id", endpointId)
                .query((row, number) -> card(row))
                .optional();
    }

    /** What one was told and is to be told, latest first. Nothing where the caller may not see it. */
    public Page<MessageCard> messages(UUID userId, boolean operator, UUID endpointId, PageRequest request) {
        record Row(long seq, MessageCard card) {}
        var after = request.after();
        var rows = jdbc.sql("""
                        select m.seq, m.id, m.type, m.subject, m.state, m.attempts, m.created_at, m.attempted_at,
                               m.next_at, m.status, m.problem
                        from hub.webhook_message m join hub.webhook_endpoint e on e.id = m.endpoint_id
                        where m.endpoint_id = :id and (cast(:after as bigint) is null or m.seq < :after)
                          and """ + " " + MINE + " order by m.seq desc limit :fetch")
                .param("id", endpointId)
                .param("user", userId)
                .param("operator", operator)
                .param("after", after == null ? null : after.number())
                .param("fetch", request.fetch())
                .query((row, number) -> new Row(row.getLong("seq"), message(row)))
                .list();
        var page = Page.of(rows, request, row -> Cursor.of(row.seq()));
        return new Page<>(page.items().stream().map(Row::card).toList(), page.nextCursor());
    }

    private static EndpointCard card(ResultSet row) throws SQLException {
        return new EndpointCard(
                Columns.id(row, "id"),
                row.getString("url"),
                Columns.idOrNull(row, "user_id") == null ? "all" : "own",
                Arrays.stream((String[]) row.getArray("events").getArray())
                        .map(EndpointEvent::of)
                        .toList(),
                row.getString("description"),
                row.getBoolean("active"),
                Columns.instantOrNull(row, "failing_since"),
                row.getString("disabled_why"),
                Columns.instantOrNull(row, "disabled_at"),
                Columns.instantOrNull(row, "old_until"),
                row.getLong("waiting"),
                Columns.instant(row, "created_at"));
    }

    private static MessageCard message(ResultSet row) throws SQLException {
        String state = row.getString("state");
        @Nullable Integer status = row.getObject("status", Integer.class);
        return new MessageCard(
                Columns.id(row, "id"),
                row.getString("type"),
                Columns.id(row, "subject"),
                state,
                row.getInt("attempts"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "attempted_at"),
                state.equals("waiting") ? Columns.instant(row, "next_at") : null,
                status,
                row.getString("problem"));
    }
}
