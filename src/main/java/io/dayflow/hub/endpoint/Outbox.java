package io.dayflow.hub.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.security.Vault;
import io.dayflow.hub.storage.Columns;
import io.dayflow.hub.sync.Lease;
import io.dayflow.hub.sync.Leases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is to be sent now. An endpoint is worked on under a lease, so that no two instances send it the same at once. An
 * attempt is counted, and the next one planned, before it is made: whoever dies over it leaves a message that is sent again.
 * Thread-safe.
 */
@Component
public class Outbox {

    private static final String RESOURCE = "webhook-endpoint:";
    private static final int MOST = 100;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Leases leases;
    private final Subjects subjects;
    private final Vault vault;
    private final Waits waits;
    private final ObjectMapper json;
    private final Clock clock;

    Outbox(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Leases leases,
            Subjects subjects,
            Vault vault,
            Waits waits,
            ObjectMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.leases = leases;
        this.subjects = subjects;
        this.vault = vault;
        this.waits = waits;
        this.json = json;
        this.clock = clock;
    }

    /** The right to send to one endpoint. */
    public record Turn(UUID endpointId, Lease lease) {}

    /**
     * A message on its way.
     *
     * @param body never changed between attempts
     * @param secrets those that sign it, the present one first
     * @param attempt counted from 1
     * @param last whether it is given up if this attempt fails
     */
    public record Parcel(
            UUID endpointId, UUID messageId, String url, String body, List<Secret> secrets, int attempt, boolean last) {

        /** For Hawtio and logs: nothing of what is sent, and not where to. */
        @Override
        public String toString() {
            return "Parcel[" + messageId + ", attempt " + attempt + "]";
        }
    }

    private record Due(
            UUID id,
            String type,
            UUID subject,
            @Nullable UUID userId,
            @Nullable String body,
            int attempts) {}

    /**
     * Endpoints with something to send, each with a lease that this instance has just taken: those that have waited longest,
     * so that a hundred busy ones keep nobody else waiting for good.
     */
    public List<Turn> take() {
        List<Turn> taken = new ArrayList<>();
        jdbc.sql("""
                        select e.id
                        from hub.webhook_endpoint e cross join lateral (
                            select min(m.next_at) as since from hub.webhook_message m
                            where m.endpoint_id = e.id and m.state = 'waiting') waiting
                        where e.active and waiting.since <= :now
                        order by waiting.since, e.id limit :most
                        """)
                .param("now", now())
                .param("most", MOST)
                .query(UUID.class)
                .list()
                .forEach(id -> leases.take(RESOURCE + id).ifPresent(lease -> taken.add(new Turn(id, lease))));
        return taken;
    }

    /** The next message of the endpoint, counted as tried; empty where none is due. */
    public Optional<Parcel> next(Turn turn) {
        while (true) {
            // a message without a subject is dropped, and the next one looked at, in a transaction of its own
            Optional<Optional<Parcel>> found = transaction.execute(status -> {
                leases.fence(turn.lease());
                return due(turn.endpointId()).map(message -> open(turn.endpointId(), message));
            });
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (found.get().isPresent()) {
                return found.get();
            }
        }
    }

    /** Gives the lease back. */
    public void release(Turn turn) {
        leases.release(turn.lease());
    }

    private Optional<Due> due(UUID endpointId) {
        // who changes the message's subject holds the row: then what it says is not known yet, and it waits for its
        // turn
        return jdbc.sql("""
                        select m.id, m.type, m.subject, m.user_id, m.body, m.attempts
                        from hub.webhook_message m join hub.webhook_endpoint e on e.id = m.endpoint_id
                        where m.endpoint_id = :endpoint and e.active and m.state = 'waiting' and m.next_at <= :now
                        order by m.seq limit 1 for update of m skip locked
                        """)
                .param("endpoint", endpointId)
                .param("now", now())
                .query((row, number) -> new Due(
                        Columns.id(row, "id"),
                        row.getString("type"),
                        Columns.id(row, "subject"),
                        Columns.idOrNull(row, "user_id"),
                        row.getString("body"),
                        row.getInt("attempts")))
                .optional();
    }

    private Optional<Parcel> open(UUID endpointId, Due message) {
        String body = message.body() != null ? message.body() : body(message);
        int attempt = message.attempts() + 1;
        Duration wait = waits.after(attempt);
        jdbc.sql("""
                        update hub.webhook_message
                        set body = :body, state = :state, attempts = :attempt, next_at = :next, attempted_at = :now,
                            status = null, problem = null
                        where id = :id
                        """)
                .param("id", message.id())
                .param("body", body == null ? "" : body)
                .param("state", body == null ? "dropped" : "waiting")
                .param("attempt", body == null ? message.attempts() : attempt)
                // a last attempt that dies with its instance is made once more
                .param("next", Columns.parameter(clock.instant().plus(wait == null ? Duration.ofHours(1) : wait)))
                .param("now", now())
                .update();
        return body == null
                ? Optional.empty()
                : Optional.of(
                        jdbc.sql("select url, secret, old_secret, old_until from hub.webhook_endpoint where id = :id")
                                .param("id", endpointId)
                                .query((row, number) -> new Parcel(
                                        endpointId,
                                        message.id(),
                                        row.getString("url"),
                                        body,
                                        secrets(endpointId, row),
                                        attempt,
                                        wait == null))
                                .single());
    }

    private @Nullable String body(Due message) {
        Optional<?> data = subjects.look(message.type(), message.userId(), message.subject());
        if (data.isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("type", message.type());
        body.put("timestamp", clock.instant());
        body.put("userId", message.userId());
        body.put("data", data.get());
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what the REST interface shows can be written", e);
        }
    }

    private List<Secret> secrets(UUID endpointId, ResultSet row) throws SQLException {
        List<Secret> secrets = new ArrayList<>();
        secrets.add(vault.open(row.getBytes("secret"), Signing.context(endpointId)));
        Instant until = Columns.instantOrNull(row, "old_until");
        byte[] old = row.getBytes("old_secret");
        if (old != null && until != null && until.isAfter(clock.instant())) {
            secrets.add(vault.open(old, Signing.context(endpointId)));
        }
        return secrets;
    }

    private java.time.OffsetDateTime now() {
        return Columns.parameter(clock.instant());
    }
}
