package io.dayflow.hub.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.Kind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A conflict that waits for a person; a link has at most one, with all its fields. */
public record OpenConflict(
        UUID id,
        UUID userId,
        UUID connectionId,
        UUID itemId,
        UUID linkId,
        Kind kind,
        Type type,
        String title,
        List<Field> fields,
        Instant detectedAt) {

    public OpenConflict {
        fields = List.copyOf(fields);
    }

    /** What the disagreement is about, in DayFlow's words. */
    public enum Type {
        TITLE_MISMATCH,
        DESCRIPTION_MISMATCH,
        STATUS_MISMATCH,
        DATE_MISMATCH,
        FIELD_MISMATCH,
        DELETE_EDIT,
        DUPLICATE;

        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public static Type of(String id) {
            return valueOf(id.toUpperCase(java.util.Locale.ROOT));
        }

        /** The type of a conflict in these fields. */
        public static Type ofFields(List<Field> fields) {
            List<Type> types =
                    fields.stream().map(f -> ofField(f.field())).distinct().toList();
            return types.size() == 1 ? types.getFirst() : FIELD_MISMATCH;
        }

        private static Type ofField(String path) {
            int slash = path.indexOf('/');
            return switch (slash < 0 ? path : path.substring(0, slash)) {
                case "title" -> TITLE_MISMATCH;
                case "description", "notes" -> DESCRIPTION_MISMATCH;
                case "status", "completedAt", "progress" -> STATUS_MISMATCH;
                case "start", "end", "due" -> DATE_MISMATCH;
                default -> FIELD_MISMATCH;
            };
        }
    }

    /**
     * One field.
     *
     * @param field a canonical name, with the element after a slash for sets and overrides
     * @param suggestion {@code dayflow}, {@code external}, or null where nothing speaks for either
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Field(
            String field,
            @Nullable JsonNode base,
            @Nullable JsonNode dayflow,
            @Nullable JsonNode external,
            @Nullable String suggestion) {}
}
