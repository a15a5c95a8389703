package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.sandbox.FaultPlan.Fate;
import io.dayflow.hub.sandbox.LostAnswers;
import io.dayflow.hub.sandbox.RequestLog;
import io.dayflow.hub.sandbox.oauth.AccessTokens;
import io.dayflow.hub.sandbox.oauth.AccessTokens.Access;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API over HTTP: who asks, what goes wrong on request, and the form of answers and errors. */
final class TodoistServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(TodoistServlet.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 1024 * 1024;

    private final transient TodoistStandIn service;
    private final transient AccessTokens tokens;
    private final transient Clock clock;

    TodoistServlet(TodoistStandIn service, AccessTokens tokens, Clock clock) {
        this.service = service;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    protected void service(HttpServletRequest http, HttpServletResponse response) throws IOException {
        var time = clock.instant();
        var body = http.getInputStream().readNBytes(LARGEST + 1);
        var access = access(http);
        var account = account(http, access);
        var fate = Fate.FINE;
        Answer answer;
        try {
            var request = request(http, body);
            fate = service.faults().next(account == null ? null : account.account(), request.writes());
            LockSupport.parkNanos(fate.delay().toNanos());
            answer = fate.status() != null ? broken(fate, fate.status()) : carriedOut(account, access, request, fate);
        } catch (ApiError refused) {
            answer = new Answer(refused.status(), refused.body());
        } catch (RuntimeException failed) {
            log.error("The Todoist stand-in failed", failed);
            answer = error(ApiError.of(500, "Internal server error"));
        }
        if (account != null) {
            service.requests()
                    .add(
                            account.account(),
                            new RequestLog.Entry(http.getMethod(), http.getRequestURI(), answer.status(), time));
        }
        if (fate.lose()) {
            LostAnswers.lose(http);
            return;
        }
        write(response, answer);
    }

    private Answer carriedOut(@Nullable Ledger account, @Nullable Access access, Request request, Fate fate) {
        boolean newer =
                access != null && access.issuedAt().isAfter(service.faults().since());
        boolean ended = access != null && access.ended();
        if (account == null || ended || (!newer && (fate.tokenRevoked() || fate.tokenExpired()))) {
            throw ApiError.unauthorized(ended || fate.tokenExpired());
        }
        return service.answer(account, request);
    }

    private static Answer broken(Fate fate, int status) {
        var error = ApiError.of(status, "The sandbox was told to answer so").body();
        if (fate.retryAfter() != null) {
            error.withObject("error_extra").put("retry_after", fate.retryAfter());
        }
        return new Answer(status, error);
    }

    private static Answer error(ApiError error) {
        return new Answer(error.status(), error.body());
    }

    /** The token that was sent, if the authorization server gave it. */
    private @Nullable Access access(HttpServletRequest http) {
        return tokens.find(TodoistStandIn.SERVICE, token(http)).orElse(null);
    }

    private @Nullable Ledger account(HttpServletRequest http, @Nullable Access access) {
        return access == null ? service.withToken(token(http)).orElse(null) : service.account(access.account());
    }

    private static String token(HttpServletRequest http) {
        var header = http.getHeader("Authorization");
        return header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? ""
                : header.substring(7).strip();
    }

    private static Request request(HttpServletRequest http, byte[] body) {
        var path = http.getPathInfo() == null ? "" : http.getPathInfo();
        if (!path.startsWith("/v1/") || !path.equals(path.toLowerCase(Locale.ROOT)) && !hasId(path)) {
            throw ApiError.notFound("Page");
        }
        if (body.length > LARGEST) {
            throw ApiError.of(413, "Request body is larger than 1 MiB");
        }
        return new Request(
                http.getMethod(),
                List.of(path.substring(4).split("/")),
                parameters(http.getQueryString()),
                parsed(String.valueOf(http.getContentType()), new String(body, StandardCharsets.UTF_8)));
    }

    /** Only ids may hold capitals. */
    private static boolean hasId(String path) {
        var segments = new ArrayList<>(List.of(path.substring(4).split("/")));
        if (segments.size() > 1) {
            segments.remove(1);
        }
        return segments.stream().allMatch(segment -> segment.equals(segment.toLowerCase(Locale.ROOT)));
    }

    private static JsonNode parsed(String type, String body) {
        if (body.isBlank()) {
            return Ledger.object();
        }
        try {
            if (!type.startsWith("application/x-www-form-urlencoded")) {
                var json = JSON.readTree(body);
                if (!json.isObject() || body.contains("\\u0000")) {
                    throw ApiError.invalid("body", "A JSON object without NUL characters");
                }
                return json;
            }
            var form = Ledger.object();
            for (var field : parameters(body).entrySet()) {
                boolean isJson =
                        field.getKey().equals("commands") || field.getKey().equals("resource_types");
                form.set(field.getKey(), isJson ? JSON.readTree(field.getValue()) : form.textNode(field.getValue()));
            }
            return form;
        } catch (JsonProcessingException e) {
            throw ApiError.invalid("body", "JSON");
        }
    }

    private static Map<String, String> parameters(@Nullable String text) {
        var parameters = new LinkedHashMap<String, String>();
        if (text != null) {
            for (var pair : text.split("&")) {
                var parts = pair.split("=", 2);
                if (!parts[0].isEmpty()) {
                    parameters.putIfAbsent(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
                }
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid("query", "Parameters in percent encoding");
        }
    }

    private static void write(HttpServletResponse response, Answer answer) throws IOException {
        response.setStatus(answer.status());
        if (answer.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
        var body = answer.body();
        if (body == null) {
            return;
        }
        var wait = body.path("error_extra").path("retry_after");
        if (wait.isNumber()) {
            response.setHeader("Retry-After", wait.asText());
        }
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        JSON.writeValue(response.getOutputStream(), body);
    }
}
