package io.dayflow.hub.simulation;

import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.sync.LeaseLost;
import io.dayflow.hub.sync.Page;
import io.dayflow.hub.webhook.Hints;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was told about one connection, step by step: the routes {@code core-hints} and {@code core-hint-group}. */
final class HintWork extends Work {

    private final Hints.Batch batch;
    private final Set<String> gone = new HashSet<>();
    private boolean goesOn = true;

    HintWork(Engine engine, SimulatedService service, Hints.Batch batch) {
        super(engine, service);
        this.batch = batch;
    }

    Step first() {
        return guarded(this::next, null, e -> {
            Unexpected.checked(e);
            tell(() -> "work on what " + service.character.name() + " told ends: " + e.getMessage());
            return () -> {
                engine.hints().giveUp(batch);
                return null;
            };
        });
    }

    private Step next() {
        if (!goesOn) {
            return this::release;
        }
        tally.transaction();
        List<Hints.Group> groups = engine.hints().next(batch);
        if (groups.isEmpty() && !engine.hints().hasMore(batch)) {
            goesOn = false;
            engine.hints().settleDeletions(batch, gone);
        }
        return nextGroup(groups.iterator());
    }

    private @Nullable Step release() {
        engine.hints().release(batch);
        return null;
    }

    private Step nextGroup(Iterator<Hints.Group> groups) {
        if (!groups.hasNext() || !goesOn) {
            return this::next;
        }
        Hints.Group group = groups.next();
        Step after = () -> nextGroup(groups);
        return guarded(() -> fetch(group), after, e -> failed(group, e, after));
    }

    private Step fetch(Hints.Group group) {
        List<Fetched> objects = new ArrayList<>(group.brought());
        if (!group.looks().isEmpty()) {
            tally.request();
            objects.addAll(service.get(group.looks()));
            tell(() -> "reads what " + service.character.name() + " told of: " + words(objects));
        }
        return () -> {
            tally.transaction();
            Gathered gathered =
                    gather(batch.configured().profile(), group.collection().kind(), objects);
            gone.addAll(engine.hints().write(batch, group, Page.ofRecent(gathered.objects(), gathered.missing())));
            return null;
        };
    }

    private Step failed(Hints.Group group, RuntimeException e, Step after) {
        if (e instanceof LeaseLost) {
            throw e;
        }
        Fault fault = e instanceof FaultException known ? known.fault() : null;
        if (fault == null) {
            throw e;
        }
        tally.transaction();
        tell(() -> "look at what " + service.character.name() + " told fails: " + e.getMessage());
        if (!engine.hints().failed(batch, group, fault)) {
            goesOn = false;
        }
        return after;
    }
}
