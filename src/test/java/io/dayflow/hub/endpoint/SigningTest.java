package io.dayflow.hub.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.security.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SigningTest {

    /** The vector that implementations of the specification share. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant AT = Instant.ofEpochSecond(1614265330);
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void signsAsOthersDo() {
        assertThat(Signing.header(List.of(Secret.of(SECRET)), ID, AT, BODY)).isEqualTo(SIGNATURE);
        assertThat(new StandardWebhook(SECRET).sign(ID, AT.getEpochSecond(), BODY))
                .as("the receiver of the tests")
                .isEqualTo(SIGNATURE);
    }

    @Test
    void eachSecretSignsOnceAndThePresentOneFirst() {
        Secret other = Signing.newSecret();

        assertThat(Signing.header(List.of(other, Secret.of(SECRET)), ID, AT, BODY))
                .isEqualTo(new StandardWebhook(other.reveal()).sign(ID, AT.getEpochSecond(), BODY) + " " + SIGNATURE);
    }

    @Test
    void newSecretsAreLongAndDiffer() {
        var secrets = IntStream.range(0, 100)
                .mapToObj(i -> Signing.newSecret())
                .distinct()
                .toList();

        assertThat(secrets).hasSize(100);
        assertThat(secrets)
                .allSatisfy(secret -> assertThat(new StandardWebhook(secret.reveal()).keyLength())
                        .isBetween(24, 64));
    }

    @Test
    void waitsFollowTheScheduleATenthMoreOrLess() {
        var schedule = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofHours(24));
        var waits = new Waits(schedule, new Random(7));

        for (int round = 0; round < 200; round++) {
            for (int attempt = 1; attempt <= 3; attempt++) {
                var planned = schedule.get(attempt - 1);
                assertThat(waits.after(attempt))
                        .isBetween(
                                planned.multipliedBy(9).dividedBy(10),
                                planned.multipliedBy(11).dividedBy(10));
            }
        }
        assertThat(waits.after(4)).as("after the last one").isNull();
    }
}
