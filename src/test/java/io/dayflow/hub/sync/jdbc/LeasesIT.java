package io.dayflow.hub.sync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dayflow.hub.storage.Ids;
import io.dayflow.hub.storage.TestDatabase;
import io.dayflow.hub.sync.Lease;
import io.dayflow.hub.sync.LeaseLost;
import io.dayflow.hub.sync.Leases;
import io.dayflow.hub.sync.SyncSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

class LeasesIT {

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.create().dataSource());

    @Test
    void ofManyWhoAskAtOnceOneGetsIt() throws Exception {
        List<JdbcLeases> instances =
                Stream.generate(() -> instance("30s")).limit(8).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Optional<Lease>>> asking = instances.stream()
                    .<Callable<Optional<Lease>>>map(leases -> () -> leases.take("run:1"))
                    .toList();
            int taken = 0;
            for (Future<Optional<Lease>> answer : threads.invokeAll(asking)) {
                taken += answer.get().isPresent() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
        }
    }

    @Test
    void aReleasedLeaseIsFreeAtOnceAndAnotherResourceWasNeverTaken() {
        Leases one = instance("30s");
        Leases two = instance("30s");
        Lease lease = one.take("run:1").orElseThrow();

        assertThat(two.take("run:1")).isEmpty();
        assertThat(two.take("run:2")).isPresent();
        one.release(lease);
        assertThat(two.take("run:1")).isPresent();
    }

    @Test
    void aSilentHolderIsFollowedByAnotherAndCannotCommitAnyMore() {
        Leases silent = instance("1s");
        Leases other = instance("1s");
        Lease lost = silent.take("run:1").orElseThrow();

        await().atMost(Duration.ofSeconds(20)).until(() -> other.take("run:1").isPresent());
        assertThatThrownBy(() -> silent.fence(lost)).isInstanceOf(LeaseLost.class);
    }

    @Test
    void aRenewedLeaseIsKeptBeyondItsTime() {
        Leases holder = instance("1s");
        Leases other = instance("1s");
        Lease lease = holder.take("run:1").orElseThrow();

        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    holder.renew();
                    return other.take("run:1").isEmpty();
                });
        holder.fence(lease);
    }

    @Test
    void aHubThatStopsGivesBackEverythingItHolds() {
        JdbcLeases stopping = instance("30s");
        Leases other = instance("30s");
        stopping.take("run:1").orElseThrow();
        stopping.take("push:1").orElseThrow();

        stopping.releaseAll();

        assertThat(other.take("run:1")).isPresent();
        assertThat(other.take("push:1")).isPresent();
    }

    private JdbcLeases instance(String leaseDuration) {
        SyncSettings settings = new Binder(
                        new MapConfigurationPropertySource(Map.of("hub.sync.lease-duration", leaseDuration)))
                .bindOrCreate("hub.sync", SyncSettings.class);
        return new JdbcLeases(jdbc, settings, new Ids());
    }
}
