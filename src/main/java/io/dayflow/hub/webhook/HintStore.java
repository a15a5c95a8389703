package io.dayflow.hub.webhook;

import io.dayflow.hub.provider.Hint;
import io.dayflow.hub.provider.Provider;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where hints are kept until they are worked on. Methods take part in the caller's transaction, where there is one. */
interface HintStore {

    /** A hint for one connection. */
    record NewHint(UUID id, UUID connectionId, Hint hint, Instant receivedAt) {}

    /** The connections that these may be about, and no other. */
    List<Recipient> recipients(String provider, Provider.Webhook form, List<Understood> understood);

    /** They wait from now on. */
    void insert(List<NewHint> hints);

    /** When these connections were last told something. */
    void heard(Map<UUID, Instant> heard);

    /**
     * Connections with hints that may be worked on now. None before its first run went through, which knows again what there
     * was on both sides before.
     */
    List<UUID> waitingConnections();

    /**
     * The hints about the objects that have waited longest: of each object all. Those that failed in company come one by
     * one, after all others.
     */
    List<WaitingHint> waiting(UUID connectionId, int objects);

    /** The payloads of these hints. */
    Map<UUID, String> payloads(Collection<UUID> ids);

    /** These are worked on, and forgotten. */
    void done(Collection<UUID> ids);

    /** These failed together: each is tried alone. */
    void part(Collection<UUID> ids);

    /** These failed, and are tried again at that time. */
    void later(Collection<UUID> ids, Instant when);
}
