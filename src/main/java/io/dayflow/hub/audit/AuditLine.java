package io.dayflow.hub.audit;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did or tried.
 *
 * @param userId whose affair it is; null where it is nobody's, then only operators see it
 * @param actor who acted: a user's id, {@code operator}, {@code hub}, or {@code anonymous}
 * @param action noun and verb, for example {@code webhook.refused}
 * @param provider the service it is about, if it is about one
 * @param detail short texts and numbers by name; never a secret, never a payload
 * @param remote the address that the request came from, if there was one
 */
public record AuditLine(
        @Nullable UUID userId,
        String actor,
        String action,
        @Nullable String provider,
        Map<String, ?> detail,
        @Nullable String remote) {

    /** Nobody who proved who they are. */
    public static final String ANONYMOUS = "anonymous";

    public AuditLine {
        detail = Map.copyOf(detail);
    }
}
