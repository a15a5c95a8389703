package io.dayflow.hub.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.alert.Signals;
import io.dayflow.hub.call.Credential;
import io.dayflow.hub.call.CredentialSource;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.security.Vault;
import io.dayflow.hub.storage.Columns;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What connections prove with: the sealed column of hub.connection, or a grant. What comes out of it goes to the call door and nowhere else. */
@Component
final class StoredCredentials implements CredentialSource {

    private final JdbcClient jdbc;
    private final Vault vault;
    private final ObjectMapper json;
    private final Grants grants;
    private final FreshTokens tokens;
    private final Signals signals;

    StoredCredentials(
            JdbcClient jdbc, Vault vault, ObjectMapper json, Grants grants, FreshTokens tokens, Signals signals) {
        this.signals = signals;
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
        this.grants = grants;
        this.tokens = tokens;
    }

    /**
     * What is stored for a connection, or null where it was forgotten or the account needs none. A token that is about to end
     * is refreshed first.
     */
    @Override
    public @Nullable Credential find(UUID connectionId) {
        return jdbc.sql("select credentials from hub.connection where id = :id and credentials is not null")
                .param("id", connectionId)
                .query((row, number) -> row.getBytes("credentials"))
                .optional()
                .map(bytes -> CredentialFields.credential(fields(vault.open(bytes, context(connectionId)))))
                .or(() -> grants.find(connectionId).map(grant -> tokens.of(connectionId, grant)))
                .orElseGet(() -> {
                    tellIfDisconnected(connectionId);
                    return null;
                });
    }

    private void tellIfDisconnected(UUID connectionId) {
        jdbc.sql("select user_id, disconnected_at from hub.connection where id = :id and disconnected_at is not null")
                .param("id", connectionId)
                .query(row -> {
                    signals.tellOfDisconnected(
                            connectionId, Columns.id(row, "user_id"), Columns.instant(row, "disconnected_at"));
                });
    }

    @Override
    public boolean refresh(UUID connectionId, @Nullable Credential refused) {
        return grants.find(connectionId)
                .filter(grant -> tokens.another(connectionId, grant, refused))
                .isPresent();
    }

    /** In the form of the column; opens for this connection only. */
    byte[] seal(UUID connectionId, Map<String, String> fields) {
        return vault.seal(Secret.of(json.valueToTree(fields).toString()), context(connectionId));
    }

    private Map<String, String> fields(Secret opened) {
        try {
            return json.readValue(opened.reveal(), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            // The cause would quote the secret.
            throw new IllegalStateException("stored credentials are no object of texts");
        }
    }

    private static String context(UUID connectionId) {
        return "connection:" + connectionId;
    }
}
