package io.dayflow.hub.api;

import io.dayflow.hub.connection.ConnectionCard;
import io.dayflow.hub.provider.Provider;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service with the user's accounts there. */
@Schema(name = "Service", description = "A service that can be connected, with the user's accounts there")
record ServiceCard(
        @Schema(description = "Its name in requests, for example caldav")
        String name,

        String displayName,

        @Schema(allowableValues = {"task_management", "calendar"})
        String type,

        @Schema(description = "How to connect: password, token, oauth2")
        List<String> auth,

        @Schema(description = "What credentials take, by way to connect")
        List<Form> credentials,

        @Schema(description = "False: the operator has to register the hub there first")
        boolean configured,

        @Schema(description = "What the operator has to set before oauth2 can be used; null where nothing is missing")
        @Nullable
        String setup,

        @Schema(description = "True: a stand-in for the service, for trying out")
        boolean sandbox,

        Provider.Features features,
        List<ConnectionCard> integrations) {

    /** What a user types. */
    @Schema(name = "CredentialForm")
    record Form(String method, List<Field> fields, String help) {}

    @Schema(name = "CredentialField")
    record Field(String name, boolean required) {}

    /** @param missing what the operator has to set for OAuth; passwords and tokens are the user's own */
    static ServiceCard of(
            Provider provider, @Nullable String missing, boolean sandbox, List<ConnectionCard> integrations) {
        boolean typed = provider.auth().stream().anyMatch(auth -> !auth.method().equals("oauth2"));
        return new ServiceCard(
                provider.id(),
                provider.displayName(),
                provider.type(),
                provider.auth().stream().map(Provider.Auth::method).toList(),
                provider.auth().stream()
                        .filter(auth -> !auth.method().equals("oauth2"))
                        .map(auth -> new Form(
                                auth.method(),
                                auth.fields().stream()
                                        .map(field -> new Field(field, auth.required(field)))
                                        .toList(),
                                auth.help()))
                        .toList(),
                typed || missing == null,
                missing,
                sandbox,
                provider.features(),
                integrations);
    }
}
