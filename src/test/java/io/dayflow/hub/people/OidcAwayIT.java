package io.dayflow.hub.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.MovedClock;
import io.dayflow.hub.RunningHub;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Signing in at an issuer that does not answer. */
@RunningHub
@Import({FakeEngine.class, OidcAwayIT.Time.class})
@TestPropertySource(
        properties = {
            "hub.config-dir=src/test/resources/config",
            "camel.main.auto-startup=false",
            "hub.sign-in.oidc.client-id=" + StandInIssuer.CLIENT,
            "HUB_OIDC_CLIENT_SECRET=" + StandInIssuer.SECRET
        })
class OidcAwayIT {

    private static final StandInIssuer ISSUER = new StandInIssuer();
    private static final MovedClock CLOCK = new MovedClock(Instant.now());

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {
        @Bean
        @Primary
        Clock movedClock() {
            return CLOCK;
        }
    }

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("hub.sign-in.oidc.issuer", ISSUER::address);
    }

    @LocalServerPort
    int port;

    private String end(String path) {
        var hub = new HubCalls(port);
        return hub.send(hub.to(path).header("Accept", "text/html"))
                .headers()
                .firstValue("Location")
                .orElse("none");
    }

    @Test
    void itIsAskedOnceInAWhileHoweverManyComeAndThePageSaysSo() throws Exception {
        ISSUER.away = true;
        Callable<String> begin = () -> end("/oauth2/authorization/oidc");
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(Collections.nCopies(40, begin))) {
                assertThat(answer.get()).endsWith("/login?refused=failed");
            }
        }
        assertThat(ISSUER.described).hasValue(1);
        assertThat(end("/login/oauth2/code/oidc?code=x&state=y")).endsWith("/login?refused=failed");

        ISSUER.away = false;
        assertThat(end("/oauth2/authorization/oidc")).endsWith("/login?refused=failed");
        CLOCK.move(Issuer.LEFT_ALONE);
        assertThat(end("/oauth2/authorization/oidc")).startsWith(ISSUER.address() + "/authorize?");
        assertThat(end("/oauth2/authorization/oidc")).startsWith(ISSUER.address() + "/authorize?");
        assertThat(ISSUER.described).hasValue(2);
        assertThat(end("/oauth2/authorization/other")).endsWith("/login?refused=failed");
    }
}
