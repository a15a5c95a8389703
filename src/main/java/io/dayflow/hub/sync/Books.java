package io.dayflow.hub.sync;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.StoredItem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Opens the books of locked items: locks and reads their DayFlow rows, and takes in what somebody changed there meanwhile. */
@Component
class Books {

    private final Planner planner;

    Books(Planner planner) {
        this.planner = planner;
    }

    /** The books by item, DayFlow's own edits already in them. */
    Map<UUID, ItemBook> open(Context context, Known known) {
        Map<UUID, ItemBook> books = openAsStored(context, known);
        books.values().forEach(book -> book.absorbRow(context.now()));
        return books;
    }

    /** The books by item, as the hub last knew them, with the rows at hand but not taken in. */
    Map<UUID, ItemBook> openAsStored(Context context, Known known) {
        Map<Kind, List<UUID>> rowIds = new EnumMap<>(Kind.class);
        Map<UUID, UUID> rowOf = new HashMap<>();
        for (StoredItem stored : known.items().values()) {
            Link link = known.dayflowLink(stored.id())
                    .orElseThrow(() -> new IllegalStateException("item " + stored.id() + " has no link to DayFlow"));
            UUID rowId = UUID.fromString(link.externalId());
            rowOf.put(stored.id(), rowId);
            rowIds.computeIfAbsent(stored.item().kind(), kind -> new ArrayList<>())
                    .add(rowId);
        }
        Map<UUID, Planner.Row> rows = new HashMap<>();
        rowIds.forEach((kind, ids) -> rows.putAll(planner.lock(kind, ids)));
        Map<UUID, ItemBook> books = new LinkedHashMap<>();
        for (StoredItem stored : known.items().values()) {
            books.put(stored.id(), ItemBook.open(context, known, stored, rows.get(rowOf.get(stored.id()))));
        }
        return books;
    }
}
