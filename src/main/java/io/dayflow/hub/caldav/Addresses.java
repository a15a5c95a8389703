package io.dayflow.hub.caldav;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Where to look for a server, given what a person typed (RFC 6764 section 6). */
final class Addresses {

    private static final String WELL_KNOWN = "/.well-known/caldav";

    private Addresses() {}

    /**
     * URLs to try, the likeliest first.
     *
     * @param typed a URL, a host or a domain; a mail address stands for its domain
     * @param records finds the URLs that a domain's service records name; asked only for a bare domain
     * @throws io.dayflow.hub.provider.FaultException rejected, if it is no address at all
     */
    static List<URI> candidates(String typed, Function<String, List<URI>> records) {
        String text = typed.strip();
        boolean url = text.contains("://");
        String place = url ? text : text.substring(text.indexOf('@') + 1);
        URI uri = parse(url ? place : "https://" + place);
        String origin = Href.origin(uri);
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        boolean bare = !url && path.equals("/") && uri.getPort() == -1;
        List<URI> candidates = new ArrayList<>();
        if (bare) {
            candidates.addAll(records.apply(uri.getHost()));
            candidates.add(URI.create(origin + WELL_KNOWN));
        }
        candidates.add(URI.create(origin + path));
        candidates.add(URI.create(origin + WELL_KNOWN));
        candidates.add(URI.create(origin + "/"));
        return List.copyOf(new LinkedHashSet<>(candidates));
    }

    /** Whether two hosts are one, or share their last two labels. */
    static boolean sameSite(String one, String other) {
        return site(one).equals(site(other));
    }

    private static String site(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        boolean number = lower.startsWith("[") || Character.isDigit(lower.charAt(lower.length() - 1));
        String[] labels = lower.split("\\.");
        return number || labels.length < 3 ? lower : labels[labels.length - 2] + "." + labels[labels.length - 1];
    }

    private static URI parse(String text) {
        try {
            URI uri = URI.create(text.replace(" ", "%20"));
            String scheme = String.valueOf(uri.getScheme());
            if (uri.getHost() != null && (scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw Dav.rejected(
                "This is no address. Type the server's name or URL, for example https://caldav.example.com/");
    }
}
