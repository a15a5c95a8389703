package io.dayflow.hub.audit;

import io.dayflow.hub.storage.Columns;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sealed line as it is stored, and what it would be sealed with by right. Computed here anew, and not by the database's
 * own functions: whoever changes lines may change those too.
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
record ChainedLine(
        long id,
        long sequence,
        byte @Nullable [] previousHash,
        byte @Nullable [] hash,
        byte @Nullable [] actorDigest,
        byte @Nullable [] affairDigest,
        byte @Nullable [] actorSalt,
        byte @Nullable [] affairSalt,
        @Nullable UUID actorErasure,
        @Nullable UUID affairErasure,
        Instant at,
        @Nullable Instant sealedAt,
        @Nullable UUID userId,
        String actor,
        String action,
        @Nullable String provider,
        @Nullable String object,
        String detail,
        @Nullable String remote,
        @Nullable String agent) {

    static final String COLUMNS =
            "id, sequence, previous_hash, hash, actor_digest, affair_digest, actor_salt, affair_salt,"
                    + " actor_erasure, affair_erasure, at, sealed_at, user_id, actor, action, provider, object,"
                    + " detail::text as detail, remote, agent";

    private static final String FORM = "dayflow-hub-audit-1";

    static ChainedLine of(ResultSet row) throws SQLException {
        return new ChainedLine(
                row.getLong("id"),
                row.getLong("sequence"),
                row.getBytes("previous_hash"),
                row.getBytes("hash"),
                row.getBytes("actor_digest"),
                row.getBytes("affair_digest"),
                row.getBytes("actor_salt"),
                row.getBytes("affair_salt"),
                Columns.idOrNull(row, "actor_erasure"),
                Columns.idOrNull(row, "affair_erasure"),
                Columns.instant(row, "at"),
                Columns.instantOrNull(row, "sealed_at"),
                Columns.idOrNull(row, "user_id"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("provider"),
                row.getString("object"),
                row.getString("detail"),
                row.getString("remote"),
                row.getString("agent"));
    }

    /** What is wrong with it where this hash should come before it; null: nothing. */
    @Nullable
    String fault(byte[] before) {
        if (!Arrays.equals(previousHash, before)) {
            return "it does not follow the line before it";
        }
        if (!actorHolds()) {
            return "actor, address or agent are not what was sealed";
        }
        if (!affairHolds()) {
            return "user, object or detail are not what was sealed";
        }
        return Arrays.equals(hash, rightHash()) ? null : "time, action, service or place are not what was sealed";
    }

    private boolean actorHolds() {
        return actorSalt == null
                ? actorErasure != null && actor.equals("erased") && remote == null && agent == null
                : actorErasure == null && Arrays.equals(actorDigest, digest(hex(actorSalt), actor, remote, agent));
    }

    private boolean affairHolds() {
        return affairSalt == null
                ? affairErasure != null && userId == null && object == null && detail.equals("{}")
                : affairErasure == null
                        && Arrays.equals(
                                affairDigest,
                                digest(hex(affairSalt), userId == null ? null : userId.toString(), object, detail));
    }

    private byte[] rightHash() {
        return digest(
                FORM,
                Long.toString(sequence),
                hex(previousHash),
                Long.toString(id),
                micros(at),
                sealedAt == null ? null : micros(sealedAt),
                action,
                provider,
                hex(actorDigest),
                hex(affairDigest));
    }

    private static String micros(Instant time) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }

    private static @Nullable String hex(byte @Nullable [] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    /** Each field is told by its length, so that no two lists of fields read alike. */
    private static byte[] digest(@Nullable String... fields) {
        var text = new ByteArrayOutputStream();
        for (String field : fields) {
            if (field == null) {
                text.write('-');
            } else {
                byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
                text.writeBytes((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                text.writeBytes(bytes);
            }
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.toByteArray());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
