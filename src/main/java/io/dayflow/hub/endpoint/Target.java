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
import org.springframework.stereotype.Component;

/** Judges addresses that users type before they are kept. What they lead to is judged again with each request. Thread-safe. */
@Component
class Target {

    private static final int LONGEST = 2000;
    private static final Destination ANYWHERE = new Destination(null, Set.of());

    private final GuardedResolver resolver;
    private final PlainHttp plain;

    Target(GuardedResolver resolver, PlainHttp plain) {
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
        if (!scheme.equals("https") && !scheme.equals("http") || plain.refusal(uri) != null) {
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

    private boolean leadsInside(URI uri) {
        String host = uri.getHost();
        int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        try {
            resolver.resolve(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
            return false;
        } catch (UnknownHostException e) {
            return resolver.refuses(e);
        }
    }

    private static InvalidRequest refused(String why) {
        return new InvalidRequest("url", why);
    }
}
