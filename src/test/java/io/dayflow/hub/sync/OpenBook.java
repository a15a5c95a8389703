package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.FieldLens;
import io.dayflow.hub.merge.Strategies;
import io.dayflow.hub.merge.Strategy;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.sync.memory.MemoryCollections;
import io.dayflow.hub.sync.memory.MemoryPlanner;
import io.dayflow.hub.sync.memory.MemoryStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task with a copy at a service, laid open for the decisions of the engine: both held the title "Fence" last, the task is
 * of revision 5. Each {@code with} is one thing that is otherwise.
 */
final class OpenBook {

    static final Instant NOW = Instant.parse("2026-11-01T08:00:00Z");
    static final Instant EARLIER = NOW.minusSeconds(60);
    static final Instant LATER = NOW.plusSeconds(60);
    static final UUID CONNECTION = new UUID(0x7000, 1);
    static final UUID COLLECTION = new UUID(0x7000, 2);
    static final UUID ITEM = new UUID(0x7000, 3);
    static final UUID LINK = new UUID(0x7000, 4);
    static final long REVISION = 5;

    private final MemoryStore store = new MemoryStore(Clock.fixed(NOW, ZoneOffset.UTC));
    private final UUID user = new UUID(0x7000, 5);
    private long last = 100;
    private View item = titled("Fence");
    private Map<String, Instant> edited = Map.of();
    private @Nullable Instant deletedAt;
    private Link link = Link.fresh(LINK, ITEM, CONNECTION, COLLECTION).seen("fence", "", "1", titled("Fence"), "{}");
    private @Nullable OpenConflict conflict;
    private Strategies strategies = Strategy.MANUAL;
    private @Nullable View rowView;
    private boolean keepDeleted;
    private boolean readOnly;

    static View titled(String title) {
        return View.of(Kind.TASK, Map.of("title", TextNode.valueOf(title), "status", TextNode.valueOf("pending")));
    }

    // ---- what is otherwise

    OpenBook withTitle(String title) {
        item = item.with("title", TextNode.valueOf(title));
        return this;
    }

    OpenBook withUid(String uid) {
        item = item.with("uid", TextNode.valueOf(uid));
        return this;
    }

    OpenBook withEdits(Map<String, Instant> times) {
        edited = times;
        return this;
    }

    OpenBook deletedAt(Instant at) {
        deletedAt = at;
        return this;
    }

    OpenBook withLink(Link other) {
        link = other;
        return this;
    }

    Link link() {
        return link;
    }

    OpenBook strategy(Strategies other) {
        strategies = other;
        return this;
    }

    /** DayFlow's row holds this. */
    OpenBook withRow(View view) {
        rowView = view;
        return this;
    }

    OpenBook keepingDeleted() {
        keepDeleted = true;
        return this;
    }

    OpenBook readOnly() {
        readOnly = true;
        return this;
    }

    /** Both sides changed the title: this is what they say. */
    OpenBook contested(String here, String there) {
        conflict = conflict(
                OpenConflict.Type.TITLE_MISMATCH,
                new OpenConflict.Field(
                        "title", TextNode.valueOf("Fence"), TextNode.valueOf(here), TextNode.valueOf(there), null));
        link = link.seen("fence", "", "2", titled(there), "{}");
        return withTitle(here);
    }

    OpenBook askedAboutDeletion(boolean onService) {
        conflict = conflict(
                OpenConflict.Type.DELETE_EDIT,
                new OpenConflict.Field(
                        "deleted",
                        BooleanNode.FALSE,
                        BooleanNode.valueOf(!onService),
                        BooleanNode.valueOf(onService),
                        null));
        return this;
    }

    /** It is asked whether the item is the one that the service calls {@code there}. */
    OpenBook suspected(String here, String there) {
        conflict = conflict(
                OpenConflict.Type.DUPLICATE,
                new OpenConflict.Field("title", null, TextNode.valueOf(here), TextNode.valueOf(there), null));
        link = link.seen("fence", "", "2", titled(there), "{}").withState(Link.State.DUPLICATE, null);
        return withTitle(here);
    }

    private OpenConflict conflict(OpenConflict.Type type, OpenConflict.Field field) {
        return new OpenConflict(
                new UUID(0x7000, 9), user, CONNECTION, ITEM, LINK, Kind.TASK, type, "Fence", List.of(field), EARLIER);
    }

    // ---- the desk

    ItemBook open() {
        StoredItem stored = new StoredItem(ITEM, user, Item.of(item), edited, REVISION, null, deletedAt);
        Link row = Link.fresh(new UUID(0x7000, 6), ITEM, null, null)
                .seen(ITEM.toString(), "", null, titled("Fence"), null);
        Known known = new Known(
                Map.of(ITEM, stored),
                Map.of(ITEM, List.of(row, link)),
                conflict == null ? Map.of() : Map.of(LINK, conflict));
        Context context = new Context(
                user, ZoneOffset.UTC, new MemoryPlanner(store), NOW, () -> new UUID(0x7000, ++last), null, "test");
        return ItemBook.open(
                context, known, stored, rowView == null ? null : new Planner.Row(ITEM, user, Kind.TASK, rowView, NOW));
    }

    Profile profile() {
        return new Profile(
                new ConnectionRef(CONNECTION, user, "lists", "", "ann", Map.of()),
                strategies,
                Map.of(Kind.TASK, new FieldLens(Kind.TASK, Set.of("title", "notes", "status", "labels", "uid"))),
                keepDeleted,
                true,
                false);
    }

    CollectionRef collection() {
        return new CollectionRef(COLLECTION, "home", Kind.TASK, "home", readOnly, Map.of(), null);
    }

    PushPlan plan() {
        store.collections.put(COLLECTION, new MemoryCollections.Stored(CONNECTION, collection(), true, false, 0));
        return new PushPlan(new MemoryCollections(store, () -> new UUID(0x7000, ++last)));
    }

    /** The service shows this title, edited then. */
    static Seen seen(String title, Instant at) {
        return new Seen("fence", "", "2", titled(title), "{\"seen\": 2}", at);
    }

    // ---- what became of it

    static Link link(ItemBook book) {
        return book.links().stream()
                .filter(one -> one.id().equals(LINK))
                .findFirst()
                .orElseThrow();
    }

    static String title(ItemBook book) {
        return book.item().title();
    }

    static @Nullable OpenConflict conflict(ItemBook book) {
        return book.conflict(link(book));
    }

    /** Why the conflict that was open has ended; null where it has not. */
    static @Nullable String ending(ItemBook book) {
        return book.conflicts().settled().values().stream().findFirst().orElse(null);
    }

    /** What was decided by a strategy, each with how. */
    static Map<OpenConflict, String> decided(ItemBook book) {
        WriteSet out = new WriteSet();
        book.conflicts().writeTo(out, null);
        return out.decidedConflicts();
    }
}
