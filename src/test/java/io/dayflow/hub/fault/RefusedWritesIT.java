package io.dayflow.hub.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.server.StandInFault;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Servers that take no writes, for good or for a while, and answers to writes that never arrive. */
@ImpatientHub
class RefusedWritesIT {

    @Autowired
    private Environment environment;

    static Stream<StandInFault> refusals() {
        return Stream.of(
                StandInFault.needPrivileges(),
                StandInFault.badCalendarData(),
                StandInFault.status(507),
                StandInFault.status(413));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusedWriteIsADeadLetterThatHoldsTheEditWhileTheRestGoesOn(StandInFault refusal) {
        try (Scene scene = Scene.synced(environment, 5)) {
            scene.standIn.fault(refusal.on("PUT").and(request -> request.path().endsWith("/e0.ics")));
            scene.retitle("Event 0", "Refused");
            scene.retitle("Event 1", "Taken");
            scene.eventually(() -> {
                assertThat(scene.titlesOnServer()).contains("Taken", "Event 0");
                assertThat(scene.hub.deadLetters()).hasSize(1);
            });
            JsonNode letter = scene.hub.deadLetters().getFirst();
            assertThat(letter.path("direction").asText()).isEqualTo("outbound");
            assertThat(letter.path("externalId").asText()).endsWith("/e0.ics");
            assertThat(letter.path("payload").asText()).contains("Refused");
            assertThat(letter.path("message").asText()).isNotBlank();
            scene.awaitStatus("success", "partial");
            assertThat(scene.card().path("counts").path("deadLetters").asInt()).isEqualTo(1);

            scene.standIn.forgetRequests();
            scene.hub.syncCompletely(scene.integration);
            assertThat(scene.standIn.writes())
                    .as("a refused edit is not sent again by itself")
                    .isEmpty();
            scene.hub.awaitJob(scene.hub.startSync(scene.integration, Map.of("mode", "full")), Scene.PATIENCE);
            assertThat(scene.standIn.writes()).isEmpty();
            assertThat(scene.titlesInDayflow()).contains("Refused");
            assertThat(scene.errorCode()).isEqualTo("partial");

            scene.standIn.clearFaults();
            scene.retitle("Refused", "Edited again");
            scene.settlesWith("Edited again", "Taken", "Event 2", "Event 3", "Event 4");
            assertThat(scene.hub.deadLetters()).isEmpty();
        }
    }

    @Test
    void aRefusedWriteIsSentAgainByReplay() {
        try (Scene scene = Scene.synced(environment, 3)) {
            scene.standIn.fault(StandInFault.badCalendarData().on("PUT"));
            scene.retitle("Event 0", "Refused");
            scene.newRow("Refused too");
            scene.eventually(() -> assertThat(scene.hub.deadLetters()).hasSize(2));

            scene.standIn.clearFaults();
            scene.hub
                    .deadLetters()
                    .forEach(letter ->
                            scene.hub.replay(letter.path("deadLetterId").asText()));
            scene.settlesWith("Refused", "Refused too", "Event 1", "Event 2");
            assertThat(scene.hub.deadLetters()).isEmpty();
        }
    }

    @Test
    void aDeadLetterGoesWhenItsReplayArrivedButTheAnswerWasLost() {
        try (Scene scene = Scene.synced(environment, 3)) {
            scene.standIn.fault(StandInFault.badCalendarData().on("PUT"));
            scene.retitle("Event 0", "Refused");
            scene.newRow("Refused too");
            scene.eventually(() -> assertThat(scene.hub.deadLetters()).hasSize(2));

            scene.standIn.clearFaults();
            scene.standIn.fault(StandInFault.loseAnswer().on("PUT").times(2));
            scene.hub
                    .deadLetters()
                    .forEach(letter ->
                            scene.hub.replay(letter.path("deadLetterId").asText()));
            scene.eventually(() -> assertThat(scene.hub.deadLetters()).isEmpty());
            scene.hub.syncCompletely(scene.integration);
            scene.settlesWith("Refused", "Refused too", "Event 1", "Event 2");
        }
    }

    static Stream<StandInFault> passing() {
        return Stream.of(
                StandInFault.status(412).once(),
                StandInFault.status(500).once(),
                StandInFault.status(503).once(),
                StandInFault.status(423).once(),
                StandInFault.cut().once(),
                StandInFault.cutHalfway().once(),
                StandInFault.loseAnswer().once(),
                StandInFault.loseAnswer().times(4),
                StandInFault.status(500).times(9),
                StandInFault.cut().times(9));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aPassingFaultOfACreateAnUpdateAndADeleteDoublesAndLosesNothing(StandInFault fault) {
        try (Scene scene = Scene.synced(environment, 5)) {
            scene.standIn.fault(fault.on("PUT").and(request -> request.header("if-none-match") != null));
            scene.standIn.fault(fault.on("PUT").and(request -> request.header("if-match") != null));
            scene.standIn.fault(fault.on("DELETE"));
            scene.newRow("Made here");
            scene.retitle("Event 0", "Edited here");
            scene.dayflow.delete("calendar_events", scene.row("Event 1"));

            scene.settlesWith("Made here", "Edited here", "Event 2", "Event 3", "Event 4");
            assertThat(scene.hub.deadLetters()).isEmpty();
            assertThat(scene.work.size()).isEqualTo(5);
            assertThat(scene.links()).isEqualTo(5);
            scene.standIn.clearFaults();
            assertThat(scene.work.text("e0.ics")).contains("X-KEPT:yes");
        }
    }

    @Test
    void anAnswerLostForGoodAfterACreateIsFoundAgainEvenWhenThePollSeesTheObjectFirst() {
        try (Scene scene = Scene.synced(environment, 3)) {
            scene.standIn.fault(StandInFault.loseAnswer().on("PUT"));
            scene.newRow("Made here");
            scene.eventually(() -> assertThat(scene.titlesOnServer()).contains("Made here"));
            scene.hub.sync(scene.integration);
            scene.standIn.clearFaults();
            scene.settlesWith("Made here", "Event 0", "Event 1", "Event 2");
            assertThat(scene.links()).isEqualTo(4);
        }
    }

    @Test
    void aWriteThatFailsForAWhileIsSeenOnTheConnectionAndInTheJobAndMadeGood() {
        try (Scene scene = Scene.synced(environment, 3)) {
            scene.standIn.fault(StandInFault.status(500).on("PUT"));
            scene.retitle("Event 0", "Edited here");
            scene.eventually(() -> {
                assertThat(scene.status()).isEqualTo("error");
                assertThat(scene.errorCode()).isIn("transient", "rate_limited");
                assertThat(scene.card().path("counts").path("pending").asInt()).isEqualTo(1);
            });
            scene.standIn.clearFaults();
            scene.settlesWith("Edited here", "Event 1", "Event 2");
        }
    }

    @Test
    void aRecoveredWriteClearsTheConnectionEvenWhereNoRunsAreScheduled() {
        try (Scene scene = Scene.synced(environment, 3, Map.of("autoSync", false, "exportNew", "all"))) {
            scene.standIn.fault(StandInFault.status(500).on("PUT"));
            scene.retitle("Event 0", "Edited here");
            scene.eventually(() -> assertThat(scene.status()).isEqualTo("error"));
            scene.standIn.clearFaults();
            scene.eventually(() -> assertThat(scene.titlesOnServer()).contains("Edited here"));
            scene.awaitStatus("success", "");
        }
    }

    @Test
    void aWishForPatienceAtAWriteIsGrantedAndNothingIsSentBefore() {
        try (Scene scene = Scene.synced(environment, 3)) {
            scene.standIn.forgetRequests();
            scene.standIn.fault(StandInFault.tooManyRequests(java.time.Duration.ofSeconds(8))
                    .on("PUT")
                    .once());
            scene.retitle("Event 0", "Edited here");
            scene.awaitStatus("error", "rate_limited");
            scene.retitle("Event 1", "Edited here too");
            scene.eventually(() -> assertThat(scene.standIn.requests()).hasSizeGreaterThan(1));
            var requests = scene.standIn.requests();
            assertThat((requests.get(1).nanos() - requests.get(0).nanos()) / 1e9)
                    .isGreaterThanOrEqualTo(8.0);
            scene.settlesWith("Edited here", "Edited here too", "Event 2");
        }
    }

    @Test
    void refusedCredentialsAtAWriteAskForANewConnection() {
        try (Scene scene = Scene.synced(environment, 3)) {
            scene.standIn.fault(StandInFault.status(401).on("PUT"));
            scene.retitle("Event 0", "Edited here");
            scene.awaitStatus("needs_reconnect", "needs_reconnect");
            assertThat(scene.hub.deadLetters()).isEmpty();
            scene.standIn.clearFaults();
            scene.hub.connectCalDav(scene.standIn.baseUrl(), "alice", "secret");
            scene.settlesWith("Edited here", "Event 1", "Event 2");
        }
    }

    @Test
    void anObjectThatIsGoneWhenItsEditArrivesIsMadeAnewWhereEditsWin() {
        try (Scene scene = Scene.synced(
                environment, 5, Map.of("conflictResolution", "merge", "exportNew", "all", "autoSync", false))) {
            scene.work.hideDeletions(true);
            scene.work.remove("e0.ics");
            scene.retitle("Event 0", "Edited here");
            scene.eventually(() -> assertThat(scene.titlesOnServer()).contains("Edited here"));
            scene.settlesWith("Edited here", "Event 1", "Event 2", "Event 3", "Event 4");
            assertThat(scene.links()).isEqualTo(5);
        }
    }

    @Test
    void aServerThatRewritesWhatItIsGivenGetsNoEndlessWrites() {
        for (boolean withEtag : List.of(true, false)) {
            try (Scene scene = Scene.synced(environment, 3)) {
                scene.standIn.rewriteOnPut(withEtag);
                scene.retitle("Event 0", "Edited here");
                scene.newRow("Made here");
                scene.settlesWith("Edited here", "Made here", "Event 1", "Event 2");
                scene.retitle("Edited here", "Edited twice");
                scene.retitle("Made here", "Made and edited");
                scene.settlesWith("Edited twice", "Made and edited", "Event 1", "Event 2");
                scene.retitleOnServer("e0.ics", "Edited there");
                scene.hub.syncCompletely(scene.integration);
                scene.settlesWith("Edited there", "Made and edited", "Event 1", "Event 2");
                assertThat(scene.work.text("e0.ics")).contains("X-KEPT:yes");
            }
        }
    }
}
