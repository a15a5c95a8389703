package io.dayflow.hub.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which lines are wanted. Null leaves a condition out.
 *
 * @param userId whose affairs; null: everybody's and nobody's, for operators only
 * @param nobodys whether lines that are nobody's affair are wanted beside those of the user; for operators only
 * @param object the whole name, as {@code connection:<id>}
 * @param from the earliest time
 * @param to lines before this time
 * @param words each is the beginning of a word somewhere in the line
 */
public record AuditQuery(
        @Nullable UUID userId,
        boolean nobodys,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String object,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String words) {

    /** All lines about a user's affairs; null: all lines. */
    public static AuditQuery of(@Nullable UUID userId) {
        return new AuditQuery(userId, false, null, null, null, null, null, null);
    }
}
