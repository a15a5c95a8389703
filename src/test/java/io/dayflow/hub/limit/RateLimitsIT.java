package io.dayflow.hub.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.MovedClock;
import io.dayflow.hub.limit.LimitSettings.Given;
import io.dayflow.hub.limit.RateLimits.Who;
import io.dayflow.hub.storage.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Instances that share a database, at a time of the test's own. */
class RateLimitsIT {

    private static final Who ANN = new Who(Policy.USER, "ann");
    private static final Who BEN = new Who(Policy.USER, "ben");

    private final TestDatabase database = TestDatabase.create();
    private final Asked asked = new Asked(database.dataSource());
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final MovedClock clock = new MovedClock(Instant.now());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void instancesShareALimit() {
        var settings = user(60, 1_000, 10);
        var one = instance(settings);
        var other = instance(settings);

        for (int i = 0; i < 5; i++) {
            assertThat(taken(one, ANN)).isTrue();
            assertThat(taken(other, ANN)).isTrue();
        }
        assertThat(taken(one, ANN)).isFalse();
        assertThat(taken(other, ANN)).isFalse();
        assertThat(taken(other, BEN)).as("others have their own").isTrue();
        assertThat(meters.counter("hub.limits.refused", "policy", "user").count())
                .isEqualTo(2);
    }

    @Test
    void theTimeToWaitIsTrue() {
        var limits = instance(user(20, 1_000, 4));
        for (int i = 0; i < 4; i++) {
            assertThat(taken(limits, ANN)).isTrue();
        }
        var delay = wait(limits, ANN);
        assertThat(delay).isEqualTo(Duration.ofSeconds(3));

        clock.move(delay.minusMillis(1));
        assertThat(wait(limits, ANN)).isEqualTo(Duration.ofMillis(1));
        assertThat(wait(instance(user(20, 1_000, 4)), ANN))
                .as("an instance that has not refused yet says the same")
                .isEqualTo(Duration.ofMillis(1));
        clock.move(Duration.ofMillis(1));
        assertThat(taken(limits, ANN)).isTrue();
        assertThat(taken(limits, ANN)).isFalse();
    }

    @Test
    void anHourHasALimitToo() {
        var limits = instance(user(6_000, 60, 100));
        for (int i = 0; i < 60; i++) {
            assertThat(taken(limits, ANN)).as("call %d", i).isTrue();
        }
        var refused = limits.take(List.of(ANN)).getFirst();
        assertThat(refused.remainingOfHour()).isZero();
        assertThat(refused.delay()).isEqualTo(Duration.ofMinutes(1));
        clock.move(Duration.ofMinutes(1));
        assertThat(taken(limits, ANN)).isTrue();
        assertThat(taken(limits, ANN)).isFalse();
    }

    @Test
    void whatIsLeftIsTold() {
        var limits = instance(user(600, 1_000, 100));

        var left = new ArrayList<Long>();
        for (int i = 0; i < 30; i++) {
            var standing = limits.take(List.of(ANN)).getFirst();
            left.add(standing.remaining());
            assertThat(standing.remainingOfHour()).isEqualTo(1_000 - i - 1);
        }
        assertThat(left.getFirst()).isEqualTo(99);
        assertThat(left.getLast()).isEqualTo(70);
        clock.move(Duration.ofSeconds(2));
        assertThat(limits.take(List.of(ANN)).getFirst().remaining())
                .as("what was taken and not spent is lost, at most a lot")
                .isBetween(70 + 20 - 1 - 5L, 89L);
    }

    @Test
    void whoIsRefusedByOneLimitSpendsNothingOfAnother() {
        var settings =
                new LimitSettings(true, 20, new Given(60L, 1_000L, 10L), new Given(60L, 1_000L, 2L), null, null, null);
        var limits = instance(settings);
        var token = new Who(Policy.TOKEN, "t");
        for (int i = 0; i < 50; i++) {
            limits.take(List.of(ANN, token));
        }
        int left = 0;
        while (taken(limits, ANN)) {
            left++;
        }
        assertThat(left).isEqualTo(8);
    }

