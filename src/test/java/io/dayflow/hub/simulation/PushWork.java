package io.dayflow.hub.simulation;

import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Pushed;
import io.dayflow.hub.sync.PushTask;
import io.dayflow.hub.sync.Pushes;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The pushes of one connection, step by step: the routes {@code core-push} and {@code core-push-link}. */
final class PushWork extends Work {

    private static final int ATTEMPTS = 4;

    private final Pushes.Batch batch;
    private final Set<UUID> tried = new HashSet<>();
    private boolean goesOn = true;

    PushWork(Engine engine, SimulatedService service, Pushes.Batch batch) {
        super(engine, service);
        this.batch = batch;
    }

    /** @param then what follows when the pushes are over, however they ended */
    Step first(@Nullable Step then) {
        Step release = () -> {
            engine.pushes().release(batch);
            return then;
        };
        return guarded(this::batches, release, e -> {
            Unexpected.checked(e);
            tell(() -> "pushes to " + service.character.name() + " end: " + e.getMessage());
            return release;
        });
    }

    private @Nullable Step batches() {
        if (!goesOn) {
            return null;
        }
        List<UUID> links =
                engine.pushes().next(batch).stream().filter(tried::add).toList();
        if (links.isEmpty()) {
            goesOn = false;
        }
        return nextLink(links.iterator());
    }

    private Step nextLink(Iterator<UUID> links) {
        if (!links.hasNext()) {
            return this::batches;
        }
        UUID link = links.next();
        Step after = () -> nextLink(links);
        return guarded(() -> plan(link, 1), after, e -> failed(link, e, after));
    }

    private Step failed(UUID link, RuntimeException e, Step after) {
        if (!(e instanceof FaultException fault)) {
            throw e;
        }
        tally.transaction();
        tell(() -> "push to " + service.character.name() + " fails: " + e.getMessage());
        if (!engine.pushOutcomes().failed(batch, link, fault.fault())) {
            goesOn = false;
        }
        return after;
    }

    private @Nullable Step plan(UUID link, int attempt) {
        if (!goesOn || attempt > ATTEMPTS) {
            return null;
        }
        tally.transaction();
        PushTask task = engine.pushes().plan(batch, link);
        tell(() -> "plans the push of " + link + " to " + service.character.name() + ": "
                + task.getClass().getSimpleName());
        Step again = () -> plan(link, attempt + 1);
        return switch (task) {
            case PushTask.Nothing nothing -> null;
            case PushTask.Look look ->
                look(batch.lease(), batch.profile(), look.collection(), look.externalId(), batch.jobId(), again);
            case PushTask.Write write -> () -> write(write, again);
        };
    }

    private Step write(PushTask.Write task, Step again) {
        tally.request();
        tell(() -> "asks " + service.character.name() + " to " + task.verb().id() + " "
                + Differences.of(task.push().base(), task.push().desired()));
        Pushed pushed = service.write(task);
        return () -> {
            tally.transaction();
            tell(() -> "is answered by " + service.character.name() + ": " + pushed);
            return engine.pushOutcomes()
                    .confirm(batch, task, pushed)
                    .map(id -> look(batch.lease(), batch.profile(), task.collection(), id, batch.jobId(), again))
                    .orElse(again);
        };
    }
}
