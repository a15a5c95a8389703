package io.dayflow.hub.sandbox.caldav;

import io.dayflow.hub.sandbox.FaultPlan.Fate;
import io.dayflow.hub.sandbox.LostAnswers;
import io.dayflow.hub.sandbox.RequestLog;
import io.dayflow.hub.sandbox.oauth.AccessTokens;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calendar server over HTTP: HTTP Basic, or a token that Fastmail's authorization server gave for the account; faults on
 * request, and WebDAV's methods.
 */
final class CalDavServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(CalDavServlet.class);

    /** The service whose calendars this server holds for whoever brings a token. */
    private static final String WITH_TOKENS = "fastmail";

    private final transient CalDavService service;
    private final transient AccessTokens tokens;
    private final transient Clock clock;

    CalDavServlet(CalDavService service, AccessTokens tokens, Clock clock) {
        this.service = service;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    protected void service(HttpServletRequest http, HttpServletResponse response) throws IOException {
        var time = clock.instant();
        if (!http.getRequestURI().startsWith(CalDavService.PREFIX)) {
            response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
            response.setHeader("Location", CalDavService.PREFIX + StandInHandler.ROOT);
            return;
        }
        var request = request(http, time);
        var account = account(http);
        Fate fate = service.faults().next(account.orElse(null), request.writes());
        LockSupport.parkNanos(fate.delay().toNanos());
        var reply = reply(account, request, fate);
        account.ifPresent(id -> service.requests()
                .add(id, new RequestLog.Entry(request.method(), http.getRequestURI(), reply.status(), time)));
        if (fate.lose()) {
            LostAnswers.lose(http);
            return;
        }
        response.setStatus(reply.status());
        reply.headers().forEach(response::setHeader);
        if (!request.method().equals("HEAD")) {
            response.getOutputStream().write(reply.body());
        }
    }

    private StandInReply reply(Optional<String> account, StandInRequest request, Fate fate) {
        if (fate.status() != null) {
            var broken = StandInReply.empty(fate.status());
            return fate.retryAfter() == null
                    ? broken
                    : broken.with("Retry-After", fate.retryAfter().toString());
        }
        if (account.isEmpty() || fate.tokenExpired() || fate.tokenRevoked()) {
            return StandInReply.empty(401).with("WWW-Authenticate", "Basic realm=\"Sandbox\", charset=\"UTF-8\"");
        }
        try {
            return service.answer(account.get(), request);
        } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            return StandInReply.text(400, "text/plain; charset=utf-8", "The request cannot be read");
        } catch (RuntimeException failed) {
            log.error("The calendar server of the sandbox failed", failed);
            return StandInReply.empty(500);
        }
    }

    private Optional<String> account(HttpServletRequest http) {
        var header = http.getHeader("Authorization");
        if (header == null) {
            return Optional.empty();
        }
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return tokens.find(WITH_TOKENS, header.substring(7).strip())
                    .filter(access -> !access.ended())
                    .map(AccessTokens.Access::account)
                    .filter(service::knows);
        }
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            var pair = new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8)
                    .split(":", 2);
            return pair.length < 2 ? Optional.empty() : service.signedIn(pair[0], pair[1]);
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static StandInRequest request(HttpServletRequest http, Instant time) throws IOException {
        var headers = new HashMap<String, String>();
        for (var name : Collections.list(http.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), http.getHeader(name));
        }
        return new StandInRequest(
                time,
                System.nanoTime(),
                http.getMethod(),
                http.getRequestURI().substring(CalDavService.PREFIX.length()),
                headers,
                new String(http.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
}
