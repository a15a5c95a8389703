package io.dayflow.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As routes name it: with the key in brackets. */
class RunMemoryTest {

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        camel.getRegistry().bind("memory", new RunMemory());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:each-collection")
                        .split(body())
                        .stopOnException()
                        .to("direct:list")
                        .end();
                from("direct:list")
                        .choice()
                        .when(method("memory", "has('changes')"))
                        .bean("memory", "recall('changes')")
                        .otherwise()
                        .bean("memory", "keep('changes')")
                        .end()
                        .process(exchange -> exchange.getVariable("answers", List.class)
                                .add(exchange.getMessage().getBody()));
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void whatOneCollectionOfARunKeptTheNextOneRecalls() {
        assertThat(answers(run())).containsExactly("first", "first", "first");
    }

    @Test
    void theNextRunRemembersNothingOfTheOneBefore() {
        answers(run());

        Exchange next = run();
        next.getMessage().setBody(List.of("fresh"));

        assertThat(answers(next)).containsExactly("fresh");
    }

    @Test
    void withoutARunNothingIsRemembered() {
        assertThat(answers(exchange())).containsExactly("first", "second", "third");
    }

    @Test
    void whatWasNeverKeptIsRecalledAsNothing() {
        assertThat(new RunMemory().recall("changes", run())).isNull();
        assertThat(new RunMemory().has("changes", run())).isFalse();
    }

    @Test
    void nothingCanBeKeptToo() {
        Exchange run = run();
        run.getMessage().setBody(null);

        new RunMemory().keep("changes", run);

        assertThat(new RunMemory().has("changes", run)).isTrue();
        assertThat(new RunMemory().recall("changes", run)).isNull();
    }

    private Exchange run() {
        Exchange exchange = exchange();
        RunMemory.begin(exchange);
        return exchange;
    }

    private Exchange exchange() {
        Exchange exchange = ExchangeBuilder.anExchange(camel)
                .withBody(List.of("first", "second", "third"))
                .build();
        exchange.setVariable("answers", new ArrayList<String>());
        return exchange;
    }

    @SuppressWarnings("unchecked")
    private List<String> answers(Exchange exchange) {
        Exchange done = camel.createProducerTemplate().send("direct:each-collection", exchange);
        assertThat(done.getException()).isNull();
        return done.getVariable("answers", List.class);
    }
}
