package io.dayflow.hub.sync.memory;

import io.dayflow.hub.connection.SyncDirection;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.sync.ConnectionStore;
import io.dayflow.hub.sync.Profiles;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Connections in memory: what they are set to, and how they are. */
public record MemoryConnections(MemoryStore store) implements ConnectionStore, Profiles {

    private static final Duration LISTED = Duration.ofMinutes(5);
    private static final Set<String> OF_THE_MOMENT = Set.of("transient", "rate_limited", "partial");

    /** A connection as it is kept: confirmed and switched on. */
    public record Stored(
            Configured configured,
            String status,
            @Nullable String code,
            @Nullable String message,
            int failures,
            @Nullable Instant notBefore,
            @Nullable Instant next,
            @Nullable Instant listedAt) {

        /** One that was just confirmed. */
        public static Stored fresh(Configured configured) {
            return new Stored(configured, "idle", null, null, 0, null, null, null);
        }

        /** As after new credentials: what was wrong is over, and a run is due. */
        public Stored reconnected(Instant due) {
            return new Stored(configured, "idle", null, null, 0, null, due, listedAt);
        }

        public Stored withNext(@Nullable Instant due) {
            return new Stored(configured, status, code, message, failures, notBefore, due, listedAt);
        }

        public Stored withConfigured(Configured settings) {
            return new Stored(settings, status, code, message, failures, notBefore, next, listedAt);
        }

        Stored withStatus(String newStatus) {
            return new Stored(configured, newStatus, code, message, failures, notBefore, next, listedAt);
        }

        Stored saying(String newStatus, @Nullable String newCode, @Nullable String newMessage) {
            return new Stored(configured, newStatus, newCode, newMessage, failures, notBefore, next, listedAt);
        }

        Stored listed(Instant at) {
            return new Stored(configured, status, code, message, failures, notBefore, next, at);
        }
    }

    @Override
    public Optional<Configured> find(UUID connectionId) {
        return store.connections.find(connectionId).map(Stored::configured);
    }

    @Override
    public List<Configured> ofUser(UUID userId) {
        return store.connections.stream()
                .map(Stored::configured)
                .filter(configured -> configured.connection().userId().equals(userId))
                .toList();
    }

    @Override
    public List<UUID> dueRuns() {
        Instant now = store.clock.instant();
        return store.connections.stream()
                .filter(connection -> store.leases
                        .find("run:" + id(connection))
                        .filter(lease -> lease.until().isAfter(now))
                        .isEmpty())
                .filter(connection -> hasJob(connection, Set.of("pending", "running")) || isDue(connection, now))
                .sorted(Comparator.comparing(Stored::next, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(MemoryConnections::id)
                .toList();
    }

    private boolean isDue(Stored connection, Instant now) {
        Instant next = connection.next();
        return !connection.status().equals("needs_reconnect")
                && next != null
                && !next.isAfter(now)
                && !isWaiting(connection, now)
                && connection.configured().settings().autoSync()
                && connection.configured().settings().syncDirection() != SyncDirection.MANUAL
                && !hasJob(connection, Set.of("paused"));
    }

    private boolean hasJob(Stored connection, Set<String> statuses) {
        return store.jobs.stream()
                .anyMatch(job -> job.connectionId().equals(id(connection)) && statuses.contains(job.status()));
    }

    private static boolean isWaiting(Stored connection, Instant now) {
        return connection.notBefore() != null && connection.notBefore().isAfter(now);
    }

    private static UUID id(Stored connection) {
        return connection.configured().connection().id();
    }

    @Override
    public List<UUID> duePushes() {
        Instant now = store.clock.instant();
        return store.connections.stream()
                .filter(connection -> !connection.status().equals("needs_reconnect")
                        && !isWaiting(connection, now)
                        && connection.configured().settings().syncDirection() == SyncDirection.TWO_WAY
                        && !hasJob(connection, Set.of("paused")))
                .map(MemoryConnections::id)
                .filter(id -> store.links.stream()
                        .anyMatch(link -> id.equals(link.connectionId())
                                && link.pending()
                                && link.state() == Link.State.LIVE
                                && !link.isQuarantined()
                                && (link.notBefore() == null
                                        || !link.notBefore().isAfter(now))))
                .toList();
    }

    @Override
    public Optional<Instant> notBefore(UUID connectionId) {
        return Optional.ofNullable(store.connections.get(connectionId).notBefore())
                .filter(at -> at.isAfter(store.clock.instant()));
    }

    @Override
    public boolean isListingDue(UUID connectionId) {
        Instant listed = store.connections.get(connectionId).listedAt();
        return listed == null
                || listed.isBefore(store.clock.instant().minus(LISTED))
                || store.collections.stream()
                        .anyMatch(collection -> collection.connectionId().equals(connectionId)
                                && collection.selected()
                                && collection.vanished());
    }

    @Override
    public void syncing(UUID connectionId) {
        store.connections.update(connectionId, connection -> connection.withStatus("syncing"));
    }

    @Override
    public void idle(UUID connectionId) {
        store.connections.update(connectionId, connection -> connection.withStatus("idle"));
    }

    @Override
    public void ended(UUID connectionId, Outcome outcome) {
        store.connections.update(
                connectionId,
                connection -> new Stored(
                        connection.configured(),
                        outcome.status(),
                        outcome.code(),
                        outcome.message(),
                        outcome.failures(),
                        outcome.notBefore(),
                        outcome.next(),
                        connection.listedAt()));
    }

    @Override
    public void held(UUID connectionId, String reason) {
        store.connections.update(connectionId, connection -> connection.saying("error", "held", reason));
    }

    @Override
    public void pushed(UUID connectionId, @Nullable String code, @Nullable String message) {
        store.connections.update(connectionId, connection -> {
            boolean lasting = connection.code() != null && !OF_THE_MOMENT.contains(connection.code());
            boolean same = Objects.equals(connection.code(), code) && Objects.equals(connection.message(), message);
            String status = connection.status().equals("error") ? "success" : connection.status();
            return lasting || same ? connection : connection.saying(status, code, message);
        });
    }

    @Override
    public int failures(UUID connectionId) {
        return store.connections.get(connectionId).failures();
    }

    @Override
    public Letters letters(UUID connectionId) {
        List<DeadLetter> letters = store.letters.stream()
                .filter(letter -> letter.connectionId().equals(connectionId))
                .toList();
        long unread = letters.stream()
                .filter(letter -> letter.direction() == DeadLetter.Direction.INBOUND)
                .count();
        return new Letters(unread, letters.size() - unread);
    }
}
