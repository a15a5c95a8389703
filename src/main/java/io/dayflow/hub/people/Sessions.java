package io.dayflow.hub.people;

import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.refusal.NotFound;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/** The sessions of an account, on whichever instance they began. */
@Component
public class Sessions {

    private final ObjectProvider<FindByIndexNameSessionRepository<? extends Session>> stored;
    private final HubAccounts accounts;
    private final JdbcClient jdbc;
    private final SignInSettings settings;
    private final PeopleAudit audit;
    private final Clock clock;

    Sessions(
            ObjectProvider<FindByIndexNameSessionRepository<? extends Session>> stored,
            HubAccounts accounts,
            JdbcClient jdbc,
            SignInSettings settings,
            PeopleAudit audit,
            Clock clock) {
        this.stored = stored;
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /** Those that still open something, the one used last first. */
    public List<SessionCard> of(UUID accountId) {
        var password = accounts.find(accountId)
                .map(account -> SessionContexts.password(account.passwordSetAt()))
                .orElse(null);
        return find(accountId).values().stream()
                .filter(this::isOpen)
                .filter(session -> Objects.equals(session.getAttribute(SessionContexts.PASSWORD), password))
                .map(Sessions::card)
                .sorted(Comparator.comparing(SessionCard::lastSeen).reversed())
                .toList();
    }

    /** The handle of the session that a request is made in; nothing where nobody has signed in. */
    public static Optional<UUID> handle(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(SessionContexts.HANDLE) instanceof String handle
                ? Optional.of(UUID.fromString(handle))
                : Optional.empty();
    }

    /** Whether one session is still open, and its account still what it was. */
    public boolean goesFor(UUID accountId, UUID handle, boolean operator) {
        return accounts.find(accountId)
                        .filter(Account::enabled)
                        .filter(account -> !operator || account.role() == Role.OPERATOR)
                        .isPresent()
                && of(accountId).stream().anyMatch(session -> session.handle().equals(handle));
    }

    /**
     * Ends one session.
     *
     * @throws NotFound if the account has no such session
     */
    public void end(UUID accountId, UUID handle) {
        if (end(accountId, session -> handle.equals(handle(session))) == 0) {
            throw new NotFound("There is no such session.");
        }
        told(accountId, 1);
    }

    /** Ends all but one; how many. */
    public int endOthers(UUID accountId, UUID handle) {
        int ended = end(accountId, session -> !handle.equals(handle(session)));
        if (ended > 0) {
            told(accountId, ended);
        }
        return ended;
    }

    /**
     * Ends all but one, which goes on with the password that is set in the caller's transaction.
     *
     * @param passwordSetAt when that was, as the account has it
     */
    void keepOnly(UUID accountId, UUID handle, Instant passwordSetAt) {
        endOthers(accountId, handle);
        find(accountId).forEach((id, session) -> {
            if (handle.equals(handle(session))) {
                jdbc.sql("""
                                insert into hub.http_session_attributes
                                    (session_primary_id, attribute_name, attribute_bytes)
                                select primary_id, :name, :bytes from hub.http_session where session_id = :id
                                on conflict (session_primary_id, attribute_name)
                                do update set attribute_bytes = excluded.attribute_bytes
                                """)
                        .param("name", SessionContexts.PASSWORD)
                        .param("bytes", SessionValues.write(SessionContexts.micros(passwordSetAt)))
                        .param("id", id)
                        .update();
            }
        });
    }

    /** Ends all sessions of an account whose rights ended. */
    void endAllOf(UUID accountId) {
        int ended = end(accountId, session -> true);
        if (ended > 0) {
            told(accountId, ended);
        }
    }

    private int end(UUID accountId, Predicate<Session> which) {
        int ended = 0;
        for (var entry : find(accountId).entrySet()) {
            if (which.test(entry.getValue())) {
                stored.getObject().deleteById(entry.getKey());
                ended++;
            }
        }
        return ended;
    }

    private void told(UUID accountId, int ended) {
        accounts.find(accountId)
                .ifPresent(account -> audit.record(
                        Deed.SESSION_ENDED, account.userId(), Map.of("name", account.name(), "sessions", ended)));
    }

    private Map<String, ? extends Session> find(UUID accountId) {
        return stored.getObject().findByPrincipalName(accountId.toString());
    }

    private boolean isOpen(Session session) {
        Long since = session.getAttribute(SessionContexts.SINCE);
        var now = clock.instant();
        return handle(session) != null
                && since != null
                && !session.isExpired()
                && now.isBefore(Instant.ofEpochMilli(since).plus(settings.lifetime()))
                && now.isBefore(seen(session).plus(settings.idle()));
    }

    private static Instant seen(Session session) {
        Long seen = session.getAttribute(SessionContexts.SEEN);
        return seen == null ? session.getLastAccessedTime() : Instant.ofEpochMilli(seen);
    }

    private static @Nullable UUID handle(Session session) {
        String handle = session.getAttribute(SessionContexts.HANDLE);
        return handle == null ? null : UUID.fromString(handle);
    }

    private static SessionCard card(Session session) {
        return new SessionCard(
                Objects.requireNonNull(handle(session)),
                Instant.ofEpochMilli(session.getRequiredAttribute(SessionContexts.SINCE)),
                seen(session),
                session.getAttributeOrDefault(SessionContexts.ADDRESS, ""),
                session.getAttributeOrDefault(SessionContexts.AGENT, ""));
    }
}
