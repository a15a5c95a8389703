package io.dayflow.hub.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/**
 * Who has signed in, in the session as no more than the account's id. The account is read with every request: one that is
 * disabled, or may do less, is so at once and on every instance. A session goes with the password that the account had when
 * its sign-in was checked: it ends with that one, also where it is stored only after another was set. An open page that
 * hears of changes and asks for them by itself does not keep it from ending when nobody uses it.
 */
@Component
class SessionContexts implements SecurityContextRepository {

    static final String ACCOUNT = "account";
    static final String SINCE = "since";
    static final String HANDLE = "handle";
    static final String ADDRESS = "address";
    static final String AGENT = "agent";
    /** When the account's password was set, in microseconds; none where it never was. */
    static final String PASSWORD = "password";

    /** When the person last asked for something, in milliseconds, give or take a part of the idle time. */
    static final String SEEN = "seen";

    /** Sent by an open page that asks for what has changed. */
    private static final String BY_ITSELF = "X-Refresh";

    private static final int FINE = 20;
    private static final String KNOWN = SessionContexts.class.getName() + ".known";
    private static final int LONGEST_AGENT = 200;

    private final HubAccounts accounts;
    private final ObjectProvider<FindByIndexNameSessionRepository<? extends Session>> stored;
    private final SignInSettings settings;
    private final Clock clock;

    SessionContexts(
            HubAccounts accounts,
            ObjectProvider<FindByIndexNameSessionRepository<? extends Session>> stored,
            SignInSettings settings,
            Clock clock) {
        this.accounts = accounts;
        this.stored = stored;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new DeferredSecurityContext() {
            private @Nullable SecurityContext context;

            @Override
            public SecurityContext get() {
                var known = context;
                if (known == null) {
                    known = load(request);
                    context = known;
                }
                return known;
            }

            @Override
            public boolean isGenerated() {
                return get().getAuthentication() == null;
            }
        };
    }

    @Override
    @Deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return load(holder.getRequest());
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(ACCOUNT) != null;
    }

    /** Forwards and error pages of a request ask again: the first answer counts. */
    private SecurityContext load(HttpServletRequest request) {
        if (request.getAttribute(KNOWN) instanceof SecurityContext known) {
            return known;
        }
        var context = SecurityContextHolder.createEmptyContext();
        var person = person(request);
        if (person != null) {
            context.setAuthentication(new SignedInAuthentication(person));
        }
        request.setAttribute(KNOWN, context);
        return context;
    }

    private @Nullable SignedIn person(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session == null
                || !(session.getAttribute(ACCOUNT) instanceof String account)
                || !(session.getAttribute(SINCE) instanceof Long since)) {
            return null;
        }
        var now = clock.instant();
        var over = Instant.ofEpochMilli(since).plus(settings.lifetime());
        var seen = session.getAttribute(SEEN) instanceof Long last ? Instant.ofEpochMilli(last) : now;
        var known = now.isBefore(over) && now.isBefore(seen.plus(settings.idle()))
                ? accounts.find(UUID.fromString(account))
                        .filter(Account::enabled)
                        .filter(found -> goesWith(session, found))
                : Optional.<Account>empty();
        if (known.isEmpty()) {
            session.invalidate();
            return null;
        }
        if (!isByItself(request) && !now.isBefore(seen.plus(settings.idle().dividedBy(FINE)))) {
            session.setAttribute(SEEN, now.toEpochMilli());
        }
        return known.get().signedIn();
    }

    /** The event stream, and what pages fetch because of it. */
    private static boolean isByItself(HttpServletRequest request) {
        return request.getHeader(BY_ITSELF) != null || request.getRequestURI().equals("/live");
    }

    /** The owner may have changed the password since this request read its session: then the stored one knows. */
    private boolean goesWith(HttpSession session, Account account) {
        var now = password(account.passwordSetAt());
        if (Objects.equals(session.getAttribute(PASSWORD), now)) {
            return true;
        }
        Session anew = stored.getObject().findById(session.getId());
        return anew != null && Objects.equals(anew.getAttribute(PASSWORD), now);
    }

    /** What a session holds that goes with the password that was set then. */
    static @Nullable Long password(@Nullable Instant setAt) {
        return setAt == null ? null : micros(setAt);
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        request.setAttribute(KNOWN, context);
        var proof = context.getAuthentication();
        var person = person(proof);
        if (person != null) {
            begin(request.getSession(), person, request);
            request.setAttribute(KNOWN, new SecurityContextImpl(new SignedInAuthentication(person)));
        } else if (proof == null && request.getSession(false) != null) {
            request.getSession(false).removeAttribute(ACCOUNT);
        }
    }

    private void begin(HttpSession session, SignedIn person, HttpServletRequest request) {
        var now = clock.instant();
        session.setMaxInactiveInterval((int) settings.idle().toSeconds());
        session.setAttribute(ACCOUNT, person.accountId().toString());
        session.setAttribute(SINCE, now.toEpochMilli());
        session.setAttribute(SEEN, now.toEpochMilli());
        session.setAttribute(PASSWORD, password(person.passwordSetAt()));
        session.setAttribute(HANDLE, UUID.randomUUID().toString());
        session.setAttribute(ADDRESS, String.valueOf(request.getRemoteAddr()));
        session.setAttribute(AGENT, agent(request.getHeader("User-Agent")));
        session.setAttribute(
                FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME,
                person.accountId().toString());
        accounts.signedIn(person.accountId(), now);
    }

    static @Nullable SignedIn person(@Nullable Authentication proof) {
        if (proof == null) {
            return null;
        }
        return switch (proof.getPrincipal()) {
            case AccountHolder holder -> holder.person();
            case SignedIn person -> person;
            case null, default -> null;
        };
    }

    private static String agent(@Nullable String agent) {
        if (agent == null) {
            return "";
        }
        var plain = agent.replaceAll("\\p{Cntrl}", " ").strip();
        return plain.length() <= LONGEST_AGENT ? plain : plain.substring(0, LONGEST_AGENT);
    }
}
