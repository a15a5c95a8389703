package io.dayflow.hub.call;

import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a redirect leads. Method and body are kept for 301, 302, 307 and 308 (RFC 9110 section 15.4 allows clients to
 * turn a POST into a GET for the first two, which WebDAV servers do not mean); 303 is followed for a GET or HEAD alone.
 */
public final class Redirects {

    /** The most that one call follows. */
    public static final int MOST = 5;

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT");

    private Redirects() {}

    /**
     * The call to send next, or null if the answer is not a redirect to follow.
     *
     * @param followed redirects of this call so far
     * @throws FaultException if it must not be followed
     */
    public static @Nullable Call follow(
            Call call, int status, @Nullable String location, int followed, Destination destination) {
        if (call.expected().contains(status) || !redirects(call.method(), status)) {
            return null;
        }
        if (followed >= MOST) {
            throw new FaultException(new Fault.Unreadable("The service redirects more than " + MOST + " times"));
        }
        URI target = target(call.uri(), location);
        String refusal = destination.refusal(call.uri(), target);
        if (refusal != null) {
            throw new FaultException(new Fault.Rejected(refusal));
        }
        if (!READING.contains(call.method()) && destination.trusts(call.uri()) && !destination.trusts(target)) {
            throw new FaultException(new Fault.Rejected("The service redirects a write to a host that is not its own"));
        }
        return call.at(target);
    }

    private static boolean redirects(String method, int status) {
        return switch (status) {
            case 301, 302, 307, 308 -> true;
            case 303 -> method.equals("GET") || method.equals("HEAD");
            default -> false;
        };
    }

    private static URI target(URI from, @Nullable String location) {
        if (location == null || location.isBlank()) {
            throw new FaultException(new Fault.Unreadable("The service redirects without saying where"));
        }
        try {
            URI target = from.resolve(new URI(location.strip()));
            String text = target.toString();
            int fragment = text.indexOf('#');
            return fragment < 0 ? target : new URI(text.substring(0, fragment));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new FaultException(new Fault.Unreadable("The service redirects to something that is no address"));
        }
    }
}
