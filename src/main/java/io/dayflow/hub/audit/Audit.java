package io.dayflow.hub.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The audit trail: lines are added and read, never changed. Thread-safe. */
@Component
public class Audit {

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    Audit(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Adds a line, in the caller's transaction where there is one.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not take it
     */
    public void record(AuditLine line) {
        jdbc.sql("""
                        insert into hub.audit (user_id, actor, action, provider, detail, remote)
                        values (:user, :actor, :action, :provider, :detail::jsonb, :remote)
                        """)
                .param("user", line.userId())
                .param("actor", line.actor())
                .param("action", line.action())
                .param("provider", line.provider())
                .param("detail", write(line))
                .param("remote", line.remote())
                .update();
    }

    /**
     * Lines, latest first.
     *
     * @param operator whether the caller sees all lines, and not only those about the own affairs
     */
    public Page<AuditCard> list(UUID userId, boolean operator, PageRequest request) {
        var rows = jdbc.sql("""
                        select id, at, user_id, actor, action, provider, detail, remote from hub.audit
                        where (:operator or user_id = :user) and (cast(:after as bigint) is null or id < :after)
                        order by id desc limit :fetch
                        """)
                .param("operator", operator)
                .param("user", userId)
                .param("after", request.after() == null ? null : request.after().number())
                .param("fetch", request.fetch())
                .query((row, number) -> card(row))
                .list();
        return Page.of(rows, request, card -> Cursor.of(card.auditId()));
    }

    /**
     * Lines of a time, latest first.
     *
     * @param userId whose affairs; null for everybody's
     * @param from inclusive
     * @param to exclusive
     */
    public Page<AuditCard> list(@Nullable UUID userId, Instant from, Instant to, PageRequest request) {
        var rows = jdbc.sql("""
                        select id, at, user_id, actor, action, provider, detail, remote from hub.audit
                        where (cast(:user as uuid) is null or user_id = :user) and at >= :from and at < :to
                          and (cast(:after as bigint) is null or id < :after)
                        order by id desc limit :fetch
                        """)
                .param("user", userId)
                .param("from", Columns.parameter(from))
                .param("to", Columns.parameter(to))
                .param("after", request.after() == null ? null : request.after().number())
                .param("fetch", request.fetch())
                .query((row, number) -> card(row))
                .list();
        return Page.of(rows, request, card -> Cursor.of(card.auditId()));
    }

    /** How many lines of a time there are, by action; the parameters are those of the list. */
    public Map<String, Long> count(@Nullable UUID userId, Instant from, Instant to) {
        return jdbc
                .sql("""
                        select action, count(*) as lines from hub.audit
                        where (cast(:user as uuid) is null or user_id = :user) and at >= :from and at < :to
                        group by action order by action
                        """)
                .param("user", userId)
                .param("from", Columns.parameter(from))
                .param("to", Columns.parameter(to))
                .query((row, number) -> Map.entry(row.getString("action"), row.getLong("lines")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static AuditCard card(ResultSet row) throws SQLException {
        return new AuditCard(
                row.getLong("id"),
                Columns.instant(row, "at"),
                Columns.idOrNull(row, "user_id"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("provider"),
                Columns.object(row, "detail"),
                row.getString("remote"));
    }

    private String write(AuditLine line) {
        try {
            return json.writeValueAsString(line.detail()).replace("\\u0000", "");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an audit line's detail is texts and numbers by name", e);
        }
    }
}
