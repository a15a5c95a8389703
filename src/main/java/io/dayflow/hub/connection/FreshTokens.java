package io.dayflow.hub.connection;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.call.Credential;
import io.dayflow.hub.connection.Grants.Grant;
import io.dayflow.hub.oauth.OauthClient;
import io.dayflow.hub.oauth.OauthClients;
import io.dayflow.hub.oauth.TokenEndpoint;
import io.dayflow.hub.oauth.TokenRefused;
import io.dayflow.hub.oauth.TokenSet;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps access tokens fresh: shortly before they end, and after a service refused one. One caller of this hub asks for a
 * connection at a time, the others wait for what it gets; between hubs a claim in the database decides. Thread-safe.
 */
@Component
class FreshTokens {

    private static final Logger log = LoggerFactory.getLogger(FreshTokens.class);

    /** Longer than the token endpoint's answer may take, so that a claim outlives the request made under it. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(45);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration AHEAD = Duration.ofMinutes(2);

    /** After a refresh ahead of time that failed: while the old token serves, nobody waits for the next try. */
    private static final Duration REST = Duration.ofSeconds(20);

    /** For how long new tokens are held for a database that is away: what was spent for them cannot be had again. */
    private static final Duration HELD = Duration.ofSeconds(30);

    private final Grants grants;
    private final OauthClients clients;
    private final TokenEndpoint endpoint;
    private final Audit audit;
    private final Clock clock;
    private final ConcurrentMap<UUID, CompletableFuture<Grant>> underWay = new ConcurrentHashMap<>();
    private final ConcurrentMap<UUID, Instant> resting = new ConcurrentHashMap<>();

