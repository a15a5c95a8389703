package io.dayflow.hub.sync.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.provider.FoundCollection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One user with a connection and a collection in a store, and things to put there. */
final class Sample {

    final Store store;
    final UUID user;
    final UUID connection;
    final UUID collection;

    private Sample(Store store) {
        this.store = store;
        user = store.user("UTC");
        connection = store.connection(user, "{}");
        collection = collection(connection, "list-" + connection);
    }

    static Sample in(Store store) {
        return new Sample(store);
    }

    /** Lists one more collection of a connection, and selects it. */
    UUID collection(UUID of, String name) {
        List<FoundCollection> found =
                new java.util.ArrayList<>(store.ports().collections().homes(of, Kind.TASK).stream()
                        .map(home -> found(home.collection().externalId()))
                        .toList());
        found.add(found(name));
        store.ports().collections().refresh(of, found);
        UUID id = store.ports().collections().homes(of, Kind.TASK).stream()
                .filter(home -> home.collection().externalId().equals(name))
                .map(home -> home.collection().id())
                .findFirst()
                .orElseThrow();
        store.select(id);
        return id;
    }

    static FoundCollection found(String name) {
        return new FoundCollection(name, Kind.TASK, name, false, Map.of());
    }

    static View titled(String title) {
        return View.of(Kind.TASK, Map.of("title", TextNode.valueOf(title)));
    }

    static View event(String title) {
        return View.of(
                Kind.EVENT,
                Map.of(
                        "title",
                        TextNode.valueOf(title),
                        "start",
                        TextNode.valueOf("2026-11-02"),
                        "end",
                        TextNode.valueOf("2026-11-03")));
    }

    // ---- writing

    /** Stores what is put into a set, in one transaction. */
    void write(Consumer<WriteSet> what) {
        WriteSet writes = new WriteSet();
        what.accept(writes);
        store.ports().transaction().execute(() -> store.ports().links().apply(writes));
    }

    StoredItem item(String title) {
        return item(titled(title));
    }

    StoredItem item(View view) {
        return new StoredItem(store.id(), user, Item.of(view), Map.of(), 1, null, null);
    }

    /** An item that is stored. */
    StoredItem kept(String title) {
        StoredItem item = item(title);
        write(out -> out.insert(item));
        return item;
    }

    StoredItem deleted(StoredItem item, Instant at) {
        StoredItem gone = item.deleted(at);
        write(out -> out.update(gone));
        return gone;
    }

    /** A link to a copy that the service holds. */
    Link copy(StoredItem item, String externalId) {
        return fresh(item).seen(externalId, "", "1", item.item().view(), null);
    }

    Link fresh(StoredItem item) {
        return Link.fresh(store.id(), item.id(), connection, collection);
    }

    /** A link that is stored, as it is then. */
    Link put(Link link) {
        write(out -> out.insert(link));
        return read(link);
    }

    Link change(Link link) {
        write(out -> out.update(link));
        return read(link);
    }

    Link read(Link link) {
        return find(link).orElseThrow();
    }

    Optional<Link> find(Link link) {
        return known(link.itemId()).links(link.itemId()).stream()
                .filter(other -> other.id().equals(link.id()))
                .findFirst();
    }

    Known known(UUID item) {
        return store.ports().links().read(List.of(item));
    }

    Optional<StoredItem> find(StoredItem item) {
        return Optional.ofNullable(known(item.id()).items().get(item.id()));
    }

    OpenConflict conflict(Link link, String title) {
        var field = new OpenConflict.Field(
                "title", TextNode.valueOf("base"), TextNode.valueOf(title), TextNode.valueOf("theirs"), null);
        return new OpenConflict(
                store.id(),
                user,
                connection,
                link.itemId(),
                link.id(),
                Kind.TASK,
                OpenConflict.Type.TITLE_MISMATCH,
                title,
                List.of(field),
                store.now());
    }

    DeadLetter letter(DeadLetter.Direction direction, String externalId, String part, @Nullable String version) {
        return new DeadLetter(
                store.id(),
                user,
                connection,
                collection,
                null,
                null,
                null,
                direction,
                externalId,
                part,
                version,
                "unreadable",
                "no title",
                "{}",
                store.now());
    }

    JournalEntry entry(
            UUID job, StoredItem item, @Nullable UUID side, @Nullable View before, @Nullable View after, String cause) {
        return new JournalEntry(store.now(), user, job, item.id(), side, before, after, cause);
    }

    static Map<String, JsonNode> fields(String title) {
        return Map.of("title", TextNode.valueOf(title));
    }
}
