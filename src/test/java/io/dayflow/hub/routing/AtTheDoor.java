package io.dayflow.hub.routing;

import static io.dayflow.hub.routing.CallDoorContext.connection;

import io.dayflow.hub.call.TrialCredentials;
import io.dayflow.hub.provider.ConnectionRef;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.OutputCaptureExtension;

@CamelSpringBootTest
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        classes = CallDoorContext.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            CallDoorContext.PROPERTIES,
            "logging.level.io.dayflow.hub.call=DEBUG",
            "logging.level.org.apache.hc=DEBUG",
            "logging.level.org.apache.camel.component.http=DEBUG",
            "hub.security.allow-private-addresses=true",
            "hub.call.response-timeout=2s",
            "hub.call.total-timeout=3s",
            "hub.call.max-answer-size=1MB",
            "hub.call.circuit.consecutive-faults=4",
            "hub.call.circuit.open-for=1500ms",
            "hub.call.longest-wait=3s"
        })
abstract class AtTheDoor {

    @Autowired
    ProducerTemplate template;

    @Autowired
    TrialCredentials trial;

    @Autowired
    CallDoorContext.Stored stored;

    @Autowired
    MeterRegistry meters;

    MisbehavingServer server;
    ConnectionRef connection;

    @BeforeEach
    void start() throws Exception {
        server = new MisbehavingServer();
        connection = connection("caldav", server.uri("/"));
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
