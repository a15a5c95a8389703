package io.dayflow.hub.call;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection's requests may go, and where its credentials may.
 *
 * @param home the address that the user or the configuration gave; null if none is known, then nothing is trusted
 * @param domains domains whose hosts belong to the same provider, for example {@code example.com} for {@code
 *     p01.example.com}; those hosts are trusted over https only
 */
public record Destination(@Nullable URI home, Set<String> domains) {

    private static final String OCTET = "(0|[1-9][0-9]{0,2})";

    public Destination {
        domains =
                domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        for (String domain : domains) {
            if (!domain.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+")) {
                throw new IllegalArgumentException("A provider's domain is a host name of at least two labels");
            }
        }
    }

    /** Why no request may go there, in words for a person, or null if it may. */
    public @Nullable String refusal(URI target) {
        String scheme = scheme(target);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return "Only http and https addresses are called";
        }
        if (target.getRawUserInfo() != null) {
            return "An address must not hold a user name or password";
        }
        if (target.getHost() == null || target.getHost().indexOf('%') >= 0 || target.getPort() > 65_535) {
            return "The address names no host that can be called";
        }
        if (isAmbiguous(host(target))) {
            return "An IPv4 address is written as four decimal numbers, for example 17.248.1.1";
        }
        if (scheme.equals("http") && home != null && scheme(home).equals("https") && sameHost(home, target)) {
            return "The address must stay on https";
        }
        return null;
    }

    /** Why a redirect from one address to another is not followed, in words for a person, or null if it is. */
    public @Nullable String refusal(URI from, URI target) {
        if (scheme(from).equals("https") && scheme(target).equals("http")) {
            return "The service redirects from https to http, which is not followed";
        }
        return refusal(target);
    }

    /** Whether the connection's credentials may be sent there. Expects an address that is not refused. */
    public boolean trusts(URI target) {
        if (home == null) {
            return false;
        }
        if (sameHost(home, target)) {
            return port(home) == port(target) && scheme(home).equals(scheme(target)) || upgrades(home, target);
        }
        String host = host(target);
        return scheme(target).equals("https")
                && port(target) == 443
                && domains.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }

    /** Hosts that end in a number are IPv4 addresses to some programs, and to others not the same ones. */
    private static boolean isAmbiguous(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return !host.startsWith("[")
                && last.matches("[0-9]+|0x[0-9a-f]*")
                && !host.matches("(" + OCTET + "\\.){3}" + OCTET);
    }

    private static boolean upgrades(URI home, URI target) {
        return scheme(home).equals("http") && scheme(target).equals("https") && port(target) == 443;
    }

    private static boolean sameHost(URI one, URI other) {
        return host(one).equals(host(other));
    }

    private static String host(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : scheme(uri).equals("https") ? 443 : 80;
    }
}
