package io.dayflow.hub.sync;

import io.dayflow.hub.provider.Fault;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a connection's card says of its last run, and when the next one is due. */
@Component
class RunStatus {

    /** Some of it worked; the dead letters hold the rest. */
    private static final String PARTIAL = "partial";

    private final JdbcClient jdbc;
    private final SyncSettings settings;
    private final Clock clock;

    RunStatus(JdbcClient jdbc, SyncSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** The kinds of fault in the words of DayFlow's own code. */
    static String errorType(Fault fault) {
        return switch (fault) {
            case Fault.Transient f -> "network_error";
            case Fault.RateLimited f -> "rate_limit_error";
            case Fault.NeedsReconnect f -> "api_error";
            case Fault.Rejected f -> "api_error";
            case Fault.Gone f -> "api_error";
            case Fault.Unreadable f -> "validation_error";
        };
    }

    void syncing(UUID connectionId) {
        jdbc.sql("update hub.connection set status = 'syncing', updated_at = now() where id = :id")
                .param("id", connectionId)
                .update();
    }

    void idle(UUID connectionId) {
        jdbc.sql("update hub.connection set status = 'idle', updated_at = now() where id = :id")
                .param("id", connectionId)
                .update();
    }

    /** @param question what the hub still waits to be told before it deletes on the service */
    void completed(Run run, List<String> vanished, Optional<String> question) {
        String code = null;
        String message = null;
        String letters = letters(run.connection().id());
        if (question.isPresent()) {
            code = "held";
            message = question.get();
        } else if (!vanished.isEmpty()) {
            code = "collection_vanished";
            message = "The service no longer lists " + String.join(", ", vanished)
                    + ". Its items stay in DayFlow; choose other collections, or disconnect.";
        } else if (letters != null) {
            code = PARTIAL;
            message = letters;
        }
        Duration interval = Duration.ofMinutes(run.settings().syncInterval());
        save(
                run.connection().id(),
                code == null || PARTIAL.equals(code) ? "success" : "error",
                code,
                message,
                0,
                null,
                clock.instant().plus(isInDoubt(run) ? settings.runRetryDelay() : interval),
                true);
    }

    /** Whether a listing named what was not there when it was read: the next one tells, and comes soon. */
    private boolean isInDoubt(Run run) {
        return jdbc.sql("""
                        select exists (select 1 from hub.collection
                                       where connection_id = :id and selected and vanished_at is null and cursor_failures > 0)
                        """)
                .param("id", run.connection().id())
                .query(Boolean.class)
                .single();
    }

    /** What could not be read or written, in words; null where there is no such thing. */
    private @Nullable String letters(UUID connectionId) {
        return jdbc.sql("""
                        select count(*) filter (where direction = 'inbound') as unread,
                               count(*) filter (where direction = 'outbound') as refused
                        from hub.dead_letter where connection_id = :id
                        """)
                .param("id", connectionId)
                .query((row, n) -> new Letters(row.getLong("unread"), row.getLong("refused")))
                .single()
                .words();
    }

    private record Letters(long unread, long refused) {
        @Nullable
        String words() {
            List<String> words = new ArrayList<>();
            if (unread > 0) {
                words.add(unread + " of the service's objects could not be read");
            }
            if (refused > 0) {
                words.add(refused + " of DayFlow's changes could not be written");
            }
            return words.isEmpty() ? null : String.join(", ", words) + "; see the dead letters.";
        }
    }

    /**
     * A push ended, well or refused for good: the card says what is among the dead letters, and no longer that the service
     * cannot be reached. What a run has to say otherwise stays.
     */
    void pushed(UUID connectionId) {
        String letters = letters(connectionId);
        jdbc.sql("""
                        update hub.connection set status = case when status = 'error' then 'success' else status end,
                            error_code = :code, error_message = :message, updated_at = now(),
                            error_since = case when :code::text is null then null
                                               when error_code = :code then coalesce(error_since, now()) else now() end
                        where id = :id and (error_code is null or error_code in ('transient', 'rate_limited', 'partial'))
                          and (error_code, error_message) is distinct from (:code::text, :message::text)
                        """)
                .param("code", letters == null ? null : PARTIAL)
                .param("message", letters)
                .param("id", connectionId)
                .update();
    }

    void held(Run run, String reason) {
        save(
                run.connection().id(),
                "error",
                "held",
                reason,
                0,
                null,
                clock.instant().plus(Duration.ofMinutes(run.settings().syncInterval())),
                true);
    }

    void heldPushes(UUID connectionId, String reason) {
        jdbc.sql("""
                        update hub.connection set status = 'error', error_code = 'held', error_message = :reason,
                            error_since = now(), updated_at = now()
                        where id = :id
                        """).param("reason", reason).param("id", connectionId).update();
    }

    void failed(Run run, Fault fault) {
        failed(run.connection().id(), fault);
    }

    /** A run or a push of the connection failed as a whole. */
    void failed(UUID connectionId, Fault fault) {
        int failures = jdbc.sql("select failures from hub.connection where id = :id")
                .param("id", connectionId)
                .query(Integer.class)
                .single();
        Instant retry = clock.instant().plus(BackOff.of(settings.runRetryDelay(), settings.retryLongest(), failures));
        boolean reconnect = fault instanceof Fault.NeedsReconnect;
        Instant notBefore = fault instanceof Fault.RateLimited limited ? limited.until() : null;
        Instant next = notBefore != null && notBefore.isAfter(retry) ? notBefore : retry;
        save(
                connectionId,
                reconnect ? "needs_reconnect" : "error",
                fault.kind(),
                reconnect ? fault.message() + " Connect again with new credentials." : fault.message(),
                failures + 1,
                notBefore,
                reconnect ? null : next,
                false);
    }

    private void save(
            UUID connectionId,
            String status,
            @Nullable String code,
            @Nullable String message,
            int failures,
            @Nullable Instant notBefore,
            @Nullable Instant next,
            boolean synced) {
        jdbc.sql("""
                        update hub.connection set status = :status, error_code = :code, error_message = :message,
                            error_since = case when :code::text is null then null
                                               when error_code = :code then coalesce(error_since, now()) else now() end,
                            failures = :failures, not_before = :notBefore, next_sync_at = :next,
                            last_sync_at = case when :synced then now() else last_sync_at end, updated_at = now()
                        where id = :id
                        """)
                .param("status", status)
                .param("code", code)
                .param("message", message)
                .param("failures", failures)
                .param("notBefore", notBefore == null ? null : Timestamp.from(notBefore))
                .param("next", next == null ? null : Timestamp.from(next))
                .param("synced", synced)
                .param("id", connectionId)
                .update();
    }
}
