package io.dayflow.hub.journal;

import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The journal of a user. */
@Component
public class Journal {

    private final JdbcClient jdbc;
    private final JournalPayloads payloads;

    Journal(JdbcClient jdbc, JournalPayloads payloads) {
        this.jdbc = jdbc;
        this.payloads = payloads;
    }

    /** Entries, latest first: all of the user's, or those of an item, a job, or both. */
    public Page<JournalEntry> list(UUID userId, @Nullable UUID itemId, @Nullable UUID jobId, PageRequest request) {
        record Numbered(long number, JournalEntry entry) {}
        var after = request.after() == null ? null : request.after().number();
        var rows = jdbc.sql("""
                        select id, at, job_id, item_id, connection_id, operation, before, after, item_before, item_after,
                               sealed, cause
                        from hub.journal
                        where user_id = :user
                          and (cast(:item as uuid) is null or item_id = :item)
                          and (cast(:job as uuid) is null or job_id = :job)
                          and (cast(:after as bigint) is null or id < :after)
                        order by id desc limit :fetch
                        """)
                .param("user", userId)
                .param("item", itemId)
                .param("job", jobId)
                .param("after", after)
                .param("fetch", request.fetch())
                .query((row, number) -> new Numbered(row.getLong("id"), entry(row)))
                .list();
        var page = Page.of(rows, request, row -> Cursor.of(row.number()));
        return new Page<>(page.items().stream().map(Numbered::entry).toList(), page.nextCursor());
    }

    private JournalEntry entry(ResultSet row) throws SQLException {
        var payload = payloads.of(row);
        var side = Columns.idOrNull(row, "connection_id");
        return new JournalEntry(
                row.getLong("id"),
                Columns.instant(row, "at"),
                Columns.idOrNull(row, "job_id"),
                Columns.id(row, "item_id"),
                side == null ? "dayflow" : side.toString(),
                row.getString("operation"),
                payload.before(),
                payload.after(),
                row.getString("cause"));
    }
}
