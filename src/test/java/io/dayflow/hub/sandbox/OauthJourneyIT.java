package io.dayflow.hub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.oauth.Authorize;
import io.dayflow.hub.oauth.Authorize.Answer;
import io.dayflow.hub.oauth.Authorize.Refusal;
import io.dayflow.hub.oauth.OauthClient;
import io.dayflow.hub.oauth.OauthClients;
import io.dayflow.hub.oauth.TokenEndpoint;
import io.dayflow.hub.oauth.TokenRefused;
import io.dayflow.hub.oauth.TokenSet;
import io.dayflow.hub.oauth.WrongState;
import io.dayflow.hub.provider.Oauth.Refresh;
import io.dayflow.hub.provider.Oauth.Requests;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.refusal.RefusedByService;
import io.dayflow.hub.security.Secret;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The way to each service and back, against the sandbox's authorization server in that service's manners, for services that
 * nobody is offered yet as well.
 */
@SandboxHub
class OauthJourneyIT {

    private static final UUID USER = RunningHub.USER;

    @LocalServerPort
    int port;

    @Autowired
    ConfigurableEnvironment environment;

    @Autowired
    ProviderCatalog providers;

    @Autowired
    OauthClients clients;

    @Autowired
    Authorize authorize;

    @Autowired
    TokenEndpoint endpoint;

    @Autowired
    JdbcClient jdbc;

    private URI hub;

    @BeforeEach
    void register() {
        hub = URI.create("http://127.0.0.1:" + port + "/");
        var settings = new HashMap<String, Object>();
        for (var service : providers.described()) {
            if (!service.equals("todoist") && providers.oauth(service).isPresent()) {
                var at = hub + "sandbox/" + service + "/oauth/";
                var prefix = "hub.providers." + service + ".";
                settings.put(prefix + "client-id", "id-" + service);
                settings.put(prefix + "client-secret", "secret of " + service + " & more");
                settings.put(prefix + "auth-url", at + "authorize");
                settings.put(prefix + "token-url", at + "token");
                settings.put(prefix + "revoke-url", at + "revoke");
            }
        }
        environment.getPropertySources().addFirst(new MapPropertySource("registrations", settings));
    }

    private Authorize.Begun begin(String service) {
        return authorize.begin(USER, service, hub, null);
    }

    private TokenSet finish(String service, Map<String, String> back) {
        return authorize.finish(USER, answer(service, back.get("code"), back.get("state")));
    }

    private static Answer answer(String service, String code, String state) {
        return new Answer(service, Secret.of(code), state, null, null);
    }

    private TokenSet connected(String service, String account) {
        return finish(service, ConsentVisit.allow(begin(service).authUrl(), account));
    }

    private OauthClient client(String service) {
        return clients.find(service).orElseThrow();
    }

    private int whoami(String service, TokenSet tokens) {
        return asks(service, tokens).statusCode();
    }

    private HttpResponse<String> asks(String service, TokenSet tokens) {
        var calls = new HubCalls(port);
        return calls.send(calls.to("/sandbox/" + service + "/oauth/whoami")
                .header("Authorization", "Bearer " + tokens.access().reveal()));
    }

    /** An account of its own: Todoist's are opened, those of others need no more than a name. */
    private String account(String service) {
        if (!service.equals("todoist")) {
            return "account-" + UUID.randomUUID();
        }
        JsonNode opened = new SandboxCalls(port, service).open(0);
        return opened.path("account").asText();
    }

    static List<String> services() {
        return List.of(
                "clickup",
                "fastmail",
                "github",
                "google-calendar",
                "jira",
                "linear",
                "microsoft-teams",
                "notion",
                "outlook",
                "slack",
                "todoist",
                "trello");
    }

    static List<String> withExpiringTokens() {
        return without("clickup");
    }

    static List<String> withPkce() {
        return without("clickup", "notion", "slack");
    }

