package io.dayflow.hub.routing;

import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.sync.Leases;
import io.dayflow.hub.sync.Previews;
import io.dayflow.hub.sync.Run;
import io.dayflow.hub.sync.RunOutcomes;
import io.dayflow.hub.sync.RunStopped;
import io.dayflow.hub.sync.Runs;
import io.dayflow.hub.sync.Sweep;
import io.dayflow.hub.sync.SweepSchedule;
import io.dayflow.hub.sync.SyncSettings;
import io.dayflow.hub.sync.Walk;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** The steps of a run, as {@code routes/core/run.camel.yaml} names them. */
@Component("run")
public class RunSteps {

    private final Runs runs;
    private final Previews previews;
    private final RunOutcomes outcomes;
    private final Sweep sweep;
    private final SweepSchedule schedule;
    private final Leases leases;
    private final SyncSettings settings;

    RunSteps(
            Runs runs,
            Previews previews,
            RunOutcomes outcomes,
            Sweep sweep,
            SweepSchedule schedule,
            Leases leases,
            SyncSettings settings) {
        this.runs = runs;
        this.previews = previews;
        this.outcomes = outcomes;
        this.sweep = sweep;
        this.schedule = schedule;
        this.leases = leases;
        this.settings = settings;
    }

    /** Connections that are due, leased. */
    public List<Runs.RunLease> take() {
        return runs.take();
    }

    /** Asks for the sweeps that are due; how many. */
    public int startSweeps() {
        return schedule.start();
    }

    /** Renews every lease of this instance. */
    public void renewLeases() {
        leases.renew();
    }

    /** Opens the job; the variables {@code run}, {@code connection} and {@code provider} tell the other steps. */
    public void begin(Exchange exchange) {
        Runs.RunLease taken = exchange.getMessage().getBody(Runs.RunLease.class);
        Optional<Run> begun = runs.begin(taken);
        begun.ifPresent(run -> {
            exchange.setVariable(Variables.RUN, run);
            RunMemory.begin(exchange);
            exchange.setVariable(Variables.CONNECTION, run.connection());
            exchange.setVariable(Variables.PROVIDER, run.provider().routes());
            exchange.setVariable(Variables.PAGES, new PageContext(run.lease(), run.profile(), run.jobId(), "sync"));
            MDC.put("connection", run.connection().id().toString());
            MDC.put("job", run.jobId().toString());
            runs.respectPause(run);
        });
    }

    /** Takes in the collections that the provider listed. */
    @SuppressWarnings("unchecked")
    public void takeCollections(Exchange exchange) {
        List<FoundCollection> found = exchange.getMessage().getBody(List.class);
        runs.takeCollections(Variables.run(exchange), found);
    }

    /** The collections to walk through. */
    public List<CollectionRef> plan(Exchange exchange) {
        return runs.plan(Variables.run(exchange));
    }

    /** In a sweep: compares DayFlow's rows with what was last agreed. */
    public void compareRows(Exchange exchange) {
        sweep.rows(Variables.run(exchange));
    }

    /** In a sweep: the collections to walk through once more, from end to end, and from what the service says then. */
    public List<CollectionRef> planAudit(Exchange exchange) {
        RunMemory.begin(exchange);
        exchange.setVariable(Variables.AUDIT, true);
        return runs.planAudit(Variables.run(exchange));
    }

    /** The provider says that the collection is not there any more; the others go on. */
    public List<Walk.Chunk> vanished(Exchange exchange) {
        Walk walk = Variables.get(exchange, Variables.WALK, Walk.class);
        runs.vanished(Variables.run(exchange), walk);
        return List.of();
    }

    /** Begins the walk through the collection. */
    public void openWalk(Exchange exchange) {
        CollectionRef collection = Variables.get(exchange, Variables.COLLECTION, CollectionRef.class);
        Run run = Variables.run(exchange);
        boolean audit = exchange.getVariable(Variables.AUDIT, false, Boolean.class);
        Walk walk = audit ? runs.audit(run, collection) : runs.walk(run, collection);
        exchange.setVariable(Variables.WALK, walk);
        exchange.setVariable(Variables.COLLECTION, walk.collection());
    }

    /** What of a listing must be looked at, in chunks. */
    public List<Walk.Chunk> select(Exchange exchange) {
        Run run = Variables.run(exchange);
        Walk walk = Variables.get(exchange, Variables.WALK, Walk.class);
        Listing listing = exchange.getMessage().getBody(Listing.class);
        List<Walk.Chunk> chunks =
                walk.next(listing, Math.min(run.provider().limits().pageSize(), settings.pageSize()));
        exchange.setVariable(Variables.COLLECTION, walk.collection());
        runs.announce(run, chunks);
        return chunks;
    }

    /** Judges deletions; the variable {@code held} says whether the run stops here. */
    public void settle(Exchange exchange) {
        Run run = Variables.run(exchange);
        if (run.preview()) {
            previews.end(run);
        }
        exchange.setVariable("held", !run.preview() && runs.settleDeletions(run));
    }

    /** The run is through, unless its user stopped it while it pushed. */
    public void complete(Exchange exchange) {
        Run run = Variables.run(exchange);
        runs.obey(run);
        outcomes.complete(run);
        clear();
    }

    /** Its user stopped it. */
    public void stopped(Exchange exchange) {
        RunStopped stop = Variables.caught(exchange, RunStopped.class);
        outcomes.stopped(Variables.run(exchange), stop);
        clear();
    }

    /** The provider failed it. */
    public void failed(Exchange exchange) {
        if (Variables.ownTrouble(Variables.caught(exchange, FaultException.class)) != null) {
            broken(exchange);
            return;
        }
        outcomes.failed(
                Variables.run(exchange),
                Variables.caught(exchange, FaultException.class).fault());
        clear();
    }

    /** The hub itself failed it. */
    public void broken(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Run run = exchange.getVariable(Variables.RUN, Run.class);
        if (run != null) {
            outcomes.broken(run, Variables.innermostKnown(cause));
        } else {
            Runs.RunLease taken = exchange.getMessage().getBody(Runs.RunLease.class);
            if (taken != null) {
                outcomes.neverBegun(taken, cause);
            }
        }
        clear();
    }

    private static void clear() {
        MDC.remove("connection");
        MDC.remove("job");
    }
}
