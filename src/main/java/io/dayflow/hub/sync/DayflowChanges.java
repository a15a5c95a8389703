package io.dayflow.hub.sync;

import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** From what somebody changed in DayFlow's tables to agreement. */
@Component
public class DayflowChanges {

    private static final Logger log = LoggerFactory.getLogger(DayflowChanges.class);
    private static final int BATCH = 200;

    private final DayflowCapture capture;
    private final HubTransaction transaction;
    private final LinkStore store;
    private final Books books;
    private final Planner planner;
    private final Profiles profiles;
    private final Exports exports;
    private final Wake wake;
    private final Clock clock;
    private final Supplier<UUID> ids;

    DayflowChanges(
            DayflowCapture capture,
            HubTransaction transaction,
            LinkStore store,
            Books books,
            Planner planner,
            Profiles profiles,
            Exports exports,
            Wake wake,
            Clock clock,
            Supplier<UUID> ids) {
        this.capture = capture;
        this.transaction = transaction;
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.profiles = profiles;
        this.exports = exports;
        this.wake = wake;
        this.clock = clock;
        this.ids = ids;
    }

    /** The rows of one user that changed, each with the time of its last change. */
    private record Touched(UUID userId, Map<Kind, Map<UUID, Instant>> rows, boolean zone) {}

    /** Takes in one batch of captured changes; false when there are none left. */
    public boolean absorb() {
        return transaction.run(() -> {
            List<DayflowCapture.Change> captured = capture.take(BATCH);
            byUser(captured).values().forEach(this::absorb);
            return !captured.isEmpty();
        });
    }

    /**
     * Takes in the rows that a user had before the hub knew them, so that they are recognised at first contact. They are
     * not new, and go to no service by themselves.
     */
    public void adopt(UUID userId) {
        for (Kind kind : Kind.values()) {
            boolean more = true;
            while (more) {
                more = transaction.run(() -> adoptBatch(userId, kind));
            }
        }
    }

    /** True if there may be more. */
    private boolean adoptBatch(UUID userId, Kind kind) {
        capture.alone(userId);
        List<UUID> unknown = planner.unknown(userId, kind, BATCH);
        WriteSet out = new WriteSet();
        Context context = context(userId);
        planner.lock(kind, unknown)
                .values()
                .forEach(row -> create(context, row).ifPresent(book -> book.close(out, null)));
        planner.write(out.rows());
        store.apply(out);
        return unknown.size() == BATCH && !out.newItems().isEmpty();
    }

    private static Map<UUID, Touched> byUser(List<DayflowCapture.Change> captured) {
        Map<UUID, Touched> users = new TreeMap<>();
        for (DayflowCapture.Change change : captured) {
            Touched touched =
                    users.computeIfAbsent(change.userId(), user -> new Touched(user, new EnumMap<>(Kind.class), false));
            Kind kind = change.kind();
            if (kind == null) {
                users.put(change.userId(), new Touched(change.userId(), touched.rows(), true));
                continue;
            }
            touched.rows()
                    .computeIfAbsent(kind, k -> new LinkedHashMap<>())
                    .merge(change.rowId(), change.at(), (a, b) -> a.isAfter(b) ? a : b);
        }
        return users;
    }

    private void absorb(Touched touched) {
        capture.alone(touched.userId());
        List<Profiles.Configured> connections = profiles.ofUser(touched.userId());
        if (connections.isEmpty() && !capture.hasItems(touched.userId())) {
            return;
        }
        Context context = context(touched.userId());
        WriteSet out = new WriteSet();
        touched.rows().forEach((kind, rows) -> absorb(context, kind, rows, connections, out));
        planner.write(out.rows());
        store.apply(out);
        if (touched.zone()) {
            rewriteForZone(context);
        }
        wake.pushes();
    }

    private void absorb(
            Context context, Kind kind, Map<UUID, Instant> rows, List<Profiles.Configured> connections, WriteSet out) {
        List<Link> links = store.findRows(rows.keySet());
        Known known = store.lock(links.stream().map(Link::itemId).toList());
        Map<UUID, Instant> at = new HashMap<>();
        links.forEach(link -> at.put(link.itemId(), rows.get(UUID.fromString(link.externalId()))));
        books.openAsStored(context, known).forEach((id, book) -> {
            book.absorbRow(at.getOrDefault(id, context.now()));
            connections.forEach(c ->
                    book.link(c.connection().id()).ifPresent(link -> Reconcile.reconsider(book, link, c.profile())));
            book.close(out, null);
        });
        Set<UUID> unknown = new HashSet<>(rows.keySet());
        links.forEach(link -> unknown.remove(UUID.fromString(link.externalId())));
        for (Planner.Row row : planner.lock(kind, unknown).values()) {
            create(context, row).ifPresent(book -> {
                exports.offer(book, connections);
                book.close(out, null);
            });
        }
    }

    /** A row that no item can hold is left to itself until somebody changes it. */
    private Optional<ItemBook> create(Context context, Planner.Row row) {
        try {
            Item item = planner.lens(row.kind(), context.zone()).create(row.view());
            return Optional.of(ItemBook.create(context, row.id(), item, null, row));
        } catch (InvalidItem e) {
            log.warn("a {} of DayFlow cannot be held: {}: {}", row.kind().id(), row.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /** The user lives in another zone now: that edits no item, but days must stay days. */
    private void rewriteForZone(Context context) {
        List<UUID> items = capture.inOtherZone(context.userId(), context.zone());
        for (int from = 0; from < items.size(); from += BATCH) {
            WriteSet out = new WriteSet();
            Known known = store.lock(new ArrayList<>(items.subList(from, Math.min(items.size(), from + BATCH))));
            books.open(context, known).values().forEach(book -> book.close(out, null));
            planner.write(out.rows());
            store.apply(out);
        }
    }

    private Context context(UUID userId) {
        ZoneId zone = planner.zone(userId);
        return new Context(userId, zone, planner, clock.instant(), ids, null, "dayflow");
    }
}
