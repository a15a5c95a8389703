package io.dayflow.hub.connection;

import io.dayflow.hub.call.Credential;
import io.dayflow.hub.security.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the fields that a user typed mean to a server. */
public final class CredentialFields {

    private CredentialFields() {}

    /**
     * What a connection with these fields presents.
     *
     * @param fields {@code token}, or {@code username} and {@code password}; others say nothing about who calls
     * @return null if they hold none of these: the account is open to everybody who reaches it
     */
    public static @Nullable Credential credential(Map<String, String> fields) {
        var token = fields.get("token");
        if (token != null) {
            return new Credential.Bearer(Secret.of(token));
        }
        var username = fields.get("username");
        var password = fields.get("password");
        if (username == null && password == null) {
            return null;
        }
        return new Credential.Basic(username == null ? "" : username, Secret.of(password == null ? "" : password));
    }
}
