package io.dayflow.hub.sync;

import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Mapped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;

/** Finds the stored items that might be the same as an object seen for the first time, for a whole page at once. */
final class Lookalikes {

    private Lookalikes() {}

    /** @param linked whether there is a link to an object's part, by external id and key */
    static List<UUID> find(
            LinkStore store,
            UUID userId,
            Profile profile,
            CollectionRef collection,
            List<Mapped> objects,
            BiPredicate<String, String> linked) {
        Set<String> uids = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (Mapped object : objects) {
            for (Mapped.Part part : object.parts()) {
                if (!linked.test(object.object().externalId(), part.key())) {
                    String uid = part.view().text("uid");
                    if (uid != null) {
                        uids.add(uid);
                    }
                    keys.add(
                            Recognition.matchKey(profile.lens(collection.kind()).create(part.view())));
                }
            }
        }
        return keys.isEmpty()
                ? List.of()
                : store.lookalikes(userId, profile.connection().id(), collection.kind(), uids, keys);
    }
}
