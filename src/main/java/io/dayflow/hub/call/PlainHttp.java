package io.dayflow.hub.call;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether addresses without TLS may be called.
 *
 * @param allowed whether all may
 * @param exceptions those that may anyway, since the operator named them
 */
public record PlainHttp(boolean allowed, AllowedAddresses exceptions) {

    private static final int PORT = 80;

    /** Why no request may go there, in words for a person, or null if it may. */
    public @Nullable String refusal(URI target) {
        String host = target.getHost();
        boolean plain = !"https".equals(String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT));
        if (!plain || allowed || host == null) {
            return null;
        }
        return exceptions.allow(host, target.getPort() < 0 ? PORT : target.getPort())
                ? null
                : "The address has to begin with https://: http is refused unless hub.security.allow-http=true, as with"
                        + " hub.security.allow-private-addresses=true";
    }
}
