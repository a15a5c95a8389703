package io.dayflow.hub.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.sandbox.caldav.StandInCalendar;
import io.dayflow.hub.server.CalDavStandIn;
import io.dayflow.hub.server.HubClient;
import io.dayflow.hub.server.StandInFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Servers that refuse, forget or garble what the hub reads. */
@ImpatientHub
class RefusedReadsIT {

    @Autowired
    private Environment environment;

    @Test
    void aChangedPasswordStopsEverythingUntilTheUserConnectsAgainAndThenNothingIsLostOrDoubled() {
        try (Scene scene = Scene.synced(environment, 5)) {
            long links = scene.links();
            scene.standIn.password("another");
            assertThat(scene.failingSync()).isEqualTo("api_error");
            scene.awaitStatus("needs_reconnect", "needs_reconnect");
            assertThat(scene.card().path("nextSyncAt").isNull()).isTrue();
            assertThat(scene.dayflow.query(
                            "select actor, provider, detail ->> 'by' as by from hub.audit"
                                    + " where action = 'credentials.refused' and user_id = ?",
                            scene.user))
                    .as("said once")
                    .containsExactly(Map.of("actor", "hub", "provider", "caldav", "by", "run"));

            scene.standIn.forgetRequests();
            scene.retitle("Event 0", "Edited here");
            scene.newRow("Made here");
            scene.retitleOnServer("e1.ics", "Edited there");
            await().during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(8))
                    .untilAsserted(() -> assertThat(scene.standIn.requests()).isEmpty());

            HubClient.Answer wrong = connect(scene, "wrong");
            assertThat(wrong.status()).isEqualTo(422);
            JsonNode right = connect(scene, "another").expect(201);
            assertThat(right.path("integrationId").asText()).isEqualTo(scene.integration);
            scene.settlesWith("Edited here", "Made here", "Edited there", "Event 2", "Event 3", "Event 4");
            assertThat(scene.links()).isEqualTo(links + 1);
        }
    }

    private static HubClient.Answer connect(Scene scene, String password) {
        return scene.hub.send(
                "POST",
                "api/integrations",
                Map.of(
                        "action",
                        "connect",
                        "service",
                        "caldav",
                        "credentials",
                        Map.of(
                                "url",
                                scene.standIn.baseUrl().toString(),
                                "username",
                                CalDavStandIn.USER,
                                "password",
                                password)));
    }

    @Test
    void anObjectThatVanishesBetweenTheListingAndTheReadingIsGoneWithTheNextListing() {
        try (Scene scene = Scene.synced(environment, 20)) {
            scene.retitleOnServer("e1.ics", "Edited there");
            scene.standIn.fault(StandInFault.status(404).on("GET").once());
            scene.hub.syncCompletely(scene.integration);
            assertThat(scene.titlesInDayflow()).hasSize(20);

            scene.work.remove("e1.ics");
            scene.hub.syncCompletely(scene.integration);
            scene.settlesWith(scene.titlesOnServer());
            assertThat(scene.titlesInDayflow()).hasSize(19);
        }
    }

    @Test
    void aCalendarThatIsGoneIsToldItsRowsStayAndOtherCalendarsGoOn() {
        try (Scene scene = Scene.synced(environment, 5)) {
            StandInCalendar home = scene.standIn.addCalendar("home", "Home", "VEVENT");
            home.put("h.ics", Scene.event("h", "At home"));
            connect(scene, CalDavStandIn.PASSWORD).expect(201);
            scene.hub.selectCollections(scene.integration, "Work", "Home");
            scene.hub.syncCompletely(scene.integration);
            scene.work.vanish();
            home.put("h2.ics", Scene.event("h2", "At home too"));

            scene.hub.syncCompletely(scene.integration);
            assertThat(scene.status()).isEqualTo("error");
            assertThat(scene.errorCode()).isEqualTo("collection_vanished");
            assertThat(scene.card().path("error").path("message").asText()).contains("Work");
            assertThat(scene.titlesInDayflow()).hasSize(7).contains("At home too", "Event 0");

            scene.work.reappear();
            scene.retitleOnServer("e1.ics", "Edited there");
            scene.hub.syncCompletely(scene.integration);
            scene.awaitStatus("success", "");
            assertThat(scene.titlesInDayflow())
                    .containsExactlyInAnyOrder(
                            "At home", "At home too", "Edited there", "Event 0", "Event 2", "Event 3", "Event 4");
            assertThat(scene.links()).isEqualTo(7);
        }
    }

    @Test
    void anExpiredTokenLeadsToAFullWalkThatLosesAndDoublesNothingAndNoticesDeletions() {
        try (Scene scene = Scene.synced(environment, 20)) {
            scene.retitleOnServer("e1.ics", "Edited there");
            scene.work.put("n.ics", Scene.event("n", "Made there"));
            scene.work.remove("e2.ics");
            scene.work.remove("e3.ics");
            scene.work.hideDeletions(true);
            scene.work.expireTokens();
            scene.retitle("Event 4", "Edited here");

            JsonNode job = scene.hub.syncCompletely(scene.integration);
            assertThat(job.path("counts").path("deleted").asInt()).isEqualTo(2);
            scene.settlesWith(scene.titlesOnServer());
            assertThat(scene.titlesInDayflow()).hasSize(19).contains("Edited there", "Made there", "Edited here");
        }
    }

    @Test
    void anAnswerOfBrokenXmlFailsTheRunAndChangesNothing() {
        try (Scene scene = Scene.synced(environment, 20)) {
            scene.retitleOnServer("e1.ics", "Edited there");
            scene.standIn.fault(StandInFault.malformedXml());
            assertThat(scene.failingSync()).isEqualTo("validation_error");
            scene.awaitStatus("error", "unreadable");
            assertThat(scene.titlesInDayflow()).hasSize(20).contains("Event 1");
            scene.standIn.clearFaults();
            scene.settlesWith(scene.titlesOnServer());
            assertThat(scene.titlesInDayflow()).hasSize(20).contains("Edited there");
        }
    }

    @Test
    void oneBrokenAnswerAmongTheBodiesIsMadeGoodByReadingThemOneByOne() {
        try (Scene scene = Scene.connected(environment, 20)) {
            scene.standIn.fault(StandInFault.malformedXml()
                    .and(request -> request.body().contains("calendar-multiget"))
                    .once());
            scene.hub.syncCompletely(scene.integration);
            scene.settlesWith(scene.titlesOnServer());
            assertThat(scene.titlesInDayflow()).hasSize(20);
        }
    }

    @Test
    void oneUnreadableObjectAmongAHundredIsOneDeadLetterAndNothingElse() {
        try (Scene scene = Scene.connected(environment, 100)) {
            String good = scene.work.text("e50.ics");
            scene.work.put("e50.ics", good.replaceAll("DTSTART:[^\r]*", "DTSTART:the day after tomorrow"));
            JsonNode job = scene.hub.syncCompletely(scene.integration);

            assertThat(job.path("counts").path("failed").asInt()).isEqualTo(1);
            assertThat(job.path("counts").path("created").asInt()).isEqualTo(99);
            assertThat(scene.titlesInDayflow()).hasSize(99).doesNotContain("Event 50");
            assertThat(scene.status()).isEqualTo("success");
            assertThat(scene.errorCode()).isEqualTo("partial");
            JsonNode letter = onlyLetter(scene);
            assertThat(letter.path("direction").asText()).isEqualTo("inbound");
            assertThat(letter.path("externalId").asText()).endsWith("/work/e50.ics");
            assertThat(letter.path("message").asText()).contains("the day after tomorrow");
            assertThat(letter.path("payload").asText()).contains("Event 50");

            scene.standIn.forgetRequests();
            scene.hub.syncCompletely(scene.integration);
            scene.pollNow();
            scene.eventually(() -> assertThat(scene.standIn.requests()).hasSizeGreaterThanOrEqualTo(2));
            assertThat(scene.standIn.requests())
                    .noneMatch(request -> reads(request.method(), request.path(), request.body()));
            assertThat(scene.card().path("error").path("code").asText())
                    .as("it is still among the dead letters")
                    .isEqualTo("partial");
            assertThat(onlyLetter(scene).path("attempts").asInt()).isEqualTo(1);

            // the hub did not see the repair: same version, as after a fix of the hub itself
            scene.hub.replay(letter.path("deadLetterId").asText());
            scene.eventually(
                    () -> assertThat(onlyLetter(scene).path("attempts").asInt()).isEqualTo(2));

            scene.work.put("e50.ics", good);
            scene.hub.replay(onlyLetter(scene).path("deadLetterId").asText());
            scene.eventually(() -> assertThat(scene.hub.deadLetters()).isEmpty());
            List<String> all = new ArrayList<>(
                    IntStream.range(0, 100).mapToObj(i -> "Event " + i).toList());
            scene.settlesWith(all);
            assertThat(scene.links()).isEqualTo(100);
        }
    }

    private static boolean reads(String method, String path, String body) {
        return method.equals("GET") && path.endsWith("e50.ics") || body.contains("e50.ics");
    }

    private static JsonNode onlyLetter(Scene scene) {
        List<JsonNode> letters = scene.hub.deadLetters();
        assertThat(letters).hasSize(1);
        return letters.getFirst();
    }
}
