package io.dayflow.hub.api;

import io.dayflow.hub.connection.ConnectionCard;
import io.dayflow.hub.provider.Provider;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

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

        @Schema(description = "True: a stand-in for the service, for trying out")
        boolean sandbox,

        Provider.Features features,
        List<ConnectionCard> integrations) {

    /** What a user types. */
    @Schema(name = "CredentialForm")
    record Form(String method, List<Field> fields, String help) {}

    @Schema(name = "CredentialField")
    record Field(String name, boolean required) {}

    static ServiceCard of(Provider provider, boolean configured, boolean sandbox, List<ConnectionCard> integrations) {
        return new ServiceCard(
                provider.id(),
                provider.displayName(),
                provider.type(),
                provider.auth().stream().map(Provider.Auth::method).toList(),
                provider.auth().stream()
                        .map(auth -> new Form(
                                auth.method(),
                                auth.fields().stream()
                                        .map(field -> new Field(field, auth.required(field)))
                                        .toList(),
                                auth.help()))
                        .toList(),
                configured,
                sandbox,
                provider.features(),
                integrations);
    }
}
