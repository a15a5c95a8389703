package io.dayflow.hub.people;

import io.dayflow.hub.security.Secret;
import io.dayflow.hub.security.Vault;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.CookieSerializer.CookieValue;
import org.springframework.session.web.http.HttpSessionIdResolver;

/**
 * Session ids in cookies, sealed by the vault: whoever reads the table of sessions, or a copy of it, cannot make a cookie of
 * an id.
 */
final class SealedSessionIds implements HttpSessionIdResolver {

    private static final String CONTEXT = "session cookie";
    private static final String WRITTEN = SealedSessionIds.class.getName() + ".written";
    private static final int LONGEST = 500;

    private final CookieSerializer cookies;
    private final Vault vault;

    SealedSessionIds(CookieSerializer cookies, Vault vault) {
        this.cookies = cookies;
        this.vault = vault;
    }

    @Override
    public List<String> resolveSessionIds(HttpServletRequest request) {
        return cookies.readCookieValues(request).stream()
                .map(this::open)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> open(String value) {
        try {
            return value.length() > LONGEST
                    ? Optional.empty()
                    : Optional.of(vault.open(Base64.getUrlDecoder().decode(value), CONTEXT)
                            .reveal());
        } catch (IllegalArgumentException | Vault.CannotOpen forged) {
            return Optional.empty();
        }
    }

    @Override
    public void setSessionId(HttpServletRequest request, HttpServletResponse response, String id) {
        if (id.equals(request.getAttribute(WRITTEN))) {
            return;
        }
        request.setAttribute(WRITTEN, id);
        var sealed = Base64.getUrlEncoder().withoutPadding().encodeToString(vault.seal(Secret.of(id), CONTEXT));
        cookies.writeCookieValue(new CookieValue(request, response, sealed));
    }

    @Override
    public void expireSession(HttpServletRequest request, HttpServletResponse response) {
        cookies.writeCookieValue(new CookieValue(request, response, ""));
    }
}
