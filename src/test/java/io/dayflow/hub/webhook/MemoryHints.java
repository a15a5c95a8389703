package io.dayflow.hub.webhook;

import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.provider.Hint;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.sync.BesideRuns;
import io.dayflow.hub.sync.HubTransaction;
import io.dayflow.hub.sync.Inbound;
import io.dayflow.hub.sync.Leases;
import io.dayflow.hub.sync.Profiles;
import io.dayflow.hub.sync.Wake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Hints in memory, for use cases that are driven without a database. For one thread. */
public final class MemoryHints {

    private static final Comparator<Stored> OLDEST = Comparator.comparing(Stored::receivedAt)
            .thenComparing(hint -> hint.hint().externalId());

    private final Supplier<Instant> now;
    private final Predicate<UUID> workable;
    private Map<UUID, Stored> stored = Map.of();

    private record Stored(
            UUID id,
            UUID connectionId,
            Hint hint,
            Instant receivedAt,
            int attempts,
            @Nullable Instant notBefore,
            boolean alone) {}

    /**
     * @param now the store's time
     * @param workable whether hints of a connection may be worked on
     */
    public MemoryHints(Supplier<Instant> now, Predicate<UUID> workable) {
        this.now = now;
        this.workable = workable;
    }

    /** The use case, over these hints. */
    public Hints hints(
            RandomGenerator chance,
            Profiles profiles,
            Leases leases,
            HubTransaction transaction,
            LinkStore links,
            Inbound inbound,
            BesideRuns engine,
            Wake wake,
            Clock clock,
            Supplier<UUID> ids) {
        WebhookSettings settings = new WebhookSettings(
                Duration.ofSeconds(10),
                1,
                DataSize.ofMegabytes(2),
                20,
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                5,
                Duration.ofHours(24));
        return new Hints(
                chance, profiles, leases, transaction, new Store(), links, inbound, engine, wake, settings, clock, ids);
    }

    /** A service told something. */
    public void tell(UUID id, UUID connectionId, Hint hint) {
        change(hints -> hints.put(id, new Stored(id, connectionId, hint, now.get(), 0, null, false)));
    }

    /** How many wait. */
    public int waiting() {
        return stored.size();
    }

    /** All that is stored, for {@link #restore}. */
    public Object snapshot() {
        return stored;
    }

    /** Goes back to what a snapshot holds. */
    @SuppressWarnings("unchecked")
    public void restore(Object snapshot) {
        stored = (Map<UUID, Stored>) snapshot;
    }

    private void change(java.util.function.Consumer<Map<UUID, Stored>> what) {
        Map<UUID, Stored> copy = new TreeMap<>(stored);
        what.accept(copy);
        stored = copy;
    }

    private void update(Collection<UUID> ids, UnaryOperator<@Nullable Stored> what) {
        change(hints -> ids.forEach(id -> hints.computeIfPresent(id, (key, hint) -> what.apply(hint))));
    }

    private Stream<Stored> due(UUID connectionId) {
        Instant at = now.get();
        return stored.values().stream()
                .filter(hint -> hint.connectionId().equals(connectionId))
                .filter(hint -> hint.notBefore() == null || !hint.notBefore().isAfter(at));
    }

    private final class Store implements HintStore {

        @Override
        public List<Recipient> recipients(String provider, Provider.Webhook form, List<Understood> understood) {
            throw new UnsupportedOperationException("who is meant is known");
        }

        @Override
        public void insert(List<NewHint> hints) {
            hints.forEach(hint -> tell(hint.id(), hint.connectionId(), hint.hint()));
        }

        @Override
        public void heard(Map<UUID, Instant> heard) {}

        @Override
        public List<UUID> waitingConnections() {
            return stored.values().stream()
                    .map(Stored::connectionId)
                    .distinct()
                    .sorted()
                    .filter(workable)
                    .filter(connection -> due(connection).findAny().isPresent())
                    .toList();
        }

        @Override
        public List<WaitingHint> waiting(UUID connectionId, int objects) {
            List<WaitingHint> hints = waiting(connectionId, false, objects);
            return hints.isEmpty() ? waiting(connectionId, true, 1) : hints;
        }

        private List<WaitingHint> waiting(UUID connectionId, boolean alone, int objects) {
            List<Stored> due =
                    due(connectionId).filter(hint -> hint.alone() == alone).toList();
            Map<String, Stored> first = new LinkedHashMap<>();
            due.forEach(hint ->
                    first.merge(hint.hint().externalId(), hint, (a, b) -> OLDEST.compare(a, b) <= 0 ? a : b));
            Set<String> chosen = first.values().stream()
                    .sorted(OLDEST)
                    .limit(objects)
                    .map(hint -> hint.hint().externalId())
                    .collect(Collectors.toSet());
            return due.stream()
                    .filter(hint -> chosen.contains(hint.hint().externalId()))
                    .map(hint -> new WaitingHint(
                            hint.id(),
                            hint.hint().externalId(),
                            hint.hint().collection(),
                            hint.hint().version(),
                            hint.hint().gone(),
                            hint.hint().payload() != null,
                            hint.attempts()))
                    .toList();
        }

        @Override
        public Map<UUID, String> payloads(Collection<UUID> ids) {
            Map<UUID, String> payloads = new HashMap<>();
            for (UUID id : ids) {
                Stored hint = stored.get(id);
                String payload = hint == null ? null : hint.hint().payload();
                if (payload != null) {
                    payloads.put(id, payload);
                }
            }
            return payloads;
        }

        @Override
        public void done(Collection<UUID> ids) {
            change(hints -> ids.forEach(hints::remove));
        }

        @Override
        public void part(Collection<UUID> ids) {
            update(
                    ids,
                    hint -> new Stored(
                            hint.id(),
                            hint.connectionId(),
                            hint.hint(),
                            hint.receivedAt(),
                            hint.attempts(),
                            hint.notBefore(),
                            true));
        }

        @Override
        public void later(Collection<UUID> ids, Instant when) {
            update(
                    ids,
                    hint -> new Stored(
                            hint.id(),
                            hint.connectionId(),
                            hint.hint(),
                            hint.receivedAt(),
                            hint.attempts() + 1,
                            when,
                            hint.alone()));
        }
    }
}
