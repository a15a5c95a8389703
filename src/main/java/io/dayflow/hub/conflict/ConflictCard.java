package io.dayflow.hub.conflict;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A conflict as its user sees it. */
@Schema(name = "Conflict", description = "What both sides changed differently")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConflictCard(
        UUID conflictId,
        UUID integrationId,
        UUID itemId,
        @Schema(allowableValues = {"task", "event"}) String kind,
        String type,
        String title,
        Instant detectedAt,
        @Schema(allowableValues = {"open", "resolved"}) String status,

        @ArraySchema(
                schema =
                        @Schema(
                                type = "object",
                                description = "field, base, dayflow, external, and suggestion: dayflow,"
                                        + " external or null"))
        JsonNode fields,

        @Schema(
                description =
                        "keep_dayflow, keep_external or merge; strategy, or a text that begins with settled, where"
                                + " nobody had to be asked any more; null while it is open")
        @Nullable
        String resolution,

        @Schema(
                description = "Who decided it; null while it is open",
                allowableValues = {"user", "strategy", "hub", "disconnect"})
        @Nullable
        String resolvedBy,

        @Nullable Instant resolvedAt) {

    /** The names of the fields it is about; an element of a set counts as its field. */
    public Set<String> fieldNames() {
        var names = new TreeSet<String>();
        for (var field : fields) {
            var path = field.path("field").asText();
            int slash = path.indexOf('/');
            names.add(slash < 0 ? path : path.substring(0, slash));
        }
        return names;
    }
}
