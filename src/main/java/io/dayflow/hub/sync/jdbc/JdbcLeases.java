package io.dayflow.hub.sync.jdbc;

import io.dayflow.hub.sync.Lease;
import io.dayflow.hub.sync.LeaseLost;
import io.dayflow.hub.sync.Leases;
import io.dayflow.hub.sync.SyncSettings;
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

/** Leases in a table. A live instance renews its own; those of a dead one run out. Thread-safe. */
@Component
class JdbcLeases implements Leases {

    private static final Logger log = LoggerFactory.getLogger(JdbcLeases.class);

    private final JdbcClient jdbc;
    private final Duration duration;
    private final Supplier<UUID> ids;
    private final String owner;
    private final Map<String, Lease> held = new ConcurrentHashMap<>();

    JdbcLeases(JdbcClient jdbc, SyncSettings settings, Supplier<UUID> ids) {
        this.jdbc = jdbc;
        this.duration = settings.leaseDuration();
        this.ids = ids;
        this.owner = ProcessHandle.current().pid() + "-" + ids.get();
    }

    @Override
    public Optional<Lease> take(String resource) {
        Lease lease = new Lease(resource, ids.get());
        // asked before it is tried: a try that fails locks the row, and is a commit like any other
        int rows = jdbc.sql("""
                        insert into hub.lease (resource, owner, token, until)
                        select :resource, :owner, :token, clock_timestamp() + make_interval(secs => :seconds)
                        where not exists (select 1 from hub.lease
                                          where resource = :resource and until >= clock_timestamp())
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

    @Override
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

    @Override
    public void release(Lease lease) {
        held.remove(lease.resource(), lease);
        jdbc.sql("delete from hub.lease where resource = :resource and token = :token")
                .param("resource", lease.resource())
                .param("token", lease.token())
                .update();
    }

    @Override
    public void forget(Lease lease) {
        held.remove(lease.resource(), lease);
    }

    @Override
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
