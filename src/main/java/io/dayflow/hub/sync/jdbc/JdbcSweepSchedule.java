package io.dayflow.hub.sync.jdbc;

import io.dayflow.hub.storage.Columns;
import io.dayflow.hub.sync.HubTransaction;
import io.dayflow.hub.sync.SweepSchedule;
import io.dayflow.hub.sync.SyncSettings;
import io.dayflow.hub.sync.Wake;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sweeps by hub.connection.swept_at. */
@Component
class JdbcSweepSchedule implements SweepSchedule {

    private static final int AT_ONCE = 2;

    /**
     * Each connection has its own place in the last tenth of the interval, so that those that were connected together drift
     * apart. Whoever holds the row's lock decides; what another instance has asked for meanwhile is no longer due.
     */
    private static final String DUE = """
            select c.id, c.user_id from hub.connection c
            where c.active and c.disconnected_at is null and c.confirmed_at is not null and c.status <> 'needs_reconnect'
              and (c.not_before is null or c.not_before <= now())
              and coalesce((c.settings ->> 'autoSync')::boolean, true)
              and coalesce(c.settings ->> 'syncDirection', '') <> 'manual'
              and not exists (select 1 from hub.job j
                              where j.connection_id = c.id and j.status in ('pending', 'running', 'paused'))
              and (coalesce(c.swept_at, c.confirmed_at)
                       + make_interval(secs => :interval * (1 - mod(abs(hashtext(c.id::text)::bigint), 100) / 1000.0)) <= now()
                   or c.swept_at + make_interval(secs => least(:interval, 3600)) <= now()
                       and exists (select 1 from hub.job j
                                   where j.connection_id = c.id and j.mode = 'sweep' and j.status = 'failed'
                                     and j.requested_at >= c.swept_at))
            order by coalesce(c.swept_at, c.confirmed_at) limit :few for update of c skip locked
            """;

    private record Due(UUID connectionId, UUID userId) {}

    private final JdbcClient jdbc;
    private final HubTransaction transaction;
    private final SyncSettings settings;
    private final Wake wake;
    private final Supplier<UUID> ids;

    JdbcSweepSchedule(
            JdbcClient jdbc, HubTransaction transaction, SyncSettings settings, Wake wake, Supplier<UUID> ids) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.settings = settings;
        this.wake = wake;
        this.ids = ids;
    }

    @Override
    public int start() {
        if (settings.sweepInterval().isZero()) {
            return 0;
        }
        return transaction.run(() -> {
            List<Due> due = jdbc.sql(DUE)
                    .param("interval", settings.sweepInterval().toMillis() / 1000.0)
                    .param("few", AT_ONCE)
                    .query((row, n) -> new Due(Columns.id(row, "id"), Columns.id(row, "user_id")))
                    .list();
            int asked = (int) due.stream().filter(this::ask).count();
            if (asked > 0) {
                wake.runs();
            }
            return asked;
        });
    }

    /** False if somebody has asked for another run just now. */
    private boolean ask(Due due) {
        int made = jdbc.sql("""
                        insert into hub.job (id, connection_id, user_id, operation, mode)
                        values (:id, :connection, :user, 'sweep', 'sweep')
                        on conflict (connection_id) where status in ('pending', 'running', 'paused') do nothing
                        """)
                .param("id", ids.get())
                .param("connection", due.connectionId())
                .param("user", due.userId())
                .update();
        if (made > 0) {
            jdbc.sql("update hub.connection set swept_at = now() where id = :id")
                    .param("id", due.connectionId())
                    .update();
        }
        return made > 0;
    }
}
