package io.dayflow.hub.deadletter;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.SealedPayloads;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The dead letters of a user. Every statement asks for this user's rows only, unless an operator replays. */
@Component
public class DeadLetters {

    private final JdbcClient jdbc;
    private final ReplayDeadLetter replay;
    private final SealedPayloads payloads;
    private final TransactionTemplate transaction;
    private final Audit audit;

    DeadLetters(
            JdbcClient jdbc,
            ReplayDeadLetter replay,
            SealedPayloads payloads,
            TransactionTemplate transaction,
            Audit audit) {
        this.jdbc = jdbc;
        this.payloads = payloads;
        this.replay = replay;
        this.transaction = transaction;
        this.audit = audit;
    }

    /** Dead letters, latest first. */
    public Page<DeadLetterCard> list(UUID userId, PageRequest request) {
        var after = request.after();
        var rows = jdbc.sql("""
                        select id, connection_id, job_id, item_id, direction, external_id, part, fault, message,
                               payload, sealed, attempts, created_at, last_at
                        from hub.dead_letter
                        where user_id = :user
                          and (cast(:afterId as uuid) is null
                               or (created_at, id) < (cast(:afterAt as timestamptz), :afterId))
                        order by created_at desc, id desc limit :fetch
                        """)
                .param("user", userId)
                .param("afterId", after == null ? null : after.id())
                .param("afterAt", after == null ? null : after.at().toString())
                .param("fetch", request.fetch())
                .query((row, number) -> card(row))
                .list();
        return Page.of(rows, request, letter -> Cursor.of(letter.createdAt(), letter.deadLetterId()));
    }

    /** How many there are. */
    public long count(UUID userId) {
        return jdbc.sql("select count(*) from hub.dead_letter where user_id = :user")
                .param("user", userId)
                .query(Long.class)
                .single();
    }

    /**
     * Tries it again.
     *
     * @param operator whether the caller may replay anybody's
     * @throws NotFound if there is none that the caller may replay
     */
    public void replay(UUID userId, boolean operator, UUID deadLetterId) {
        var owner = jdbc.sql("select user_id from hub.dead_letter where id = :id and (user_id = :user or :operator)")
                .param("id", deadLetterId)
                .param("user", userId)
                .param("operator", operator)
                .query(UUID.class)
                .optional()
                .orElseThrow(DeadLetters::absent);
        transaction.executeWithoutResult(status -> {
            replay.replay(owner, deadLetterId);
            tell(Deed.LETTER_REPLAYED, owner, deadLetterId);
        });
    }

    /**
     * Throws it away: what it holds is not tried again until it is edited.
     *
     * @throws NotFound if the user has no such dead letter
     */
    public void delete(UUID userId, UUID deadLetterId) {
        transaction.executeWithoutResult(status -> {
            replay.giveUp(userId, deadLetterId);
            int gone = jdbc.sql("delete from hub.dead_letter where id = :id and user_id = :user")
                    .param("id", deadLetterId)
                    .param("user", userId)
                    .update();
            if (gone == 0) {
                throw absent();
            }
            tell(Deed.LETTER_DISCARDED, userId, deadLetterId);
        });
    }

    private void tell(Deed deed, UUID owner, UUID deadLetterId) {
        audit.record(deed, owner, null, AuditLine.object("dead_letter", deadLetterId), Map.of());
    }

    private @Nullable String payload(ResultSet row) throws SQLException {
        byte[] sealed = row.getBytes("sealed");
        if (sealed == null) {
            return row.getString("payload");
        }
        return payloads.open(
                sealed,
                SealedPayloads.deadLetter(
                        Columns.id(row, "connection_id"),
                        row.getString("direction"),
                        row.getString("part"),
                        row.getString("external_id")));
    }

    private static NotFound absent() {
        return new NotFound("There is no such dead letter.");
    }

    private DeadLetterCard card(ResultSet row) throws SQLException {
        return new DeadLetterCard(
                Columns.id(row, "id"),
                Columns.id(row, "connection_id"),
                Columns.idOrNull(row, "job_id"),
                Columns.idOrNull(row, "item_id"),
                row.getString("direction"),
                row.getString("external_id"),
                row.getString("fault"),
                row.getString("message"),
                payload(row),
                row.getInt("attempts"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "last_at"));
    }
}
