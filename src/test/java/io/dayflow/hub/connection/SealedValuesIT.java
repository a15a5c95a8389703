package io.dayflow.hub.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.call.CredentialSource;
import io.dayflow.hub.security.SealedColumn;
import io.dayflow.hub.security.SealedColumns;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.security.Vault;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sealed values belong to their row and column, and are replaced only as they were read. */
@RunningHub
class SealedValuesIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    StoredCredentials credentials;

    @Autowired
    CredentialSource source;

    @Autowired
    Vault vault;

    @Autowired
    SealedColumns sealed;

    private UUID mine;
    private UUID others;

    @BeforeEach
    void connections() {
        mine = connection(Map.of("token", "mine"));
        others = connection(Map.of("token", "others"));
    }

    private UUID connection(Map<String, String> fields) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.connection (id, user_id, provider, display_name, account, credentials)"
                        + " values (:id, :user, 'nobody', 'Nobody', :account, :credentials)")
                .param("id", id)
                .param("user", RunningHub.USER)
                .param("account", id.toString())
                .param("credentials", credentials.seal(id, fields))
                .update();
        return id;
    }

    private SealedColumn column(String name) {
        return sealed.all().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private SealedColumns.Value value(UUID connection) {
        var column = column("hub.connection.credentials");
        return sealed.values(column, sealed.keys(column), List.of(), 1_000).stream()
                .filter(value -> value.context().equals("connection:" + connection))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aValueThatIsMovedToAnotherRowOpensNothing() {
        jdbc.sql("update hub.connection set credentials = (select credentials from hub.connection where id = :others)"
                        + " where id = :mine")
                .param("others", others)
                .param("mine", mine)
                .update();

        assertThatThrownBy(() -> source.find(mine))
                .isInstanceOf(Vault.CannotOpen.class)
                .hasMessageContaining(mine.toString())
                .hasMessageNotContaining("token");
    }

    @Test
    void aValueThatIsMovedToAnotherColumnOpensNothing() {
        jdbc.sql("insert into hub.oauth_grant (connection_id, tokens, asked, scopes, consented_at)"
                        + " select id, credentials, '{}', '{}', now() from hub.connection where id = :mine")
                .param("mine", mine)
                .update();
        jdbc.sql("update hub.connection set credentials = null where id = :mine")
                .param("mine", mine)
                .update();

        assertThatThrownBy(() -> source.find(mine)).isInstanceOf(Vault.CannotOpen.class);
    }

    @Test
    void theIdOfTheKeyStandsBesideEveryValue() {
        var primary =
                vault.keys().stream().filter(Vault.Key::primary).findFirst().orElseThrow();

        assertThat(jdbc.sql("select credentials_key from hub.connection where id = ?")
                        .param(mine)
                        .query(Long.class)
                        .single())
                .isEqualTo(primary.id());
        jdbc.sql("update hub.connection set credentials = '\\x0102' where id = ?")
                .param(mine)
                .update();
        assertThat(jdbc.sql("select credentials_key is null from hub.connection where id = ?")
                        .param(mine)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void aValueThatChangedMeanwhileIsNotReplaced() {
        var column = column("hub.connection.credentials");
        var read = value(mine);
        var late = vault.seal(Secret.of("{\"token\": \"late\"}"), read.context());
        jdbc.sql("update hub.connection set credentials = :fresh where id = :id")
                .param("fresh", credentials.seal(mine, Map.of("token", "fresh")))
                .param("id", mine)
                .update();

        assertThat(sealed.replace(column, read, late)).isFalse();
        assertThat(vault.open(value(mine).sealed(), "connection:" + mine).reveal())
                .contains("fresh");
        assertThat(sealed.replace(column, value(mine), late)).isTrue();
        assertThat(vault.open(value(mine).sealed(), "connection:" + mine).reveal())
                .contains("late");
    }

    @Test
    void keysAreShownWithoutTheKeysAndToOperatorsOnly() {
        var calls = new HubCalls(port);
        var told = calls.send(calls.asUser("/api/integrations/keys"));

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.body())
                .contains("\"state\":\"primary\"", "hub.connection.credentials", "keyset.json")
                .doesNotContain("keyData", "typeUrl");
        assertThat(calls.send(calls.to("/api/integrations/keys")).statusCode()).isEqualTo(401);
        HubCalls.problem(calls.send(calls.asUser("/api/integrations/keys/17").DELETE()), 404);
        HubCalls.problem(
                calls.send(calls.asUser("/api/integrations/keys/"
                                + vault.keys().getFirst().id())
                        .DELETE()),
                409);
    }
}
