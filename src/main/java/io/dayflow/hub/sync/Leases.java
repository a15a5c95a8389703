package io.dayflow.hub.sync;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Leases in PostgreSQL, by its clock, so that any number of instances divide the work. A lease lasts
 * {@code hub.sync.lease-duration} and is renewed by {@link #renew}; that of a dead instance runs out. Thread-safe.
 */
@Component
public class Leases {

    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    private final JdbcClient jdbc;
    private final Duration duration;
    private final Supplier<UUID> ids;
    private final String owner;
    private final Map<String, Lease> held = new ConcurrentHashMap<>();

    Leases(JdbcClient jdbc, SyncSettings settings, Supplier<UUID> ids) {
        this.jdbc = jdbc;
        this.duration = settings.leaseDuration();
        this.ids = ids;
        this.owner = ProcessHandle.current().pid() + "-" + ids.get();
    }

    /** Takes the lease if nobody holds it. */
    public Optional<Lease> take(String resource) {
        Lease lease = new Lease(resource, ids.get());
        int rows = jdbc.sql("""
                        insert into hub.lease (resource, owner, token, until)
                        values (:resource, :owner, :token, clock_timestamp() + make_interval(secs => :seconds))
                        on conflict (resource) do update
                        set owner = excluded.owner, token = excluded.token, until = excluded.until
                        where hub.lease.until < clock_timestamp()
                        """)
                .param("resource", resource)
                .param("owner", owner)
                .param("token", lease.token())
                .param("seconds", seconds())
                .update();
        if (rows == 0) {
            return Optional.empty();
        }
        held.put(resource, lease);
        return Optional.of(lease);
    }

    /**
     * Makes sure, inside the caller's transaction, that the lease is still held, and keeps it from being taken over before
     * that transaction ends.
     *
     * @throws LeaseLost if it is not
     */
    public void fence(Lease lease) {
        int rows = jdbc.sql("""
                        update hub.lease set until = clock_timestamp() + make_interval(secs => :seconds)
                        where resource = :resource and token = :token
                        """)
                .param("seconds", seconds())
                .param("resource", lease.resource())
                .param("token", lease.token())
                .update();
        if (rows == 0) {
            held.remove(lease.resource(), lease);
            throw new LeaseLost(lease);
        }
    }

    /** Gives the lease back. */
    public void release(Lease lease) {
        held.remove(lease.resource(), lease);
        jdbc.sql("delete from hub.lease where resource = :resource and token = :token")
                .param("resource", lease.resource())
                .param("token", lease.token())
                .update();
    }

    /** Stops renewing the lease, which then runs out: for when the database itself cannot be told. */
    public void forget(Lease lease) {
        held.remove(lease.resource(), lease);
    }

    /** Renews every lease that this instance holds. */
    public void renew() {
        held.values()
                .forEach(lease -> jdbc.sql("""
                        update hub.lease set until = clock_timestamp() + make_interval(secs => :seconds)
                        where resource = :resource and token = :token
                        """)
                        .param("seconds", seconds())
                        .param("resource", lease.resource())
                        .param("token", lease.token())
                        .update());
    }

    /** A hub that stops gives back what it holds, so that nobody has to wait for it. */
    @PreDestroy
    void releaseAll() {
        try {
            jdbc.sql("delete from hub.lease where owner = :owner")
                    .param("owner", owner)
                    .update();
        } catch (DataAccessException e) {
            log.debug("leases run out by themselves: {}", e.getMessage());
        }
    }

    private double seconds() {
        return duration.toMillis() / 1000.0;
    }
}
