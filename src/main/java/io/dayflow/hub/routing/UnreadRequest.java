package io.dayflow.hub.routing;

import io.dayflow.hub.webhook.Intake;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.firewall.RequestRejectedException;

/** A request of which nothing but its head was read. */
record UnreadRequest(HttpServletRequest request) implements Intake.Request {

    private static final String BASE = "/api/webhooks/";

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public List<String> path() {
        String address = request.getRequestURI();
        return address.startsWith(BASE)
                ? List.of(address.substring(BASE.length()).split("/", -1))
                : List.of();
    }

    /** Not by the request's parameters: to look for these may read the body. */
    @Override
    public @Nullable String query() {
        return request.getQueryString();
    }

    /** Spring Security's firewall throws at values with control characters. */
    @Override
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        for (Enumeration<String> all = request.getHeaders(name); all.hasMoreElements(); ) {
            try {
                values.add(all.nextElement());
            } catch (RequestRejectedException e) {
                values.add("");
            }
        }
        return values;
    }

    @Override
    public long announcedLength() {
        return request.getContentLengthLong();
    }

    @Override
    public InputStream body() throws IOException {
        return request.getInputStream();
    }

    @Override
    public @Nullable String remoteAddress() {
        return request.getRemoteAddr();
    }

    /** For Hawtio: nothing of the request. */
    @Override
    public String toString() {
        return "UnreadRequest";
    }
}
