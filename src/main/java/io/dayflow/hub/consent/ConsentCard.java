package io.dayflow.hub.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A consent as its giver reads it.
 *
 * @param integrationId null where the connection is not kept any more
 * @param ended how it ended; null while it holds
 */
@Schema(name = "Consent", description = "Which access to which account a person allowed the hub")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConsentCard(
        UUID consentId,
        @Nullable UUID integrationId,
        String service,
        String account,

        @Schema(
                description = "oauth2: allowed at the service; credentials: typed here",
                allowableValues = {"oauth2", "credentials"})
        String kind,

        @Schema(description = "What the service granted, or the names of the fields that were typed")
        List<String> scopes,

        @Schema(description = "Of the text that was shown") String textVersion,

        Instant givenAt,

        @Schema(description = "Who was signed in: a user's id, or an operator's name")
        String givenBy,

        @Schema(description = "The address that the request came from") @Nullable
        String remote,

        @Nullable String agent,
        @Nullable Instant endedAt,

        @Schema(allowableValues = {"withdrawn", "renewed"}) @Nullable
        String ended) {

    public ConsentCard {
        scopes = List.copyOf(scopes);
    }
}