    FreshTokens(Grants grants, OauthClients clients, TokenEndpoint endpoint, Audit audit, Clock clock) {
        this.grants = grants;
        this.clients = clients;
        this.endpoint = endpoint;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The credential to send now.
     *
     * @throws FaultException if the grant is over, or the token has ended and no other can be had now
     */
    Credential of(UUID connectionId, Grant grant) {
        if (!isDue(grant) || (isResting(connectionId) && !hasEnded(grant))) {
            return bearer(accepted(grant));
        }
        try {
            var next = after(connectionId, grant);
            resting.remove(connectionId);
            return bearer(next);
        } catch (FaultException e) {
            if (e.fault() instanceof Fault.NeedsReconnect || hasEnded(grant)) {
                resting.remove(connectionId);
                throw e;
            }
            resting.put(connectionId, clock.instant().plus(REST));
            log.info(
                    "The token of connection {} serves on, it could not be refreshed yet: {}",
                    connectionId,
                    e.getMessage());
            return bearer(grant);
        }
    }

    /**
     * After a service refused a credential.
     *
     * @return whether another one is at hand now
     * @throws FaultException if the grant is over, or no other token can be had now
     */
    boolean another(UUID connectionId, Grant grant, @Nullable Credential refused) {
        if (!bearer(accepted(grant)).equals(refused)) {
            return true;
        }
        if (grant.tokens().refresh() == null) {
            return false;
        }
        after(connectionId, grant);
        return true;
    }

    private boolean isDue(Grant grant) {
        var end = grant.tokens().expiresAt();
        if (end == null || (grant.tokens().refresh() == null && !hasEnded(grant))) {
            return false;
        }
        var fifth = Duration.between(grant.since(), end).dividedBy(5);
        return !clock.instant().isBefore(end.minus(fifth.compareTo(AHEAD) < 0 ? fifth : AHEAD));
    }

    private boolean isResting(UUID connectionId) {
        var until = resting.get(connectionId);
        return until != null && clock.instant().isBefore(until);
    }

    private boolean hasEnded(Grant grant) {
        Instant end = grant.tokens().expiresAt();
        return end != null && !clock.instant().isBefore(end);
    }

    /** The grant after these tokens, whoever gets it. */
    private Grant after(UUID connectionId, Grant seen) {
        var mine = new CompletableFuture<Grant>();
        var running = underWay.putIfAbsent(connectionId, mine);
        if (running != null) {
            return waitFor(connectionId, seen, running);
        }
        try {
            var next = next(connectionId, seen.version());
            mine.complete(next);
            return next;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(connectionId, mine);
        }
    }

    private Grant waitFor(UUID connectionId, Grant seen, CompletableFuture<Grant> running) {
        try {
            var next = running.join();
            return next.version() == seen.version() ? next(connectionId, seen.version()) : next;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private Grant next(UUID connectionId, long seen) {
        var me = UUID.randomUUID();
        long until = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (System.nanoTime() < until) {
            var grant = present(connectionId);
            if (grant.version() != seen) {
                return grant;
            }
            if (grant.tokens().refresh() == null) {
                throw fault(
                        new Fault.NeedsReconnect("The permission has ended, and the service gave no way to renew it."));
            }
            var client = client(grant);
            if (grants.claim(connectionId, seen, me, CLAIM)) {
                return spend(connectionId, grant, client, me);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        throw fault(new Fault.Transient("The token is being renewed by another hub."));
    }

    private Grant spend(UUID connectionId, Grant grant, OauthClient client, UUID me) {
        TokenSet fresh;
        try {
            fresh = endpoint.refresh(client, grant.tokens());
        } catch (TokenRefused refused) {
            return refused(connectionId, grant, me, refused);
        } catch (RuntimeException e) {
            grants.release(connectionId, me);
            throw e;
        }
        if (replaced(connectionId, grant.version(), fresh)) {
            var lost = grant.tokens().scopes().lost(fresh.scopes());
            if (!lost.isEmpty()) {
                log.info("{} allows connection {} less than before: {}", grant.provider(), connectionId, lost);
            }
            tell(
                    Deed.CREDENTIALS_REFRESHED,
                    connectionId,
                    grant,
                    lost.isEmpty() ? Map.of() : Map.of("lost", String.join(" ", lost)));
        } else if (grants.find(connectionId).isEmpty()) {
            // disconnected meanwhile, when only the tokens before these could be given back
            giveBack(client, fresh);
        } else {
            log.warn("The tokens of connection {} were replaced by others while they were refreshed", connectionId);
        }
        return present(connectionId);
    }

    private boolean replaced(UUID connectionId, long version, TokenSet fresh) {
        long until = System.nanoTime() + HELD.toNanos();
        while (true) {
            try {
                return grants.replace(connectionId, version, fresh);
            } catch (DataAccessException | TransactionException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                log.warn("New tokens of connection {} wait for the database: {}", connectionId, e.getMessage());
                LockSupport.parkNanos(10 * LOOK.toNanos());
            }
        }
    }

    private void giveBack(OauthClient client, TokenSet fresh) {
        try {
            endpoint.revoke(client, fresh);
        } catch (TokenRefused refused) {
            log.warn("A token was not revoked: {}", refused.getMessage());
        }
    }

    private Grant present(UUID connectionId) {
        return accepted(grants.find(connectionId)
                .orElseThrow(() -> fault(new Fault.NeedsReconnect("The account was disconnected."))));
    }

    private Grant refused(UUID connectionId, Grant grant, UUID me, TokenRefused refused) {
        var message = String.valueOf(refused.getMessage());
        if (refused.kind() != TokenRefused.Kind.GRANT) {
            grants.release(connectionId, me);
            // no reason to give up an edit: the operator corrects it, or the service does, and it goes on
            throw fault(new Fault.Transient(message));
        }
        if (grants.end(connectionId, grant.version(), me, message)) {
            tell(Deed.CREDENTIALS_REFUSED, connectionId, grant, Map.of("kind", "oauth"));
            throw fault(new Fault.NeedsReconnect(message));
        }
        // others were faster: what they got counts
        var now = grants.find(connectionId);
        if (now.isPresent() && now.get().version() != grant.version()) {
            return accepted(now.get());
        }
        throw fault(new Fault.NeedsReconnect(message));
    }

    /** The hub did it, whoever's request it did it in. */
    private void tell(Deed deed, UUID connectionId, Grant grant, Map<String, ?> detail) {
        audit.record(new AuditLine(
                grants.owner(connectionId).orElse(null),
                AuditLine.HUB,
                deed.id(),
                grant.provider(),
                AuditLine.object("connection", connectionId),
                detail,
                null,
                null));
    }

    private OauthClient client(Grant grant) {
        return clients.find(grant.provider())
                .orElseThrow(() -> fault(new Fault.Transient(
                        clients.missing(grant.provider()).orElse("The service has no OAuth any more."))));
    }

    private static Grant accepted(Grant grant) {
        var refusal = grant.refusal();
        if (refusal != null) {
            throw fault(new Fault.NeedsReconnect(refusal));
        }
        return grant;
    }

    private static Credential bearer(Grant grant) {
        return new Credential.Bearer(grant.tokens().access());
    }

    private static FaultException fault(Fault fault) {
        return new FaultException(fault);
    }
}
