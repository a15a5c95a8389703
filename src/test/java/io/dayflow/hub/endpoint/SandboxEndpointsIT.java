package io.dayflow.hub.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.endpoint.Outbox.Parcel;
import io.dayflow.hub.sandbox.SandboxHub;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** With the sandbox the hub calls itself; what users type leads there no more than without. */
@SandboxHub
class SandboxEndpointsIT {

    @LocalServerPort
    int port;

    @Autowired
    Sender sender;

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d/x", "https://127.0.0.1:%d/x", "http://localhost:%d/x"})
    void theHubItselfIsRefusedWhenItIsTyped(String url) {
        var hub = new HubCalls(port);
        var answer = hub.post(
                hub.asUser("/api/integrations/webhook-endpoints"),
                "{\"url\": \"%s\", \"events\": [\"job\"]}".formatted(url.formatted(port)));

        var problem = HubCalls.problem(answer, 400);
        assertThat(problem.path("errors").findValuesAsText("field")).containsExactly("url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void theHubItselfIsRefusedWhenItIsCalled(String scheme) {
        var outcome = sender.send(new Parcel(
                UUID.randomUUID(),
                UUID.randomUUID(),
                scheme + "://127.0.0.1:" + port + "/api/webhooks/todoist",
                "{}",
                List.of(Signing.newSecret()),
                1,
                false));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.status()).isNull();
            assertThat(failed.problem()).containsAnyOf("refused", "private network");
        });
    }
}
