package io.dayflow.hub.sync;

import io.dayflow.hub.provider.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a connection's card says of its last run, and when the next one is due. */
@Component
class RunStatus {

    /** Some of it worked; the dead letters hold the rest. */
    private static final String PARTIAL = "partial";

    private final RandomGenerator chance;
    private final ConnectionStore connections;
    private final CollectionStore collections;
    private final SyncSettings settings;
    private final Clock clock;

    RunStatus(
            RandomGenerator chance,
            ConnectionStore connections,
            CollectionStore collections,
            SyncSettings settings,
            Clock clock) {
        this.chance = chance;
        this.connections = connections;
        this.collections = collections;
        this.settings = settings;
        this.clock = clock;
    }

    /** The kinds of fault in the words of DayFlow's own code. */
    static String errorType(Fault fault) {
        return switch (fault) {
            case Fault.Transient f -> "network_error";
            case Fault.RateLimited f -> "rate_limit_error";
            case Fault.NeedsReconnect f -> "api_error";
            case Fault.Rejected f -> "api_error";
            case Fault.Gone f -> "api_error";
            case Fault.Unreadable f -> "validation_error";
        };
    }

    void syncing(UUID connectionId) {
        connections.syncing(connectionId);
    }

    void idle(UUID connectionId) {
        connections.idle(connectionId);
    }

    /** @param question what the hub still waits to be told before it deletes on the service */
    void completed(Run run, List<String> vanished, Optional<String> question) {
        UUID connectionId = run.connection().id();
        String code = null;
        String message = null;
        String letters = letters(connectionId);
        if (question.isPresent()) {
            code = "held";
            message = question.get();
        } else if (!vanished.isEmpty()) {
            code = "collection_vanished";
            message = "The service no longer lists " + String.join(", ", vanished)
                    + ". Its items stay in DayFlow; choose other collections, or disconnect.";
        } else if (letters != null) {
            code = PARTIAL;
            message = letters;
        }
        String status = code == null || PARTIAL.equals(code) ? "success" : "error";
        connections.ended(
                connectionId,
                new ConnectionStore.Outcome(
                        status, code, message, 0, null, clock.instant().plus(untilNext(run)), true));
    }

    /** What could not be read or written, in words; null where there is no such thing. */
    private @Nullable String letters(UUID connectionId) {
        ConnectionStore.Letters letters = connections.letters(connectionId);
        List<String> words = new ArrayList<>();
        if (letters.unread() > 0) {
            words.add(letters.unread() + " of the service's objects could not be read");
        }
        if (letters.refused() > 0) {
            words.add(letters.refused() + " of DayFlow's changes could not be written");
        }
        return words.isEmpty() ? null : String.join(", ", words) + "; see the dead letters.";
    }

    /**
     * A push ended, well or refused for good: the card says what is among the dead letters, and no longer that the service
     * cannot be reached. What a run has to say otherwise stays.
     */
    void pushed(UUID connectionId) {
        String letters = letters(connectionId);
        connections.pushed(connectionId, letters == null ? null : PARTIAL, letters);
    }

    void held(Run run, String reason) {
        connections.ended(
                run.connection().id(),
                new ConnectionStore.Outcome(
                        "error", "held", reason, 0, null, clock.instant().plus(untilNext(run)), true));
    }

    void heldPushes(UUID connectionId, String reason) {
        connections.held(connectionId, reason);
    }

    void failed(Run run, Fault fault) {
        failed(run.connection().id(), fault);
    }

    /** A run or a push of the connection failed as a whole. */
    void failed(UUID connectionId, Fault fault) {
        int failures = connections.failures(connectionId);
        Instant retry =
                clock.instant().plus(BackOff.of(chance, settings.runRetryDelay(), settings.retryLongest(), failures));
        boolean reconnect = fault instanceof Fault.NeedsReconnect;
        Instant notBefore = fault instanceof Fault.RateLimited limited ? limited.until() : null;
        Instant next = notBefore != null && notBefore.isAfter(retry) ? notBefore : retry;
        connections.ended(
                connectionId,
                new ConnectionStore.Outcome(
                        reconnect ? "needs_reconnect" : "error",
                        fault.kind(),
                        reconnect ? fault.message() + " Connect again with new credentials." : fault.message(),
                        failures + 1,
                        notBefore,
                        reconnect ? null : next,
                        false));
    }

    private Duration untilNext(Run run) {
        UUID connectionId = run.connection().id();
        if (collections.rewinds(connectionId) != run.rewinds()) {
            // somebody wants something to be read that this run may have passed before
            return Duration.ZERO;
        }
        // a listing named what was not there when it was read: the next one tells, and comes soon
        return collections.isInDoubt(connectionId)
                ? settings.runRetryDelay()
                : Duration.ofMinutes(run.settings().syncInterval());
    }
}
