package io.dayflow.hub.routing;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.call.Credential;
import io.dayflow.hub.call.CredentialSource;
import io.dayflow.hub.call.Limits;
import io.dayflow.hub.call.ProviderLimits;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The call door alone, as production wires it, without a database. No stereotype: other tests scan this package. */
@EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@Import({CallConfiguration.class, HubHttp.class})
class CallDoorContext {

    /** The two files of the door alone; the readiness that the whole hub tells of needs a database. */
    static final String PROPERTIES = """
            camel.main.routes-include-pattern=file:routes/core/call.camel.yaml,file:routes/core/failure-policy.camel.yaml
            management.endpoint.health.validate-group-membership=false
            """;

    /** What the stored credentials hold, and how often a fresh one was asked for. */
    static final class Stored implements CredentialSource {
        final Map<UUID, Credential> now = new ConcurrentHashMap<>();
        final Map<UUID, Credential> fresh = new ConcurrentHashMap<>();
        final AtomicInteger refreshes = new AtomicInteger();

        @Override
        public Credential find(UUID connectionId) {
            return now.get(connectionId);
        }

        @Override
        public boolean refresh(UUID connectionId, Credential refused) {
            refreshes.incrementAndGet();
            Credential next = fresh.get(connectionId);
            if (next != null) {
                now.put(connectionId, next);
            }
            return next != null;
        }
    }

    @Bean
    Stored stored() {
        return new Stored();
    }

    @Bean
    ProviderLimits providerLimits() {
        return provider -> switch (provider) {
            case "bursty" -> new Limits(1_000, 3, 100);
            case "single" -> new Limits(1_000, 1_000, 2);
            default -> new Limits(1_000_000, 100_000, 64);
        };
    }

    @Bean
    RouteBuilder callers() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:caller-with-policy")
                        .routeId("caller-with-policy")
                        .onException(FaultException.class)
                        .handled(true)
                        .setBody(simple("handled ${exception.kind}"))
                        .end()
                        .to("direct:core.call");
                from("direct:caller-that-repeats")
                        .routeId("caller-that-repeats")
                        .onException(FaultException.class)
                        .maximumRedeliveries(2)
                        .redeliveryDelay(10)
                        .logExhausted(false)
                        .end()
                        .to("direct:core.call");
            }
        };
    }

    static ConnectionRef connection(String provider, URI address) {
        return new ConnectionRef(UUID.randomUUID(), UUID.randomUUID(), provider, address.toString(), "alice", Map.of());
    }

    static Call call(String method, URI uri, boolean repeatable) {
        return new Call(method, uri, Map.of(), null, Set.of(), repeatable);
    }

    /** Goes through the door and gives back the whole exchange. */
    static Exchange exchange(ProducerTemplate template, ConnectionRef connection, Call call) {
        Exchange exchange = ExchangeBuilder.anExchange(template.getCamelContext())
                .withBody(call)
                .withHeader("X-Of-The-Caller", "must stay here")
                .build();
        exchange.setVariable("connection", connection);
        return template.send("direct:core.call", exchange);
    }

    static Answer answer(ProducerTemplate template, ConnectionRef connection, Call call) throws Exception {
        Exchange exchange = exchange(template, connection, call);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage().getBody(Answer.class);
    }

    static Fault fault(ProducerTemplate template, ConnectionRef connection, Call call) {
        Exception failure = exchange(template, connection, call).getException();
        if (failure instanceof FaultException e) {
            return e.fault();
        }
        throw new AssertionError("Expected a fault, got " + failure, failure);
    }
}
