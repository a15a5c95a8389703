package io.dayflow.hub.routing;

import io.dayflow.hub.webhook.Intake;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/** A request of which nothing but its head was read. */
record UnreadRequest(HttpServletRequest request) implements Intake.Request {

    @Override
    public @Nullable String pathVariable(String name) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                ? (String) variables.get(name)
                : null;
    }

    @Override
    public List<String> headers(String name) {
        return Collections.list(request.getHeaders(name));
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
