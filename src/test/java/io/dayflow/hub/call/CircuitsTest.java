package io.dayflow.hub.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CircuitsTest {

    private static final class Hands extends Clock {
        Instant now = Instant.parse("2026-03-01T08:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static final Fault BROKEN = new Fault.Transient("broken");
    private final Hands clock = new Hands();
    private final Circuits circuits =
            new Circuits(new CallSettings.Circuit(5, 50, 10, 20, Duration.ofSeconds(30)), clock);
    private final UUID connection = UUID.fromString("00000000-0000-7000-8000-000000000001");

    @Test
    void fiveTransientFaultsInARowOpenItForHalfAMinute() {
        fail(4);
        succeed(1);
        fail(4);
        assertThat(circuits.open()).isZero();
        fail(1);
        assertThat(circuits.open()).isEqualTo(1);
        assertThat(refused()).isEqualTo(clock.now.plusSeconds(30));
        clock.now = clock.now.plusSeconds(29);
        assertThat(refused()).isEqualTo(clock.now.plusSeconds(1));
        assertThatCode(() -> circuits.enter(connection, "other.example")).doesNotThrowAnyException();
        assertThatCode(() -> circuits.enter(UUID.randomUUID(), "dav.example")).doesNotThrowAnyException();
    }

    @Test
    void halfOfManyRequestsFailingOpensIt() {
        for (int i = 0; i < 5; i++) {
            succeed(1);
            fail(1);
        }
        assertThat(circuits.open()).isEqualTo(1);
    }

    @Test
    void oneRequestTriesAgainAndDecides() {
        fail(5);
        clock.now = clock.now.plusSeconds(31);
        circuits.enter(connection, "dav.example");
        assertThat(refused()).isAfter(clock.now);
        circuits.faulted(connection, "dav.example", BROKEN);
        assertThat(refused()).isEqualTo(clock.now.plusSeconds(30));
        clock.now = clock.now.plusSeconds(31);
        succeed(1);
        succeed(1);
        assertThat(circuits.open()).isZero();
    }

    @Test
    void aServiceThatRefusesIsNotBroken() {
        for (int i = 0; i < 30; i++) {
            circuits.enter(connection, "dav.example");
            circuits.faulted(connection, "dav.example", new Fault.Rejected("no"));
        }
        assertThat(circuits.open()).isZero();
    }

    @Test
    void aServiceThatAsksForPatienceGetsIt() {
        circuits.enter(connection, "dav.example");
        circuits.faulted(connection, "dav.example", new Fault.RateLimited("slow", clock.now.plusSeconds(90)));
        assertThat(refused()).isEqualTo(clock.now.plusSeconds(90));
        assertThat(circuits.limitedInARow(connection, "dav.example")).isEqualTo(1);
        clock.now = clock.now.plusSeconds(90);
        succeed(1);
        assertThat(circuits.limitedInARow(connection, "dav.example")).isZero();
    }

    @Test
    void whatIsIdleIsForgotten() {
        for (int i = 0; i < 1_500; i++) {
            circuits.enter(UUID.randomUUID(), "dav.example");
        }
        clock.now = clock.now.plus(Duration.ofHours(2));
        succeed(1);
        assertThat(circuits.known()).isLessThan(10);
        fail(5);
        circuits.forget(connection);
        assertThatCode(() -> circuits.enter(connection, "dav.example")).doesNotThrowAnyException();
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new CallSettings.Circuit(5, 50, 30, 20, Duration.ofSeconds(1)))
                .hasMessageContaining("hub.call.circuit");
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuits.enter(connection, "dav.example");
            circuits.faulted(connection, "dav.example", BROKEN);
        }
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            circuits.enter(connection, "dav.example");
            circuits.succeeded(connection, "dav.example");
        }
    }

    private Instant refused() {
        FaultException refusal =
                catchThrowableOfType(FaultException.class, () -> circuits.enter(connection, "dav.example"));
        return ((Fault.RateLimited) refusal.fault()).until();
    }
}
