package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.conflict.Resolution;
import io.dayflow.hub.conflict.ResolveConflict;
import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.merge.Suggestion;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Carries a person's decision out: an edit like any other, which then goes to every side. */
@Component
class Resolve implements ResolveConflict {

    private static final Set<String> TIMES = Set.of("start", "end", "due", "completedAt", "rdates", "exdates");

    private final HubTransaction transaction;
    private final ItemDesk desk;
    private final Profiles profiles;
    private final ConflictStore conflicts;

    Resolve(HubTransaction transaction, ItemDesk desk, Profiles profiles, ConflictStore conflicts) {
        this.transaction = transaction;
        this.desk = desk;
        this.profiles = profiles;
        this.conflicts = conflicts;
    }

    @Override
    public boolean resolve(UUID userId, UUID conflictId, Resolution resolution, Map<String, JsonNode> values) {
        return transaction.run(() -> {
            ConflictStore.Place conflict =
                    conflicts.find(userId, conflictId).orElseThrow(() -> new NotFound("There is no such conflict."));
            Profile profile = profiles.find(conflict.connectionId())
                    .map(Profiles.Configured::profile)
                    .orElseThrow(() -> new ConflictingState("The connection of this conflict is disconnected."));
            ItemBook book = desk.open(userId, conflict.itemId(), "resolution").orElseThrow(Resolve::over);
            Link link = book.links().stream()
                    .filter(l -> l.id().equals(conflict.linkId()))
                    .findFirst()
                    .orElseThrow(Resolve::over);
            if (book.conflict(link) == null || !conflict.open()) {
                throw over();
            }
            if (isStale(book, link, profile)) {
                desk.write(book, null);
                return false;
            }
            decide(book, link, profile, resolution, values);
            desk.write(book, null);
            conflicts.decided(conflictId, resolution.name().toLowerCase(Locale.ROOT));
            return true;
        });
    }

    private static ConflictingState over() {
        return new ConflictingState("This conflict is not open any more.");
    }

    /**
     * The item may hold an edit that nobody has shown to who decides: one that only its row holds, or, as nobody pushes to a
     * copy that is gone, one that nobody compared with it. Then the conflict shows it from now on.
     */
    private static boolean isStale(ItemBook book, Link link, Profile profile) {
        if (!book.isChanged() && link.state() != Link.State.GONE) {
            return false;
        }
        OpenConflict shown = Objects.requireNonNull(book.conflict(link));
        Reconcile.reconsider(book, link, profile);
        OpenConflict now = book.conflict(link);
        return now == null || !values(now).equals(values(shown));
    }

    private static List<OpenConflict.Field> values(OpenConflict conflict) {
        return conflict.fields().stream()
                .map(field ->
                        new OpenConflict.Field(field.field(), field.base(), field.dayflow(), field.external(), null))
                .toList();
    }

    private static void decide(
            ItemBook book, Link link, Profile profile, Resolution resolution, Map<String, JsonNode> values) {
        Map<String, Optional<JsonNode>> chosen = new HashMap<>();
        values.forEach((field, value) -> {
            checkYear(field, value);
            chosen.put(field, Questions.present(value));
        });
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

    /** Beyond these years calendars have no way to write a time. In ISO 8601 such a year has a sign, or is the year 0. */
    private static void checkYear(String field, JsonNode value) {
        if (!TIMES.contains(field)) {
            return;
        }
        for (JsonNode time : value.isArray() ? value : List.of(value)) {
            String text = time.asText();
            if (text.startsWith("+") || text.startsWith("-") || text.startsWith("0000")) {
                throw new InvalidRequest("values." + field, "takes years from 1 to 9999");
            }
        }
    }
}