    @Test
    void whoCallsOftenAsksTheDatabaseSeldom() {
        var limits = instance(user(60_000, 100_000, 10_000));
        asked.times.set(0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(taken(limits, ANN)).isTrue();
        }
        assertThat(asked.times.get()).isBetween(1, 60);
    }

    @Test
    void whoIsRefusedDoesNotAskTheDatabase() {
        var limits = instance(user(1, 10, 1));
        assertThat(taken(limits, ANN)).isTrue();
        assertThat(taken(limits, ANN)).isFalse();
        asked.times.set(0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(taken(limits, ANN)).isFalse();
        }
        assertThat(asked.times.get()).isZero();
    }

    @Test
    void howeverManyCallAtOnceTheLimitIsNotPassed() throws Exception {
        var settings = user(60, 10_000, 200);
        var instances = List.of(instance(settings), instance(settings), instance(settings));
        var calls = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 900; i++) {
            var at = instances.get(i % 3);
            calls.add(() -> taken(at, ANN));
        }
        long taken = 0;
        try (var threads = Executors.newFixedThreadPool(12)) {
            for (var call : threads.invokeAll(calls)) {
                taken += call.get() ? 1 : 0;
            }
        }
        assertThat(taken).isEqualTo(200);
    }

    @Test
    void aChangedLimitBeginsAnew() {
        assertThat(taken(instance(user(1, 10, 1)), ANN)).isTrue();
        var changed = instance(user(1, 10, 3));
        assertThat(taken(changed, ANN) && taken(changed, ANN) && taken(changed, ANN))
                .isTrue();
        assertThat(taken(changed, ANN)).isFalse();
    }

    @Test
    void withoutLimitsNothingIsCounted() {
        var limits = instance(new LimitSettings(false, 20, new Given(1L, 1L, 1L), null, null, null, null));
        for (int i = 0; i < 10; i++) {
            assertThat(limits.take(List.of(ANN))).isEmpty();
        }
        assertThat(rows()).isEmpty();
    }

    @Test
    void withoutTheDatabaseAnInstanceCountsForItselfAndDoesNotAskForEachCall() {
        var limits = instance(user(60, 1_000, 100));
        asked.broken = true;
        for (int i = 0; i < 100; i++) {
            assertThat(taken(limits, ANN)).as("call %d", i).isTrue();
        }
        assertThat(taken(limits, ANN)).isFalse();
        assertThat(taken(limits, BEN)).isTrue();
        assertThat(asked.times.get()).isEqualTo(1);

        asked.broken = false;
        clock.move(Duration.ofSeconds(5));
        assertThat(limits.take(List.of(ANN)).getFirst().remaining()).isEqualTo(99);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void rowsTellOfNobodyAndEnd() {
        var limits = instance(user(60, 1_000, 10));
        taken(limits, ANN);
        taken(limits, new Who(Policy.WRONG_TOKENS, "192.0.2.1"));

        assertThat(rows()).hasSize(2).noneMatch(id -> id.contains("ann") || id.contains("192.0.2.1"));
        var ends = jdbc.sql("select max(expires_at) from hub.rate_limit")
                .query(Long.class)
                .single();
        assertThat(Instant.ofEpochMilli(ends))
                .isBetween(clock.instant(), clock.instant().plus(Duration.ofMinutes(11)));
    }

    private static LimitSettings user(long perMinute, long perHour, long burst) {
        return new LimitSettings(true, 20, new Given(perMinute, perHour, burst), null, null, null, null);
    }

    private RateLimits instance(LimitSettings settings) {
        return new RateLimits(settings, asked, clock, meters);
    }

    private static boolean taken(RateLimits limits, Who who) {
        return limits.take(List.of(who)).stream().noneMatch(Standing::refused);
    }

    private static Duration wait(RateLimits limits, Who who) {
        return limits.take(List.of(who)).getLast().delay();
    }

    private List<String> rows() {
        return jdbc.sql("select id from hub.rate_limit").query(String.class).list();
    }

    /** Counts how often the database is asked, and stays away on request. */
    private static final class Asked extends DelegatingDataSource {

        private final AtomicInteger times = new AtomicInteger();
        private volatile boolean broken;

        Asked(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            times.incrementAndGet();
            if (broken) {
                throw new SQLTransientConnectionException("no connection");
            }
            return super.getConnection();
        }
    }
}
