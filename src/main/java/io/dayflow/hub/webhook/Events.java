package io.dayflow.hub.webhook;

import io.dayflow.hub.provider.Hint;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.storage.Nul;
import io.dayflow.hub.sync.BackOff;
import io.dayflow.hub.sync.HubTransaction;
import io.dayflow.hub.sync.Lease;
import io.dayflow.hub.sync.Leases;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * The first stage of the work on deliveries: each becomes hints for the connections that it is about. One worker a
 * provider, under a lease; hints are stored and their events are done in one transaction.
 */
@Component
public class Events {

    private static final Logger log = LoggerFactory.getLogger(Events.class);
    private static final String RESOURCE = "webhook:";
    private static final int LONGEST_NOTE = 1000;

    private final RandomGenerator chance;
    private final ProviderCatalog catalog;
    private final Leases leases;
    private final HubTransaction transaction;
    private final EventStore events;
    private final HintStore hints;
    private final WebhookSettings settings;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Events(
            RandomGenerator chance,
            ProviderCatalog catalog,
            Leases leases,
            HubTransaction transaction,
            EventStore events,
            HintStore hints,
            WebhookSettings settings,
            Clock clock,
            Supplier<UUID> ids) {
        this.chance = chance;
        this.catalog = catalog;
        this.leases = leases;
        this.transaction = transaction;
        this.events = events;
        this.hints = hints;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    /** The events of one provider, under a lease. */
    public record Batch(Lease lease, Provider provider, Provider.Webhook form) {}

    /** Providers with events to work on, each with a lease that this instance has just taken. */
    public List<Batch> take() {
        List<Batch> taken = new ArrayList<>();
        List<String> telling = catalog.all().stream()
                .filter(provider -> provider.webhook() != null)
                .map(Provider::id)
                .toList();
        for (String id : events.waiting(telling)) {
            catalog.find(id).ifPresent(provider -> {
                Provider.Webhook form = provider.webhook();
                if (form != null) {
                    leases.take(RESOURCE + id).ifPresent(lease -> taken.add(new Batch(lease, provider, form)));
                }
            });
        }
        return taken;
    }

    /** The next events, oldest first; empty when there are none left that may be tried now. */
    public List<Event> next(Batch batch) {
        return events.waiting(batch.provider().id(), settings.batch());
    }

    /**
     * Stores what the events say, and that they are done. One that the database does not take is as one that cannot be
     * read, and the others are done without it.
     */
    public void settle(Batch batch, List<Understood> understood) {
        if (understood.isEmpty()) {
            return;
        }
        try {
            settleTogether(batch, understood);
        } catch (DataIntegrityViolationException e) {
            int half = understood.size() / 2;
            if (half > 0) {
                settle(batch, understood.subList(0, half));
                settle(batch, understood.subList(half, understood.size()));
            } else {
                log.warn("what an event says is not taken by the database", e);
                Event event = understood.getFirst().event();
                settleTogether(
                        batch, List.of(new Understood(event, List.of(), "The hub could not store what it says.")));
            }
        }
    }

    private void settleTogether(Batch batch, List<Understood> understood) {
        transaction.execute(() -> {
            leases.fence(batch.lease());
            List<Recipient> recipients = hints.recipients(batch.provider().id(), batch.form(), understood);
            List<HintStore.NewHint> found = new ArrayList<>();
            Map<UUID, Instant> heard = new HashMap<>();
            List<EventStore.Ending> endings = new ArrayList<>();
            for (Understood one : understood) {
                endings.add(one.problem() == null ? address(batch, one, recipients, found, heard) : failed(one));
            }
            hints.insert(found);
            hints.heard(heard);
            events.end(endings);
        });
    }

    private EventStore.Ending address(
            Batch batch,
            Understood one,
            List<Recipient> recipients,
            List<HintStore.NewHint> found,
            Map<UUID, Instant> heard) {
        boolean listening = false;
        for (Hint hint : one.hints()) {
            for (Recipient recipient : recipients) {
                if (recipient.isMeant(one.event(), hint, batch.form().account() != null)) {
                    heard.merge(recipient.connectionId(), one.event().receivedAt(), Events::later);
                    if (recipient.listens()) {
                        listening = true;
                        found.add(new HintStore.NewHint(
                                ids.get(),
                                recipient.connectionId(),
                                hint,
                                one.event().receivedAt()));
                    }
                }
            }
        }
        if (listening) {
            return EventStore.Ending.done(one.event().id());
        }
        return EventStore.Ending.ignored(
                one.event().id(),
                one.hints().isEmpty()
                        ? "it says nothing of any object"
                        : "it is about no connection that is kept in agreement");
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private EventStore.Ending failed(Understood one) {
        Event event = one.event();
        String problem = brief(String.valueOf(one.problem()));
        if (event.attempts() + 1 >= settings.attempts()) {
            log.warn("event {} is parked: {}", event.id(), problem);
            return EventStore.Ending.parked(event.id(), problem);
        }
        return EventStore.Ending.later(
                event.id(),
                problem,
                clock.instant()
                        .plus(BackOff.of(chance, settings.retryDelay(), settings.retryLongest(), event.attempts())));
    }

    /** What a route says of an event may hold any part of it. */
    private static String brief(String problem) {
        String plain = Nul.outOf(problem);
        return plain.length() <= LONGEST_NOTE ? plain : plain.substring(0, LONGEST_NOTE);
    }

    /** There is nothing left, or nothing that may be tried now. */
    public void release(Batch batch) {
        leases.release(batch.lease());
    }
}
