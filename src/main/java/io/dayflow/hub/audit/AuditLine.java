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
 * @param object what it was done to, a kind and an id as {@link #object} makes it, if to one thing
 * @param detail short texts and numbers by name, or numbers by such names; never a secret, never a payload
 * @param remote the address that the request came from, if there was one; null: that of the present request
 * @param agent the program that asked, as it calls itself; null: that of the present request
 */
public record AuditLine(
        @Nullable UUID userId,
        String actor,
        String action,
        @Nullable String provider,
        @Nullable String object,
        Map<String, ?> detail,
        @Nullable String remote,
        @Nullable String agent) {

    /** Nobody who proved who they are. */
    public static final String ANONYMOUS = "anonymous";

    /** The hub by itself. */
    public static final String HUB = "hub";

    public AuditLine {
        detail = Map.copyOf(detail);
    }

    /** A line that is about no single thing. */
    public AuditLine(
            @Nullable UUID userId,
            String actor,
            String action,
            @Nullable String provider,
            Map<String, ?> detail,
            @Nullable String remote) {
        this(userId, actor, action, provider, null, detail, remote, null);
    }

    /** The name of a thing in the trail, for example {@code connection:<id>}. */
    public static String object(String kind, Object id) {
        return kind + ":" + id;
    }

    /** The same with address and agent of the present request, where there is one and the line names none. */
    AuditLine fromHere() {
        Origin here = remote != null && agent != null ? null : Origin.here();
        return here == null
                ? this
                : from(remote == null ? here.address() : remote, agent == null ? here.agent() : agent);
    }

    AuditLine from(@Nullable String address, @Nullable String program) {
        return new AuditLine(userId, actor, action, provider, object, detail, address, program);
    }
}
