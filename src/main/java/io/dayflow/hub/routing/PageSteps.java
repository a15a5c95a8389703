package io.dayflow.hub.routing;

import io.dayflow.hub.link.Link;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.sync.Inbound;
import io.dayflow.hub.sync.Page;
import io.dayflow.hub.sync.Previews;
import io.dayflow.hub.sync.Run;
import io.dayflow.hub.sync.Runs;
import io.dayflow.hub.sync.Walk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The steps from objects to a written page, as {@code routes/core/inbound.camel.yaml} names them. */
@Component("page")
public class PageSteps {

    private static final Logger log = LoggerFactory.getLogger(PageSteps.class);

    private final Inbound inbound;
    private final Previews previews;
    private final Runs runs;

    PageSteps(Inbound inbound, Previews previews, Runs runs) {
        this.inbound = inbound;
        this.previews = previews;
        this.runs = runs;
    }

    /** Keeps the chunk and answers the ids to fetch. Between two pages is where a user's pause or cancel is obeyed. */
    public List<String> open(Exchange exchange) {
        Run run = exchange.getVariable(Variables.RUN, Run.class);
        if (run != null) {
            runs.obey(run);
        }
        Walk.Chunk chunk = exchange.getMessage().getBody(Walk.Chunk.class);
        exchange.setVariable(Variables.CHUNK, chunk);
        return chunk.fetch();
    }

    /** All objects of the chunk: those fetched and those that came with the listing. */
    @SuppressWarnings("unchecked")
    public List<Fetched> fetched(Exchange exchange) {
        Walk.Chunk chunk = Variables.get(exchange, Variables.CHUNK, Walk.Chunk.class);
        List<Fetched> all = new ArrayList<>(chunk.atHand());
        if (!chunk.fetch().isEmpty()) {
            all.addAll(exchange.getMessage().getBody(List.class));
        }
        return all;
    }

    /** What a look at single objects brought; there is no cursor to move. */
    @SuppressWarnings("unchecked")
    public List<Fetched> looked(Exchange exchange) {
        exchange.setVariable(Variables.CHUNK, Walk.Chunk.NOTHING);
        return exchange.getMessage().getBody(List.class);
    }

    /** Reads, for the whole page at once, what is known of its objects, and answers those that are there. */
    @SuppressWarnings("unchecked")
    public List<Fetched> know(Exchange exchange) {
        List<Fetched> objects = exchange.getMessage().getBody(List.class);
        exchange.setVariable(Variables.KNOWN, inbound.known(pages(exchange).profile(), objects));
        Set<String> missing = new HashSet<>();
        List<Fetched> present = new ArrayList<>(objects.size());
        for (Fetched object : objects) {
            if (object.payload() == null) {
                missing.add(object.externalId());
            } else {
                present.add(object);
            }
        }
        exchange.setVariable(Variables.MISSING, missing);
        return present;
    }

    /** Compares a mapped object with what is known of it. */
    @SuppressWarnings("unchecked")
    public Inbound.Detected detectConflicts(Exchange exchange) {
        Mapped mapped = exchange.getMessage().getBody(Mapped.class);
        Map<String, List<Link>> known = Variables.get(exchange, Variables.KNOWN, Map.class);
        Inbound.Detected detected =
                inbound.detect(pages(exchange).profile(), collection(exchange).kind(), mapped, known);
        if (detected.verdict() == Inbound.Verdict.CONTESTED) {
            log.info("both sides changed {}", mapped.object().externalId());
        }
        return detected;
    }

    /** Makes an unreadable one of the object whose mapping failed. */
    public Mapped unreadable(Exchange exchange) {
        Fetched object = Variables.get(exchange, "object", Fetched.class);
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        log.warn("{} could not be mapped", object.externalId(), cause);
        String reason = cause == null || cause.getMessage() == null
                ? "The hub could not map it."
                : "The hub could not map it: " + cause.getMessage();
        return Inbound.unreadable(object, reason);
    }

    /** Writes the page that was gathered, or says what would be written. */
    @SuppressWarnings("unchecked")
    public void write(Exchange exchange) {
        Run run = exchange.getVariable(Variables.RUN, Run.class);
        if (run != null && run.preview()) {
            previews.page(run, collection(exchange), page(exchange));
            return;
        }
        PageContext pages = pages(exchange);
        Walk.Chunk chunk = Variables.get(exchange, Variables.CHUNK, Walk.Chunk.class);
        boolean look = chunk.equals(Walk.Chunk.NOTHING);
        Set<String> left = inbound.write(
                pages.lease(), pages.profile(), collection(exchange), page(exchange), pages.jobId(), pages.cause());
        if (!look) {
            Walk walk = Variables.get(exchange, Variables.WALK, Walk.class);
            walk.left(left);
            runs.written(walk, chunk);
        }
    }

    /** The page that was gathered. */
    @SuppressWarnings("unchecked")
    static Page page(Exchange exchange) {
        Walk.Chunk chunk = Variables.get(exchange, Variables.CHUNK, Walk.Chunk.class);
        Set<String> missing = Variables.get(exchange, Variables.MISSING, Set.class);
        List<Mapped> objects = new ArrayList<>();
        for (Object element : exchange.getMessage().getBody(List.class)) {
            objects.add(((Inbound.Detected) element).mapped());
        }
        if (chunk.equals(Walk.Chunk.NOTHING)) {
            Long tick = exchange.getVariable(Variables.TICK, Long.class);
            return tick == null ? Page.ofRecent(objects, missing) : Page.ofLook(objects, missing, tick);
        }
        return Variables.get(exchange, Variables.WALK, Walk.class).page(chunk, objects, missing);
    }

    private static PageContext pages(Exchange exchange) {
        return Variables.get(exchange, Variables.PAGES, PageContext.class);
    }

    private static CollectionRef collection(Exchange exchange) {
        return Variables.get(exchange, Variables.COLLECTION, CollectionRef.class);
    }
}
