package io.dayflow.hub.sync.jdbc;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.sync.ConnectionStore;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The state of connections in hub.connection. */
@Component
class JdbcConnectionStore implements ConnectionStore {

    private static final String NEEDS_RECONNECT = "needs_reconnect";

    private final JdbcClient jdbc;
    private final Audit audit;

    JdbcConnectionStore(JdbcClient jdbc, Audit audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    @Override
    public List<UUID> dueRuns() {
        return jdbc.sql("""
                        select c.id from hub.connection c
                        where c.disconnected_at is null
                          and not exists (select 1 from hub.lease l
                                          where l.resource = 'run:' || c.id and l.until > clock_timestamp())
                          and (exists (select 1 from hub.job j
                                       where j.connection_id = c.id and j.status in ('pending', 'running'))
                               or (c.active and c.confirmed_at is not null and c.status <> 'needs_reconnect'
                                   and c.next_sync_at <= now() and (c.not_before is null or c.not_before <= now())
                                   and coalesce((c.settings ->> 'autoSync')::boolean, true)
                                   and coalesce(c.settings ->> 'syncDirection', '') <> 'manual'
                                   and not exists (select 1 from hub.job j
                                                   where j.connection_id = c.id and j.status = 'paused')))
                        order by c.next_sync_at nulls first
                        limit 50
                        """).query(UUID.class).list();
    }

    @Override
    public List<UUID> duePushes() {
        return jdbc.sql("""
                        select c.id from hub.connection c
                        where c.disconnected_at is null and c.active and c.confirmed_at is not null
                          and c.status <> 'needs_reconnect' and (c.not_before is null or c.not_before <= now())
                          and coalesce(c.settings ->> 'syncDirection', '') not in ('one_way', 'manual')
                          and not exists (select 1 from hub.job j where j.connection_id = c.id and j.status = 'paused')
                          and exists (select 1 from hub.link l
                                      where l.connection_id = c.id and l.pending and l.state = 'live' and l.quarantined_at is null
                                        and (l.not_before is null or l.not_before <= now()))
                        """).query(UUID.class).list();
    }

    @Override
    public Optional<Instant> notBefore(UUID connectionId) {
        return jdbc.sql("select not_before from hub.connection where id = :id and not_before > now()")
                .param("id", connectionId)
                .query((row, n) -> row.getTimestamp("not_before").toInstant())
                .optional();
    }

    @Override
    public boolean isListingDue(UUID connectionId) {
        return jdbc.sql("""
                        select coalesce(listed_at < now() - interval '5 minutes', true)
                               or exists (select 1 from hub.collection c
                                          where c.connection_id = n.id and c.selected and c.vanished_at is not null)
                        from hub.connection n where n.id = :id
                        """).param("id", connectionId).query(Boolean.class).single();
    }

    @Override
    public void syncing(UUID connectionId) {
        jdbc.sql("update hub.connection set status = 'syncing', updated_at = now() where id = :id")
                .param("id", connectionId)
                .update();
    }

    @Override
    public void idle(UUID connectionId) {
        jdbc.sql("update hub.connection set status = 'idle', updated_at = now() where id = :id")
                .param("id", connectionId)
                .update();
    }

    @Override
    public void ended(UUID connectionId, Outcome outcome) {
        jdbc
                .sql("""
                        with former as (select status from hub.connection where id = :id)
                        update hub.connection set status = :status, error_code = :code, error_message = :message,
                            error_since = case when :code::text is null then null
                                               when error_code = :code then coalesce(error_since, now()) else now() end,
                            failures = :failures, not_before = :notBefore, next_sync_at = :next,
                            last_sync_at = case when :synced then now() else last_sync_at end, updated_at = now()
                        where id = :id
                        returning user_id, provider, (select status from former) <> status as turned
                        """)
                .param("status", outcome.status())
                .param("code", outcome.code())
                .param("message", outcome.message())
                .param("failures", outcome.failures())
                .param("notBefore", timestamp(outcome.notBefore()))
                .param("next", timestamp(outcome.next()))
                .param("synced", outcome.synced())
                .param("id", connectionId)
                .query((row, number) ->
                        row.getBoolean("turned") && outcome.status().equals(NEEDS_RECONNECT)
                                ? refused(row.getObject("user_id", UUID.class), row.getString("provider"), connectionId)
                                : null)
                .list()
                .stream()
                .filter(Objects::nonNull)
                .forEach(audit::record);
    }

    private static AuditLine refused(UUID userId, String provider, UUID connectionId) {
        return new AuditLine(
                userId,
                AuditLine.HUB,
                Deed.CREDENTIALS_REFUSED.id(),
                provider,
                AuditLine.object("connection", connectionId),
                Map.of("by", "run"),
                null,
                null);
    }

    @Override
    public void held(UUID connectionId, String reason) {
        jdbc.sql("""
                        update hub.connection set status = 'error', error_code = 'held', error_message = :reason,
                            error_since = now(), updated_at = now()
                        where id = :id
                        """).param("reason", reason).param("id", connectionId).update();
    }

    @Override
    public void pushed(UUID connectionId, @Nullable String code, @Nullable String message) {
        jdbc.sql("""
                        update hub.connection set status = case when status = 'error' then 'success' else status end,
                            error_code = :code, error_message = :message, updated_at = now(),
                            error_since = case when :code::text is null then null
                                               when error_code = :code then coalesce(error_since, now()) else now() end
                        where id = :id and (error_code is null or error_code in ('transient', 'rate_limited', 'partial'))
                          and (error_code, error_message) is distinct from (:code::text, :message::text)
                        """)
                .param("code", code)
                .param("message", message)
                .param("id", connectionId)
                .update();
    }

    @Override
    public int failures(UUID connectionId) {
        return jdbc.sql("select failures from hub.connection where id = :id")
                .param("id", connectionId)
                .query(Integer.class)
                .single();
    }

    @Override
    public Letters letters(UUID connectionId) {
        return jdbc.sql("""
                        select count(*) filter (where direction = 'inbound') as unread,
                               count(*) filter (where direction = 'outbound') as refused
                        from hub.dead_letter where connection_id = :id
                        """)
                .param("id", connectionId)
                .query((row, n) -> new Letters(row.getLong("unread"), row.getLong("refused")))
                .single();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }
}
