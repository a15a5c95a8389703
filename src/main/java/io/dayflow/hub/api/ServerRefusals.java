package io.dayflow.hub.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * What the server refuses before anything of the hub sees it, such as an address with an encoded slash or NUL, is told as
 * every other refusal under {@code /api} is: as a problem document.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE) // inside of the valve that Spring Boot adds, so that this one speaks first
class ServerRefusals implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String DOCUMENT =
            "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"The request is not accepted.\"}";

    private static final Logger log = LoggerFactory.getLogger(ServerRefusals.class);

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemValve()));
    }

    private static final class ProblemValve extends ErrorReportValve {

        ProblemValve() {
            setShowReport(false);
            setShowServerInfo(false);
        }

        @Override
        protected void report(Request request, Response response, Throwable thrown) {
            String path =
                    request.getDecodedRequestURI() == null ? request.getRequestURI() : request.getDecodedRequestURI();
            // where not even the address could be read, a browser has no page to show either
            if (path != null && !path.startsWith("/api")) {
                super.report(request, response, thrown);
                return;
            }
            HttpStatus status = HttpStatus.resolve(response.getStatus());
            if (status == null
                    || status.value() < 400
                    || response.getContentWritten() > 0
                    || !response.setErrorReported()) {
                return;
            }
            try {
                byte[] document = DOCUMENT.formatted(status.getReasonPhrase(), status.value())
                        .getBytes(StandardCharsets.UTF_8);
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                response.getOutputStream().write(document);
                response.finishResponse();
            } catch (IOException | IllegalStateException e) {
                log.debug("A refusal could not be told: {}", e.getMessage());
            }
        }
    }
}
