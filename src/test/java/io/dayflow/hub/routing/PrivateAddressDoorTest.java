package io.dayflow.hub.routing;

import static io.dayflow.hub.routing.CallDoorContext.call;
import static io.dayflow.hub.routing.CallDoorContext.connection;
import static io.dayflow.hub.routing.CallDoorContext.fault;
import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import java.net.URI;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@SpringBootTest(
        classes = CallDoorContext.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = CallDoorContext.PROPERTIES)
class PrivateAddressDoorTest {

    @Autowired
    ProducerTemplate template;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "127.1", "0.0.0.0"})
    void privateAddressesAreRefusedUnlessTheSettingAllowsThem(String host) throws Exception {
        try (var server = new MisbehavingServer()) {
            server.script("/", MisbehavingServer.status(200));
            URI uri = URI.create("http://" + host + ":" + server.uri("/").getPort() + "/");
            Fault fault = fault(template, connection("caldav", uri), call("GET", uri, true));
            assertThat(fault).isInstanceOf(Fault.Rejected.class);
            assertThat(fault.message())
                    .containsAnyOf(
                            "hub.security.allow-private-addresses=true",
                            "four decimal numbers",
                            "names no host that can be called");
            assertThat(server.seen).isEmpty();
        }
    }

    @Test
    void otherSchemesAndAddressesWithAPasswordAreRefused() {
        ConnectionRef connection = connection("caldav", URI.create("https://dav.example.com/"));
        assertThat(fault(template, connection, call("GET", URI.create("file:///etc/passwd"), true)))
                .isInstanceOf(Fault.Rejected.class);
        assertThat(fault(template, connection, call("GET", URI.create("https://a:b@dav.example.com/"), true)))
                .isInstanceOf(Fault.Rejected.class);
        assertThat(fault(template, connection, call("GET", URI.create("http://dav.example.com/"), true)))
                .isEqualTo(new Fault.Rejected("The address must stay on https"));
    }

    @Test
    void theHttpEndpointSendsNothingThatDidNotComeThroughTheDoor() throws Exception {
        try (var server = new MisbehavingServer()) {
            Exchange exchange = template.request(
                    "hub-http:provider",
                    e -> e.getMessage()
                            .setHeader(Exchange.HTTP_URI, server.uri("/").toString()));
            assertThat(exchange.getException())
                    .isNotInstanceOf(HttpOperationFailedException.class)
                    .hasMessageContaining("direct:core.call");
            assertThat(server.seen).isEmpty();
        }
    }
}
