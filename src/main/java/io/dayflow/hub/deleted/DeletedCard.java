package io.dayflow.hub.deleted;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A deleted item that is still kept. */
@Schema(name = "DeletedItem", description = "An item that was deleted and can be taken back")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DeletedCard(
        UUID itemId,

        @Schema(allowableValues = {"task", "event"}) String kind,

        String title,
        Instant deletedAt,

        @Schema(description = "Until when it is kept at least")
        Instant keptUntil,

        @Schema(description = "Where it was deleted first: dayflow, or the id of an integration")
        String deletedOn,

        @Schema(
                description = "Who did it: user where a person deleted it on that side, else what the hub did",
                allowableValues = {"user", "undo", "resolution", "disconnect"})
        String cause,

        @Schema(description = "What became of its copies at services")
        List<Copy> copies) {

    public DeletedCard {
        copies = List.copyOf(copies);
    }

    /**
     * @param side the id of an integration
     * @param state {@code deleted}, {@code waiting} to be deleted there, or {@code kept} there
     */
    @Schema(name = "DeletedCopy")
    public record Copy(
            @Schema(description = "The id of an integration")
            UUID side,

            @Schema(allowableValues = {"deleted", "waiting", "kept"})
            String state) {}
}
