package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.web.PageVisits.Visit;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Accounts: who makes them, what they may, how they end. */
@WebTest
class PeopleIT {

    private static final String PASSWORD = "a sentence of the tests";
    private static final String ACCOUNTS = "/api/integrations/accounts";

    @Autowired
    PageVisits visits;

    @LocalServerPort
    int port;

    private HubCalls hub;
    private String name;

    @BeforeEach
    void connect() {
        hub = new HubCalls(port);
        name = "ann-" + UUID.randomUUID();
    }

    private UUID newUser() {
        return new PageSeed(visits.jdbc).user("Ann");
    }

    private HttpResponse<String> call(String method, String path, String json) {
        return hub.send(hub.asUser(path)
                .header("Content-Type", "application/json")
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> forUser(UUID user, String path, String json) {
        return hub.post(
                hub.to(path)
                        .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                        .header("X-User-Id", user.toString()),
                json);
    }

    private static JsonNode json(HttpResponse<String> response, int status) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new ObjectMapper().readTree(response.body());
    }

    private JsonNode make(UUID user, String more) throws Exception {
        return json(
                call("POST", ACCOUNTS, "{\"name\": \"%s\", \"userId\": \"%s\"%s}".formatted(name, user, more)), 201);
    }

    private boolean isIn(Visit visit) {
        return visit.open("/integrations").at.getPath().equals("/integrations");
    }

    private boolean opens(String password) {
        return visits.stranger().signIn(name, password).at.getPath().equals("/integrations");
    }

    private List<String> actions(UUID user) {
        return visits.jdbc
                .sql("select action from hub.audit where user_id = ? order by id")
                .param(user)
                .query(String.class)
                .list();
    }

    @Test
    void anAccountIsMadeForAUserOfDayflowWithAPasswordThatIsToldOnce() throws Exception {
        var user = newUser();
        var made = make(user, "");
        var password = made.path("password").asText();

        assertThat(password).hasSizeGreaterThanOrEqualTo(20);
        assertThat(made.at("/account/role").asText()).isEqualTo("user");
        assertThat(opens(password)).isTrue();
        assertThat(opens(password + "x")).isFalse();
        assertThat(call("GET", ACCOUNTS + "?limit=200", null).body())
                .contains(name)
                .doesNotContain(password, "bcrypt");
        assertThat(visits.jdbc
                        .sql("select password_hash from hub.account where name = ?")
                        .param(name)
                        .query(String.class)
                        .single())
                .startsWith("{bcrypt-sha256}$2a$10$");
        assertThat(actions(user)).contains("account.made", "sign_in.done");
    }

    @Test
    void theNameIsFoundInWhateverCaseItIsTyped() throws Exception {
        make(newUser(), ", \"password\": \"" + PASSWORD + "\"");
        name = name.toUpperCase(Locale.ROOT);

        assertThat(opens(PASSWORD)).isTrue();
        assertThat(call("POST", ACCOUNTS, "{\"name\": \"%s\", \"userId\": \"%s\"}".formatted(name, newUser()))
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void aUserHasOneAccount() throws Exception {
        var user = newUser();
        make(user, "");
        name = name + "-2";
        HubCalls.problem(call("POST", ACCOUNTS, "{\"name\": \"%s\", \"userId\": \"%s\"}".formatted(name, user)), 409);
    }

    /** A line of the audit trail by such an actor would look as if it were this person's. */
    @Test
    void wordsForNobodyInParticularAreNoNames() {
        for (var word : List.of("operator", "Hub", "ANONYMOUS", "erased")) {
            var refused = call("POST", ACCOUNTS, "{\"name\": \"%s\", \"userId\": \"%s\"}".formatted(word, newUser()));
            assertThat(HubCalls.problem(refused, 400).path("errors").findValuesAsText("field"))
                    .as(word)
                    .containsExactly("name");
        }
    }

    @Test
    void aUserSeesTheirOwnAffairsOnly() {
        var seed = new PageSeed(visits.jdbc);
        var account = visits.account(name, "user", PASSWORD);
        var own = visits.jdbc
                .sql("select user_id from hub.account where id = ?")
                .param(account)
                .query(UUID.class)
                .single();
        var task = seed.task(own, "Mine");
        var foreign = seed.user("Bob");
        var theirs = seed.task(foreign, "Theirs");
        var connection = seed.connection(foreign);

        var visit =
                visits.stranger().signIn(name, PASSWORD).open("/items/tasks").expect(200);
        assertThat(visit.text("main")).contains("Mine").doesNotContain("Theirs");
        visit.open("/items/tasks/" + task).expect(200);
        visit.open("/items/tasks/" + theirs).expect(404);
        visit.open("/integrations/" + connection).expect(404);
        assertThat(visit.open("/operations").text("main")).doesNotContain("Hawtio", "Accounts");
        assertThat(visit.page.select("#act-as")).isEmpty();
        assertThat(visit.open("/integrations")
                        .post("/account/user?user=" + foreign)
                        .statusCode())
                .isEqualTo(404);
        for (var path : List.of("/actuator/metrics", "/actuator/hawtio", "/actuator/jolokia", "/operations/accounts")) {
            assertThat(visit.send(HttpRequest.newBuilder(visits.base().resolve(path))
                                    .header("Accept", "text/html"))
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        await().untilAsserted(() ->
                assertThat(refusals(own)).containsExactlyInAnyOrder("metrics", "hawtio", "jolokia", "pages"));
    }

    private List<String> refusals(UUID user) {
        return visits.jdbc
                .sql("select detail ->> 'part' from hub.audit where actor = ? and action = 'access.refused'")
                .param(user.toString())
                .query(String.class)
                .list();
    }

    @Test
    void anOperatorWithAUserOfTheirOwnSeesThatOneFirst() {
        visits.account(name, "operator", PASSWORD);
        var visit = visits.stranger()
                .signIn(name, PASSWORD)
                .open("/operations/accounts")
                .expect(200);

        assertThat(visit.text(".who")).contains(name);
        assertThat(visit.page.select("#act-as")).hasSize(1);
    }

    @Test
    void aDisabledAccountIsOutAtOnceWithItsTokens() throws Exception {
        var user = newUser();
        var id = make(user, ", \"password\": \"" + PASSWORD + "\"")
                .at("/account/accountId")
                .asText();
        var visit = visits.stranger().signIn(name, PASSWORD).open("/security/access");
        var token = visit.form("#new-token")
                .with("name", "My script")
                .submit()
                .expect(200)
                .text("code.secret");
        var script = hub.to("/api/integrations").header("Authorization", "Bearer " + token);
        assertThat(hub.send(script.copy()).statusCode()).isEqualTo(200);
        var wish = "{\"name\": \"By DayFlow\", \"scopes\": [\"read\"], \"expiresAt\": \"%s\"}"
                .formatted(Instant.now().plusSeconds(3600));
        var byDayflow = json(forUser(user, "/api/integrations/tokens", wish), 201);
        var other = hub.to("/api/integrations")
                .header("Authorization", "Bearer " + byDayflow.path("token").asText());
        assertThat(hub.send(other.copy()).statusCode()).isEqualTo(200);

        json(call("PUT", ACCOUNTS + "/" + id, "{\"disabled\": true}"), 200);
        assertThat(hub.send(other.copy()).statusCode()).isEqualTo(401);
        assertThat(forUser(user, "/api/integrations/tokens", wish).statusCode()).isEqualTo(409);
        visits.jdbc
                .sql("update hub.personal_token set revoked_at = null where id = ?::uuid")
                .param(byDayflow.at("/about/tokenId").asText())
                .update();
        assertThat(hub.send(other.copy()).statusCode())
                .as("one that was made at the same time")
                .isEqualTo(401);
        assertThat(isIn(visit)).isFalse();
        assertThat(hub.send(script.copy()).statusCode()).isEqualTo(401);
        assertThat(opens(PASSWORD)).isFalse();

        json(call("PUT", ACCOUNTS + "/" + id, "{\"disabled\": false}"), 200);
        assertThat(opens(PASSWORD)).isTrue();
        assertThat(hub.send(script.copy()).statusCode()).isEqualTo(401);
        assertThat(actions(user))
                .contains("token.made", "account.disabled", "token.revoked", "session.ended", "account.enabled");
    }

    @Test
    void whoeverIsMadeAUserLosesTheOperatorsRights() throws Exception {
        var id = visits.account(name, "operator", PASSWORD);
        var visit = visits.stranger().signIn(name, PASSWORD).open("/security/access");
        var token = visit.form("#new-token")
                .with("name", "My script")
                .with("operator", "true")
                .submit()
                .expect(200)
                .text("code.secret");
        var script = hub.to(ACCOUNTS).header("Authorization", "Bearer " + token);
        assertThat(hub.send(script.copy()).statusCode()).isEqualTo(200);
        assertThat(hub.send(hub.to("/api/integrations")
                                .header("Authorization", "Bearer " + token)
                                .header("X-User-Id", RunningHub.USER.toString()))
                        .statusCode())
                .isEqualTo(200);

        json(call("PUT", ACCOUNTS + "/" + id, "{\"role\": \"user\"}"), 200);
        assertThat(hub.send(script.copy()).statusCode()).isEqualTo(403);
        assertThat(isIn(visit)).isFalse();
    }

    @Test
    void whatAnOperatorMadeForAnotherUserEndsWithTheOperatorsRights() throws Exception {
        var id = visits.account(name, "operator", PASSWORD);
        var visit = visits.stranger().signIn(name, PASSWORD).open("/integrations");
        visit.form("form[action=/account/user]").with("user", newUser()).submit();
        var token = visit.open("/security/access")
                .form("#new-token")
                .with("name", "Theirs")
                .submit()
                .expect(200)
                .text("code.secret");
        var script = hub.to("/api/integrations").header("Authorization", "Bearer " + token);
        assertThat(hub.send(script.copy()).statusCode()).isEqualTo(200);

        json(call("PUT", ACCOUNTS + "/" + id, "{\"role\": \"user\"}"), 200);
        assertThat(hub.send(script.copy()).statusCode()).isEqualTo(401);
    }

    @Test
    void theFirstOperatorStaysOne() throws Exception {
        var admin = visits.jdbc
                .sql("select id from hub.account where name = 'admin'")
                .query(UUID.class)
                .single();
        assertThat(HubCalls.problem(call("PUT", ACCOUNTS + "/" + admin, "{\"role\": \"user\"}"), 409)
                        .path("detail")
                        .asText())
                .containsAnyOf("last operator", "first operator");
        assertThat(HubCalls.problem(call("PUT", ACCOUNTS + "/" + admin + "/password", "{}"), 409)
                        .path("detail")
                        .asText())
                .contains("HUB_ADMIN_PASSWORD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "short, 1          | password",
                "passwordpassword  | password",
                "Password2024!!!   | password",
                "ch4ngeme-ch4ngeme | password",
                "qwertyuiop123     | password",
                "aaaaaaaabbbbbbbb  | password",
                "123456789012345   | password"
            })
    void aPasswordThatIsTriedFirstIsRefused(String password, String field) {
        var body = "{\"name\": \"%s\", \"userId\": \"%s\", \"password\": \"%s\"}".formatted(name, newUser(), password);
        assertThat(HubCalls.problem(call("POST", ACCOUNTS, body), 400)
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo(field);
    }

    @Test
    void aPasswordOfTheAccountsNameIsRefused() {
        var body = "{\"name\": \"%s\", \"userId\": \"%s\", \"password\": \"%s\"}";
        name = "bartholomew." + UUID.randomUUID().toString().substring(0, 3);
        HubCalls.problem(call("POST", ACCOUNTS, body.formatted(name, newUser(), "Bartholomew2026")), 400);
        var user = newUser();
        visits.jdbc
                .sql("update public.users set email = ? where id = ?")
                .params("al@bo-" + name + ".example.org", user)
                .update();
        HubCalls.problem(call("POST", ACCOUNTS, body.formatted(name, user, "Al@bo-" + name + ".Example.org1")), 400);
        assertThat(call("POST", ACCOUNTS, body.formatted(name, newUser(), "Bartholomew likes green apples"))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aPersonChangesTheirPassword() {
        var account = visits.account(name, "user", PASSWORD);
        var here = visits.stranger().signIn(name, PASSWORD).open("/security/access");
        var there = visits.stranger().signIn(name, PASSWORD);
        var fresh = "quite another sentence";

        here.form("#new-password")
                .with("old", "wrong")
                .with("fresh", fresh)
                .with("again", fresh)
                .submit()
                .expect(400);
        assertThat(here.text("#password .wrong")).contains("is not the present password");
        here.form("#new-password")
                .with("old", PASSWORD)
                .with("fresh", "short")
                .with("again", "other")
                .submit()
                .expect(400);
        assertThat(here.text("#password .wrong")).contains("takes 12 to 128 characters", "is not the same");
        assertThat(here.page.html()).doesNotContain(PASSWORD);
        visits.jdbc
                .sql("insert into hub.sign_in_known select account, 'elsewhere', last_at from hub.sign_in_known"
                        + " where account = encode(sha256(?::bytea), 'hex')")
                .param(name)
                .update();
        here.form("#new-password")
                .with("old", PASSWORD)
                .with("fresh", fresh)
                .with("again", fresh)
                .submit()
                .expect(200);

        assertThat(here.text(".notice")).contains("password is changed");
        assertThat(visits.jdbc
                        .sql("select address from hub.sign_in_known where account = encode(sha256(?::bytea), 'hex')")
                        .param(name)
                        .query(String.class)
                        .list())
                .hasSize(1)
                .doesNotContain("elsewhere");
        assertThat(isIn(here)).isTrue();
        assertThat(isIn(there)).isFalse();
        assertThat(opens(PASSWORD)).isFalse();
        assertThat(opens(fresh)).isTrue();
        assertThat(visits.jdbc
                        .sql("select count(*) from hub.audit where action in ('password.changed', 'sign_in.refused')"
                                + " and user_id = (select user_id from hub.account where id = ?)")
                        .param(account)
                        .query(Long.class)
                        .single())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void aPasswordThatAnOperatorSetsEndsAllSessionsAndTheWait() throws Exception {
        var id = visits.account(name, "user", PASSWORD);
        var here = visits.stranger().signIn(name, PASSWORD);
        var there = visits.stranger().signIn(name, PASSWORD);
        assertThat(List.of(isIn(here), isIn(there))).containsOnly(true);
        for (int i = 0; i < 5; i++) {
            assertThat(opens("wrong " + i)).isFalse();
        }
        assertThat(opens(PASSWORD)).as("it has to wait").isFalse();

        var password = json(call("PUT", ACCOUNTS + "/" + id + "/password", "{}"), 200)
                .path("password")
                .asText();
        assertThat(visits.jdbc
                        .sql("select count(*) from hub.http_session where principal_name = ?")
                        .param(id.toString())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(List.of(isIn(here), isIn(there))).containsOnly(false);
        assertThat(opens(PASSWORD)).isFalse();
        assertThat(opens(password)).isTrue();
    }

    @Test
    void whoeverHasNoPasswordCannotChangeIt() {
        var account = visits.account(name, "user", PASSWORD);
        var visit = visits.stranger().signIn(name, PASSWORD).open("/security/access");
        visits.jdbc
                .sql("update hub.account set password_hash = null where id = ?")
                .param(account)
                .update();
        visit.form("#new-password")
                .with("old", PASSWORD)
                .with("fresh", "quite another sentence")
                .with("again", "quite another sentence")
                .submit()
                .expect(200);

        assertThat(visit.text(".notice")).contains("has no password");
        assertThat(visit.text("#password")).contains("You sign in elsewhere");
        assertThat(visits.jdbc
                        .sql("select count(*) from hub.audit where action = 'sign_in.refused'"
                                + " and user_id = (select user_id from hub.account where id = ?)")
                        .param(account)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void thePresentPasswordIsNotFoundOutByTryingItInASession() {
        var account = visits.account(name, "user", PASSWORD);
        var visit = visits.stranger().signIn(name, PASSWORD).open("/security/access");
        var fresh = "quite another sentence";
        for (int i = 0; i < 5; i++) {
            visit.form("#new-password")
                    .with("old", "wrong " + i)
                    .with("fresh", fresh)
                    .with("again", fresh)
                    .submit()
                    .expect(400);
        }
        visit.form("#new-password")
                .with("old", PASSWORD)
                .with("fresh", fresh)
                .with("again", fresh)
                .submit()
                .expect(429);

        assertThat(visit.text("#password .wrong")).contains("too often");
        assertThat(visits.jdbc
                        .sql(
                                "select action from hub.audit where user_id = (select user_id from hub.account where id = ?)")
                        .param(account)
                        .query(String.class)
                        .list())
                .contains("sign_in.refused")
                .doesNotContain("password.changed");
    }

    @Test
    void operatorsManageAccountsOnThePage() {
        var user = newUser();
        var visit = visits.operatorAs(user).open("/operations/accounts").expect(200);
        visit.form("#new-account")
                .with("name", name)
                .with("user", user)
                .submit()
                .expect(200);
        var password = visit.text("code.secret");
        assertThat(opens(password)).isTrue();

        visit.form("form:has(button[aria-label=Disable " + name + "])")
                .with("disabled", "true")
                .submit()
                .expect(200);
        assertThat(visit.text(".notice")).contains(name + " is disabled");
        assertThat(opens(password)).isFalse();
    }

    @Test
    void aRefusedSignInIsTold() throws Exception {
        var user = newUser();
        make(user, "");
        assertThat(opens("wrong, wrong, wrong")).isFalse();

        assertThat(actions(user)).contains("sign_in.refused");
    }
}
