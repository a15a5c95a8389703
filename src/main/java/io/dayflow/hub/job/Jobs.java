package io.dayflow.hub.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.job.JobCard.Counts;
import io.dayflow.hub.job.JobCard.Progress;
import io.dayflow.hub.job.JobCard.Trouble;
import io.dayflow.hub.journal.JournalPayloads;
import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The jobs of a user. Every statement asks for this user's rows only. */
@Component
public class Jobs {

    private static final String CARDS = """
            select j.id, j.connection_id, c.provider, j.operation, j.mode, j.status, j.preview, j.requested_at,
                   j.started_at, j.completed_at, j.done, j.total, j.counts, j.held, j.error_type, j.error_message,
                   j.resumed_at, j.resumed_done, c.not_before, j.undoes, j.undoes_entry
            from hub.job j join hub.connection c on c.id = j.connection_id
            where j.user_id = :user
            """;

    private static final String PREVIEWED = """
            select m.seq as number, m.side, m.operation, m.item_id, m.title, m.before, m.after, m.note,
                   m.reason
            from hub.job_change m join hub.job j on j.id = m.job_id
            where j.id = :job and j.user_id = :user and m.seq > :after order by m.seq limit :fetch
            """;

    /**
     * The inner query compares rows, so that it is read off the index in its order whatever the planner thinks of how many
     * there are: a job that is running has more of them each second than any statistics say.
     */
    private static final String DONE = """
            select m.id as number, m.connection_id as side, m.connection_id, m.job_id, m.operation, m.item_id, m.before,
                   m.after, m.item_before, m.item_after, m.sealed
            from (select id from hub.journal
                  where job_id is not null and (job_id, id) > (:job, :after)
                    and (job_id, id) <= (:job, 9223372036854775807)
                  order by job_id, id limit :fetch) d
            join hub.journal m on m.id = d.id
            where m.user_id = :user order by m.id
            """;

    private final JdbcClient jdbc;
    private final JournalPayloads payloads;
    private final ProviderCatalog providers;
    private final Clock clock;

    Jobs(JdbcClient jdbc, JournalPayloads payloads, ProviderCatalog providers, Clock clock) {
        this.jdbc = jdbc;
        this.payloads = payloads;
        this.providers = providers;
        this.clock = clock;
    }

    /**
     * Jobs, latest first.
     *
     * @param connectionId only those of this connection, or null
     * @param status only those in this state, or null
     */
    public Page<JobCard> list(UUID userId, @Nullable UUID connectionId, @Nullable String status, PageRequest request) {
        var after = request.after();
        var rows = jdbc.sql(CARDS + """
                          and (cast(:connection as uuid) is null or j.connection_id = :connection)
                          and (cast(:status as text) is null or j.status = :status)
                          and (cast(:afterId as uuid) is null
                               or (j.requested_at, j.id) < (cast(:afterAt as timestamptz), :afterId))
                        order by j.requested_at desc, j.id desc limit :fetch
                        """)
                .param("user", userId)
                .param("connection", connectionId)
                .param("status", status)
                .param("afterId", after == null ? null : after.id())
                .param("afterAt", after == null ? null : after.at().toString())
                .param("fetch", request.fetch())
                .query((row, number) -> card(row))
                .list();
        return Page.of(rows, request, job -> Cursor.of(job.requestedAt(), job.jobId()));
    }

    public Optional<JobCard> find(UUID userId, UUID jobId) {
        return jdbc.sql(CARDS + "and j.id = :id")
                .param("user", userId)
                .param("id", jobId)
                .query((row, number) -> card(row))
                .optional();
    }

    /** Those that are not over, latest first. */
    public List<UUID> open(UUID userId) {
        return jdbc.sql("select id from hub.job where user_id = :user"
                        + " and status in ('pending', 'running', 'paused', 'held') order by requested_at desc")
                .param("user", userId)
                .query(UUID.class)
                .list();
    }

    /** How many wait for a decision. */
    public long waiting(UUID userId) {
        return jdbc.sql("select count(*) from hub.job where user_id = :user and status = 'held'")
                .param("user", userId)
                .query(Long.class)
                .single();
    }

