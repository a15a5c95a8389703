package io.dayflow.hub.privacy;

import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table hub.erasure: how far an erasure is, and what is left to say of it. Methods take part in the caller's transaction.
 * Thread-safe.
 */
@Component
class Erasures {

    /** A hub that is silent for so long works on it no longer. */
    private static final Duration CLAIM = Duration.ofSeconds(60);

    private static final String RECEIPT =
            "select id, step, dayflow, requested_at, finished_at, counts, revocations from hub.erasure ";

    private final JdbcClient jdbc;
    private final Clock clock;

    Erasures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What is done next; each step may be cut off anywhere and is then done again. */
    enum Step {
        STOP,
        REVOKE,
        DELETE,
        DAYFLOW,
        FINISH,
        DONE;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param attempts how often services were asked to end permissions */
    record Erasure(UUID id, UUID userId, boolean removesDayflow, Step step, int attempts) {}

    /** The erasure of this user that is not done; a new one where there is none. */
    UUID ask(UUID userId, boolean removeDayflow) {
        // The id is all that is needed to read the receipt: it must not be guessed, so it is random and not counted up.
        jdbc.sql("""
                        insert into hub.erasure (id, user_id, dayflow, requested_at)
                        values (:id, :user, :dayflow, :now) on conflict (user_id) do nothing
                        """)
                .param("id", UUID.randomUUID())
                .param("user", userId)
                .param("dayflow", removeDayflow ? "remove" : "keep")
                .param("now", Columns.parameter(clock.instant()))
                .update();
        return jdbc.sql("select id from hub.erasure where user_id = :user")
                .param("user", userId)
                .query(UUID.class)
                .single();
    }

    /** Remembers what the person signs in as until it is done. */
    void remember(Erasure erasure) {
        jdbc.sql("update hub.erasure set names = array" + HeldTables.NAMES + " where id = :id")
                .param("user", erasure.userId())
                .param("id", erasure.id())
                .update();
    }

    boolean running(UUID userId) {
        return jdbc.sql("select exists (select from hub.erasure where user_id = :user)")
                .param("user", userId)
                .query(Boolean.class)
                .single();
    }

    /** Whether lines of the audit trail may name this user: not one who is gone, nor one whose data go. */
    boolean named(UUID userId) {
        return jdbc.sql("""
                        select exists (select from public.users where id = :user)
                               and not exists (select from hub.erasure where user_id = :user)
                        """).param("user", userId).query(Boolean.class).single();
    }

    /** Those that nobody works on and that need not wait, oldest first. */
    List<UUID> due() {
        return jdbc.sql("""
                        select id from hub.erasure
                        where finished_at is null and (not_before is null or not_before <= :now)
                          and (worker_until is null or worker_until < :now)
                        order by requested_at
                        """)
                .param("now", Columns.parameter(clock.instant()))
                .query(UUID.class)
                .list();
    }

    /** Takes it for this worker, if nobody else has it. */
    boolean claim(UUID id, UUID worker) {
        return jdbc.sql("""
                        update hub.erasure set worker = :worker, worker_until = :until
                        where id = :id and finished_at is null and (worker_until is null or worker_until < :now)
                        """)
                        .param("worker", worker)
                        .param("until", Columns.parameter(clock.instant().plus(CLAIM)))
                        .param("now", Columns.parameter(clock.instant()))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Locks it until the transaction ends, and keeps the claim; empty where the worker has lost it. */
    Optional<Erasure> lock(UUID id, UUID worker) {
        return jdbc.sql("""
                        update hub.erasure set worker_until = :until
                        where id = :id and worker = :worker and finished_at is null
                        returning id, user_id, dayflow, step, attempts
                        """)
                .param("until", Columns.parameter(clock.instant().plus(CLAIM)))
                .param("id", id)
                .param("worker", worker)
                .query((row, number) -> new Erasure(
                        Columns.id(row, "id"),
                        Columns.id(row, "user_id"),
                        "remove".equals(row.getString("dayflow")),
                        Step.valueOf(row.getString("step").toUpperCase(Locale.ROOT)),
                        row.getInt("attempts")))
                .optional();
    }

    void release(UUID id, UUID worker) {
        jdbc.sql("update hub.erasure set worker = null, worker_until = null where id = :id and worker = :worker")
                .param("id", id)
                .param("worker", worker)
                .update();
    }

    void advance(UUID id, Step next) {
        jdbc.sql("update hub.erasure set step = :step, not_before = null where id = :id")
                .param("step", next.id())
                .param("id", id)
                .update();
    }

    void askAgain(UUID id, Instant notBefore) {
        jdbc.sql("update hub.erasure set attempts = attempts + 1, not_before = :at where id = :id")
                .param("at", Columns.parameter(notBefore))
                .param("id", id)
                .update();
    }

    void count(UUID id, String table, int rows) {
        if (rows > 0) {
            add(id, "counts", new String[] {table}, rows);
        }
    }

    void permission(UUID id, String provider, String outcome) {
        jdbc.sql("""
                        update hub.erasure set revocations = jsonb_build_object(:provider::text, '{}'::jsonb) || revocations
                        where id = :id
                        """).param("provider", provider).param("id", id).update();
        add(id, "revocations", new String[] {provider, outcome}, 1);
    }

    private void add(UUID id, String column, String[] path, int number) {
        jdbc.sql("update hub.erasure set " + column + " = jsonb_set(" + column + ", :path, to_jsonb(coalesce((" + column
                        + " #>> :path)::bigint, 0) + :number)) where id = :id")
                .param("path", path)
                .param("number", number)
                .param("id", id)
                .update();
    }

    /** What is left says nothing about a person. */
    void finish(UUID id) {
        jdbc.sql("""
                        update hub.erasure
                        set step = 'done', user_id = null, names = '{}', finished_at = :now, worker = null, worker_until = null,
                            not_before = null
                        where id = :id
                        """)
                .param("now", Columns.parameter(clock.instant()))
                .param("id", id)
                .update();
    }

    /** One that is done, or that is about the caller; any for an operator. */
    Optional<ReceiptCard> receipt(UUID id, UUID caller, boolean operator) {
        return jdbc.sql(RECEIPT + "where id = :id and (:operator or user_id is null or user_id = :caller)")
                .param("id", id)
                .param("operator", operator)
                .param("caller", caller)
                .query((row, number) -> receipt(row))
                .optional();
    }

    /** Latest first: what is about the caller, all for an operator. */
    Page<ReceiptCard> receipts(UUID caller, boolean operator, PageRequest request) {
        var after = request.after();
        var rows = jdbc.sql(RECEIPT + """
                        where (:operator or user_id = :caller)
                          and (cast(:afterId as uuid) is null
                               or (requested_at, id) < (cast(:afterAt as timestamptz), :afterId))
                        order by requested_at desc, id desc limit :fetch
                        """)
                .param("operator", operator)
                .param("caller", caller)
                .param("afterId", after == null ? null : after.id())
                .param("afterAt", after == null ? null : after.at().toString())
                .param("fetch", request.fetch())
                .query((row, number) -> receipt(row))
                .list();
        return Page.of(rows, request, card -> Cursor.of(card.requestedAt(), card.receiptId()));
    }

    private static ReceiptCard receipt(ResultSet row) throws SQLException {
        var finished = Columns.instantOrNull(row, "finished_at");
        return new ReceiptCard(
                Columns.id(row, "id"),
                finished == null ? "running" : "done",
                row.getString("step"),
                row.getString("dayflow"),
                Columns.instant(row, "requested_at"),
                finished,
                Columns.object(row, "counts"),
                Columns.object(row, "revocations"));
    }
}
