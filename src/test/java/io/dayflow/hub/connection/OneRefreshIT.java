package io.dayflow.hub.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.alert.Signals;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.call.Credential;
import io.dayflow.hub.oauth.OauthClients;
import io.dayflow.hub.oauth.TokenEndpoint;
import io.dayflow.hub.oauth.TokenSet;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.sandbox.ConsentVisit;
import io.dayflow.hub.sandbox.SandboxHub;
import io.dayflow.hub.security.Vault;
import java.io.IOException;
import java.net.URI;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
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

    @Autowired
    ProviderCatalog providers;

    @Autowired
    ConfigurableEnvironment environment;

    private StoredCredentials hub() {
        return hub(new Grants(jdbc, vault, json, clock), clients, endpoint);
    }

    private StoredCredentials hub(Grants grants, OauthClients registered, TokenEndpoint tokens) {
        return new StoredCredentials(
                jdbc, vault, json, grants, new FreshTokens(grants, registered, tokens, audit, clock), signals);
    }

    @FunctionalInterface
    private interface Step {
        void at(URI address) throws IOException;
    }

    /** Lets something happen before and after each request for tokens. */
    private static TokenEndpoint watched(Clock clock, Step before, Step after) {
        var http = new SimpleClientHttpRequestFactory();
        return new TokenEndpoint(
                (uri, method) -> new InterceptingClientHttpRequestFactory(http, List.of((request, body, go) -> {
                            before.at(request.getURI());
                            var answer = go.execute(request, body);
                            after.at(request.getURI());
                            return answer;
                        }))
                        .createRequest(uri, method),
                clock);
    }

    private void soonOver(Account account) {
        jdbc.sql("update hub.oauth_grant set expires_at = now() + interval '10 seconds',"
                        + " consented_at = now() - interval '1 hour' where connection_id = ?")
                .param(account.connection())
                .update();
    }

    private List<Boolean> ended(Account account) {
        return jdbc.sql("select ended from sandbox.permission where account = ?")
                .param(account.id())
                .query(Boolean.class)
                .list();
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

        assertThat(hub().refresh(account.connection(), hub().find(account.connection())))
                .isTrue();

        assertSpentOnce(account);
        var grant = grants.find(account.connection()).orElseThrow();
        assertThat(grants.replace(account.connection(), 1, grant.tokens()))
                .as("what was replaced is not replaced again")
                .isFalse();
        assertThat(grants.end(account.connection(), 1, UUID.randomUUID(), "too late"))
                .isFalse();
    }

    /** A hub that stood still while it spent: another one took over, and what the first one got counts. */
    @Test
    void tokensThatComeLateAreKept() throws Exception {
        var account = connected();
        var grants = new Grants(jdbc, vault, json, clock);
        var before = grants.find(account.connection()).orElseThrow();
        var other = UUID.randomUUID();
        assertThat(grants.claim(account.connection(), 1, other, Duration.ofSeconds(30)))
                .isTrue();

        assertThat(grants.replace(account.connection(), 1, before.tokens())).isTrue();

        assertThat(grants.end(account.connection(), 1, other, "spent twice"))
                .as("the other one finds that they are others now")
                .isFalse();
        assertThat(grants.find(account.connection()).orElseThrow().refusal()).isNull();
        assertThat(grants.claim(account.connection(), 2, other, Duration.ofSeconds(30)))
                .isTrue();
    }

    /** What was spent cannot be had again: the new tokens wait for a database that is away. */
    @Test
    void aDatabaseThatIsAwayForAMomentCostsNoPermission() throws Exception {
        var account = connected();
        var away = new AtomicInteger(3);
        var grants = new Grants(jdbc, vault, json, clock) {
            @Override
            boolean replace(UUID connectionId, long version, TokenSet tokens) {
                if (away.getAndDecrement() > 0) {
                    throw new DataAccessResourceFailureException("away");
                }
                return super.replace(connectionId, version, tokens);
            }
        };
        var hub = hub(grants, clients, endpoint);

        assertThat(hub.refresh(account.connection(), hub.find(account.connection())))
                .isTrue();

        assertThat(away).hasNegativeValue();
        assertSpentOnce(account);
    }

    @Test
    void tokensThatComeAfterTheAccountWasDisconnectedAreGivenBack() throws Exception {
        var account = connected();
        var calls = new HubCalls(port);
        var gone = new AtomicInteger();
        var slow = watched(clock, before -> {}, after -> {
            if (after.getPath().endsWith("/token")) {
                // a service that takes the token before for nothing: giving it back ends nothing
                jdbc.sql("update sandbox.permission set spent = '{}' where account = ?")
                        .param(account.id())
                        .update();
                gone.set(calls.send(calls.asUser("/api/integrations?integrationId=" + account.connection())
                                .DELETE())
                        .statusCode());
            }
        });
        var hub = hub(new Grants(jdbc, vault, json, clock), clients, slow);
        var held = hub.find(account.connection());

        assertThatThrownBy(() -> hub.refresh(account.connection(), held))
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.fault()).isInstanceOf(Fault.NeedsReconnect.class));

        assertThat(gone).hasValue(204);
        assertThat(ended(account)).containsOnly(true);
    }

    /** Only the operator can correct it, and then everything goes on: nothing is given up for it. */
    @Test
    void aWrongSecretIsAFaultThatPasses() throws Exception {
        var account = connected();
        var settings = new StandardEnvironment();
        environment.getPropertySources().forEach(settings.getPropertySources()::addLast);
        settings.getPropertySources()
                .addFirst(new MapPropertySource("wrong", Map.of("hub.providers.todoist.client-secret", "wrong")));
        var grants = new Grants(jdbc, vault, json, clock);
        var misled = hub(grants, new OauthClients(providers, settings), endpoint);
        var held = misled.find(account.connection());

        assertThatThrownBy(() -> misled.refresh(account.connection(), held))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        e -> assertThat(e.fault())
                                .isInstanceOfSatisfying(
                                        Fault.Transient.class,
                                        passes -> assertThat(passes.message())
                                                .contains("the operator has to correct them")));

        assertThat(hub().refresh(account.connection(), held)).isTrue();
        assertSpentOnce(account);
    }

    @Test
    void whileTheOldTokenServesNobodyWaitsForAnAddressThatDoesNotAnswer() throws Exception {
        var account = connected();
        var asked = new AtomicInteger();
        var away = watched(
                clock,
                before -> {
                    asked.incrementAndGet();
                    throw new IOException("away");
                },
                after -> {});
        var hub = hub(new Grants(jdbc, vault, json, clock), clients, away);
        var held = hub.find(account.connection());
        soonOver(account);

        for (int i = 0; i < 5; i++) {
            assertThat(hub.find(account.connection())).isEqualTo(held);
        }

        assertThat(asked).hasValue(1);
    }

    @Test
    void tokensThatNoKeyOpensAreForgottenAllTheSame() throws Exception {
        var account = connected();
        jdbc.sql("update hub.oauth_grant set tokens = 'x' where connection_id = ?")
                .param(account.connection())
                .update();
        var calls = new HubCalls(port);

        var gone = calls.send(calls.asUser("/api/integrations?integrationId=" + account.connection())
                .DELETE());

        assertThat(gone.statusCode()).as(gone.body()).isEqualTo(204);
        assertThat(new Grants(jdbc, vault, json, clock).find(account.connection()))
                .isEmpty();
    }
}
