package io.dayflow.hub.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.server.StandInFault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Servers that cannot be reached, are slow, fail, ask for patience, or cut the connection while the hub reads. */
@ImpatientHub
class UnreachableIT {

    @Autowired
    private Environment environment;

    @Test
    void aServerThatIsDownIsAskedAgainUntilItIsUp() {
        try (Scene scene = Scene.synced(environment, 5)) {
            scene.standIn.stop();
            scene.retitle("Event 0", "Edited meanwhile");
            scene.newRow("Made meanwhile");

            assertThat(scene.failingSync()).isIn("network_error", "rate_limit_error");
            assertThat(scene.status()).isEqualTo("error");
            assertThat(scene.errorCode()).isIn("transient", "rate_limited");
            assertThat(Instant.parse(scene.card().path("error").path("since").asText()))
                    .isBefore(Instant.now());

            scene.retitleOnServer("e1.ics", "Edited there");
            scene.standIn.resume();
            scene.settlesWith("Edited meanwhile", "Made meanwhile", "Edited there", "Event 2", "Event 3", "Event 4");
        }
    }

    @Test
    void aSlowAnswerIsWaitedForAndOneThatIsTooSlowFailsTheRun() {
        try (Scene scene = Scene.synced(environment, 5)) {
            scene.retitleOnServer("e1.ics", "Edited there");
            scene.standIn.fault(StandInFault.slow(Duration.ofMillis(700)).times(3));
            scene.hub.syncCompletely(scene.integration);
            assertThat(scene.titlesInDayflow()).contains("Edited there");

            scene.standIn.fault(StandInFault.slow(Duration.ofSeconds(4)));
            assertThat(scene.failingSync()).isEqualTo("network_error");
            scene.standIn.clearFaults();
            scene.settlesWith("Edited there", "Event 0", "Event 2", "Event 3", "Event 4");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void aServerErrorIsTriedAgainAtOnce(int status) {
        try (Scene scene = Scene.synced(environment, 5)) {
            scene.retitleOnServer("e1.ics", "Edited there");
            scene.standIn.fault(StandInFault.status(status).once());
            scene.hub.syncCompletely(scene.integration);
            scene.settlesWith("Edited there", "Event 0", "Event 2", "Event 3", "Event 4");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void aServerErrorForGoodFailsTheRunAndTheHubRecoversByItself(int status) {
        try (Scene scene = Scene.synced(environment, 5)) {
            scene.retitleOnServer("e1.ics", "Edited there");
            scene.standIn.fault(StandInFault.status(status));
            assertThat(scene.failingSync()).isEqualTo("network_error");
            scene.awaitStatus("error", scene.errorCode());
            assertThat(scene.errorCode()).isIn("transient", "rate_limited");
            assertThat(scene.titlesInDayflow()).hasSize(5);
            scene.standIn.clearFaults();
            scene.settlesWith("Edited there", "Event 0", "Event 2", "Event 3", "Event 4");
        }
    }

    @Test
    void aFirstSyncThatBreaksOffGoesOnWhereItWasAndDoublesNothing() {
        try (Scene scene = Scene.connected(environment, 500)) {
            scene.standIn.fault(StandInFault.status(500)
                    .and(request -> request.body().contains("calendar-multiget")
                            && request.body().contains("e450.ics")));
            scene.standIn.fault(StandInFault.status(500).on("GET"));
            assertThat(scene.failingSync()).isEqualTo("network_error");
            int before = scene.titlesInDayflow().size();
            assertThat(before).isGreaterThan(0).isLessThan(500);
            scene.standIn.clearFaults();
            scene.settlesWith(scene.titlesOnServer());
            assertThat(scene.links()).isEqualTo(500);
        }
    }

    @Test
    void aConnectionThatIsCutBeforeOrHalfwayThroughAnAnswerIsMadeAnew() {
        try (Scene scene = Scene.synced(environment, 5)) {
            scene.retitleOnServer("e1.ics", "Edited there");
            scene.standIn.fault(StandInFault.cut().once());
            scene.standIn.fault(StandInFault.cutHalfway().once());
            scene.hub.syncCompletely(scene.integration);
            assertThat(scene.titlesInDayflow()).contains("Edited there");

            scene.retitleOnServer("e2.ics", "Edited there too");
            scene.standIn.fault(StandInFault.cutHalfway());
            assertThat(scene.failingSync()).isEqualTo("network_error");
            scene.standIn.clearFaults();
            scene.settlesWith("Edited there", "Edited there too", "Event 0", "Event 3", "Event 4");
        }
    }

    @Test
    void aShortWishForPatienceIsGrantedWithinTheRun() {
        try (Scene scene = Scene.synced(environment, 5)) {
            scene.retitleOnServer("e1.ics", "Edited there");
            scene.standIn.forgetRequests();
            scene.standIn.fault(
                    StandInFault.tooManyRequests(Duration.ofSeconds(1)).once());
            scene.hub.syncCompletely(scene.integration);
            assertThat(secondsAfterFirst(scene)).isGreaterThanOrEqualTo(1.0);

            scene.standIn.forgetRequests();
            Instant until = Instant.now().plusSeconds(2);
            scene.standIn.fault(StandInFault.tooManyRequests(until).once());
            scene.hub.syncCompletely(scene.integration);
            assertThat(scene.standIn.requests().get(1).at())
                    .isAfterOrEqualTo(Instant.ofEpochSecond(until.getEpochSecond()));
            scene.settlesWith("Edited there", "Event 0", "Event 2", "Event 3", "Event 4");
        }
    }

    @Test
    void aLongWishForPatienceFailsTheRunAndNothingIsSentBeforeItsEnd() {
        try (Scene scene = Scene.synced(environment, 5)) {
            scene.retitleOnServer("e1.ics", "Edited there");
            scene.standIn.forgetRequests();
            scene.standIn.fault(
                    StandInFault.tooManyRequests(Duration.ofSeconds(8)).once());
            assertThat(scene.failingSync()).isEqualTo("rate_limit_error");
            scene.awaitStatus("error", "rate_limited");
            scene.retitle("Event 0", "Edited here");
            scene.hub.startSync(scene.integration, java.util.Map.of());

            scene.settlesWith("Edited there", "Edited here", "Event 2", "Event 3", "Event 4");
        }
    }

    @Test
    void nothingIsSentBeforeTheTimeThatAServiceNamed() {
        try (Scene scene = Scene.synced(environment, 5)) {
            scene.standIn.forgetRequests();
            scene.standIn.fault(
                    StandInFault.tooManyRequests(Duration.ofSeconds(8)).once());
            scene.failingSync();
            scene.retitle("Event 0", "Edited here");
            scene.hub.startSync(scene.integration, java.util.Map.of());
            scene.eventually(() -> assertThat(scene.standIn.requests()).hasSizeGreaterThan(1));
            assertThat(secondsAfterFirst(scene)).isGreaterThanOrEqualTo(8.0);
        }
    }

    private static double secondsAfterFirst(Scene scene) {
        var requests = scene.standIn.requests();
        return (requests.get(1).nanos() - requests.get(0).nanos()) / 1e9;
    }
}
