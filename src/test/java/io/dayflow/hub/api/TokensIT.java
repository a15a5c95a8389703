package io.dayflow.hub.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.HubCalls;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@ApiTest
class TokensIT {

    @Autowired
    ApiCalls hub;

    private UUID user;

    @BeforeEach
    void user() {
        user = hub.newUser();
    }

    private ApiCalls.Reply make(String scopes, Instant expires) {
        return hub.post(user, "/api/integrations/tokens", """
                {"name": "My script", "scopes": [%s], "expiresAt": "%s"}
                """.formatted(scopes, expires));
    }

    private String token(String scopes) {
        return make(scopes, Instant.now().plus(Duration.ofDays(1)))
                .expect(201)
                .body()
                .path("token")
                .asText();
    }

    private ApiCalls.Reply call(String token, String method, String path, String json) {
        var request = hub.http().to(path).header("Authorization", "Bearer " + token);
        return ApiCalls.reply(hub.http()
                .send(request.header("Content-Type", "application/json")
                        .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))));
    }

    private ApiCalls.Reply get(String token, String path) {
        return call(token, "GET", path, null);
    }

    @Test
    void aTokenIsShownOnceAndOnlyItsDigestIsKept() throws Exception {
        var token = token("\"read\", \"write\"");

        assertThat(token).matches("dfh_[A-Za-z0-9_-]{43}");
        var listed = hub.get(user, "/api/integrations/tokens").expect(200).body();
        assertThat(listed.at("/items/0/name").asText()).isEqualTo("My script");
        assertThat(listed.toString()).doesNotContain(token);
        var digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        assertThat(hub.jdbc
                        .sql("select encode(digest, 'hex') from hub.personal_token where user_id = ?")
                        .param(user)
                        .query(String.class)
                        .single())
                .isEqualTo(digest);
        assertThat(hub.jdbc
                        .sql("select count(*) from hub.audit where user_id = ? and action = 'token.made' and"
                                + " detail::text not like '%dfh_%'")
                        .param(user)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void itActsForItsOwnerOnly() {
        var token = token("\"read\", \"write\"");
        var own = ApiCalls.id(hub.connect(user, "ann-" + user));
        var foreign = ApiCalls.id(hub.connect(hub.newUser(), "bob-" + user));

        var change = "{\"integrationId\": \"%s\", \"displayName\": \"Renamed\"}";
        call(token, "PUT", "/api/integrations", change.formatted(own)).expect(200);
        call(token, "PUT", "/api/integrations", change.formatted(foreign)).expect(404);
        var named = hub.http().to("/api/integrations").header("Authorization", "Bearer " + token);
        assertThat(hub.http()
                        .send(named.copy().header("X-User-Id", user.toString()))
                        .statusCode())
                .isEqualTo(200);
        HubCalls.problem(
                hub.http().send(named.copy().header("X-User-Id", hub.newUser().toString())), 403);
    }

    @Test
    void aTokenForReadingChangesNothing() {
        var token = token("\"read\"");

        get(token, "/api/integrations").expect(200);
        call(token, "POST", "/api/integrations", "{\"action\": \"authorize\", \"service\": \"testcal\"}")
                .problem(403);
        call(token, "DELETE", "/api/integrations?integrationId=" + UUID.randomUUID(), null)
                .problem(403);
    }

    @Test
    void noTokenMakesAnother() {
        var token = token("\"read\", \"write\"");
        var body = "{\"name\": \"x\", \"scopes\": [\"read\"], \"expiresAt\": \"%s\"}"
                .formatted(Instant.now().plus(Duration.ofDays(1)));

        call(token, "POST", "/api/integrations/tokens", body).problem(403);
        get(token, "/api/integrations/tokens").expect(200);
    }

    @Test
    void aTokenOfAUserIsNoOperators() {
        var token = token("\"read\", \"write\"");

        get(token, "/api/integrations/accounts").problem(403);
        assertThat(hub.http()
                        .send(hub.http().to("/actuator/metrics").header("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(403);
        assertThat(hub.http()
                        .send(hub.http().to("/security/access").header("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aRevokedTokenAndAnExpiredOneOpenNothing() {
        var token = token("\"read\"");
        var id = hub.get(user, "/api/integrations/tokens")
                .body()
                .at("/items/0/tokenId")
                .asText();
        hub.delete(hub.newUser(), "/api/integrations/tokens/" + id).expect(404);
        get(token, "/api/integrations").expect(200);
        hub.delete(user, "/api/integrations/tokens/" + id).expect(204);
        get(token, "/api/integrations").problem(401);
        hub.delete(user, "/api/integrations/tokens/" + id).expect(404);

        var later = token("\"read\"");
        hub.jdbc
                .sql("update hub.personal_token set expires_at = now() - interval '1 second' where user_id = ?")
                .param(user)
                .update();
        get(later, "/api/integrations").problem(401);
        assertThat(hub.get(user, "/api/integrations/tokens")
                        .body()
                        .at("/items/0/expired")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dfh_", "dfh_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "x", "'; drop table hub.account; --"})
    void aWrongOneOpensNothing(String wrong) {
        get(wrong, "/api/integrations").problem(401);
    }

    @Test
    void theLastUseIsToldCoarsely() {
        var token = token("\"read\"");
        get(token, "/api/integrations").expect(200);
        var first = used();
        get(token, "/api/integrations").expect(200);
        assertThat(used()).isEqualTo(first).isNotBlank();
        hub.jdbc
                .sql("update hub.personal_token set last_used_at = now() - interval '6 minutes' where user_id = ?")
                .param(user)
                .update();
        var before = used();
        get(token, "/api/integrations").expect(200);
        assertThat(used()).isNotEqualTo(before);
    }

    private String used() {
        return hub.get(user, "/api/integrations/tokens")
                .body()
                .at("/items/0/lastUsedAt")
                .asText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \" \", \"scopes\": [\"read\"], \"expiresAt\": \"+1\"} | name",
                "{\"name\": \"a\", \"scopes\": [], \"expiresAt\": \"+1\"} | scopes",
                "{\"name\": \"a\", \"scopes\": [\"operator\"], \"expiresAt\": \"+1\"} | scopes",
                "{\"name\": \"a\", \"scopes\": [\"all\"], \"expiresAt\": \"+1\"} | scopes",
                "{\"name\": \"a\", \"scopes\": [null], \"expiresAt\": \"+1\"} | scopes",
                "{\"name\": \"a\", \"scopes\": [\"read\", null], \"expiresAt\": \"+1\"} | scopes",
                "{\"name\": \"a\", \"scopes\": [\"read\"], \"expiresAt\": \"+367\"} | expiresAt",
                "{\"name\": \"a\", \"scopes\": [\"read\"], \"expiresAt\": \"-1\"} | expiresAt",
                "{\"name\": \"a\", \"scopes\": [\"read\"]} | expiresAt",
                "{\"scopes\": [\"read\"], \"expiresAt\": \"+1\"} | name",
                "{\"name\": \"a\", \"scopes\": [\"read\"], \"expiresAt\": \"+1\", \"token\": \"mine\"} | token"
            })
    void whatIsNotAcceptedIsSaidByField(String body, String field) {
        var json = body;
        for (var days : List.of("+1", "+367", "-1")) {
            json = json.replace(
                    "\"" + days + "\"", "\"" + Instant.now().plus(Duration.ofDays(Long.parseLong(days))) + "\"");
        }
        assertThat(hub.post(user, "/api/integrations/tokens", json).wrongFields())
                .anySatisfy(wrong -> assertThat(wrong).startsWith(field));
    }
}
