package io.dayflow.hub.endpoint;

import io.dayflow.hub.endpoint.KeepEndpoints.By;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.storage.Columns;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What a person has sent to an endpoint: a trial, or what was sent before. Thread-safe. */
@Component
public class KeepMessages {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Endpoints endpoints;
    private final EndpointSettings settings;
    private final Clock clock;
    private final Supplier<UUID> ids;

    KeepMessages(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Endpoints endpoints,
            EndpointSettings settings,
            Clock clock,
            Supplier<UUID> ids) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.endpoints = endpoints;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Has a message of the type {@code ping} sent. One that still waits to be sent for the first time is not doubled.
     *
     * @return the message's id
     * @throws NotFound if the caller has no such endpoint
     * @throws ConflictingState if the endpoint is switched off
     */
    public UUID ping(By by, UUID id) {
        return transaction.execute(status -> {
            mustBeOn(by, id);
            UUID message = jdbc.sql("""
                            insert into hub.webhook_message (id, endpoint_id, type, subject, next_at, created_at)
                            values (:message, :id, 'ping', :id, :now, :now)
                            on conflict (endpoint_id, type, subject) where body is null
                            do update set next_at = excluded.next_at
                            returning id
                            """)
                    .param("message", ids.get())
                    .param("id", id)
                    .param("now", Columns.parameter(clock.instant()))
                    .query(UUID.class)
                    .single();
            wake();
            return message;
        });
    }

    /**
     * Has a message sent again, as it was, however it ended.
     *
     * @throws NotFound if the caller has no such endpoint, or that no such message
     * @throws ConflictingState if the endpoint is switched off, or what the message was about is gone
     */
    public void redeliver(By by, UUID id, UUID messageId) {
        transaction.executeWithoutResult(status -> {
            mustBeOn(by, id);
            String state = jdbc.sql("select state from hub.webhook_message where id = :message and endpoint_id = :id")
                    .param("message", messageId)
                    .param("id", id)
                    .query(String.class)
                    .optional()
                    .orElseThrow(() -> new NotFound("There is no such message."));
            if (state.equals("dropped")) {
                throw new ConflictingState("What the message was about is gone; there is nothing to send.");
            }
            jdbc.sql("""
                            update hub.webhook_message set state = 'waiting', attempts = 0, next_at = :now
                            where id = :message and endpoint_id = :id
                            """)
                    .param("message", messageId)
                    .param("id", id)
                    .param("now", Columns.parameter(clock.instant()))
                    .update();
            wake();
        });
    }

    /** Forgets messages that were sent or given up long ago, and secrets that sign no more. */
    public void forget() {
        var now = clock.instant();
        jdbc.sql("""
                        delete from hub.webhook_message
                        where created_at < :past and coalesce(attempted_at, created_at) < :past
                        """)
                .param("past", Columns.parameter(now.minus(settings.keep())))
                .update();
        jdbc.sql("update hub.webhook_endpoint set old_secret = null, old_until = null where old_until < :now")
                .param("now", Columns.parameter(now))
                .update();
    }

    /** Afterwards nobody deletes it until the transaction ends: a message needs its endpoint. */
    private void mustBeOn(By by, UUID id) {
        jdbc.sql("select id from hub.webhook_endpoint where id = :id for key share")
                .param("id", id)
                .query(UUID.class)
                .optional();
        var card = endpoints
                .find(by.userId(), by.operator(), id)
                .orElseThrow(() -> new NotFound("There is no such endpoint."));
        if (!card.active()) {
            throw new ConflictingState("The endpoint is switched off; switch it on first.");
        }
    }

    private void wake() {
        jdbc.sql("select pg_notify('hub_work', 'webhook-message')").query().listOfRows();
    }
}
