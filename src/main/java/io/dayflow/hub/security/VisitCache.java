package io.dayflow.hub.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Where somebody wanted to go who has to sign in first: path and query in a cookie of the browser's. Whatever the cookie
 * holds, it leads to this site only.
 */
final class VisitCache implements RequestCache {

    private static final int LONGEST = 1000;
    private static final Duration KEPT = Duration.ofMinutes(15);

    private final RequestMatcher visits;
    private final boolean tls;
    private final String name;

    VisitCache(RequestMatcher visits, boolean tls) {
        this.visits = visits;
        this.tls = tls;
        this.name = tls ? "__Host-visit" : "visit";
    }

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        if (!visits.matches(request)) {
            return;
        }
        var query = request.getQueryString();
        var path = request.getRequestURI() + (query == null ? "" : "?" + query);
        if (path.length() <= LONGEST) {
            set(request, response, Base64.getUrlEncoder().encodeToString(path.getBytes(StandardCharsets.UTF_8)), KEPT);
        }
    }

    @Override
    public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
        var cookies = Objects.requireNonNullElse(request.getCookies(), new Cookie[0]);
        return Arrays.stream(cookies)
                .filter(cookie -> cookie.getName().equals(name))
                .map(cookie -> path(cookie.getValue()))
                .filter(Objects::nonNull)
                .findFirst()
                .map(SimpleSavedRequest::new)
                .orElse(null);
    }

    private static @Nullable String path(String value) {
        try {
            var path = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
            return path.length() <= LONGEST && path.matches("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*") ? path : null;
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    /** Nothing is repeated: a person goes there again. */
    @Override
    public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    @Override
    public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
        set(request, response, "", Duration.ZERO);
    }

    private void set(HttpServletRequest request, HttpServletResponse response, String value, Duration life) {
        var cookie = ResponseCookie.from(name, value)
                .path("/")
                .httpOnly(true)
                .secure(tls || request.isSecure())
                .sameSite("Lax")
                .maxAge(life)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
