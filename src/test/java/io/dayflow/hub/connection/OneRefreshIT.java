package io.dayflow.hub.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.alert.Signals;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.call.Credential;
import io.dayflow.hub.oauth.OauthClients;
import io.dayflow.hub.oauth.TokenEndpoint;
import io.dayflow.hub.sandbox.ConsentVisit;
import io.dayflow.hub.sandbox.SandboxHub;
import io.dayflow.hub.security.Vault;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A hundred callers of two hubs at the moment a token ends. The hubs share a database and nothing else: each has its own
 * objects. The authorization server ends everything when a refresh token is spent twice.
 */
@SandboxHub
class OneRefreshIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CALLERS = 100;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Vault vault;

    @Autowired
    ObjectMapper json;

    @Autowired
    OauthClients clients;

    @Autowired
    TokenEndpoint endpoint;

    @Autowired
    Audit audit;

    @Autowired
    Clock clock;

    @Autowired
    Signals signals;

    private StoredCredentials hub() {
        var grants = new Grants(jdbc, vault, json, clock);
        return new StoredCredentials(
                jdbc, vault, json, grants, new FreshTokens(grants, clients, endpoint, audit, clock), signals);
    }

    private JsonNode call(String path, Map<String, ?> body) throws IOException {
        var calls = new HubCalls(port);
        var request = path.startsWith("/api") ? calls.asUser(path) : calls.to(path);
        return JSON.readTree(calls.post(request, JSON.writeValueAsString(body)).body());
    }

    private record Account(String id, UUID connection) {}

    private Account connected() throws IOException {
        var account = call("/sandbox/todoist/accounts", Map.of("items", 0))
                .path("account")
                .asText();
        var begun = call("/api/integrations", Map.of("action", "authorize", "service", "todoist"));
        var back = ConsentVisit.allow(begun.path("authUrl").asText(), account);
        var integration = call(
                "/api/integrations",
                Map.of(
                        "action",
                        "connect",
                        "service",
                        "todoist",
                        "code",
                        back.get("code"),
                        "state",
                        back.get("state")));
        return new Account(
                account, UUID.fromString(integration.path("integrationId").asText()));
    }

    private List<Credential> together(BiFunction<StoredCredentials, Integer, Credential> call) throws Exception {
        var hubs = List.of(hub(), hub());
        var go = new CountDownLatch(1);
        var results = new ArrayList<Future<Credential>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                Callable<Credential> work = () -> {
                    go.await();
                    return call.apply(hubs.get(caller % hubs.size()), caller);
                };
                results.add(threads.submit(work));
            }
            go.countDown();
        }
        var credentials = new ArrayList<Credential>();
        for (var result : results) {
            credentials.add(result.get());
        }
        return credentials;
    }

    private long version(Account account) {
        return jdbc.sql("select version from hub.oauth_grant where connection_id = ?")
                .param(account.connection())
                .query(Long.class)
                .single();
    }

    private void assertSpentOnce(Account account) {
        assertThat(version(account)).isEqualTo(2);
        assertThat(jdbc.sql("select cardinality(spent) from sandbox.permission where account = ? and not ended")
                        .param(account.id())
                        .query(Integer.class)
                        .single())
                .as("refresh tokens that the service saw spent")
                .isEqualTo(1);
    }

    @Test
    void aHundredCallersAtTheMomentOfExpirySpendOneRefreshToken() throws Exception {
        var account = connected();
        jdbc.sql("update hub.oauth_grant set expires_at = now(), consented_at = now() - interval '1 hour'"
                        + " where connection_id = ?")
                .param(account.connection())
                .update();

        var credentials = together((hub, caller) -> hub.find(account.connection()));

        assertThat(credentials).hasSize(CALLERS).doesNotContainNull();
        assertThat(credentials.stream().distinct()).hasSize(1);
        assertSpentOnce(account);
    }

    @Test
    void aHundredCallersWhoseTokenWasRefusedSpendOneRefreshToken() throws Exception {
        var account = connected();
        var refused = hub().find(account.connection());

        var credentials = together((hub, caller) -> {
            assertThat(hub.refresh(account.connection(), refused)).isTrue();
            return hub.find(account.connection());
        });

        assertThat(credentials.stream().distinct()).hasSize(1).doesNotContain(refused);
        assertSpentOnce(account);
    }

    /** Whoever comes late, with a token that others replaced long ago, finds theirs and spends nothing. */
    @Test
    void aLateCallerTakesWhatIsThere() throws Exception {
        var account = connected();
        var refused = hub().find(account.connection());
        assertThat(hub().refresh(account.connection(), refused)).isTrue();

        assertThat(hub().refresh(account.connection(), refused)).isTrue();

        assertSpentOnce(account);
    }

    /** A hub that died while it spent: its claim runs out, and another one takes over. */
    @Test
    void aClaimThatRanOutHoldsNobodyUp() throws Exception {
        var account = connected();
        var grants = new Grants(jdbc, vault, json, clock);
        assertThat(grants.claim(account.connection(), 1, UUID.randomUUID(), Duration.ofSeconds(30)))
                .isTrue();
        assertThat(grants.claim(account.connection(), 1, UUID.randomUUID(), Duration.ofSeconds(30)))
                .isFalse();
        jdbc.sql("update hub.oauth_grant set refresh_until = now() - interval '1 second' where connection_id = ?")
                .param(account.connection())
                .update();
        var late = UUID.randomUUID();

        assertThat(hub().refresh(account.connection(), hub().find(account.connection())))
                .isTrue();

        assertSpentOnce(account);
        var grant = grants.find(account.connection()).orElseThrow();
        assertThat(grants.replace(account.connection(), 1, late, grant.tokens()))
                .as("who lost the claim replaces nothing")
                .isFalse();
        assertThat(grants.end(account.connection(), 1, late, "too late")).isFalse();
    }
}
