package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.connection.ExportNew;
import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which connections a new item of DayFlow goes to, and into which of their collections. */
@Component
class Exports {

    private final CollectionStore collections;

    Exports(CollectionStore collections) {
        this.collections = collections;
    }

    /** Links the item to every connection that wants it; a copy is made there by the next push. */
    void offer(ItemBook book, List<Profiles.Configured> connections) {
        for (Profiles.Configured configured : connections) {
            Settings settings = configured.settings();
            boolean kindWanted = book.kind() == Kind.TASK ? settings.syncTasks() : settings.syncEvents();
            if (!configured.profile().pushes()
                    || !kindWanted
                    || !configured.profile().lenses().containsKey(book.kind())
                    || !isWanted(settings.exportNew(), book.item())) {
                continue;
            }
            UUID connectionId = configured.connection().id();
            UUID chosen = settings.defaultCollections().get(book.kind());
            collections.target(connectionId, book.kind(), chosen).ifPresent(collection -> {
                book.addLink(Link.fresh(book.context().ids().get(), book.id(), connectionId, collection)
                        .withPending(true));
                if (book.item().uid() == null) {
                    View named = book.item()
                            .view()
                            .with("uid", TextNode.valueOf(book.id().toString()));
                    book.become(Item.of(named), book.context().now());
                }
            });
        }
    }

    private static boolean isWanted(ExportNew wish, Item item) {
        View view = item.view();
        return switch (wish) {
            case ExportNew.None none -> false;
            case ExportNew.All all -> true;
            case ExportNew.Matching wanted ->
                matches(wanted.categories(), view.text("list"))
                        && matchesAny(wanted.tags(), view.get(item.kind() == Kind.TASK ? "labels" : "categories"))
                        && (item.kind() == Kind.EVENT || matches(wanted.status(), status(view)))
                        && (item.kind() == Kind.EVENT || matches(wanted.priorities(), view.text("priority")));
        };
    }

    private static String status(View view) {
        String status = view.text("status");
        return status == null ? "pending" : status;
    }

    private static boolean matches(Set<String> wanted, @Nullable String value) {
        return wanted.isEmpty() || (value != null && wanted.contains(value));
    }

    private static boolean matchesAny(Set<String> wanted, @Nullable JsonNode values) {
        if (wanted.isEmpty()) {
            return true;
        }
        if (values != null) {
            for (JsonNode value : values) {
                if (wanted.contains(value.asText())) {
                    return true;
                }
            }
        }
        return false;
    }
}
