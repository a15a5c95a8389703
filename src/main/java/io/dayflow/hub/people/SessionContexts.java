package io.dayflow.hub.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.stereotype.Component;

/**
 * Who has signed in, in the session as no more than the account's id. The account is read with every request: one that is
 * disabled, or may do less, is so at once and on every instance.
 */
@Component
class SessionContexts implements SecurityContextRepository {

    static final String ACCOUNT = "account";
    static final String SINCE = "since";
    static final String HANDLE = "handle";
    static final String ADDRESS = "address";
    static final String AGENT = "agent";

    private static final String KNOWN = SessionContexts.class.getName() + ".known";
    private static final int LONGEST_AGENT = 200;

    private final HubAccounts accounts;
    private final SignInSettings settings;
    private final Clock clock;

    SessionContexts(HubAccounts accounts, SignInSettings settings, Clock clock) {
        this.accounts = accounts;
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
        var over = Instant.ofEpochMilli(since).plus(settings.lifetime());
        var known = clock.instant().isBefore(over)
                ? accounts.find(UUID.fromString(account)).filter(Account::enabled)
                : Optional.<Account>empty();
        if (known.isEmpty()) {
            session.invalidate();
            return null;
        }
        return known.get().signedIn();
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
