package io.dayflow.hub.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A connection as its user sees it. */
@Schema(name = "Integration", description = "One account of the user at one service")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConnectionCard(
        UUID integrationId,

        @Schema(description = "The service's name, for example caldav")
        String service,

        String displayName,

        @Schema(description = "How the service names the account")
        String account,

        @Schema(description = "False: nothing is read or written")
        boolean active,

        @Schema(allowableValues = {"idle", "syncing", "success", "error", "needs_reconnect"})
        String status,

        @Schema(description = "What is wrong, or null") @Nullable
        Trouble error,

        @Nullable Instant lastSyncAt,

        @Schema(description = "When the next scheduled run is due; null if none is") @Nullable
        Instant nextSyncAt,

        @Schema(type = "object", description = "All settings, defaults included")
        Settings settings,

        List<CollectionCard> collections,
        Counts counts,

        @Schema(description = "Whether the first run was asked for; before that nothing is read or written")
        boolean confirmed,

        @Schema(description = "Set in events only: the connection is gone from the list") @Nullable
        Instant disconnectedAt,

        @Schema(description = "What the service tells by itself; null where it tells nothing") @Nullable
        Webhooks webhooks,

        @Schema(
                description =
                        "Scopes that the hub asks for and was not allowed, or is no longer; what is allowed goes on"
                                + " working. Connecting again by oauth2 asks for them")
        List<String> missingScopes) {

    public ConnectionCard {
        missingScopes = List.copyOf(missingScopes);
        collections = List.copyOf(collections);
    }

    /**
     * What is wrong.
     *
     * @param code a fault's kind, for example {@code transient}
     * @param since when it began
     */
    @Schema(name = "IntegrationError")
    public record Trouble(
            String code, String message, @Nullable Instant since) {}

    /** @param kind {@code tasks} or {@code events} */
    @Schema(name = "Collection", description = "A calendar, list or project of the account")
    public record CollectionCard(UUID id, String name, String kind, boolean selected, boolean readOnly) {}

    /**
     * What the service tells by itself, beside what it is asked for.
     *
     * @param healthy false where it is silent although runs find changes; null while nothing was told and nothing missed
     */
    @Schema(name = "IntegrationWebhooks")
    public record Webhooks(
            @Nullable Instant lastEventAt, @Nullable Boolean healthy) {}

    /**
     * How much there is.
     *
     * @param items with a copy at this connection
     * @param pending items still to be compared with this connection
     */
    @Schema(name = "IntegrationCounts")
    public record Counts(long items, long pending, long conflicts, long deadLetters) {}
}
