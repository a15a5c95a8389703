package io.dayflow.hub.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.endpoint.KeepEndpoints.By;
import io.dayflow.hub.endpoint.KeepEndpoints.Wish;
import io.dayflow.hub.endpoint.Outbox.Parcel;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.routing.MisbehavingServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Only public addresses are called; that only https is, is tested beside the other calls. */
@RunningHub
@TestPropertySource(properties = "hub.security.allow-http=true")
class GuardedEndpointsIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Sender sender;

    @Autowired
    KeepEndpoints keep;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "https://127.0.0.1/",
                "https://localhost/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://169.254.169.254/latest/meta-data/",
                "https://10.1.2.3/",
                "https://192.168.0.1:8443/",
                "https://2130706433/",
                "https://0x7f.1/"
            })
    void whatIsNotPublicIsRefusedWhenItIsTyped(String url) {
        var hub = new HubCalls(port);
        var answer = hub.post(
                hub.asUser("/api/integrations/webhook-endpoints"),
                "{\"url\": \"%s\", \"events\": [\"job\"]}".formatted(url));

        var problem = HubCalls.problem(answer, 400);
        assertThat(problem.path("errors").findValuesAsText("field")).containsExactly("url");
        assertThat(jdbc.sql("select count(*) from hub.webhook_endpoint")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** As after a name has changed where it leads to. */
    @Test
    void whatIsNotPublicIsRefusedWhenItIsCalled() throws Exception {
        try (var receiver = new MisbehavingServer()) {
            receiver.script("/hook", MisbehavingServer.status(200));
            var url = receiver.uri("/hook").toString();

            for (var address : List.of(url, url.replace("127.0.0.1", "localhost"), url.replace("127.0.0.1", "[::1]"))) {
                var outcome = sender.send(new Parcel(
                        UUID.randomUUID(), UUID.randomUUID(), address, "{}", List.of(Signing.newSecret()), 1, false));

                assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.status()).isNull();
                    assertThat(failed.problem()).contains("private network");
                });
            }
            assertThat(receiver.seen).isEmpty();
        }
    }

    @Test
    void onlyOperatorsAreToldOfEverybody() {
        var wish = new Wish("https://203.0.113.77.example.org/", List.of(EndpointEvent.JOB), null, null);

        assertThatThrownBy(() -> keep.create(new By(RunningHub.USER, false), wish, true))
                .isInstanceOf(InvalidRequest.class);
        var all = keep.create(new By(RunningHub.USER, true), wish, true).endpoint();
        assertThatThrownBy(() -> keep.delete(new By(RunningHub.USER, false), all.endpointId()))
                .hasMessageContaining("no such endpoint");
        keep.delete(new By(RunningHub.USER, true), all.endpointId());
    }

    @Test
    void descriptionsOfTheInterfaceNameNoSecretInLists() throws Exception {
        var hub = new HubCalls(port);
        var description = new ObjectMapper()
                .readTree(hub.send(hub.to("/v3/api-docs").GET()).body())
                .path("components")
                .path("schemas");

        assertThat(description.path("WebhookEndpoint").path("properties").has("secret"))
                .isFalse();
        assertThat(description.path("WebhookEndpoint").path("properties").has("url"))
                .isTrue();
    }
}