    /** What a run changed, or a preview would change, in the order of doing; of an undo also what it leaves. */
    public Page<JobChange> changes(UUID userId, JobCard job, PageRequest request) {
        record Numbered(long number, JobChange change) {}
        var after = request.after() == null ? null : request.after().number();
        boolean planned = job.preview() || job.operation().equals("undo");
        var rows = jdbc.sql(planned ? PREVIEWED : DONE)
                .param("job", job.jobId())
                .param("user", userId)
                .param("after", after == null ? 0L : after)
                .param("fetch", request.fetch())
                .query((row, number) -> new Numbered(row.getLong("number"), planned ? change(row) : done(row)))
                .list();
        var page = Page.of(rows, request, row -> Cursor.of(row.number()));
        return new Page<>(page.items().stream().map(Numbered::change).toList(), page.nextCursor());
    }

    private static JobChange change(ResultSet row) throws SQLException {
        var side = Columns.idOrNull(row, "side");
        var reason = row.getString("reason");
        return new JobChange(
                side == null ? "dayflow" : side.toString(),
                row.getString("operation"),
                Columns.idOrNull(row, "item_id"),
                row.getString("title"),
                Columns.jsonOrNull(row, "before"),
                Columns.jsonOrNull(row, "after"),
                row.getString("note"),
                reason,
                reason == null ? null : NotRestored.of(reason).sentence());
    }

    private JobChange done(ResultSet row) throws SQLException {
        var payload = payloads.of(row);
        var side = Columns.idOrNull(row, "side");
        return new JobChange(
                side == null ? "dayflow" : side.toString(),
                row.getString("operation"),
                Columns.idOrNull(row, "item_id"),
                title(payload.after() == null ? payload.before() : payload.after()),
                payload.before(),
                payload.after(),
                null,
                null,
                null);
    }

    private static String title(@Nullable JsonNode view) {
        return view == null ? "" : view.path("title").asText("");
    }

    private JobCard card(ResultSet row) throws SQLException {
        var type = row.getString("error_type");
        var message = row.getString("error_message");
        var counts = counts(Columns.object(row, "counts"));
        var status = row.getString("status");
        return new JobCard(
                Columns.id(row, "id"),
                Columns.id(row, "connection_id"),
                row.getString("provider"),
                row.getString("operation"),
                row.getString("mode"),
                status,
                row.getBoolean("preview"),
                Columns.instant(row, "requested_at"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "completed_at"),
                progress(row, status),
                counts,
                held(Columns.jsonOrNull(row, "held")),
                type == null ? null : new Trouble(type, message == null ? "" : message),
                outcome(status, counts),
                Columns.idOrNull(row, "undoes"),
                row.getObject("undoes_entry", Long.class));
    }

    private static @Nullable String outcome(String status, Counts counts) {
        if (!status.equals("completed")) {
            return null;
        }
        return counts.failed() > 0 ? "partial" : "complete";
    }

    private Progress progress(ResultSet row, String status) throws SQLException {
        long done = row.getLong("done");
        var total = row.getObject("total", Long.class);
        var resumedAt = Columns.instantOrNull(row, "resumed_at");
        var pace = resumedAt == null || !status.equals("running")
                ? Pace.UNKNOWN
                : Pace.of(
                        done - row.getLong("resumed_done"),
                        total == null ? null : total - done,
                        resumedAt,
                        Columns.instantOrNull(row, "not_before"),
                        providers
                                .find(row.getString("provider"))
                                .map(Provider::limits)
                                .orElse(null),
                        clock.instant());
        return new Progress(done, total, "items", pace.perMinute(), pace.secondsLeft());
    }

    private static @Nullable JsonNode held(@Nullable JsonNode held) {
        return held == null || held.isNull() ? null : held;
    }

    private static Counts counts(ObjectNode counts) {
        return new Counts(
                counts.path("read").asLong(),
                counts.path("created").asLong(),
                counts.path("updated").asLong(),
                counts.path("deleted").asLong(),
                counts.path("unchanged").asLong(),
                counts.path("conflicts").asLong(),
                counts.path("failed").asLong(),
                counts.path("pushed").asLong(),
                counts.path("repaired").asLong());
    }
}
