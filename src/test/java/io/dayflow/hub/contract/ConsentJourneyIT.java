package io.dayflow.hub.contract;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import io.dayflow.hub.browser.Browser;
import io.dayflow.hub.browser.Browser.Look;
import io.dayflow.hub.browser.Browser.Visit;
import io.dayflow.hub.provider.Oauth;
import io.dayflow.hub.provider.Oauth.Expiry;
import io.dayflow.hub.provider.Oauth.Refresh;
import io.dayflow.hub.sandbox.ConsentVisit;
import io.dayflow.hub.server.HubClient;
import io.dayflow.hub.server.ServerLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From the hub's pages to each service that has OAuth and back, and what becomes of the permission later, in a real browser.
 * One hub and one browser serve all tests, with two tabs of one session and one of another; each test disconnects what it
 * connected.
 */
@ExtendWith(ServerLogs.class)
class ConsentJourneyIT {

    private static final String PASSWORD = "operator-of-the-tests";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static ConsentHub hub;
    private static Browser browser;
    private static Visit home;
    private static Visit beside;
    private static Visit elsewhere;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        hub = ConsentHub.start();
        home = browser.visit(hub.named("127.0.0.1"), Look.DESKTOP).signIn(PASSWORD);
        beside = home.tab();
        elsewhere = browser.visit(hub.named("127.0.0.1"), Look.DESKTOP).signIn(PASSWORD);
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
        if (hub != null) {
            hub.close();
        }
    }

    @AfterEach
    void disconnect() {
        hub.disconnectAll();
    }

    static Stream<Named<Oauth>> services() {
        return ConsentHub.services().stream().map(service -> Named.of(service.service(), service));
    }

    private static Stream<Named<Oauth>> thoseWhere(boolean wanted, Predicate<Oauth> what) {
        return services().filter(service -> what.test(service.getPayload()) == wanted);
    }

    static Stream<Named<Oauth>> withPkce() {
        return thoseWhere(true, Oauth::pkce);
    }

    static Stream<Named<Oauth>> withoutPkce() {
        return thoseWhere(false, Oauth::pkce);
    }

    static Stream<Named<Oauth>> withTokensThatEnd() {
        return thoseWhere(false, service -> service.tokens().expiry() == Expiry.NEVER);
    }

    static Stream<Named<Oauth>> withTokensForEver() {
        return thoseWhere(true, service -> service.tokens().expiry() == Expiry.NEVER);
    }

    private static Consenting at(Visit window, Oauth service) {
        return new Consenting(window, service);
    }

    private static Oauth todoist() {
        return ConsentHub.services().stream()
                .filter(service -> service.service().equals("todoist"))
                .findFirst()
                .orElseThrow();
    }

    private static String account(Oauth service) {
        return hub.account(service.service());
    }

    // there and back

    @Test
    void everyServiceWithOauthIsVisited() {
        // which ones these are is pinned by OauthSectionTest
        assertThat(services()).hasSizeGreaterThanOrEqualTo(12);
    }

    @ParameterizedTest
    @MethodSource("services")
    void whoeverAllowsIsBackWithTheAccountConnected(Oauth service) {
        try (var person = at(home, service)) {
            var account = account(service);

            var asked = person.leaves();
            var back = person.allows(account);

            assertThat(asked).containsAllEntriesOf(service.parameters()).containsEntry("response_type", "code");
            assertThat(asked.get("code_challenge_method")).isEqualTo(service.pkce() ? "S256" : null);
            assertThat(back).contains("code=", "state=");
            person.isTold(" is connected. Choose what to sync.");
            assertThat(hub.connections()).containsExactly(person.connection());
            assertThat(hub.permission(account).ended()).isFalse();
            assertThat(hub.permission(account).refresh() != null)
                    .isEqualTo(service.tokens().refresh() != Refresh.NONE);
            assertThat(person.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void withoutScriptAndByEachNameOfThisMachineItIsTheSame(String host) {
        var todoist = todoist();
        try (var visit = browser.visit(hub.named(host), Look.PHONE.withoutScript())
                        .signIn(PASSWORD);
                var person = new Consenting(visit, todoist)) {

            person.leaves();
            person.allows(account(todoist));

            person.isTold("Todoist is connected");
            assertThat(person.page().url()).contains("//" + host + ":");
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void whoeverDeniesIsToldThatNothingIsConnected(Oauth service) {
        try (var person = at(home, service)) {
            person.leaves();

            person.denies();

            person.isTold("You did not allow the hub to use your account at " + service.displayName()
                    + ". Nothing was connected.");
            assertThat(hub.connections()).isEmpty();
            assertThat(person.complaints()).isEmpty();
        }
    }

    // answers that are not one's own

    @ParameterizedTest
    @MethodSource("services")
    void anAnswerWithAWrongStateOrInAnotherBrowserConnectsNothing(Oauth service) {
        try (var person = at(home, service);
                var other = at(elsewhere, service)) {
            person.begins();
            var answer = person.allowsAndIsRobbed(account(service));
            var code = answer.get("code");

            person.brings(code, UUID.randomUUID().toString());
            person.isTold("belongs to nothing that was begun here");
            other.brings(code, answer.get("state"));
            other.isTold("was begun in another browser or session");
            assertThat(other.page().locator("h1")).hasText("Connect " + service.displayName());
            assertThat(hub.connections()).isEmpty();

            person.brings(code, answer.get("state"));
            assertThat(hub.connections()).containsExactly(person.connection());
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void anAnswerAndItsCodeServeOnce(Oauth service) {
        try (var person = at(home, service)) {
            person.begins();
            var back = person.allows(account(service));
            var connection = person.connection();

            person.page().navigate(back);
            person.isTold("was used already");

            var fresh = person.begins();
            person.brings(ConsentVisit.parameters(back).get("code"), fresh.get("state"));
            person.isTold(service.displayName() + " does not accept the answer it sent back");
            assertThat(hub.connections()).containsExactly(connection);
        }
    }

    /** What a thief of a code can do: bring it with a state of their own. The challenge was another one then. */
    @ParameterizedTest
    @MethodSource("withPkce")
    void aCodeThatWasStolenBelongsToAnotherChallenge(Oauth service) {
        try (var person = at(home, service);
                var thief = at(elsewhere, service)) {
            var asked = person.begins();
            var answer = person.allowsAndIsRobbed(account(service));
            var own = thief.begins();
            assertThat(own.get("code_challenge")).isNotEmpty().isNotEqualTo(asked.get("code_challenge"));

            thief.brings(answer.get("code"), own.get("state"));

            thief.isTold(service.displayName() + " does not accept the answer it sent back");
            assertThat(hub.connections()).isEmpty();
        }
    }

    /**
     * Without a challenge it is the service that protects a code: it goes to the registered address only, is worth nothing
     * without the hub's secret, and serves once. So whoever steals one has to be faster than its owner's browser.
     */
    @ParameterizedTest
    @MethodSource("withoutPkce")
    void aCodeThatWasStolenIsWorthNothingWithoutTheSecretOrAfterItsOwnerCame(Oauth service) {
        try (var person = at(home, service);
                var thief = at(elsewhere, service)) {
            var asked = person.begins();
            assertThat(asked).doesNotContainKeys("code_challenge", "code_challenge_method");
            var answer = person.allowsAndIsRobbed(account(service));
            var code = answer.get("code");

            assertThat(hub.exchangeWithoutSecret(service, code, asked.get("redirect_uri")))
                    .contains("invalid_client")
                    .doesNotContain("access_token");

            person.brings(code, answer.get("state"));
            var connection = person.connection();
            var own = thief.begins();
            thief.brings(code, own.get("state"));
            thief.isTold(service.displayName() + " does not accept the answer it sent back");
            assertThat(hub.connections()).containsExactly(connection);
        }
    }

    // what becomes of it later

    /** Connected, synced once, and on the integrations page. */
    private static UUID synced(Consenting person, String account) {
        var connection = person.connects(account);
        person.syncsForTheFirstTime();
        awaitRuns(connection, "completed");
        person.page().navigate("/integrations");
        return connection;
    }

    private static void awaitRuns(UUID connection, String... ends) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> hub.runs(connection),
                        runs -> runs.size() == ends.length && HubClient.ENDED.containsAll(runs));
        assertThat(hub.runs(connection)).containsExactly(ends);
    }

    private static void isWell(Consenting person, UUID connection) {
        person.cardShows(connection, "Up to date");
        assertThat(person.card(connection).locator(".trouble")).hasCount(0);
        assertThat(person.complaints()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("withTokensForEver")
    void aTokenThatNeverEndsIsNotRefreshed(Oauth service) {
        try (var person = at(home, service)) {
            var account = account(service);
            var connection = synced(person, account);
            var before = hub.permission(account);

            person.pressesSyncNow(connection);

            awaitRuns(connection, "completed", "completed");
            assertThat(hub.refreshes(connection)).isZero();
            assertThat(hub.tokensStored(connection)).isOne();
            assertThat(hub.permission(account)).isEqualTo(before);
            assertThat(before.refresh()).isNull();
            isWell(person, connection);
        }
    }

    /**
     * Twice: the first time the service refuses the token, the second time the hub knows before that its time is over, where the
     * service tells.
     */
    @ParameterizedTest
    @MethodSource("withTokensThatEnd")
    void aTokenThatHasEndedIsRefreshedOnceAndARefreshTokenThatRotatesIsSpentOnce(Oauth service) {
        try (var person = at(home, service)) {
            var account = account(service);
            var connection = synced(person, account);
            var first = hub.permission(account);
            assertThat(hub.refreshes(connection)).isZero();

            hub.expire(account);
            person.pressesSyncNow(connection);
            awaitRuns(connection, "completed", "completed");
            assertThat(hub.refreshes(connection)).isOne();
            assertThat(hub.tokensStored(connection)).isEqualTo(2);
            var second = hub.permission(account);
            assertThat(second.expiresAt()).isAfter(Instant.now());
            isWell(person, connection);

            hub.expire(account);
            hub.expireSoon(connection);
            person.page().navigate("/integrations");
            person.pressesSyncNow(connection);
            awaitRuns(connection, "completed", "completed", "completed");
            assertThat(hub.refreshes(connection)).isEqualTo(2);
            assertThat(hub.tokensStored(connection)).isEqualTo(3);
            var third = hub.permission(account);
            assertThat(third.ended()).isFalse();
            if (service.tokens().refresh() != Refresh.KEPT) {
                assertThat(List.of(first.refresh(), second.refresh(), third.refresh()))
                        .doesNotHaveDuplicates();
                assertThat(third.spent()).containsExactly(first.refresh(), second.refresh());
            } else {
                assertThat(List.of(second.refresh(), third.refresh())).containsOnly(first.refresh());
                assertThat(third.spent()).isEmpty();
            }
            isWell(person, connection);
        }
    }

    /** One tab is only looked at: what it shows, it shows by itself. */
    @ParameterizedTest
    @MethodSource("services")
    void whatItsUserTookBackIsShownAfterOneRunAndConnectsAgain(Oauth service) {
        try (var person = at(home, service);
                var watched = at(beside, service)) {
            var account = account(service);
            var connection = synced(person, account);
            watched.page().navigate("/integrations");
            isWell(watched, connection);
            hub.takeBack(service.service(), account);

            person.pressesSyncNow(connection);

            awaitRuns(connection, "completed", "failed");
            for (var tab : List.of(watched, person)) {
                tab.cardShows(connection, "Sign in again");
                assertThat(tab.card(connection).locator(".trouble"))
                        .containsText("The service no longer accepts the stored credentials.");
                assertThat(tab.card(connection).getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sync now")))
                        .hasCount(0);
                assertThat(tab.complaints()).isEmpty();
            }

            watched.leavesAgain(connection);
            watched.allows(account);
            assertThat(watched.connection()).isEqualTo(connection);
            person.page().navigate("/integrations");
            person.pressesSyncNow(connection);
            awaitRuns(connection, "completed", "failed", "completed");
            isWell(person, connection);
        }
    }

    /** A browser that is signed in at the service as somebody else connects that account, and the other one goes on waiting. */
    @Test
    void whoeverComesBackAsAnotherIsToldOfTheOneThatWaits() {
        var todoist = todoist();
        try (var person = at(home, todoist)) {
            var account = account(todoist);
            var connection = synced(person, account);
            hub.takeBack("todoist", account);
            person.page().navigate("/integrations");
            person.pressesSyncNow(connection);
            awaitRuns(connection, "completed", "failed");

            person.leavesAgain(connection);
            person.allows(account(todoist));

            assertThat(hub.connections()).hasSize(2).contains(connection);
            person.isTold("still has to be connected again: sign in there as that account first.");
        }
    }

    // what the hub asks for later

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /**
     * The file that describes the service is edited beside the running hub. Links and forms do without script; a tab with script
     * shows it by itself.
     */
    @Test
    void whoeverIsAskedForMoreGoesOnAsBeforeAndAllowsItFromTheCard() {
        var shipped = "scopes: [data:read_write, data:delete]";
        var asksMore = "scopes: [data:read_write, data:delete, project:delete]";
        try (var visit = browser.visit(hub.named("127.0.0.1"), Look.DESKTOP.withoutScript())
                        .signIn(PASSWORD);
                var person = at(visit, todoist());
                var watched = at(beside, todoist())) {
            var account = account(todoist());
            var connection = synced(person, account);
            watched.page().navigate("/integrations");
            isWell(watched, connection);
            var rest = hub.client(connection);
            isWell(person, connection);
            assertThat(person.card(connection).locator(".asking")).hasCount(0);

            var todoist = hub.edit("todoist", file -> file.replace(shipped, asksMore));

            watched.cardShows(connection, "Todoist does not allow the hub all that it asks for.");
            assertThat(texts(rest.integration(connection.toString()).path("missingScopes")))
                    .containsExactly("project:delete");
            person.page().navigate("/integrations/" + connection);
            assertThat(person.page().locator(".banner.asking"))
                    .containsText("Todoist does not allow the hub all that it asks for.");
            assertThat(person.page().locator(".banner.asking details")).containsText("project:delete");
            assertThat(person.page().locator(".banner.asking a")).hasText("Allow it at Todoist");
            person.page().navigate("/integrations");
            assertThat(person.card(connection).locator(".asking")).containsText("does not allow the hub");
            isWell(person, connection);
            person.pressesSyncNow(connection);
            awaitRuns(connection, "completed", "completed");

            try (var again = at(visit, todoist)) {
                again.page().navigate("/integrations");
                again.leavesToAllowMore(connection);
                again.allows(account);
                assertThat(again.connection()).isEqualTo(connection);
                assertThat(again.page().locator(".asking")).hasCount(0);
                again.page().navigate("/integrations");
                assertThat(again.card(connection)).hasCount(1);
                assertThat(again.card(connection).locator(".asking")).hasCount(0);
                assertThat(again.complaints()).isEmpty();
            }
            // a run of its own accord may have begun by now, or may not
            rest.syncCompletely(connection.toString());
            assertThat(hub.runs(connection)).hasSizeGreaterThan(2).doesNotContain("failed", "held", "cancelled");
            assertThat(rest.integration(connection.toString()).path("missingScopes"))
                    .isEmpty();
            assertThat(hub.scopesConsentedTo(connection))
                    .containsExactly("data:delete data:read_write", "data:delete data:read_write project:delete");
            var export = rest.export();
            assertThat(export.get("consents.json")).contains("project:delete");
            assertThat(export.get("grants.json")).contains("project:delete");
        } finally {
            hub.edit("todoist", file -> file.replace(asksMore, shipped));
        }
    }
}
