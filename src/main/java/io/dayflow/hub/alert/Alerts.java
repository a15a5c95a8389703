package io.dayflow.hub.alert;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.Caller;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The alerts. An operator sees all, a user those about the own affairs, DayFlow's backend those of the user that it names and
 * those that are nobody's affair: by construction of the statements. Thread-safe.
 */
@Component
public class Alerts {

    private static final String SEEN = "(:all or user_id = :user or :nobodys and user_id is null)";

    private static final String CARDS = """
            select id, rule, subject, user_id, severity, status, count, first_at, last_at, acknowledged_at,
                   acknowledged_by
            from hub.alert where
            """ + SEEN;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Counts counts;
    private final AlertSettings settings;
    private final Clock clock;

    Alerts(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Audit audit,
            Counts counts,
            AlertSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.counts = counts;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Alerts, the one that happened last first.
     *
     * @param status {@code open} or {@code acknowledged}, or null for both
     * @param severity {@code low}, {@code medium}, {@code high} or {@code critical}, or null for all
     */
    public Page<AlertCard> list(
            Caller caller, @Nullable String status, @Nullable String severity, PageRequest request) {
        var after = request.after();
        var rows = seen(caller, CARDS + """
                          and (cast(:status as text) is null or status = :status)
                          and (cast(:severity as text) is null or severity = :severity)
                          and (cast(:afterId as uuid) is null
                               or (last_at, id) < (cast(:afterAt as timestamptz), :afterId))
                        order by last_at desc, id desc limit :fetch
                        """)
                .param("status", status)
                .param("severity", severity)
                .param("afterId", after == null ? null : after.id())
                .param("afterAt", after == null ? null : after.at().toString())
                .param("fetch", request.fetch())
                .query((row, number) -> card(row))
                .list();
        return Page.of(rows, request, card -> Cursor.of(card.lastAt(), card.alertId()));
    }

    /** One that the caller may see. */
    public Optional<AlertCard> find(Caller caller, UUID alertId) {
        return seen(caller, CARDS + " and id = :id")
                .param("id", alertId)
                .query((row, number) -> card(row))
                .optional();
    }

    /** How many the caller sees that nobody acknowledged. */
    public long open(Caller caller) {
        return seen(caller, "select count(*) from hub.alert where status = 'open' and " + SEEN)
                .query(Long.class)
                .single();
    }

    /**
     * Somebody has seen it. What happens from now on is counted from nothing and is another alert. Acknowledged again, it
     * stays as it is.
     *
     * @throws NotFound if there is none that the caller sees
     */
    public AlertCard acknowledge(Caller caller, UUID alertId) {
        return transaction.execute(status -> {
            int changed = seen(caller, """
                            update hub.alert set status = 'acknowledged', acknowledged_at = :now, acknowledged_by = :by
                            where id = :id and status = 'open' and
                            """ + SEEN)
                    .param("now", Columns.parameter(clock.instant()))
                    .param("by", Audit.actor())
                    .param("id", alertId)
                    .update();
            var card = find(caller, alertId).orElseThrow(() -> new NotFound("There is no such alert."));
            if (changed == 1) {
                jdbc.sql("delete from hub.alert_count where rule = :rule and subject = :subject")
                        .param("rule", card.rule())
                        .param("subject", card.subject())
                        .update();
                audit.record(
                        Deed.ALERT_ACKNOWLEDGED,
                        card.userId(),
                        null,
                        null,
                        Map.of("alertId", alertId.toString(), "rule", card.rule()));
            }
            return card;
        });
    }

    /** Forgets what was acknowledged long ago, and counts that are over. */
    public void forget() {
        counts.forget(settings.keep());
    }

    private JdbcClient.StatementSpec seen(Caller caller, String sql) {
        return jdbc.sql(sql)
                .param("user", caller.userId())
                .param("all", caller.everybodys())
                .param("nobodys", caller.operator());
    }

    private static AlertCard card(ResultSet row) throws SQLException {
        return new AlertCard(
                Columns.id(row, "id"),
                row.getString("rule"),
                Rule.type(row.getString("rule")),
                row.getString("subject"),
                Columns.idOrNull(row, "user_id"),
                row.getString("severity"),
                row.getString("status"),
                row.getLong("count"),
                Columns.instant(row, "first_at"),
                Columns.instant(row, "last_at"),
                Columns.instantOrNull(row, "acknowledged_at"),
                row.getString("acknowledged_by"));
    }
}
