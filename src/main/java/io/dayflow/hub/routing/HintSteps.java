package io.dayflow.hub.routing;

import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.sync.Walk;
import io.dayflow.hub.webhook.Hints;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** The steps from hints to absorbed objects, as {@code routes/core/webhooks.camel.yaml} names them. */
@Component("hint")
public class HintSteps {

    private static final Logger log = LoggerFactory.getLogger(HintSteps.class);
    private static final String HINTING = "hinting";
    private static final String GROUP = "group";

    private final Hints hints;

    HintSteps(Hints hints) {
        this.hints = hints;
    }

    /** How far the hints of one connection are worked on. Used by one thread at a time. */
    public static final class Hinting {

        private final Hints.Batch batch;
        private final Set<String> gone = new HashSet<>();
        private boolean goesOn = true;
        private boolean broken;

        Hinting(Hints.Batch batch) {
            this.batch = batch;
        }

        public boolean isGoesOn() {
            return goesOn;
        }
    }

    /** Connections with hints, leased. */
    public List<Hints.Batch> take() {
        return hints.take();
    }

    /** Opens the batch; variables tell the other steps. */
    public void open(Exchange exchange) {
        Hints.Batch batch = exchange.getMessage().getBody(Hints.Batch.class);
        exchange.setVariable(HINTING, new Hinting(batch));
        exchange.setVariable(Variables.CONNECTION, batch.configured().connection());
        exchange.setVariable(Variables.PROVIDER, batch.configured().provider().routes());
        exchange.setVariable(
                Variables.PAGES,
                new PageContext(batch.lease(), batch.configured().profile(), null, "webhook"));
        MDC.put("connection", batch.configured().connection().id().toString());
    }

    /** What to do next, in groups; where nothing is left, what was found to be gone is judged. */
    public List<Hints.Group> next(Exchange exchange) {
        Hinting hinting = hinting(exchange);
        List<Hints.Group> groups = hints.next(hinting.batch);
        if (groups.isEmpty() && !hints.hasMore(hinting.batch)) {
            hinting.goesOn = false;
            hints.settleDeletions(hinting.batch, hinting.gone);
        }
        return groups;
    }

    /** Keeps the group; body out: the ids to fetch. After a fault that stops the connection nothing is fetched. */
    public List<String> openGroup(Exchange exchange) {
        Hints.Group group = exchange.getMessage().getBody(Hints.Group.class);
        exchange.setVariable(GROUP, group);
        exchange.setVariable(Variables.COLLECTION, group.collection());
        exchange.setVariable(Variables.CHUNK, Walk.Chunk.NOTHING);
        return group.looks();
    }

    /** All objects of the group: those fetched and those that the hints brought. */
    public List<Fetched> fetched(Exchange exchange) {
        Hints.Group group = group(exchange);
        List<Fetched> all = new ArrayList<>(group.brought());
        if (!group.looks().isEmpty() && exchange.getMessage().getBody() instanceof List<?> found) {
            found.forEach(element -> all.add((Fetched) element));
        }
        return all;
    }

    /** Writes the gathered page, and is done with the hints, in one transaction. */
    public void write(Exchange exchange) {
        Hinting hinting = hinting(exchange);
        try {
            hinting.gone.addAll(hints.write(hinting.batch, group(exchange), PageSteps.page(exchange)));
        } catch (DuplicateKeyException e) {
            // somebody else met one of the objects for the first time: by now the hub knows it
            log.debug("a page is decided again: {}", e.getMessage());
        }
    }

    /** The service failed the group, or the hub could not make sense of its answer. */
    public void failed(Exchange exchange) {
        Hinting hinting = hinting(exchange);
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (Variables.ownTrouble(caught) != null) {
            broken(exchange);
            return;
        }
        if (!hints.failed(hinting.batch, group(exchange), fault(caught))) {
            hinting.goesOn = false;
        }
    }

    private static Fault fault(Throwable caught) {
        for (Throwable cause = caught; cause != null; cause = cause.getCause()) {
            if (cause instanceof FaultException known) {
                return known.fault();
            }
        }
        log.error("work on hints failed", caught);
        return new Fault.Unreadable(
                "The hub itself failed: " + caught.getClass().getSimpleName());
    }

    /** The hub itself failed: the hints stay as they are. */
    public void broken(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Hinting hinting = exchange.getVariable(HINTING, Hinting.class);
        if (hinting != null) {
            hinting.goesOn = false;
            hinting.broken = true;
        }
        log.warn("work on hints interrupted, it will be taken up again", Variables.innermostKnown(cause));
    }

    /** Gives the lease back. */
    public void close(Exchange exchange) {
        MDC.remove("connection");
        Hinting hinting = exchange.getVariable(HINTING, Hinting.class);
        if (hinting == null) {
            return;
        }
        if (hinting.broken) {
            hints.giveUp(hinting.batch);
        } else {
            hints.release(hinting.batch);
        }
    }

    private static Hinting hinting(Exchange exchange) {
        return Variables.get(exchange, HINTING, Hinting.class);
    }

    private static Hints.Group group(Exchange exchange) {
        return Variables.get(exchange, GROUP, Hints.Group.class);
    }
}
