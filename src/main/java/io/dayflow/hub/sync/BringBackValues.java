package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.conflict.BringBack;
import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.View;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.merge.Paths;
import io.dayflow.hub.merge.Strategies;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes an edit of values that lost: of the item as it is now, through the lens that the conflict was seen with. */
@Component
class BringBackValues implements BringBack {

    private final HubTransaction transaction;
    private final ItemDesk desk;
    private final Profiles profiles;
    private final ConflictStore conflicts;

    BringBackValues(HubTransaction transaction, ItemDesk desk, Profiles profiles, ConflictStore conflicts) {
        this.transaction = transaction;
        this.desk = desk;
        this.profiles = profiles;
        this.conflicts = conflicts;
    }

    @Override
    public void bringBack(UUID userId, UUID conflictId, Map<String, JsonNode> values) {
        transaction.execute(() -> {
            ConflictStore.Place conflict =
                    conflicts.find(userId, conflictId).orElseThrow(() -> new NotFound("There is no such conflict."));
            Profile profile = profiles.find(conflict.connectionId())
                    .map(Profiles.Configured::profile)
                    .orElseThrow(() -> new ConflictingState("The account of this conflict is disconnected."));
            ItemBook book = desk.open(userId, conflict.itemId(), "resolution")
                    .orElseThrow(() -> new ConflictingState("The item is no longer kept."));
            JsonNode deleted = values.get(Strategies.DELETED);
            if (deleted != null) {
                bringBack(book, deleted.booleanValue());
            } else {
                bringBack(book, profile.lens(book.kind()), values);
            }
            desk.write(book, null);
        });
    }

    private static void bringBack(ItemBook book, Lens lens, Map<String, JsonNode> values) {
        if (book.isDeleted()) {
            throw new ConflictingState("The item is deleted. Restore it first.");
        }
        try {
            book.become(
                    lens.absorb(book.item(), with(lens.project(book.item()), values)),
                    book.context().now());
        } catch (InvalidItem e) {
            throw new InvalidRequest(List.of(new FieldError("values." + e.field(), e.getMessage())));
        }
    }

    /** The deletion, or the item that it took away with whatever was edited in it. */
    private static void bringBack(ItemBook book, boolean deleted) {
        if (book.isDeleted() == deleted) {
            throw new ConflictingState(deleted ? "The item is deleted already." : "The item is not deleted.");
        }
        if (book.links().stream().anyMatch(link -> book.conflict(link) != null)) {
            throw new ConflictingState("A conflict about this item is open; decide it there.");
        }
        if (deleted) {
            book.delete(book.context().now());
        } else {
            Revival.of(book);
        }
    }

    private static View with(View view, Map<String, JsonNode> values) {
        TreeMap<String, JsonNode> parts = new TreeMap<>(Paths.flatten(view));
        values.forEach((path, value) -> {
            if (value.isNull()) {
                parts.remove(path);
            } else {
                parts.put(path, value);
            }
        });
        return Paths.unflatten(view.kind(), parts);
    }
}
