package io.dayflow.hub.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Anybody may say that they are a proxy, also on Kubernetes: nobody is believed unless an operator said so. */
@RunningHub
@Import(FakeEngine.class)
@TestPropertySource(properties = {"camel.main.auto-startup=false", "spring.main.cloud-platform=kubernetes"})
class ForwardedHeadersIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Test
    void theAddressIsTheOneThatTheServerSees() {
        var hub = new HubCalls(port);
        hub.send(hub.to("/api/integrations").header("X-Forwarded-For", "203.0.113.9"));

        assertThat(jdbc.sql("select remote from hub.audit where action = 'access.refused'")
                        .query(String.class)
                        .list())
                .containsExactly("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/api/integrations", "/actuator/health"})
    void overPlainHttpTlsIsNotAskedFor(String path) {
        var hub = new HubCalls(port);
        var answer = hub.send(hub.to(path).header("Accept", "text/html").header("X-Forwarded-Proto", "https"));

        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
        assertThat(answer.headers().firstValue("X-Frame-Options")).isPresent();
        assertThat(answer.headers().allValues("Set-Cookie"))
                .allSatisfy(cookie -> assertThat(cookie).doesNotContain("Secure", "__Host-"));
    }
}
