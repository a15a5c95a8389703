package io.dayflow.hub.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import io.dayflow.hub.CannotStart;
import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.alert.Signals;
import io.dayflow.hub.audit.AuditThrottle;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Signing in at an issuer: whom it lets in, and as whom. */
@RunningHub
@Import(FakeEngine.class)
@TestPropertySource(
        properties = {
            "hub.config-dir=src/test/resources/config",
            "camel.main.auto-startup=false",
            "hub.sign-in.oidc.client-id=" + StandInIssuer.CLIENT,
            "hub.sign-in.oidc.name=The company",
            "hub.sign-in.oidc.role-claim=groups",
            "hub.sign-in.oidc.operator-role=hub-operators",
            "HUB_OIDC_CLIENT_SECRET=" + StandInIssuer.SECRET
        })
class OidcIT {

    private static final StandInIssuer ISSUER = new StandInIssuer();

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("hub.sign-in.oidc.issuer", ISSUER::address);
    }

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @Autowired
    AuditThrottle throttle;

    @Autowired
    Signals signals;

    private UUID user;
    private String email;
    private String subject;

    @BeforeEach
    void somebody() {
        user = UUID.randomUUID();
        email = "Ann-" + user + "@example.org";
        subject = "subject-" + user;
        jdbc.sql("insert into public.users (id, email, name) values (?, ?, 'Ann')")
                .params(user, email)
                .update();
        ISSUER.forges = false;
        ISSUER.algorithm = JWSAlgorithm.RS256;
        say(subject, email, true);
    }

    private static void say(String subject, String email, boolean verified) {
        ISSUER.claims.clear();
        ISSUER.claims.putAll(Map.of("sub", subject, "email", email, "email_verified", verified));
    }

    /** A browser goes there and back; where it ends. */
    private HttpResponse<String> signIn() {
        return visit(browser(), "/oauth2/authorization/oidc");
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    private HttpResponse<String> visit(HttpClient browser, String path) {
        try {
            return browser.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .header("Accept", "text/html")
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void expect(HttpResponse<String> answer, String end) {
        assertThat(answer.uri().toString()).as(answer.body()).endsWith(end);
    }

    private List<String> accounts() {
        return jdbc.sql("select role || ' ' || coalesce(password_hash, 'none') from hub.account where user_id = ?")
                .param(user)
                .query(String.class)
                .list();
    }

    @Test
    void whoeverDayflowKnowsIsLetInAndStaysTheSame() {
        var browser = browser();
        assertThat(visit(browser, "/login").body()).contains("Sign in with The company");
        expect(visit(browser, "/oauth2/authorization/oidc"), "/integrations");
        assertThat(visit(browser, "/security/access").body()).contains("You sign in elsewhere");
        assertThat(accounts()).containsExactly("user none");

        // the address may change there: the subject counts
        say(subject, "other-" + email, false);
        expect(signIn(), "/integrations");
        assertThat(accounts()).hasSize(1);
        assertThat(jdbc.sql("select action from hub.audit where user_id = ? order by id")
                        .param(user)
                        .query(String.class)
                        .list())
                .contains("account.made", "sign_in.done");
    }

    @Test
    void anAddressThatIsNotVerifiedOpensNothing() {
        say(subject, email, false);
        expect(signIn(), "/login?refused=unverified");
        ISSUER.claims.remove("email_verified");
        var answer = signIn();
        expect(answer, "/login?refused=unverified");

        assertThat(answer.body()).contains("your address is not verified there");
        assertThat(accounts()).isEmpty();
    }

    @Test
    void whoeverDayflowDoesNotKnowStaysOut() {
        say(subject, "nobody-" + email, true);
        expect(signIn(), "/login?refused=no_user");
    }

    @Test
    void anAddressThatWasGivenToSomebodyElseDoesNotOpenTheAccount() {
        expect(signIn(), "/integrations");
        say("another-" + subject, email, true);
        expect(signIn(), "/login?refused=taken");
    }

    @Test
    void anOperatorsAccountIsNotTakenByAnAddress() {
        jdbc.sql("insert into hub.account (id, name, user_id, role, password_hash, created_at)"
                        + " values (?, ?, ?, 'operator', 'x', now())")
                .params(UUID.randomUUID(), email, user)
                .update();
        expect(signIn(), "/login?refused=taken");

        ISSUER.claims.put("groups", List.of("hub-operators"));
        expect(signIn(), "/integrations");
    }

    @Test
    void anAccountWithAPasswordIsLinkedByAVerifiedAddress() {
        jdbc.sql("insert into hub.account (id, name, user_id, role, password_hash, created_at)"
                        + " values (?, ?, ?, 'user', 'x', now())")
                .params(UUID.randomUUID(), email, user)
                .update();
        say(subject, email, false);
        expect(signIn(), "/login?refused=unverified");
        say(subject, email, true);
        expect(signIn(), "/integrations");
        assertThat(accounts()).containsExactly("user x");
    }

    @Test
    void theRoleFollowsTheClaim() {
        ISSUER.claims.put("groups", List.of("hub-operators", "others"));
        var browser = browser();
        expect(visit(browser, "/oauth2/authorization/oidc"), "/integrations");
        assertThat(visit(browser, "/operations/accounts").statusCode()).isEqualTo(200);

        ISSUER.claims.put("groups", List.of("others"));
        expect(signIn(), "/integrations");
        assertThat(visit(browser, "/operations/accounts").statusCode()).isEqualTo(403);
    }

    @Test
    void theLastOperatorStaysOneWhateverTheClaimSays() {
        ISSUER.claims.put("groups", List.of("hub-operators"));
        expect(signIn(), "/integrations");
        jdbc.sql("update hub.account set disabled_at = now() where role = 'operator' and user_id is distinct from ?")
                .param(user)
                .update();
        try {
            ISSUER.claims.put("groups", List.of("others"));
            expect(signIn(), "/integrations");
            assertThat(accounts()).containsExactly("operator none");
        } finally {
            jdbc.sql("update hub.account set disabled_at = null").update();
        }
        expect(signIn(), "/integrations");
        assertThat(accounts()).containsExactly("user none");
    }

    @Test
    void aDisabledAccountStaysOut() {
        expect(signIn(), "/integrations");
        jdbc.sql("update hub.account set disabled_at = now() where user_id = ?")
                .param(user)
                .update();
        expect(signIn(), "/login?refused=disabled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonce", "aud", "iss"})
    void aTokenForSomethingElseOpensNothing(String claim) {
        ISSUER.claims.put(claim, "https://else.example");
        expect(signIn(), "/login?refused=failed");
        assertThat(accounts()).isEmpty();
    }

    @Test
    void aTokenThatIsOverOpensNothing() {
        ISSUER.claims.put("exp", 1_700_000_000L);
        expect(signIn(), "/login?refused=failed");
        assertThat(accounts()).isEmpty();
    }

    @Test
    void aForgedTokenOpensNothing() {
        ISSUER.forges = true;
        expect(signIn(), "/login?refused=failed");
        assertThat(accounts()).isEmpty();
    }

    @Test
    void anAnswerThatNobodyAskedForOpensNothing() {
        expect(visit(browser(), "/login/oauth2/code/oidc?code=x&state=y"), "/login?refused=failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "PS256"})
    void aTokenIsReadInWhicheverWayTheIssuerSigns(String way) {
        ISSUER.algorithm = JWSAlgorithm.parse(way);
        expect(signIn(), "/integrations");
    }

    /** The issuer of the tests says that it signs so. */
    @Test
    void aTokenThatOthersCouldHaveMadeOpensNothing() {
        ISSUER.algorithm = JWSAlgorithm.HS256;
        expect(signIn(), "/login?refused=failed");
        ISSUER.algorithm = Algorithm.NONE;
        expect(signIn(), "/login?refused=failed");
        assertThat(accounts()).isEmpty();
    }

    @Test
    void whoeverSetsOutLeavesNothingInTheDatabase() {
        var before = sessions();
        var answer = begin(new CookieManager());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie)
                        .startsWith("OIDC=")
                        .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=900"));
        assertThat(sessions()).isEqualTo(before);
    }

    @Test
    void whatTheIssuerAnswersOneBrowserOpensNothingInAnother() throws Exception {
        var own = new CookieManager();
        var other = new CookieManager();
        begin(other);
        var toIssuer = begin(own).headers().firstValue("Location").orElseThrow();
        var back = still(own, toIssuer).headers().firstValue("Location").orElseThrow();

        assertThat(still(other, back).headers().firstValue("Location"))
                .hasValueSatisfying(end -> assertThat(end).endsWith("/login?refused=failed"));
        assertThat(still(new CookieManager(), back).headers().firstValue("Location"))
                .hasValueSatisfying(end -> assertThat(end).endsWith("/login?refused=failed"));
        assertThat(accounts()).isEmpty();
        assertThat(still(own, back).headers().firstValue("Location"))
                .hasValueSatisfying(end -> assertThat(end).endsWith("/integrations"));
    }

    private HttpResponse<String> begin(CookieManager cookies) {
        return still(cookies, "http://localhost:" + port + "/oauth2/authorization/oidc");
    }

    private static HttpResponse<String> still(CookieManager cookies, String address) {
        try {
            return HttpClient.newBuilder()
                    .cookieHandler(cookies)
                    .build()
                    .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private long sessions() {
        return jdbc.sql("select count(*) from hub.http_session")
                .query(Long.class)
                .single();
    }

    @Test
    void whoIsRefusedIsInTheTrailAndCountsForAlerts() {
        say(subject, email, false);
        assertThat(refusal(() -> expect(signIn(), "/login?refused=unverified")))
                .isEqualTo("{\"by\": \"oidc\", \"reason\": \"unverified\"}");

        ISSUER.forges = true;
        assertThat(refusal(() -> expect(signIn(), "/login?refused=failed")))
                .isEqualTo("{\"by\": \"oidc\", \"reason\": \"failed\"}");

        var answer = "/login/oauth2/code/oidc?code=x&state=y";
        assertThat(refusal(() -> expect(visit(browser(), answer), "/login?refused=failed")))
                .as("before the issuer is asked")
                .isEqualTo("{\"by\": \"oidc\", \"reason\": \"failed\"}");
    }

    /** What the trail says of the one sign-in that is refused meanwhile. */
    private String refusal(Runnable signIn) {
        throttle.flushAll();
        signals.flush();
        long counted = counted();
        long last = jdbc.sql("select coalesce(max(id), 0) from hub.audit")
                .query(Long.class)
                .single();
        signIn.run();
        signals.flush();
        assertThat(counted()).isEqualTo(counted + 1);
        return jdbc.sql("select detail::text from hub.audit where id > ? and action = 'sign_in.refused'"
                        + " and actor = 'anonymous' and remote = '127.0.0.1'")
                .param(last)
                .query(String.class)
                .single();
    }

    private long counted() {
        return jdbc.sql("select coalesce(sum(count), 0) from hub.alert_count where rule = 'sign_in_address'")
                .query(Long.class)
                .single();
    }

    @Test
    void theSessionOfBeforeOpensNothingAfter() {
        var browser = browser();
        var cookies = (CookieManager) browser.cookieHandler().orElseThrow();
        expect(visit(browser, "/oauth2/authorization/oidc"), "/integrations");
        var planted = session(cookies);
        expect(visit(browser, "/oauth2/authorization/oidc"), "/integrations");
        assertThat(session(cookies).getValue()).isNotEqualTo(planted.getValue());
        expect(visit(browser, "/security/access"), "/security/access");

        var other = new CookieManager();
        other.getCookieStore().add(URI.create("http://localhost:" + port), planted);
        expect(
                visit(
                        HttpClient.newBuilder()
                                .cookieHandler(other)
                                .followRedirects(HttpClient.Redirect.NORMAL)
                                .build(),
                        "/security/access"),
                "/login");
    }

    private static HttpCookie session(CookieManager cookies) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("SESSION"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"preferred_username", "upn", "Email"})
    void aClaimThatIssuersDoNotVerifyIsNoAddress(String claim) {
        assertThatThrownBy(() -> settings(claim, IssuerSettings.Match.EMAIL))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("'" + claim + "'")
                .hasMessageContaining("hub.sign-in.oidc.matches");
        assertThat(settings(claim, IssuerSettings.Match.ID).on()).isTrue();
        assertThat(settings("email", IssuerSettings.Match.EMAIL).on()).isTrue();
    }

    private static IssuerSettings settings(String claim, IssuerSettings.Match matches) {
        return new IssuerSettings("https://issuer.example", "hub", "x", claim, matches, null, "operator");
    }

    @Test
    void theSessionKeepsNothingOfTheIssuer() {
        expect(signIn(), "/integrations");
        assertThat(jdbc.sql("""
                        select attribute_name from hub.http_session_attributes where session_primary_id in
                          (select primary_id from hub.http_session where principal_name =
                            (select id::text from hub.account where user_id = ?))
                        """).param(user).query(String.class).list())
                .isNotEmpty()
                .noneMatch(name -> name.contains("oauth2"));
    }
}
