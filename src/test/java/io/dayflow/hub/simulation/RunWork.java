package io.dayflow.hub.simulation;

import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.sync.Page;
import io.dayflow.hub.sync.Run;
import io.dayflow.hub.sync.RunStopped;
import io.dayflow.hub.sync.Runs;
import io.dayflow.hub.sync.Walk;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run, step by step: the routes {@code core-run}, {@code core-run-pages}, {@code core-walk} and {@code core-inbound}. */
final class RunWork extends Work {

    private static final int PAGE = 5;

    private final Runs.RunLease taken;
    private @Nullable Run run;

    RunWork(Engine engine, SimulatedService service, Runs.RunLease taken) {
        super(engine, service);
        this.taken = taken;
    }

    Step first() {
        return guarded(this::begin, null, this::caught);
    }

    private @Nullable Step caught(RuntimeException e) {
        tally.transaction();
        tell(() -> "run of " + service.character.name() + " ends: " + e.getMessage());
        Run begun = run;
        if (begun == null) {
            engine.runOutcomes().neverBegun(taken, e);
            return null;
        }
        switch (e) {
            case RunStopped stop -> engine.runOutcomes().stopped(begun, stop);
            case FaultException fault -> engine.runOutcomes().failed(begun, fault.fault());
            default -> engine.runOutcomes().broken(begun, Unexpected.checked(e));
        }
        return null;
    }

    private @Nullable Step begin() {
        tally.transaction();
        Optional<Run> begun = engine.runs().begin(taken);
        if (begun.isEmpty()) {
            return null;
        }
        Run now = begun.get();
        run = now;
        tell(() -> "begins a " + (now.sweeps() ? "sweep" : now.full() ? "full run" : "run") + " of "
                + service.character.name());
        engine.runs().respectPause(now);
        return now.listsCollections() ? () -> listCollections(now) : () -> plan(now);
    }

    private Step listCollections(Run now) {
        tally.request();
        List<FoundCollection> found = service.collections();
        return () -> {
            tally.transaction();
            engine.runs().takeCollections(now, found);
            return () -> plan(now);
        };
    }

    private Step plan(Run now) {
        return nextCollection(now, new Visits(engine.runs().plan(now).iterator(), false));
    }

    /** The collections that are still to be walked through, and whether that is the audit of a sweep. */
    private record Visits(Iterator<CollectionRef> left, boolean audit) {}

    private Step nextCollection(Run now, Visits collections) {
        if (!collections.left().hasNext()) {
            return now.sweeps() && !collections.audit() ? () -> audit(now) : () -> settle(now);
        }
        return () -> {
            CollectionRef collection = collections.left().next();
            Walk walk = collections.audit()
                    ? engine.runs().audit(now, collection)
                    : engine.runs().walk(now, collection);
            return nextPage(now, collections, walk);
        };
    }

    private Step audit(Run now) {
        tally.transaction();
        engine.beforeRows().run();
        engine.sweep().rows(now);
        tell(() -> "compares the rows of " + service.character.name());
        return nextCollection(now, new Visits(engine.runs().planAudit(now).iterator(), true));
    }

    private Step nextPage(Run now, Visits collections, Walk walk) {
        if (!walk.hasMore()) {
            return nextCollection(now, collections);
        }
        return () -> {
            tally.request();
            Listing listing;
            try {
                listing = engine.planted().listing(service.list(walk.collection()));
                engine.planted().listed(engine.collections(), walk, listing);
            } catch (FaultException e) {
                if (e.fault() instanceof Fault.Gone) {
                    engine.runs().vanished(now, walk);
                    return nextCollection(now, collections);
                }
                throw e;
            }
            tell(() -> "lists " + walk.collection().name() + " of " + service.character.name() + " from "
                    + walk.collection().cursor() + ": " + words(listing));
            List<Walk.Chunk> chunks = walk.next(listing, PAGE);
            engine.runs().announce(now, chunks);
            return nextChunk(now, collections, walk, chunks.iterator());
        };
    }

    private Step nextChunk(Run now, Visits collections, Walk walk, Iterator<Walk.Chunk> chunks) {
        if (!chunks.hasNext()) {
            return nextPage(now, collections, walk);
        }
        return () -> {
            engine.runs().obey(now);
            Walk.Chunk chunk = chunks.next();
            List<Fetched> objects = new ArrayList<>(chunk.atHand());
            if (!chunk.fetch().isEmpty()) {
                tally.request();
                objects.addAll(service.get(chunk.fetch()));
                tell(() -> "reads " + words(objects));
            }
            return () -> {
                tally.transaction();
                Gathered gathered = gather(now.profile(), walk.collection().kind(), objects);
                Page shown = walk.page(chunk, gathered.objects(), gathered.missing());
                Page page = collections.audit() ? engine.planted().audited(shown) : shown;
                tell(() -> "absorbs a page of " + page.objects().size() + ", gone " + page.gone());
                walk.left(engine.inbound()
                        .write(now.lease(), now.profile(), walk.collection(), page, now.jobId(), "sync"));
                engine.runs().written(walk, chunk);
                return nextChunk(now, collections, walk, chunks);
            };
        };
    }

    private @Nullable Step settle(Run now) {
        tally.transaction();
        if (engine.runs().settleDeletions(now)) {
            tell(() -> "run of " + service.character.name() + " is held");
            return null;
        }
        return () -> engine.pushes()
                .take(now.connection().id(), now.jobId())
                .map(batch -> new PushWork(engine, service, batch).first(() -> complete(now)))
                .orElseGet(() -> () -> complete(now));
    }

    private @Nullable Step complete(Run now) {
        tally.transaction();
        engine.runOutcomes().complete(now);
        tell(() -> "completes the run of " + service.character.name());
        return null;
    }

    private static String words(Listing listing) {
        return listing.entries().stream()
                .map(entry -> entry.externalId() + " " + entry.version() + (entry.gone() ? " gone" : ""))
                .collect(Collectors.joining(", ", listing.coverage() + " [", listing.more() ? "] and more" : "]"));
    }
}
