package io.dayflow.hub.endpoint;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.endpoint.Outbox.Parcel;
import io.dayflow.hub.storage.Columns;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Notes how an attempt went, and what follows for the endpoint. Thread-safe. */
@Component
public class Settle {

    private static final Logger log = LoggerFactory.getLogger(Settle.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final EndpointSettings settings;
    private final Clock clock;

    Settle(JdbcClient jdbc, TransactionTemplate transaction, Audit audit, EndpointSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether the endpoint takes messages at present: else those that wait need not be tried in this turn. */
    public boolean settle(Parcel parcel, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Taken taken -> {
                transaction.executeWithoutResult(status -> taken(parcel, taken.status()));
                yield true;
            }
            case Outcome.Gone gone -> {
                transaction.executeWithoutResult(status -> {
                    message(parcel, "failed", 410, "It answered 410: it wants to be told nothing more.", null);
                    disable(parcel.endpointId(), "gone");
                });
                yield false;
            }
            case Outcome.Failed failed -> {
                transaction.executeWithoutResult(status -> failed(parcel, failed));
                yield false;
            }
        };
    }

    private void taken(Parcel parcel, int status) {
        message(parcel, "delivered", status, null, null);
        int recovered = jdbc.sql("""
                        update hub.webhook_endpoint set failing_since = null
                        where id = :id and failing_since is not null
                        """).param("id", parcel.endpointId()).update();
        if (recovered == 1) {
            // what was tried and waits need not wait any longer; what was not tried is due anyway
            jdbc.sql("""
                            update hub.webhook_message set next_at = :now
                            where endpoint_id = :id and state = 'waiting' and body is not null
                            """)
                    .param("id", parcel.endpointId())
                    .param("now", Columns.parameter(clock.instant()))
                    .update();
        }
    }

    private void failed(Parcel parcel, Outcome.Failed failed) {
        Instant now = clock.instant();
        Instant patience = failed.patience() == null ? null : now.plus(failed.patience());
        message(parcel, parcel.last() ? "failed" : "waiting", failed.status(), failed.problem(), patience);
        Instant since = jdbc.sql("""
                        update hub.webhook_endpoint set failing_since = coalesce(failing_since, :now)
                        where id = :id returning failing_since
                        """)
                .param("id", parcel.endpointId())
                .param("now", Columns.parameter(now))
                .query((row, number) -> Columns.instant(row, "failing_since"))
                .optional()
                .orElse(now);
        if (!since.plus(settings.disableAfter()).isAfter(now)) {
            disable(parcel.endpointId(), "failing");
        }
    }

    /** Where somebody wanted it sent again meanwhile, that stands. */
    private void message(
            Parcel parcel,
            String state,
            @Nullable Integer status,
            @Nullable String problem,
            @Nullable Instant notBefore) {
        jdbc.sql("""
                        update hub.webhook_message
                        set state = :state, status = :status, problem = :problem,
                            next_at = greatest(next_at, coalesce(cast(:notBefore as timestamptz), next_at))
                        where id = :id and attempts = :attempt
                        """)
                .param("state", state)
                .param("status", status, java.sql.Types.INTEGER)
                .param("problem", problem)
                .param("notBefore", notBefore == null ? null : notBefore.toString())
                .param("id", parcel.messageId())
                .param("attempt", parcel.attempt())
                .update();
    }

    private void disable(UUID endpointId, String why) {
        jdbc.sql("""
                        update hub.webhook_endpoint set active = false, disabled_at = :now, disabled_why = :why
                        where id = :id and active returning user_id
                        """)
                .param("id", endpointId)
                .param("now", Columns.parameter(clock.instant()))
                .param("why", why)
                .query((row, number) -> java.util.Optional.ofNullable(Columns.idOrNull(row, "user_id")))
                .optional()
                .ifPresent(owner -> {
                    log.info("The webhook endpoint {} is switched off: {}", endpointId, why);
                    audit.record(new AuditLine(
                            owner.orElse(null),
                            "hub",
                            "endpoint.disabled",
                            null,
                            Map.of("endpointId", endpointId.toString(), "why", why),
                            null));
                });
    }
}
