package io.dayflow.hub.security;

import io.dayflow.hub.security.CallLimits.Who;
import io.dayflow.hub.security.CallerRefused.Reason;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Reads {@code Authorization: Bearer}, or without that header the session of the pages, and {@code X-User-Id}, by which
 * DayFlow and operators name a user. Keeps nothing between calls and begins no session. What is open to everybody is so with
 * a proof that is not valid, too.
 */
final class CallerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final Predicate<Secret> serviceToken;
    private final ApiTokens personalTokens;
    private final SessionCallers sessions;
    private final JdbcClient database;
    private final Predicate<HttpServletRequest> open;
    private final AuthenticationEntryPoint refusal;
    private final HandlerExceptionResolver problems;

    /**
     * @param serviceToken whether a token is that of DayFlow's backend, and it may call here
     * @param open what nobody needs a proof for
     */
    CallerFilter(
            Predicate<Secret> serviceToken,
            ApiTokens personalTokens,
            SessionCallers sessions,
            JdbcClient database,
            Predicate<HttpServletRequest> open,
            AuthenticationEntryPoint refusal,
            HandlerExceptionResolver problems) {
        this.serviceToken = serviceToken;
        this.personalTokens = personalTokens;
        this.sessions = sessions;
        this.database = database;
        this.open = open;
        this.refusal = refusal;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            var proof = proof(request);
            if (proof.isPresent()) {
                var context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(proof.get());
                SecurityContextHolder.setContext(context);
            }
        } catch (AuthenticationException refused) {
            SecurityContextHolder.clearContext();
            if (!open.test(request)) {
                refusal.commence(request, response, refused);
                return;
            }
        } catch (DataAccessException | TransactionException unknown) {
            SecurityContextHolder.clearContext();
            if (!open.test(request)) {
                problems.resolveException(request, response, null, unknown);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private Optional<CallerAuthentication> proof(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null
                ? sessions.of(request).map(person -> {
                    var holder = new Who.Session(person.caller().userId());
                    return CallerAuthentication.session(person, caller(person.caller(), holder, request));
                })
                : token(request).map(token -> proof(token, request));
    }

    private static Optional<Secret> token(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.empty()
                : Optional.of(Secret.of(header.substring(SCHEME.length()).strip()));
    }

    private CallerAuthentication proof(Secret token, HttpServletRequest request) {
        if (token.isBlank()) {
            throw new BadCredentialsException("The token is empty.");
        }
        if (serviceToken.test(token)) {
            return CallerAuthentication.service(new Caller(namedUser(request, new Who.Service(null)), true, true));
        }
        var permit = personalTokens
                .permitOf(token)
                .orElseThrow(() -> new BadCredentialsException("The token is not valid."));
        var holder = new Who.Token(permit.tokenId(), permit.caller().userId());
        return CallerAuthentication.token(permit, caller(permit.caller(), holder, request));
    }

    /** For whom the call of a person is made: for themselves, or whom an operator names. */
    private Caller caller(Caller person, Who holder, HttpServletRequest request) {
        if (request.getHeader(CallerRefused.HEADER) == null) {
            return person;
        }
        if (person.operator()) {
            return new Caller(namedUser(request, holder), true);
        }
        var own = person.userId().toString();
        var values = Collections.list(request.getHeaders(CallerRefused.HEADER));
        if (values.size() != 1 || !values.getFirst().strip().equalsIgnoreCase(own)) {
            throw new CallerRefused(
                    Reason.NOT_OWN_USER,
                    CallerRefused.HEADER + " names somebody else than the user who calls.",
                    holder);
        }
        return person;
    }

    private UUID namedUser(HttpServletRequest request, Who holder) {
        var values = Collections.list(request.getHeaders(CallerRefused.HEADER));
        if (values.size() != 1 || !UUID_TEXT.matcher(values.getFirst().strip()).matches()) {
            throw new CallerRefused(Reason.HEADER_INVALID, "is needed once: the id of a DayFlow user (a UUID)", holder);
        }
        var id = UUID.fromString(values.getFirst().strip());
        boolean known = database.sql("select exists (select from public.users where id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
        if (!known) {
            throw new CallerRefused(
                    Reason.NO_SUCH_USER, "DayFlow has no user with the id of " + CallerRefused.HEADER + ".", holder);
        }
        return id;
    }
}
