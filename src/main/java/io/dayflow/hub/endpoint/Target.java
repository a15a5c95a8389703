package io.dayflow.hub.endpoint;

import io.dayflow.hub.call.Destination;
import io.dayflow.hub.call.GuardedResolver;
import io.dayflow.hub.call.PlainHttp;
import io.dayflow.hub.refusal.InvalidRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Judges addresses that users type: before they are kept, and again with each request. Thread-safe. */
@Component
class Target {

    private static final int LONGEST = 2000;
    private static final Destination ANYWHERE = new Destination(null, Set.of());

    private final GuardedResolver resolver;
    private final PlainHttp plain;

    Target(@Qualifier("typedResolver") GuardedResolver resolver, @Qualifier("typedPlainHttp") PlainHttp plain) {
        this.resolver = resolver;
        this.plain = plain;
    }

    /** @throws InvalidRequest with what is accepted, if no request may go there */
    String checked(String typed) {
        String text = typed.strip();
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw refused("must be an address such as https://example.org/hooks");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http") || isPlain(uri)) {
            throw refused("must begin with https://");
        }
        if (text.length() > LONGEST || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw refused("takes " + LONGEST + " characters of ASCII at most");
        }
        if (uri.getHost() == null
                || uri.getPort() > 65_535
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null) {
            throw refused("must name a host, and hold neither a user name nor a fragment");
        }
        if (ANYWHERE.refusal(uri) != null) {
            throw refused(
                    "names its host in a way that not all programs read alike: an IPv4 address is four decimal numbers");
        }
        if (leadsInside(uri)) {
            throw refused("leads to this machine or a private network");
        }
        return text;
    }

    /** Whether it would be called without TLS, and must not be. */
    boolean isPlain(URI uri) {
        return plain.refusal(uri) != null;
    }

    /** @throws UnknownHostException if there is no such host, or it {@link #isInside} */
    void resolve(URI uri) throws UnknownHostException {
        String host = uri.getHost();
        int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        resolver.resolve(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    /** Whether a host was not resolved because it is this machine or of a private network. */
    boolean isInside(UnknownHostException failed) {
        return resolver.refuses(failed);
    }

    private boolean leadsInside(URI uri) {
        try {
            resolve(uri);
            return false;
        } catch (UnknownHostException e) {
            return isInside(e);
        }
    }

    private static InvalidRequest refused(String why) {
        return new InvalidRequest("url", why);
    }
}
