package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import java.util.List;
import java.util.UUID;
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
                    || !settings.exportNew().wants(book.item())) {
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
}
