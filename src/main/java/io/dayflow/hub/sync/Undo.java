package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.job.NotRestored;
import io.dayflow.hub.job.UndoJob;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes runs and single writes back, in one transaction each: an edit like any other, which then goes to every side. */
@Component
class Undo implements UndoJob {

    private static final Logger log = LoggerFactory.getLogger(Undo.class);
    private static final Set<String> OVER = Set.of("completed", "failed", "cancelled");

    private final HubTransaction transaction;
    private final UndoStore undos;
    private final LinkStore store;
    private final Books books;
    private final Planner planner;
    private final Profiles profiles;
    private final CollectionStore collections;
    private final Wake wake;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Undo(
            HubTransaction transaction,
            UndoStore undos,
            LinkStore store,
            Books books,
            Planner planner,
            Profiles profiles,
            CollectionStore collections,
            Wake wake,
            Clock clock,
            Supplier<UUID> ids) {
        this.transaction = transaction;
        this.undos = undos;
        this.store = store;
        this.books = books;
        this.planner = planner;
        this.profiles = profiles;
        this.collections = collections;
        this.wake = wake;
        this.clock = clock;
        this.ids = ids;
    }

    /** What is to be taken back, and for which connection. */
    private record Asked(
            UUID userId,
            UUID connectionId,
            @Nullable UUID jobId,
            @Nullable Long entryId,
            boolean preview) {}

    @Override
    public UUID undo(UUID userId, UUID jobId, boolean preview) {
        return transaction.run(() -> {
            UndoStore.Job job = undos.job(userId, jobId).orElseThrow(() -> new NotFound("There is no such job."));
            if (job.preview() || !OVER.contains(job.status())) {
                throw new ConflictingState("The " + (job.preview() ? "preview" : "job") + " is " + job.status()
                        + "; undo takes one that is completed, failed or cancelled, and no preview.");
            }
            return carryOut(new Asked(userId, job.connectionId(), jobId, null, preview), undos.writes(userId, jobId));
        });
    }

    @Override
    public UUID undoEntry(UUID userId, long entryId, boolean preview) {
        return transaction.run(() -> {
            UndoStore.Entry entry =
                    undos.entry(userId, entryId).orElseThrow(() -> new NotFound("There is no such entry."));
            return carryOut(new Asked(userId, entry.connectionId(), null, entryId, preview), List.of(entry.write()));
        });
    }

    private UUID carryOut(Asked asked, List<UndoStore.Write> writes) {
        UUID jobId = ids.get();
        Map<UUID, List<UndoStore.Write>> byItem = new LinkedHashMap<>();
        writes.forEach(write ->
                byItem.computeIfAbsent(write.itemId(), id -> new ArrayList<>()).add(write));
        Context context =
                new Context(asked.userId(), planner.zone(asked.userId()), planner, clock.instant(), ids, jobId, "undo");
        Known known = store.lock(byItem.keySet());
        Map<UUID, ItemBook> open = books.open(context, known);
        Sides sides = new Sides(profiles, collections);
        Map<Count, Long> counts = new EnumMap<>(Count.class);
        List<UndoStore.Step> steps = new ArrayList<>();
        WriteSet out = new WriteSet();
        byItem.forEach((id, itsWrites) -> {
            ItemBook book = open.get(id);
            List<UndoStore.Step> itsSteps =
                    book == null ? forgotten(id, itsWrites) : new Reversal(book, sides).of(itsWrites, out);
            outcome(itsSteps).ifPresent(count -> counts.merge(count, 1L, Long::sum));
            if (itsSteps.stream().anyMatch(step -> step.left() != null)) {
                counts.merge(Count.FAILED, 1L, Long::sum);
            }
            steps.addAll(itsSteps);
        });
        if (!asked.preview()) {
            planner.write(out.rows());
            store.apply(out);
            wake.pushes();
        }
        undos.add(new UndoStore.Undone(
                jobId,
                asked.connectionId(),
                asked.userId(),
                asked.jobId(),
                asked.entryId(),
                asked.preview(),
                context.now(),
                byItem.size(),
                counts,
                steps));
        log.info("undo{}: {} of {} items", asked.preview() ? " previewed" : "", counts, byItem.size());
        return jobId;
    }

    /** What the item comes to by this; empty if it stays as it is. */
    private static Optional<Count> outcome(List<UndoStore.Step> steps) {
        return steps.stream().filter(step -> step.left() == null).findFirst().map(step -> switch (step.operation()) {
            case "create" -> Count.CREATED;
            case "delete" -> Count.DELETED;
            default -> Count.UPDATED;
        });
    }

    private static List<UndoStore.Step> forgotten(UUID itemId, List<UndoStore.Write> writes) {
        boolean madeByIt = writes.stream().anyMatch(write -> write.connectionId() == null && write.before() == null);
        if (madeByIt) {
            return List.of();
        }
        UndoStore.Write first = writes.getFirst();
        Map<String, JsonNode> fields = Objects.requireNonNullElse(first.before(), Map.<String, JsonNode>of());
        String title = fields.containsKey("title") ? fields.get("title").asText() : "";
        return List.of(new UndoStore.Step(
                itemId, title, first.connectionId(), "create", null, first.before(), NotRestored.FORGOTTEN));
    }

    /** The connections that an undo meets, each looked up once. */
    static final class Sides {

        private final Profiles profiles;
        private final CollectionStore collections;
        private final Map<UUID, Optional<Profile>> known = new HashMap<>();
        private final Map<UUID, Boolean> readOnly = new HashMap<>();

        Sides(Profiles profiles, CollectionStore collections) {
            this.profiles = profiles;
            this.collections = collections;
        }

        /** Empty if the connection is disconnected. */
        Optional<Profile> profile(UUID connectionId) {
            return known.computeIfAbsent(connectionId, id -> profiles.find(id).map(Profiles.Configured::profile));
        }

        boolean isReadOnly(@Nullable UUID collectionId) {
            return collectionId != null
                    && readOnly.computeIfAbsent(
                            collectionId, id -> collections.find(id).readOnly());
        }
    }
}
