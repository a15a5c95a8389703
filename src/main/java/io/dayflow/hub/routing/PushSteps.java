package io.dayflow.hub.routing;

import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
import io.dayflow.hub.sync.Inbound;
import io.dayflow.hub.sync.PushOutcomes;
import io.dayflow.hub.sync.PushTask;
import io.dayflow.hub.sync.Pushes;
import io.dayflow.hub.sync.Run;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The steps of a push, as {@code routes/core/outbound.camel.yaml} names them. */
@Component("push")
public class PushSteps {

    private static final Logger log = LoggerFactory.getLogger(PushSteps.class);
    private static final int ATTEMPTS = 4;

    private final Pushes pushes;
    private final PushOutcomes outcomes;
    private final Inbound inbound;

    PushSteps(Pushes pushes, PushOutcomes outcomes, Inbound inbound) {
        this.pushes = pushes;
        this.outcomes = outcomes;
        this.inbound = inbound;
    }

    /** How far the pushes of one connection are. Used by one thread at a time. */
    public static final class Pushing {

        private final Pushes.Batch batch;
        private final Set<UUID> tried = new HashSet<>();
        private boolean goesOn = true;

        Pushing(Pushes.Batch batch) {
            this.batch = batch;
        }

        public boolean isGoesOn() {
            return goesOn;
        }
    }

    /** What a link's push does next, as the route reads it. */
    public record Step(PushTask task, int attempt) {

        public boolean isOpen() {
            return !(task instanceof PushTask.Nothing);
        }

        public boolean isWrite() {
            return task instanceof PushTask.Write;
        }

        public boolean isLook() {
            return task instanceof PushTask.Look;
        }

        public PushTask.@Nullable Verb getVerb() {
            return task instanceof PushTask.Write write ? write.verb() : null;
        }

        public @Nullable Push getPush() {
            return task instanceof PushTask.Write write ? write.push() : null;
        }
    }

    /** Connections with something to push, leased. */
    public List<Pushes.Batch> take() {
        return pushes.take();
    }

    /** The pushes of the run's connection; nothing if another worker is at them, or for a preview. */
    public void takeForRun(Exchange exchange) {
        Run run = Variables.run(exchange);
        exchange.getMessage()
                .setBody(
                        run.preview()
                                ? null
                                : pushes.take(run.connection().id(), run.jobId())
                                        .orElse(null));
    }

    /** Opens the batch; variables tell the other steps. */
    public void open(Exchange exchange) {
        Pushes.Batch batch = exchange.getMessage().getBody(Pushes.Batch.class);
        exchange.setVariable(Variables.PUSHING, new Pushing(batch));
        exchange.setVariable(Variables.CONNECTION, batch.profile().connection());
        exchange.setVariable(Variables.PROVIDER, batch.provider().routes());
        exchange.setVariable("pushPages", new PageContext(batch.lease(), batch.profile(), batch.jobId(), "push"));
    }

    /** The next links; each is tried once while the lease lasts. */
    public List<UUID> next(Exchange exchange) {
        Pushing pushing = pushing(exchange);
        List<UUID> links =
                pushes.next(pushing.batch).stream().filter(pushing.tried::add).toList();
        if (links.isEmpty()) {
            pushing.goesOn = false;
        }
        pushes.announce(pushing.batch, links.size());
        return links;
    }

    /**
     * Plans the link's next step into the variable {@code task}. Between two links a user's pause or cancel is obeyed: what
     * is left stays pending.
     */
    public void plan(Exchange exchange) {
        Pushing pushing = pushing(exchange);
        Step before = exchange.getVariable(Variables.TASK, Step.class);
        UUID linkId = before == null
                ? exchange.getMessage().getBody(UUID.class)
                : before.task().linkId();
        int attempt = before == null ? 1 : before.attempt() + 1;
        if (attempt == 1 && pushing.goesOn && !pushes.begin(pushing.batch)) {
            pushing.goesOn = false;
        }
        PushTask task = pushing.goesOn && attempt <= ATTEMPTS
                ? pushes.plan(pushing.batch, linkId)
                : new PushTask.Nothing(linkId);
        exchange.setVariable(Variables.TASK, new Step(task, attempt));
        switch (task) {
            case PushTask.Write write -> exchange.setVariable(Variables.COLLECTION, write.collection());
            case PushTask.Look look -> exchange.setVariable(Variables.COLLECTION, look.collection());
            case PushTask.Nothing nothing -> {}
        }
    }

    /** Takes the side's answer in; where it must be looked at again, the next step does. */
    public void confirm(Exchange exchange) {
        Pushing pushing = pushing(exchange);
        Step step = Variables.get(exchange, Variables.TASK, Step.class);
        Pushed pushed = exchange.getMessage().getBody(Pushed.class);
        if (step.task() instanceof PushTask.Write write) {
            Optional<String> look = outcomes.confirm(pushing.batch, write, pushed);
            exchange.setVariable("lookAt", look.orElse(null));
        }
    }

    /** The id to read again. */
    public List<String> lookAt(Exchange exchange) {
        Step step = Variables.get(exchange, Variables.TASK, Step.class);
        exchange.setVariable(Variables.PAGES, Variables.get(exchange, "pushPages", PageContext.class));
        exchange.setVariable(Variables.TICK, inbound.tick());
        return step.task() instanceof PushTask.Look look
                ? List.of(look.externalId())
                : List.of(Variables.get(exchange, "lookAt", String.class));
    }

    /** The provider failed the push. */
    public void failed(Exchange exchange) {
        Pushing pushing = pushing(exchange);
        Step step = Variables.get(exchange, Variables.TASK, Step.class);
        FaultException fault = Variables.caught(exchange, FaultException.class);
        if (Variables.ownTrouble(fault) != null) {
            pushing.goesOn = false;
            broken(exchange);
            return;
        }
        if (!outcomes.failed(pushing.batch, step.task().linkId(), fault.fault())) {
            pushing.goesOn = false;
        }
    }

    /** The hub itself failed: what is pending stays so. */
    public void broken(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        log.warn("pushes interrupted, they will be taken up again", Variables.innermostKnown(cause));
    }

    /** Gives the lease back. */
    public void close(Exchange exchange) {
        Pushing pushing = exchange.getVariable(Variables.PUSHING, Pushing.class);
        if (pushing != null) {
            pushes.release(pushing.batch);
        }
    }

    private static Pushing pushing(Exchange exchange) {
        return Variables.get(exchange, Variables.PUSHING, Pushing.class);
    }
}
