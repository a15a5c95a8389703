package io.dayflow.hub.simulation;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.sync.Inbound;
import io.dayflow.hub.sync.Lease;
import io.dayflow.hub.sync.Page;
import io.dayflow.hub.sync.Profile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the workers of an instance share: the routes {@code core-gather}, {@code core-map} and {@code core-look}. */
abstract class Work {

    final Engine engine;
    final SimulatedService service;
    final Tally tally;

    Work(Engine engine, SimulatedService service) {
        this.engine = engine;
        this.service = service;
        this.tally = engine.tally();
    }

    /** What this worker does, for the story. */
    final void tell(Supplier<String> line) {
        engine.story().tell(() -> engine.instance() + ": " + line.get());
    }

    /** Objects that were read, sorted into those that are there and those that are not. */
    record Gathered(List<Mapped> objects, Set<String> missing) {}

    final Gathered gather(Profile profile, Kind kind, List<Fetched> fetched) {
        Map<String, List<io.dayflow.hub.link.Link>> known = engine.inbound().known(profile, fetched);
        List<Mapped> objects = new ArrayList<>();
        Set<String> missing = new HashSet<>();
        for (Fetched object : fetched) {
            if (object.payload() == null) {
                missing.add(object.externalId());
            } else {
                Inbound.Detected detected = engine.inbound().detect(profile, kind, service.map(object), known);
                objects.add(detected.mapped());
            }
        }
        return new Gathered(objects, missing);
    }

    /** Reads one object again and absorbs it, then goes on with {@code then}. */
    final Step look(
            Lease lease, Profile profile, CollectionRef collection, String externalId, @Nullable UUID job, Step then) {
        return () -> {
            long tick = engine.inbound().tick();
            tally.request();
            List<Fetched> fetched = service.get(List.of(externalId));
            tell(() -> "looks at " + externalId + " of " + service.character.name() + ": " + words(fetched));
            return () -> {
                tally.transaction();
                Gathered gathered = gather(profile, collection.kind(), fetched);
                engine.inbound()
                        .write(
                                lease,
                                profile,
                                collection,
                                Page.ofLook(gathered.objects(), gathered.missing(), tick),
                                job,
                                "push");
                return then;
            };
        };
    }

    static String words(List<Fetched> fetched) {
        return fetched.stream()
                .map(object -> object.externalId() + " " + object.version() + " " + object.payload())
                .collect(Collectors.joining(", "));
    }

    /**
     * The step and all that follow from it, then {@code then}.
     *
     * @param caught what follows instead when one of them throws
     */
    static Step guarded(Step step, @Nullable Step then, Function<RuntimeException, @Nullable Step> caught) {
        return () -> {
            Step next;
            try {
                next = step.take();
            } catch (RuntimeException e) {
                return caught.apply(e);
            }
            return next == null ? then : guarded(next, then, caught);
        };
    }
}
