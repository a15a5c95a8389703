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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which connections a new item of DayFlow goes to, and into which of their collections. */
@Component
class Exports {

    private final JdbcClient jdbc;

    Exports(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
            collection(configured, book.kind()).ifPresent(collection -> {
                UUID connectionId = configured.connection().id();
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

    private Optional<UUID> collection(Profiles.Configured configured, Kind kind) {
        UUID chosen = configured.settings().defaultCollections().get(kind);
        return jdbc.sql("""
                        select id from hub.collection
                        where connection_id = :connection and kind = :kind and selected and not read_only and vanished_at is null
                        order by (id = :chosen) desc, name, id limit 1
                        """)
                .param("connection", configured.connection().id())
                .param("kind", kind.id())
                .param("chosen", chosen == null ? new UUID(0, 0) : chosen)
                .query(UUID.class)
                .optional();
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
