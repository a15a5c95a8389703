package io.dayflow.hub.audit;

import io.dayflow.hub.audit.Verdict.Broken;
import io.dayflow.hub.audit.Verdict.Sound;
import io.dayflow.hub.audit.Verdict.Unknown;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks whether the audit trail is as it was written: walks the chain from its anchor to its head and computes every hash
 * anew. Reads one state of the database and writes nothing; holds a batch of lines at a time. What was cut off the end, with
 * the stored head set back too, shows only against a head that somebody noted elsewhere. Thread-safe.
 */
@Component
public class VerifyAudit {

    private static final int BATCH = 1_000;

    private final DataSource database;

    public VerifyAudit(DataSource database) {
        this.database = database;
    }

    /**
     * @param expected a head noted earlier; null: none is known
     * @throws IllegalStateException if the database cannot be read
     */
    public Verdict verify(@Nullable ChainHead expected) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                return new Walk(statement, expected).verdict();
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(true);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("The audit trail cannot be read: " + failed.getMessage(), failed);
        }
    }

    /** One verification. */
    private static final class Walk {

        private final Statement statement;
        private final @Nullable ChainHead expected;
        private final Map<UUID, Long> blanked = new HashMap<>();
        private final Map<UUID, Long> receipts = new HashMap<>();
        private @Nullable ChainHead forgotten;
        private long erased;

        Walk(Statement statement, @Nullable ChainHead expected) {
            this.statement = statement;
            this.expected = expected;
        }

        Verdict verdict() throws SQLException {
            ChainHead anchor;
            ChainHead stored;
            try (ResultSet chain = statement.executeQuery("select * from hub.audit_chain")) {
                if (!chain.next()) {
                    return new Broken(0, null, "where the chain begins and ends is not stored any more");
                }
                anchor = head(chain, "anchor");
                stored = head(chain, "head");
            }
            long unsealed = readReceipts();
            if (anchor.sequence() > 0 && !anchor.equals(forgotten)) {
                return new Broken(
                        anchor.sequence() + 1, null, "the chain does not begin where retention last left it off");
            }
            return walk(anchor, stored, unsealed);
        }

        private Verdict walk(ChainHead anchor, ChainHead stored, long unsealed) throws SQLException {
            statement.setFetchSize(BATCH);
            ChainHead at = anchor;
            ChainHead there = expected != null && expected.sequence() == anchor.sequence() ? anchor : null;
            try (ResultSet rows = statement.executeQuery(
                    "select " + ChainedLine.COLUMNS + " from hub.audit where sequence is not null order by sequence")) {
                while (rows.next()) {
                    ChainedLine line = ChainedLine.of(rows);
                    if (line.sequence() != at.sequence() + 1) {
                        return new Broken(at.sequence() + 1, null, "this line is missing");
                    }
                    String fault = line.fault(HexFormat.of().parseHex(at.hash()));
                    if (fault != null || line.hash() == null) {
                        return new Broken(line.sequence(), line.id(), String.valueOf(fault));
                    }
                    fault = countErasures(line);
                    if (fault != null) {
                        return new Broken(line.sequence(), line.id(), fault);
                    }
                    at = new ChainHead(line.sequence(), HexFormat.of().formatHex(line.hash()));
                    there = expected != null && expected.sequence() == at.sequence() ? at : there;
                }
            }
            if (!at.equals(stored)) {
                return new Broken(at.sequence() + 1, null, "the chain should go on to line " + stored.sequence());
            }
            Verdict surprise = expected == null ? null : compare(expected, there, anchor);
            return surprise != null
                    ? surprise
                    : new Sound(at.sequence() - anchor.sequence(), at, anchor, erased, unsealed);
        }

        private static @Nullable Verdict compare(ChainHead expected, @Nullable ChainHead there, ChainHead anchor) {
            if (expected.equals(there)) {
                return null;
            }
            if (there != null) {
                return new Broken(there.sequence(), null, "its hash is " + there.hash() + ", not the expected one");
            }
            return expected.sequence() < anchor.sequence()
                    ? new Unknown("line " + expected.sequence() + " was removed by retention, up to line "
                            + anchor.sequence() + ": expect a newer one")
                    : new Broken(expected.sequence(), null, "this line is expected and missing");
        }

        /** A line is blanked only by an erasure, which says how many parts of lines it blanked. */
        private @Nullable String countErasures(ChainedLine line) {
            boolean any = false;
            for (UUID erasure : new UUID[] {line.actorErasure(), line.affairErasure()}) {
                if (erasure != null) {
                    any = true;
                    long parts = blanked.merge(erasure, 1L, Long::sum);
                    if (parts > receipts.getOrDefault(erasure, 0L)) {
                        return "it is blanked and no erasure says so";
                    }
                }
            }
            erased += any ? 1 : 0;
            return null;
        }

        /** What erasures and retention said they did; how many lines are not sealed yet. */
        private long readReceipts() throws SQLException {
            try (ResultSet rows = statement.executeQuery("""
                    select action, detail ->> 'erasure' as erasure, (detail ->> 'parts')::bigint as parts,
                           (detail ->> 'sequence')::bigint as sequence, detail ->> 'hash' as hash
                    from hub.audit where action in ('audit.erased', 'audit.forgotten') order by id
                    """)) {
                while (rows.next()) {
                    if (rows.getString("action").equals("audit.forgotten")) {
                        forgotten = new ChainHead(rows.getLong("sequence"), String.valueOf(rows.getString("hash")));
                    } else if (rows.getString("erasure") != null) {
                        receipts.put(UUID.fromString(rows.getString("erasure")), rows.getLong("parts"));
                    }
                }
            }
            try (ResultSet count = statement.executeQuery("select count(*) from hub.audit where sequence is null")) {
                count.next();
                return count.getLong(1);
            }
        }

        private static ChainHead head(ResultSet chain, String which) throws SQLException {
            return new ChainHead(
                    chain.getLong(which + "_sequence"), HexFormat.of().formatHex(chain.getBytes(which + "_hash")));
        }
    }
}
