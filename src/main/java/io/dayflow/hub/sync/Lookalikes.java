package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Mapped;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;

/**
 * What the objects of a page would be as items of their own, and which stored items they might be. Lives as long as the work
 * on one page; used by one thread.
 */
final class Lookalikes {

    private final Profile profile;
    private final Kind kind;
    private final Map<View, Item> items = new IdentityHashMap<>();

    Lookalikes(Profile profile, Kind kind) {
        this.profile = profile;
        this.kind = kind;
    }

    /**
     * The item that an object's view makes where nobody knows it; made once for each view.
     *
     * @throws io.dayflow.hub.item.InvalidItem if no item can hold it
     */
    Item item(View seen) {
        return items.computeIfAbsent(seen, profile.lens(kind)::create);
    }

    /** The book of a new item that was seen there, with its copy. */
    ItemBook newcomer(Context context, Seen seen, CollectionRef home) {
        UUID connectionId = profile.connection().id();
        Item item = Item.of(item(seen.view()).view().with("list", TextNode.valueOf(home.name())));
        ItemBook book = ItemBook.create(context, context.ids().get(), item, connectionId, null);
        book.addLink(Link.fresh(context.ids().get(), book.id(), connectionId, home.id())
                .seen(seen.externalId(), seen.part(), seen.version(), seen.view(), seen.extras()));
        return book;
    }

    /**
     * The stored items that might be the same as an object seen for the first time, for a whole page at once.
     *
     * @param linked whether there is a link to an object's part, by external id and key
     */
    List<UUID> find(LinkStore store, UUID userId, List<Mapped> objects, BiPredicate<String, String> linked) {
        Set<String> uids = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (Mapped object : objects) {
            for (Mapped.Part part : object.parts()) {
                if (!linked.test(object.object().externalId(), part.key())) {
                    String uid = part.view().text("uid");
                    if (uid != null) {
                        uids.add(uid);
                    }
                    keys.add(Recognition.matchKey(item(part.view())));
                }
            }
        }
        return keys.isEmpty()
                ? List.of()
                : store.lookalikes(userId, profile.connection().id(), kind, uids, keys);
    }
}
