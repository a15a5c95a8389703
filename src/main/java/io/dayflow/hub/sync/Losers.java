package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.merge.FieldConflict;
import io.dayflow.hub.merge.Merged;
import io.dayflow.hub.merge.Paths;
import io.dayflow.hub.merge.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a strategy decided against: kept as a conflict that is decided, with every value, so that it can be brought back. */
final class Losers {

    private Losers() {}

    /** Keeps what the merge decided by a strategy, if it decided anything so. */
    static void keep(ItemBook book, Link link, Profile profile, Merged merged) {
        if (merged.decided().isEmpty()) {
            return;
        }
        Map<String, JsonNode> result = Paths.flatten(merged.view());
        List<OpenConflict.Field> fields = new ArrayList<>();
        TreeSet<String> winners = new TreeSet<>();
        for (FieldConflict lost : merged.decided()) {
            String winner = winner(result.get(lost.path()), lost);
            winners.add(winner == null ? "merge" : "keep_" + winner);
            fields.add(new OpenConflict.Field(lost.path(), lost.base(), lost.ours(), lost.theirs(), winner));
        }
        OpenConflict conflict = new OpenConflict(
                book.context().ids().get(),
                book.context().userId(),
                profile.connection().id(),
                book.id(),
                link.id(),
                book.kind(),
                OpenConflict.Type.ofFields(fields),
                book.item().title(),
                fields,
                book.context().now());
        book.conflicts().decided(conflict, winners.size() == 1 ? winners.first() : "merge");
    }

    private static @Nullable String winner(@Nullable JsonNode held, FieldConflict lost) {
        if (Objects.equals(held, lost.ours())) {
            return Suggestion.DAYFLOW.id();
        }
        return Objects.equals(held, lost.theirs()) ? Suggestion.EXTERNAL.id() : null;
    }
}
