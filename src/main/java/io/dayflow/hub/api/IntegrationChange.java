package io.dayflow.hub.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.connection.UpdateConnection;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What {@code PUT /api/integrations} takes: what is not named stays as it is. */
@Schema(name = "IntegrationChange")
record IntegrationChange(
        @NotNull(message = "is needed") UUID integrationId,

        @Schema(
                type = "object",
                description = "autoSync, syncInterval (minutes), syncDirection, syncTasks, syncEvents,"
                        + " conflictResolution, fieldStrategies, fieldMapping, filters, deletePolicy, exportNew,"
                        + " defaultCollections; null goes back to the default")
        @Nullable
        ObjectNode settings,

        @Nullable List<@NotNull(message = "must be an object") @Valid Selection> collections,

        @Schema(description = "False: nothing is read or written until it is true again") @Nullable
        Boolean active,

        @Nullable String displayName) {

    @Schema(name = "CollectionSelection")
    record Selection(
            @NotNull(message = "is needed") UUID id,
            @NotNull(message = "is needed") Boolean selected) {}

    UpdateConnection.Change change() {
        return new UpdateConnection.Change(
                settings,
                collections == null
                        ? List.of()
                        : collections.stream()
                                .map(s -> new UpdateConnection.Selection(s.id(), s.selected()))
                                .toList(),
                active,
                displayName);
    }
}
