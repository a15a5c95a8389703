package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.merge.FieldConflict;
import io.dayflow.hub.merge.Merged;
import io.dayflow.hub.merge.Paths;
import io.dayflow.hub.merge.Strategies;
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
        String resolution = winners.size() == 1 ? winners.first() : "merge";
        decided(book, link, profile, OpenConflict.Type.ofFields(fields), fields, resolution);
    }

    /**
     * Keeps that a strategy decided between a deletion and an edit, neither of which is to be seen any more on the side that
     * lost.
     *
     * @param onService whether it was deleted there and edited here, and not the other way round
     * @param deleted whether the deletion won
     */
    static void keepDeletion(ItemBook book, Link link, Profile profile, boolean onService, boolean deleted) {
        Suggestion winner = onService == deleted ? Suggestion.EXTERNAL : Suggestion.DAYFLOW;
        OpenConflict.Field field = new OpenConflict.Field(
                Strategies.DELETED,
                BooleanNode.FALSE,
                BooleanNode.valueOf(!onService),
                BooleanNode.valueOf(onService),
                winner.id());
        decided(book, link, profile, OpenConflict.Type.DELETE_EDIT, List.of(field), "keep_" + winner.id());
    }

    private static void decided(
            ItemBook book,
            Link link,
            Profile profile,
            OpenConflict.Type type,
            List<OpenConflict.Field> fields,
            String resolution) {
        OpenConflict conflict = new OpenConflict(
                book.context().ids().get(),
                book.context().userId(),
                profile.connection().id(),
                book.id(),
                link.id(),
                book.kind(),
                type,
                book.item().title(),
                fields,
                book.context().now());
        book.conflicts().decided(conflict, resolution);
    }

    private static @Nullable String winner(@Nullable JsonNode held, FieldConflict lost) {
        if (Objects.equals(held, lost.ours())) {
            return Suggestion.DAYFLOW.id();
        }
        return Objects.equals(held, lost.theirs()) ? Suggestion.EXTERNAL.id() : null;
    }
}