    private static List<String> without(String... left) {
        return services().stream()
                .filter(service -> !List.of(left).contains(service))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("services")
    void whoeverAllowsIsConnected(String service) {
        var account = account(service);
        var begun = begin(service);
        var asked = ConsentVisit.parameters(begun.authUrl());
        var oauth = client(service).oauth();
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("redirect_uri", hub + "integrations/" + service + "/callback")
                .containsAllEntriesOf(oauth.parameters());
        assertThat(asked.get("state")).hasSizeGreaterThan(40);
        assertThat(asked.containsKey("code_challenge")).isEqualTo(oauth.pkce());
        assertThat(asked.get("code_challenge_method")).isEqualTo(oauth.pkce() ? "S256" : null);

        var back = ConsentVisit.allow(begun.authUrl(), account);
        assertThat(back).containsEntry("state", begun.state());
        var tokens = finish(service, back);

        assertThat(asks(service, tokens).body()).contains(account);
        assertThat(tokens.scopes().granted()).containsExactlyInAnyOrderElementsOf(oauth.scopes());
        assertThat(tokens.refresh() != null).isEqualTo(oauth.tokens().refresh() != Refresh.NONE);
    }

    @ParameterizedTest
    @MethodSource("services")
    void whoeverDeniesIsNotConnectedAndTheStateIsUsedUp(String service) {
        var begun = begin(service);

        var back = ConsentVisit.deny(begun.authUrl());

        assertThat(back).containsEntry("error", "access_denied").containsEntry("state", begun.state());
        assertThat(back).doesNotContainKey("code");
        authorize.abandon(USER, new Refusal(service, begun.state(), back.get("iss"), null));
        assertWrong(WrongState.Reason.USED, service, answer(service, "any", begun.state()));
    }

    @Test
    void whatAnotherIssuerAnswersIsRefusedAndUsesUpNothing() {
        var service = "google-calendar";
        var begun = begin(service);
        var code = ConsentVisit.allow(begun.authUrl(), account(service)).get("code");
        var other = "https://accounts.google.example";

        assertWrong(
                WrongState.Reason.ISSUER, service, new Answer(service, Secret.of(code), begun.state(), other, null));
        assertThatThrownBy(() -> authorize.abandon(USER, new Refusal(service, begun.state(), other, null)))
                .isInstanceOfSatisfying(
                        WrongState.class, wrong -> assertThat(wrong.reason()).isEqualTo(WrongState.Reason.ISSUER));
        var right = new Answer(service, Secret.of(code), begun.state(), "https://accounts.google.com", null);
        assertThat(whoami(service, authorize.finish(USER, right))).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("services")
    void anotherStateUserServiceOrSessionIsRefusedAndTheRightOneServesOnce(String service) {
        var begun = begin(service);
        var back = ConsentVisit.allow(begun.authUrl(), account(service));
        var code = back.get("code");
        var other = service.equals("notion") ? "linear" : "notion";
        var stranger = UUID.randomUUID();

        assertWrong(WrongState.Reason.UNKNOWN, service, answer(service, code, "made-up"));
        assertWrong(WrongState.Reason.UNKNOWN, other, answer(other, code, begun.state()));
        assertThatThrownBy(() -> authorize.finish(stranger, answer(service, code, begun.state())))
                .isInstanceOf(WrongState.class);
        assertWrong(
                WrongState.Reason.ELSEWHERE,
                service,
                new Answer(service, Secret.of(code), begun.state(), null, Secret.of("a session")));
        assertThat(whoami(service, finish(service, back))).isEqualTo(200);
        assertWrong(WrongState.Reason.USED, service, answer(service, code, begun.state()));
    }

    private void assertWrong(WrongState.Reason reason, String service, Answer answer) {
        assertThatThrownBy(() -> authorize.finish(USER, answer))
                .isInstanceOfSatisfying(
                        WrongState.class,
                        wrong -> assertThat(wrong.reason()).as(service).isEqualTo(reason));
    }

    @ParameterizedTest
    @MethodSource("services")
    void aCodeServesOnce(String service) {
        var first = ConsentVisit.allow(begin(service).authUrl(), account(service));
        finish(service, first);
        var second = begin(service);

        assertThatThrownBy(() -> authorize.finish(USER, answer(service, first.get("code"), second.state())))
                .isInstanceOf(RefusedByService.class)
                .hasMessageContaining("does not accept the answer")
                .hasMessageContaining("Begin again");
    }

    /** What a thief of a code would have to do: bring it to a hub that began something else. */
    @ParameterizedTest
    @MethodSource("withPkce")
    void aCodeThatAnotherVerifierBelongsToGivesNoToken(String service) {
        var stolen = ConsentVisit.allow(begin(service).authUrl(), account(service));
        var own = begin(service);

        assertThatThrownBy(() -> authorize.finish(USER, answer(service, stolen.get("code"), own.state())))
                .isInstanceOf(RefusedByService.class)
                .hasMessageContaining("Begin again");
    }

    @ParameterizedTest
    @MethodSource("withPkce")
    void aRequestWithoutAChallengeIsRefused(String service) {
        var without = begin(service).authUrl().replaceAll("&code_challenge(_method)?=[^&]*", "");

        var refused = ConsentVisit.come(without);

        assertThat(refused.headers().firstValue("Location").orElse("")).contains("error=invalid_request");
    }

    @ParameterizedTest
    @MethodSource("withExpiringTokens")
    void anExpiredTokenIsRefreshedAndARotatedOneIsSpentOnce(String service) {
        var account = account(service);
        var tokens = connected(service, account);
        jdbc.sql("update sandbox.permission set issued_at = now() - interval '1 hour',"
                        + " expires_at = now() - interval '1 second' where account = ?")
                .param(account)
                .update();
        assertThat(whoami(service, tokens)).isEqualTo(401);

        var fresh = endpoint.refresh(client(service), tokens);

        assertThat(fresh.access()).isNotEqualTo(tokens.access());
        assertThat(whoami(service, fresh)).isEqualTo(200);
        assertThat(fresh.scopes().granted())
                .containsExactlyInAnyOrderElementsOf(tokens.scopes().granted());
        if (client(service).oauth().tokens().refresh() == Refresh.KEPT) {
            assertThat(fresh.refresh()).isEqualTo(tokens.refresh());
            return;
        }
        assertThat(fresh.refresh()).isNotNull().isNotEqualTo(tokens.refresh());
        assertThatThrownBy(() -> endpoint.refresh(client(service), tokens))
                .isInstanceOfSatisfying(
                        TokenRefused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(TokenRefused.Kind.GRANT));
        assertThat(whoami(service, fresh)).as("spent twice, it ends everything").isEqualTo(401);
    }

    @Test
    void atGoogleWhatTheAccountAllowedBeforeStaysAllowed() {
        var service = "google-calendar";
        var account = account(service);
        var before = connected(service, account).scopes();
        var more = "https://www.googleapis.com/auth/calendar.events.owned";

        var begun = begin(service).authUrl().replaceAll("([?&]scope=)[^&]*", "$1" + more);
        var now = finish(service, ConsentVisit.allow(begun, account)).scopes();

        assertThat(now.granted()).contains(more).containsAll(before.granted());
        var another = finish(service, ConsentVisit.allow(begin(service).authUrl(), account(service)));
        assertThat(another.scopes().granted()).doesNotContain(more);
    }

    /** By the time somebody comes back, the file may ask for more: that they were not asked for. */
    @Test
    void whatWasAskedForIsWhatStoodInTheAddress() {
        var service = "linear";
        var begun = begin(service);
        jdbc.sql("update hub.authorization_request set asked = '{read}' where provider = ? and used_at is null")
                .param(service)
                .update();

        var scopes = finish(service, ConsentVisit.allow(begun.authUrl(), account(service)))
                .scopes();

        assertThat(scopes.asked()).containsExactly("read");
        assertThat(scopes.granted()).containsExactlyInAnyOrder("read", "write");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "google-calendar", "jira"})
    void aRefreshThatNamesFewerScopesSaysWhichAreGone(String service) {
        var account = account(service);
        var tokens = connected(service, account);
        var kept = tokens.scopes().granted().getFirst();
        assertThat(tokens.scopes().asked())
                .isEqualTo(client(service).oauth().scopes())
                .hasSizeGreaterThan(1);
        jdbc.sql("update sandbox.permission set scopes = array[?] where account = ?")
                .params(kept, account)
                .update();

        var fresh = endpoint.refresh(client(service), tokens);

        assertThat(fresh.scopes().granted()).containsExactly(kept);
        assertThat(fresh.scopes().missing(client(service).oauth().scopes()))
                .doesNotContain(kept)
                .containsExactlyInAnyOrderElementsOf(tokens.scopes().lost(fresh.scopes()));
        var again = endpoint.refresh(client(service), fresh);
        assertThat(again.scopes()).isEqualTo(fresh.scopes());
    }

    @ParameterizedTest
    @MethodSource("withExpiringTokens")
    void whatItsUserTookBackIsNotRefreshed(String service) {
        var account = account(service);
        var tokens = connected(service, account);
        var calls = new HubCalls(port);
        var taken = calls.send(calls.to("/sandbox/" + service + "/oauth/permissions/" + account)
                .DELETE());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(204);

        assertThat(whoami(service, tokens)).isEqualTo(401);
        assertThatThrownBy(() -> endpoint.refresh(client(service), tokens))
                .isInstanceOfSatisfying(
                        TokenRefused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(TokenRefused.Kind.GRANT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fastmail", "google-calendar", "linear", "notion", "todoist"})
    void whatTheHubGivesBackIsOver(String service) {
        var tokens = connected(service, account(service));

        authorize.giveBack(service, tokens);

        assertThat(whoami(service, tokens)).isEqualTo(401);
        assertThatThrownBy(() -> endpoint.refresh(client(service), tokens)).isInstanceOf(TokenRefused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "notion", "jira", "todoist"})
    void aWrongSecretIsTheOperatorsAffair(String service) {
        var client = client(service);
        var wrong = new OauthClient(client.oauth(), client.id(), Secret.of("wrong"));
        assumeThat(client.oauth().requests()).isIn(Requests.FORM, Requests.JSON);

        assertThatThrownBy(() -> endpoint.refresh(wrong, connected(service, account(service))))
                .isInstanceOfSatisfying(
                        TokenRefused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(TokenRefused.Kind.CLIENT))
                .hasMessageContaining("the operator has to correct them");
    }
}
