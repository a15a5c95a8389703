package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;
import io.dayflow.hub.job.NotRestored;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.EditTimes;
import io.dayflow.hub.merge.FieldConflict;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.merge.Merged;
import io.dayflow.hub.merge.Occurrences;
import io.dayflow.hub.merge.Paths;
import io.dayflow.hub.merge.Strategy;
import io.dayflow.hub.merge.ThreeWay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what was written of one item: a three-way merge in which the writes' outcome is the base and the values from
 * before are theirs, so that whatever differs from that outcome by now was edited since, and stays. Changes an open book;
 * lives as long as it.
 */
final class Reversal {

    private static final Set<String> OCCURRENCE = Set.of("status", "completedAt", "progress", "due");

    private final ItemBook book;
    private final Undo.Sides sides;
    private final List<UndoStore.Step> left = new ArrayList<>();
    private final Set<String> handled = new HashSet<>();

    Reversal(ItemBook book, Undo.Sides sides) {
        this.book = book;
        this.sides = sides;
    }

    /**
     * Does it and closes the book.
     *
     * @param writes of this item, oldest first
     * @return what is written, then what is left
     */
    List<UndoStore.Step> of(List<UndoStore.Write> writes, WriteSet out) {
        boolean wasDeleted = book.isDeleted();
        Item was = book.item();
        Collection<SideWrites> bySide = writes.stream()
                .collect(Collectors.groupingBy(
                        write -> Objects.requireNonNullElse(write.connectionId(), book.id()),
                        LinkedHashMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), of -> new SideWrites(book.kind(), of))))
                .values();
        existence(bySide);
        if (!book.isDeleted()) {
            bySide.forEach(this::fields);
        } else if (wasDeleted && !isMade(bySide)) {
            bySide.forEach(side -> leave(side, side.changes(Set.of()), NotRestored.DELETED_LATER));
        }
        for (Link link : List.copyOf(book.links())) {
            UUID connectionId = link.connectionId();
            if (connectionId != null && link.state() != Link.State.DETACHED) {
                sides.profile(connectionId).ifPresent(profile -> Reconcile.reconsider(book, link, profile));
            }
        }
        int journalled = out.journal().size();
        book.close(out, null);
        List<UndoStore.Step> steps = new ArrayList<>();
        out.journal()
                .subList(journalled, out.journal().size())
                .forEach(entry ->
                        steps.add(step(null, entry.operation(), map(entry.before()), map(entry.after()), null)));
        book.links().forEach(link -> consequence(link, was, wasDeleted, steps));
        steps.addAll(left);
        return steps;
    }

    private static boolean isMade(Collection<SideWrites> bySide) {
        return bySide.stream().anyMatch(side -> side.side() == null && side.made());
    }

    // ---- made and deleted

    private void existence(Collection<SideWrites> bySide) {
        boolean made = isMade(bySide);
        for (SideWrites side : bySide) {
            if (side.deleted() && book.isDeleted()) {
                bringBack(side);
            } else if (side.made() && !book.isDeleted()) {
                if (side.side() == null) {
                    takeAway(side);
                } else if (!made && book.link(side.side()).isPresent()) {
                    left.add(step(side.side(), "delete", side.outcome(), null, NotRestored.OLDER_THAN_RUN));
                }
            }
        }
    }

    private void bringBack(SideWrites side) {
        Instant deletedAt = Objects.requireNonNull(book.stored().deletedAt());
        if (deletedAt.isAfter(side.lastAt())) {
            left.add(step(side.side(), "create", null, side.outcome(), NotRestored.DELETED_LATER));
        } else {
            Revival.of(book);
        }
    }

    private void takeAway(SideWrites side) {
        View made = View.of(book.kind(), Objects.requireNonNull(side.outcome()));
        boolean edited = !rowLens().project(book.item()).equals(made)
                || book.stored().edited().values().stream().anyMatch(at -> at.isAfter(side.lastAt()))
                || book.links().stream().anyMatch(link -> book.conflict(link) != null);
        if (edited) {
            left.add(step(null, "delete", side.outcome(), null, NotRestored.EDITED_LATER));
        } else {
            book.delete(book.context().now());
        }
    }

    // ---- fields

    private void fields(SideWrites side) {
        SortedMap<String, SideWrites.Change> changes = side.changes(handled);
        if (changes.isEmpty()) {
            return;
        }
        if (side.side() == null) {
            restore(side, changes, side.ofItem() ? ItemLens.WHOLE : rowLens());
            return;
        }
        Profile profile = sides.profile(side.side()).orElse(null);
        if (profile == null || !profile.lenses().containsKey(book.kind())) {
            leave(side, changes, NotRestored.DISCONNECTED);
        } else if (!profile.pushes()) {
            leave(side, changes, NotRestored.NOT_WRITTEN);
        } else {
            restore(side, changes, profile.lens(book.kind()));
        }
    }

    private void restore(SideWrites side, SortedMap<String, SideWrites.Change> changes, Lens lens) {
        View ours = lens.project(book.item());
        if (completesAgain(ours, changes)) {
            SortedMap<String, SideWrites.Change> over = new TreeMap<>(changes);
            over.keySet().retainAll(OCCURRENCE);
            over.entrySet()
                    .removeIf(path -> Objects.equals(
                            ours.get(path.getKey()), path.getValue().before()));
            leave(side, over, NotRestored.NEXT_OCCURRENCE);
            changes.keySet().removeAll(OCCURRENCE);
        }
        Merged merged = ThreeWay.merge(
                with(ours, changes, SideWrites.Change::after),
                ours,
                with(ours, changes, SideWrites.Change::before),
                Strategy.DAYFLOW,
                EditTimes.UNKNOWN);
        handled.addAll(changes.keySet());
        SortedMap<String, SideWrites.Change> later = new TreeMap<>(changes);
        later.keySet()
                .retainAll(merged.decided().stream().map(FieldConflict::path).collect(Collectors.toSet()));
        try {
            Item item = Occurrences.reopened(book.item(), lens.absorb(book.item(), merged.view()), merged.view());
            // not now: an edit that the hub has yet to see, and that is later than the run, is later than this too
            book.become(item, side.lastAt());
        } catch (InvalidItem e) {
            later = changes;
            leave(side, later, NotRestored.CANNOT_HOLD);
            return;
        }
        leave(side, later, NotRestored.EDITED_LATER);
    }

    /** Whether an occurrence would be completed that the side has left behind: it would move on once more. */
    private static boolean completesAgain(View ours, SortedMap<String, SideWrites.Change> changes) {
        SideWrites.Change status = changes.get("status");
        return ours.get("recurrence") != null
                && status != null
                && changes.containsKey("due")
                && isCompleted(status.before())
                && !isCompleted(status.after());
    }

    private static boolean isCompleted(@Nullable JsonNode status) {
        return status != null && "completed".equals(status.asText());
    }

    private static View with(
            View view,
            SortedMap<String, SideWrites.Change> changes,
            Function<SideWrites.Change, @Nullable JsonNode> value) {
        SortedMap<String, JsonNode> parts = Paths.flatten(view);
        changes.forEach((path, change) -> {
            JsonNode at = value.apply(change);
            if (at == null) {
                parts.remove(path);
            } else {
                parts.put(path, at);
            }
        });
        return Paths.unflatten(view.kind(), parts);
    }

    private void leave(SideWrites side, SortedMap<String, SideWrites.Change> changes, NotRestored why) {
        if (!changes.isEmpty()) {
            View none = View.empty(book.kind());
            left.add(step(
                    side.side(),
                    "update",
                    map(with(none, changes, SideWrites.Change::after)),
                    map(with(none, changes, SideWrites.Change::before)),
                    why));
        }
    }

    // ---- what follows on the sides

    private void consequence(Link link, Item was, boolean wasDeleted, List<UndoStore.Step> steps) {
        UUID connectionId = link.connectionId();
        if (connectionId == null || link.state() != Link.State.LIVE) {
            return;
        }
        Profile profile = sides.profile(connectionId).orElse(null);
        boolean changed = !book.item().equals(was) || book.isDeleted() != wasDeleted;
        if (profile == null || !profile.lenses().containsKey(book.kind())) {
            if (changed) {
                left.add(step(connectionId, "update", null, null, NotRestored.DISCONNECTED));
            }
            return;
        }
        Lens lens = profile.lens(book.kind());
        View held = link.base() == null ? null : lens.project(was);
        View wanted = book.isDeleted() ? null : lens.project(book.item());
        if (!changed || Objects.equals(held, wanted)) {
            return;
        }
        boolean written = profile.pushes()
                && !sides.isReadOnly(link.collectionId())
                && (wanted != null || !profile.keepDeleted());
        String operation = held == null ? "create" : wanted == null ? "delete" : "update";
        UndoStore.Step step =
                step(connectionId, operation, map(held), map(wanted), written ? null : NotRestored.NOT_WRITTEN);
        (written ? steps : left).add(step);
    }

    private Lens rowLens() {
        return book.context().planner().lens(book.kind(), book.context().zone());
    }

    private static @Nullable Map<String, JsonNode> map(@Nullable View view) {
        return view == null ? null : view.fields();
    }

    private UndoStore.Step step(
            @Nullable UUID side,
            String operation,
            @Nullable Map<String, JsonNode> before,
            @Nullable Map<String, JsonNode> after,
            @Nullable NotRestored why) {
        return new UndoStore.Step(book.id(), book.item().title(), side, operation, before, after, why);
    }
}
