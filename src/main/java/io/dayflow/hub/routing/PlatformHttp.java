package io.dayflow.hub.routing;

import io.micrometer.observation.ObservationPredicate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Camel's {@code platform-http} as webhooks need it. A request is worked on in the thread that Tomcat gave it, a virtual
 * one, where it would change threads twice. And with {@code useStreaming} the message's body is an {@link UnreadRequest}:
 * Camel's own way copies the body, to disk if it is large, before anybody can refuse it, unpacks it, so that a signature
 * does not fit any more, and makes headers of whatever the caller sends.
 */
@Configuration(proxyBeanMethods = false)
class PlatformHttp {

    private static final Logger log = LoggerFactory.getLogger(PlatformHttp.class);

    /** By the name under which Camel looks for it. */
    @Bean("platform-http-engine")
    PlatformHttpEngine platformHttpEngine(Environment environment) {
        return new PlatformHttpEngine() {
            @Override
            public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
                return new Consumer(endpoint, processor);
            }

            @Override
            public int getServerPort() {
                return environment.getProperty("server.port", Integer.class, 8080);
            }
        };
    }

    /** The timer {@code hub.webhooks} tells more of deliveries than that of all requests, and one is enough in a burst. */
    @Bean
    ObservationPredicate deliveriesAreMeasuredByThemselves() {
        return (name, context) -> !(context instanceof ServerRequestObservationContext request
                && request.getCarrier().getRequestURI().startsWith("/api/webhooks/"));
    }

    static final class Consumer extends SpringBootPlatformHttpConsumer {

        Consumer(PlatformHttpEndpoint endpoint, Processor processor) {
            super(endpoint, processor, Runnable::run);
        }

        /** Null tells Spring that the answer is written. */
        @Override
        @SuppressWarnings("NullAway") // Camel's own declaration says nothing of null
        public @Nullable CompletableFuture<Void> service(HttpServletRequest request, HttpServletResponse response) {
            try {
                handleService(request, response);
            } catch (Exception e) {
                log.warn("a request to {} failed", getEndpoint().getPath(), e);
                fail(response);
            }
            return null;
        }

        private static void fail(HttpServletResponse response) {
            try {
                if (!response.isCommitted()) {
                    response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                }
            } catch (IOException e) {
                log.debug("nobody waits for the answer any more: {}", e.getMessage());
            }
        }

        @Override
        protected void handleService(HttpServletRequest request, HttpServletResponse response) throws Exception {
            if (!getEndpoint().isUseStreaming() || isSuspended()) {
                super.handleService(request, response);
                return;
            }
            Exchange exchange = createExchange(true);
            try {
                exchange.setPattern(ExchangePattern.InOut);
                exchange.getIn().setBody(new UnreadRequest(request));
                createUoW(exchange);
                getProcessor().process(exchange);
                if (exchange.getException() != null) {
                    throw exchange.getException();
                }
                write(exchange.getMessage(), response);
            } finally {
                doneUoW(exchange);
                releaseExchange(exchange, true);
            }
        }

        private static void write(Message answer, HttpServletResponse response) throws IOException {
            response.setStatus(
                    answer.getHeader(Exchange.HTTP_RESPONSE_CODE) instanceof Integer status
                            ? status
                            : HttpServletResponse.SC_OK);
            for (Map.Entry<String, Object> header : answer.getHeaders().entrySet()) {
                if (!header.getKey().startsWith("Camel")) {
                    response.setHeader(header.getKey(), String.valueOf(header.getValue()));
                }
            }
            // the routes answer bytes or nothing: to ask Camel to convert nothing takes longer than the rest
            byte[] body = answer.getBody() instanceof byte[] bytes ? bytes : null;
            response.setContentLength(body == null ? 0 : body.length);
            if (body != null) {
                response.getOutputStream().write(body);
            }
        }
    }
}
