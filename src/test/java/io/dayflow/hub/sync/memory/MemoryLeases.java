package io.dayflow.hub.sync.memory;

import io.dayflow.hub.sync.Lease;
import io.dayflow.hub.sync.LeaseLost;
import io.dayflow.hub.sync.Leases;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** One hub's view of the leases in a {@link MemoryStore}. */
public final class MemoryLeases implements Leases {

    /** A lease as the store keeps it. */
    public record Held(UUID token, Instant until) {}

    private final MemoryStore store;
    private final Duration duration;
    private final Supplier<UUID> ids;
    private final Map<String, Lease> held = new LinkedHashMap<>();

    public MemoryLeases(MemoryStore store, Duration duration, Supplier<UUID> ids) {
        this.store = store;
        this.duration = duration;
        this.ids = ids;
    }

    @Override
    public Optional<Lease> take(String resource) {
        if (store.leases
                .find(resource)
                .filter(lease -> !lease.until().isBefore(store.clock.instant()))
                .isPresent()) {
            return Optional.empty();
        }
        Lease lease = new Lease(resource, ids.get());
        save(lease);
        held.put(resource, lease);
        return Optional.of(lease);
    }

    @Override
    public void fence(Lease lease) {
        if (!isHeld(lease)) {
            held.remove(lease.resource(), lease);
            throw new LeaseLost(lease);
        }
        save(lease);
    }

    @Override
    public void release(Lease lease) {
        held.remove(lease.resource(), lease);
        if (isHeld(lease)) {
            store.leases.remove(lease.resource());
        }
    }

    @Override
    public void forget(Lease lease) {
        held.remove(lease.resource(), lease);
    }

    @Override
    public void renew() {
        held.values().stream().filter(this::isHeld).forEach(this::save);
    }

    private boolean isHeld(Lease lease) {
        return store.leases
                .find(lease.resource())
                .filter(known -> known.token().equals(lease.token()))
                .isPresent();
    }

    private void save(Lease lease) {
        store.leases.put(
                lease.resource(), new Held(lease.token(), store.clock.instant().plus(duration)));
    }
}
