package io.dayflow.hub.routing;

import static io.dayflow.hub.routing.CallDoorContext.call;
import static io.dayflow.hub.routing.CallDoorContext.connection;
import static io.dayflow.hub.routing.CallDoorContext.fault;
import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.call.AllowedAddresses;
import io.dayflow.hub.call.PlainHttp;
import io.dayflow.hub.provider.Fault;
import java.net.URI;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Without a setting only https is called. */
@CamelSpringBootTest
@SpringBootTest(
        classes = CallDoorContext.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = CallDoorContext.PROPERTIES)
class PlainHttpDoorTest {

    @Autowired
    ProducerTemplate template;

    @Test
    void plainHttpIsRefusedBeforeAnythingIsLookedUp() {
        URI uri = URI.create("http://dav.example.com/");

        assertThat(fault(template, connection("single", uri), call("GET", uri, true)))
                .isInstanceOf(Fault.Rejected.class)
                .extracting(Fault::message)
                .asString()
                .contains("begin with https://", "hub.security.allow-http=true");
    }

    @Test
    void addressesThatTheOperatorNamedMayBePlain() {
        var strict = new PlainHttp(false, AllowedAddresses.parse("radicale.lan:5232, plain.lan:80"));

        assertThat(strict.refusal(URI.create("http://radicale.lan:5232/"))).isNull();
        assertThat(strict.refusal(URI.create("http://plain.lan/"))).isNull();
        assertThat(strict.refusal(URI.create("http://radicale.lan:5233/"))).isNotNull();
        assertThat(strict.refusal(URI.create("HTTP://radicale.lan/"))).isNotNull();
        assertThat(strict.refusal(URI.create("https://anywhere.example/"))).isNull();
        assertThat(new PlainHttp(true, AllowedAddresses.parse("")).refusal(URI.create("http://anywhere.example/")))
                .isNull();
    }
}
