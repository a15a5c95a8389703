package io.dayflow.hub.audit;

import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds lines of the trail, latest first. Thread-safe. */
@Component
public class AuditSearch {

    private static final int BATCH = 500;
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private final JdbcClient jdbc;

    AuditSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A page of the lines that fit. */
    public Page<AuditCard> list(AuditQuery query, PageRequest request) {
        return Page.of(rows(query, request.after(), request.fetch()), request, AuditSearch::place);
    }

    /** Hands over all lines that fit, a batch at a time: no transaction and no more than a batch is held meanwhile. */
    public void each(AuditQuery query, Consumer<AuditCard> taker) {
        Cursor after = null;
        List<AuditCard> batch;
        do {
            batch = rows(query, after, BATCH);
            batch.forEach(taker);
            after = batch.isEmpty() ? null : place(batch.getLast());
        } while (batch.size() == BATCH);
    }

    private static Cursor place(AuditCard card) {
        return new Cursor(card.at(), Long.toString(card.auditId()));
    }

    private List<AuditCard> rows(AuditQuery query, @Nullable Cursor after, int most) {
        Map<String, Object> values = new LinkedHashMap<>();
        StringBuilder where = new StringBuilder("true");
        condition(
                where,
                values,
                query.nobodys() ? "(user_id = :user or user_id is null)" : "user_id = :user",
                "user",
                query.userId());
        condition(where, values, "actor = :actor", "actor", query.actor());
        condition(where, values, "action = :action", "action", query.action());
        condition(where, values, "object = :object", "object", query.object());
        condition(where, values, "at >= :from", "from", query.from() == null ? null : Columns.parameter(query.from()));
        condition(where, values, "at < :to", "to", query.to() == null ? null : Columns.parameter(query.to()));
        condition(where, values, "hub.audit_words(audit) @@ to_tsquery('simple', :words)", "words", words(query));
        if (after != null) {
            where.append(" and (at, id) < (:afterAt, :afterId)");
            values.put("afterAt", Columns.parameter(after.at()));
            values.put("afterId", after.number() == null ? 0L : after.number());
        }
        return jdbc.sql("""
                        select id, at, user_id, actor, action, provider, object, detail, remote, agent, sequence, hash,
                               erased_at
                        from hub.audit where %s order by at desc, id desc limit %d
                        """.formatted(where, most))
                .params(values)
                .query((row, number) -> card(row))
                .list();
    }

    /** @param sql written here, never a caller's words */
    private static void condition(
            StringBuilder where, Map<String, Object> values, String sql, String name, @Nullable Object value) {
        if (value != null) {
            where.append(" and ").append(sql);
            values.put(name, value);
        }
    }

    /** All words, each as a beginning; nothing of them can be an operator. Null where there is none. */
    private static @Nullable String words(AuditQuery query) {
        if (query.words() == null) {
            return null;
        }
        String all = Arrays.stream(NO_WORD.split(query.words().toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .map(word -> "'" + word + "':*")
                .collect(Collectors.joining(" & "));
        return all.isEmpty() ? null : all;
    }

    private static AuditCard card(ResultSet row) throws SQLException {
        byte[] hash = row.getBytes("hash");
        return new AuditCard(
                row.getLong("id"),
                Columns.instant(row, "at"),
                Columns.idOrNull(row, "user_id"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("provider"),
                row.getString("object"),
                Columns.object(row, "detail"),
                row.getString("remote"),
                row.getString("agent"),
                row.getObject("sequence", Long.class),
                hash == null ? null : HexFormat.of().formatHex(hash),
                Columns.instantOrNull(row, "erased_at"));
    }
}
