package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.merge.FieldConflict;
import io.dayflow.hub.merge.Merged;
import io.dayflow.hub.merge.Strategies;
import io.dayflow.hub.merge.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a person is asked when sides disagree, as an open conflict says it. */
final class Questions {

    private Questions() {}

    static Map<String, Optional<JsonNode>> heldBase(@Nullable OpenConflict conflict) {
        Map<String, Optional<JsonNode>> held = new HashMap<>();
        if (conflict != null && isFieldConflict(conflict)) {
            conflict.fields().forEach(field -> held.put(field.field(), present(field.base())));
        }
        return held;
    }

    static Optional<JsonNode> present(@Nullable JsonNode value) {
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    static Set<String> paths(OpenConflict conflict) {
        return conflict.fields().stream().map(OpenConflict.Field::field).collect(Collectors.toUnmodifiableSet());
    }

    static boolean isFieldConflict(OpenConflict conflict) {
        return conflict.type() != OpenConflict.Type.DELETE_EDIT && conflict.type() != OpenConflict.Type.DUPLICATE;
    }

    static OpenConflict conflict(
            ItemBook book, Link link, Profile profile, OpenConflict.Type type, List<OpenConflict.Field> fields) {
        OpenConflict open = book.conflict(link);
        return new OpenConflict(
                open == null ? book.context().ids().get() : open.id(),
                book.context().userId(),
                profile.connection().id(),
                book.id(),
                link.id(),
                book.kind(),
                type,
                book.item().title(),
                fields,
                open == null ? book.context().now() : open.detectedAt());
    }

    static OpenConflict.Field field(FieldConflict conflict) {
        Suggestion suggestion = conflict.suggestion();
        return new OpenConflict.Field(
                conflict.path(),
                conflict.base(),
                conflict.ours(),
                conflict.theirs(),
                suggestion == null ? null : suggestion.id());
    }

    static OpenConflict fieldConflict(ItemBook book, Link link, Profile profile, Merged merged) {
        List<OpenConflict.Field> fields =
                merged.open().stream().map(Questions::field).toList();
        return conflict(book, link, profile, OpenConflict.Type.ofFields(fields), fields);
    }

    static OpenConflict deleteConflict(ItemBook book, Link link, Profile profile, boolean onService) {
        OpenConflict.Field field = new OpenConflict.Field(
                Strategies.DELETED,
                BooleanNode.FALSE,
                BooleanNode.valueOf(!onService),
                BooleanNode.valueOf(onService),
                null);
        return conflict(book, link, profile, OpenConflict.Type.DELETE_EDIT, List.of(field));
    }
}
