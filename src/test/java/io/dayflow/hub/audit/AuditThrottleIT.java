package io.dayflow.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.storage.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AuditThrottleIT {

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.create().dataSource());
    private final MovingClock clock = new MovingClock();
    private final AuditThrottle throttle = new AuditThrottle(new Audit(jdbc, new ObjectMapper()), clock);

    @Test
    void theFirstIsWrittenAtOnceAndTheRestOfAMinuteIsOneLineWithTheirNumber() {
        for (int i = 0; i < 1_000; i++) {
            throttle.record(refused("192.0.2.1", "wrong"));
        }
        assertThat(details()).containsExactly("{\"signature\": \"wrong\"}");

        clock.now = clock.now.plus(Duration.ofSeconds(59));
        throttle.flush();
        assertThat(details()).hasSize(1);
        clock.now = clock.now.plus(Duration.ofSeconds(1));
        throttle.flush();
        assertThat(details()).hasSize(2);
        assertThat(details().getLast()).contains("\"again\": 999", "\"since\": ");
        throttle.flush();
        assertThat(details()).hasSize(2);
    }

    @Test
    void addressesAndReasonsAreToldApart() {
        throttle.record(refused("192.0.2.1", "wrong"));
        throttle.record(refused("192.0.2.1", "missing"));
        throttle.record(refused("192.0.2.2", "wrong"));

        assertThat(details()).hasSize(3);
    }

    @Test
    void aFloodFromEverywhereDoesNotFillTheDisk() {
        for (int i = 0; i < 10_000; i++) {
            throttle.record(refused("198.51." + i / 250 + "." + i % 250, "wrong"));
        }
        assertThat(details()).hasSize(AuditThrottle.KINDS + 1);
        throttle.flushAll();
        assertThat(details()).hasSize(AuditThrottle.KINDS + 2);
        assertThat(details().getLast()).contains("\"many\": true", "\"again\": 9899");
    }

    /** As on a hub that heard too late of an erasure on another one. */
    @Test
    void whatWasCountedBeforeAnErasureEndedNamesNobodyAfterIt() {
        var somebody = UUID.randomUUID();
        clock.now = Instant.now();
        var audit = new Audit(jdbc, new ObjectMapper());
        var line = new AuditLine(
                somebody,
                somebody.toString(),
                "operator.acts_for",
                null,
                AuditLine.object("user", somebody),
                Map.of("name", somebody.toString()),
                "192.0.2.77",
                "late");
        for (int i = 0; i < 3; i++) {
            throttle.recordOfOperator(line);
        }
        audit.record(new AuditLine(null, "hub", "data.erased", null, Map.of(), null));
        throttle.flushAll();

        var last = jdbc.sql("select row_to_json(a)::text from hub.audit a order by id desc limit 1")
                .query(String.class)
                .single();
        assertThat(last)
                .contains("\"erased\"", "operator.acts_for", "\"again\": 2")
                .doesNotContain(somebody.toString(), "192.0.2.77");

        clock.now = clock.now.plus(Duration.ofMinutes(10));
        throttle.recordOfOperator(line);
        throttle.recordOfOperator(line);
        throttle.flushAll();
        assertThat(jdbc.sql("select user_id from hub.audit order by id desc limit 1")
                        .query(UUID.class)
                        .single())
                .isEqualTo(somebody);
    }

    /** A flood of strangers must not be where an operator hides, nor must an operator's own. */
    @Test
    void whatOperatorsDoKeepsWhoseAffairItIs() {
        for (int i = 0; i < 200; i++) {
            throttle.record(refused("198.51.100." + i, "wrong"));
        }
        var before = details().size();
        for (int i = 0; i < AuditThrottle.OPERATORS_KINDS + 10; i++) {
            var somebody = new UUID(1, i);
            throttle.recordOfOperator(actsFor(somebody));
            throttle.recordOfOperator(actsFor(somebody));
        }
        assertThat(details()).hasSize(before + AuditThrottle.OPERATORS_KINDS + 20);

        throttle.flushAll();
        assertThat(jdbc.sql("select count(*) from hub.audit where action = 'operator.acts_for' group by user_id")
                        .query(Integer.class)
                        .list())
                .hasSize(AuditThrottle.OPERATORS_KINDS + 10)
                .containsOnly(2);
    }

    @Test
    void whatOperatorsDoIsWrittenOnceAndThenAsANumberOfAMinute() {
        for (int i = 0; i < 5; i++) {
            throttle.recordOfOperator(actsFor(new UUID(1, 1)));
        }
        assertThat(details()).containsExactly("{}");

        clock.now = clock.now.plus(AuditThrottle.WINDOW);
        throttle.flush();
        assertThat(details()).hasSize(2);
        assertThat(details().getLast()).contains("\"again\": 4");
    }

    private static AuditLine actsFor(UUID user) {
        return new AuditLine(user, "operator", "operator.acts_for", null, Map.of(), "192.0.2.1");
    }

    private static AuditLine refused(String address, String why) {
        return new AuditLine(null, AuditLine.ANONYMOUS, "webhook.refused", "some", Map.of("signature", why), address);
    }

    private List<String> details() {
        return jdbc.sql("select detail::text from hub.audit order by id")
                .query(String.class)
                .list();
    }

    private static final class MovingClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
