package io.dayflow.hub.web;

import static io.dayflow.hub.HubCalls.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.web.PageVisits.Visit;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever has signed in calls the REST interface, too. */
@WebTest
class SessionCallsIT {

    private static final String PASSWORD = "a sentence of the tests";
    private static final String INTEGRATIONS = "/api/integrations";

    @Autowired
    PageVisits pages;

    private PageSeed seed;
    private String name;
    private UUID account;
    private UUID user;
    private UUID connection;
    private Visit visit;

    @BeforeEach
    void signIn() {
        seed = new PageSeed(pages.jdbc);
        name = "n" + UUID.randomUUID().toString().substring(0, 8);
        account = pages.account(name, "user", PASSWORD);
        user = userOf(account);
        connection = seed.connection(user);
        visit = pages.stranger().signIn(name, PASSWORD).open("/security/access").expect(200);
    }

    @Test
    void aSessionReadsAndWithTheTokenOfAFormChanges() throws Exception {
        var read = visit.send(to(INTEGRATIONS));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).contains(connection.toString());
        assertThat(read.headers().firstValue("RateLimit-Policy").orElseThrow())
                .startsWith("\"user\";")
                .doesNotContain("service", "pages");
        assertThat(read.headers().allValues("Set-Cookie")).isEmpty();

        assertThat(rename(visit, formToken()).statusCode()).isEqualTo(200);
        assertThat(displayName()).isEqualTo("Renamed");
        assertThat(pages.jdbc
                        .sql("select actor from hub.audit where user_id = ? and action = 'connection.renamed'")
                        .param(user)
                        .query(String.class)
                        .list())
                .containsExactly(user.toString());
    }

    @ParameterizedTest
    @CsvSource({", ", "guessed, ", "form, cross-site", "form, same-site"})
    void whatAnotherSiteMakesABrowserSendChangesNothing(String token, String site) {
        var request = renaming();
        if (token != null) {
            request.header("X-CSRF-TOKEN", token.equals("form") ? formToken() : token);
        }
        if (site != null) {
            request.header("Sec-Fetch-Site", site);
        }
        var problem = problem(visit.send(request), 403);
        if (site == null) {
            assertThat(problem.path("type").asText()).isEqualTo("urn:dayflow-hub:problem:csrf");
            assertThat(problem.path("detail").asText()).contains("X-CSRF-TOKEN");
        }
        assertThat(displayName()).isNotEqualTo("Renamed");
    }

    @Test
    void aSessionThatEndedIsNoProof() {
        var token = formToken();
        pages.since(account, 0);
        problem(visit.send(to(INTEGRATIONS)), 401);
        problem(rename(visit, token), 401);

        problem(pages.withSession("A".repeat(95)).send(to(INTEGRATIONS)), 401);
    }

    @Test
    void aDisabledAccountIsNoProof() {
        pages.jdbc
                .sql("update hub.account set disabled_at = now() where id = ?")
                .param(account)
                .update();
        problem(visit.send(to(INTEGRATIONS)), 401);
    }

    @Test
    void aUserNamesNobodyElse() {
        var other = seed.user("other");
        problem(visit.send(to(INTEGRATIONS).header("X-User-Id", other.toString())), 403);
        problem(
                visit.send(
                        to(INTEGRATIONS).header("X-User-Id", UUID.randomUUID().toString())),
                403);
        assertThat(visit.send(to(INTEGRATIONS).header("X-User-Id", user.toString()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anOperatorActsForWhomThePagesShowOrTheCallNames() {
        var operator = pages.operatorAs(user);
        assertThat(operator.send(to(INTEGRATIONS)).body()).contains(connection.toString());

        var other = seed.user("other");
        var others = seed.connection(other);
        assertThat(operator.send(to(INTEGRATIONS).header("X-User-Id", other.toString()))
                        .body())
                .contains(others.toString())
                .doesNotContain(connection.toString());
        problem(
                operator.send(
                        to(INTEGRATIONS).header("X-User-Id", UUID.randomUUID().toString())),
                403);
    }

    @Test
    void whomAnOperatorsSessionCallsForIsTold() {
        var operator = "n" + UUID.randomUUID().toString().substring(0, 8);
        var own = userOf(pages.account(operator, "operator", PASSWORD));
        var session = pages.stranger().signIn(operator, PASSWORD).open("/items/tasks");
        session.send(to(INTEGRATIONS));
        assertThat(actsFor(own)).as("for themselves").isEmpty();

        session.send(to(INTEGRATIONS).header("X-User-Id", user.toString()));
        assertThat(actsFor(own)).containsExactly(user);
    }

    private List<UUID> actsFor(UUID actor) {
        return pages.jdbc
                .sql("select user_id from hub.audit where actor = ? and action = 'operator.acts_for' order by id")
                .param(actor.toString())
                .query(UUID.class)
                .list();
    }

    @Test
    void aTokenCountsMoreThanASession() {
        var other = seed.user("other");
        var answer = visit.send(to(INTEGRATIONS)
                .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                .header("X-User-Id", other.toString()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain(connection.toString());

        problem(visit.send(to(INTEGRATIONS).header("Authorization", "Bearer wrong")), 401);
        problem(visit.send(to(INTEGRATIONS).header("Authorization", "Basic YTpi")), 401);
    }

    @Test
    void aStreamEndsWithItsSession() throws Exception {
        var client = HttpClient.newBuilder().cookieHandler(visit.cookies).build();
        try {
            HttpResponse<InputStream> stream =
                    client.send(to(INTEGRATIONS + "/events").build(), BodyHandlers.ofInputStream());
            assertThat(stream.statusCode()).isEqualTo(200);
            var read = CompletableFuture.supplyAsync(() -> {
                try (var body = stream.body()) {
                    return new String(body.readAllBytes());
                } catch (java.io.IOException cut) {
                    return "";
                }
            });
            pages.jdbc
                    .sql("delete from hub.http_session where principal_name = ?")
                    .param(account.toString())
                    .update();
            var told = new ObjectMapper()
                    .writeValueAsString(java.util.Map.of(
                            "type", "integration", "id", connection.toString(), "userId", user.toString()));
            pages.jdbc
                    .sql("select pg_notify('hub_event', ?)")
                    .param(told)
                    .query()
                    .singleRow();

            assertThat(read.get(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS))
                    .doesNotContain(connection.toString());
        } finally {
            // not close(), which would wait for a stream that does not end
            client.shutdownNow();
        }
    }

    private UUID userOf(UUID id) {
        return pages.jdbc
                .sql("select user_id from hub.account where id = ?")
                .param(id)
                .query(UUID.class)
                .single();
    }

    private String displayName() {
        return pages.jdbc
                .sql("select display_name from hub.connection where id = ?")
                .param(connection)
                .query(String.class)
                .single();
    }

    private String formToken() {
        return visit.page.selectFirst("input[name=_csrf]").val();
    }

    private HttpResponse<String> rename(Visit by, String token) {
        return by.send(renaming().header("X-CSRF-TOKEN", token));
    }

    private HttpRequest.Builder renaming() {
        return to(INTEGRATIONS)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(
                        "{\"integrationId\": \"%s\", \"displayName\": \"Renamed\"}".formatted(connection)));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(pages.base().resolve(path));
    }
}
