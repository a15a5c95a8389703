package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.conflict.Resolution;
import io.dayflow.hub.conflict.ResolveConflict;
import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.merge.Suggestion;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Carries a person's decision out: an edit like any other, which then goes to every side. */
@Component
class Resolve implements ResolveConflict {

    private final HubTransaction transaction;
    private final LinkStore store;
    private final Books books;
    private final Planner planner;
    private final Profiles profiles;
    private final Wake wake;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final ConflictStore conflicts;

    Resolve(
            HubTransaction transaction,
            LinkStore store,
            Books books,
            Planner planner,
            Profiles profiles,
            Wake wake,
            Clock clock,
            Supplier<UUID> ids,
            ConflictStore conflicts) {
        this.transaction = transaction;
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.profiles = profiles;
        this.wake = wake;
        this.clock = clock;
        this.ids = ids;
        this.conflicts = conflicts;
    }

    @Override
    public void resolve(UUID userId, UUID conflictId, Resolution resolution, Map<String, JsonNode> values) {
        transaction.execute(() -> {
            ConflictStore.Place conflict =
                    conflicts.find(userId, conflictId).orElseThrow(() -> new NotFound("There is no such conflict."));
            Profile profile = profiles.find(conflict.connectionId())
                    .map(Profiles.Configured::profile)
                    .orElseThrow(() -> new ConflictingState("The connection of this conflict is disconnected."));
            WriteSet out = new WriteSet();
            Context context =
                    new Context(userId, planner.zone(userId), planner, clock.instant(), ids, null, "resolution");
            Known known = store.lock(List.of(conflict.itemId()));
            ItemBook book = books.open(context, known).get(conflict.itemId());
            Link link = book == null
                    ? null
                    : book.links().stream()
                            .filter(l -> l.id().equals(conflict.linkId()))
                            .findFirst()
                            .orElse(null);
            if (book == null || link == null || book.conflict(link) == null || !conflict.open()) {
                throw new ConflictingState("This conflict is not open any more.");
            }
            refuseIfStale(book, link, profile);
            decide(book, link, profile, resolution, values);
            book.close(out, null);
            planner.write(out.rows());
            store.apply(out);
            conflicts.decided(conflictId, resolution.name().toLowerCase(Locale.ROOT));
            wake.pushes();
        });
    }

    /** DayFlow's row may hold an edit that nobody has shown to who decides. */
    private static void refuseIfStale(ItemBook book, Link link, Profile profile) {
        OpenConflict shown = book.conflict(link);
        if (book.isChanged() && shown != null) {
            Reconcile.reconsider(book, link, profile);
            OpenConflict now = book.conflict(link);
            if (now == null || !now.fields().equals(shown.fields())) {
                throw new ConflictingState(
                        "The item was edited just now. Look at the conflict again before you decide.");
            }
        }
    }

    private static void decide(
            ItemBook book, Link link, Profile profile, Resolution resolution, Map<String, JsonNode> values) {
        Map<String, Optional<JsonNode>> chosen = new HashMap<>();
        values.forEach((field, value) -> chosen.put(field, Reconcile.present(value)));
        Suggestion winner = switch (resolution) {
            case KEEP_DAYFLOW, MERGE -> Suggestion.DAYFLOW;
            case KEEP_EXTERNAL -> Suggestion.EXTERNAL;
        };
        try {
            Decided.resolve(book, link, profile, winner, chosen);
        } catch (InvalidItem e) {
            throw new InvalidRequest(List.of(new FieldError("values." + e.field(), e.getMessage())));
        }
    }
}
