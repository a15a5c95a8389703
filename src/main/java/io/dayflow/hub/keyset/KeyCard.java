package io.dayflow.hub.keyset;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key as an operator sees it.
 *
 * @param keyId as sealed values name it
 * @param state {@code primary} (it seals), {@code enabled} (it opens only), {@code disabled} (neither), or {@code missing}
 *     (values name it, the keyset has it not)
 * @param values how many stored values it sealed
 * @param columns the same by table and column, those with none left out
 * @param since when a hub first saw it
 * @param replacedAt when another one took over; null while it is the primary one
 * @param removable whether it may be removed now
 */
public record KeyCard(
        long keyId,
        String state,
        long values,
        Map<String, Long> columns,
        @Nullable Instant since,
        @Nullable Instant replacedAt,
        boolean removable) {}
