package io.dayflow.hub.sandbox.oauth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Which service a request is for: all have one server, each with an address of its own. */
final class Here {

    private static final Pattern PATH = Pattern.compile("/sandbox/([a-z-]+)/oauth/([a-z]+)");

    private Here() {}

    /** The service's id, or an empty text. */
    static String service(HttpServletRequest request) {
        var path = PATH.matcher(request.getRequestURI());
        return path.lookingAt() ? path.group(1) : "";
    }

    /** The last part of the address, for example {@code token}; or an empty text. */
    static String endpoint(HttpServletRequest request) {
        var path = PATH.matcher(request.getRequestURI());
        return path.matches() ? path.group(2) : "";
    }

    /** The request of this thread. */
    static HttpServletRequest request() {
        if (RequestContextHolder.currentRequestAttributes() instanceof ServletRequestAttributes servlet) {
            return servlet.getRequest();
        }
        throw new IllegalStateException("the authorization server is asked over HTTP only");
    }
}
