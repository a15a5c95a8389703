package io.dayflow.hub.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.server.StandInFault;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** A create whose fate is unknown, and what its user does to the event meanwhile. */
@ImpatientHub
class UnansweredCreatesIT {

    @Autowired
    private Environment environment;

    /** A new event whose create arrived or not, with no word about it, on a server that then takes no more writes. */
    private static UUID unanswered(Scene scene, boolean arrives) {
        if (arrives) {
            scene.standIn.fault(StandInFault.loseAnswer().on("PUT").once());
        }
        scene.standIn.fault(StandInFault.status(503).on("PUT"));
        UUID row = scene.newRow("New");
        scene.standIn.awaitRequest(Scene.PATIENCE, request -> request.method().equals("PUT"));
        if (arrives) {
            scene.eventually(() -> assertThat(scene.titlesOnServer()).contains("New"));
        }
        return row;
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void anEditMadeMeanwhileFollowsTheCreate(boolean arrives, boolean polled) {
        try (Scene scene = Scene.synced(environment, 2)) {
            unanswered(scene, arrives);
            scene.retitle("New", "Edited");
            if (polled) {
                scene.hub.sync(scene.integration);
            }
            scene.standIn.clearFaults();
            scene.settlesWith("Edited", "Event 0", "Event 1");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aDeletionMadeMeanwhileFollowsTheCreate(boolean arrives, boolean polled) {
        try (Scene scene = Scene.synced(environment, 2)) {
            scene.dayflow.delete("calendar_events", unanswered(scene, arrives));
            if (polled) {
                scene.hub.sync(scene.integration);
            }
            scene.standIn.clearFaults();
            scene.settlesWith("Event 0", "Event 1");
        }
    }

    @Test
    void aCreateThatWasRefusedIsSentAsItWasEdited() {
        try (Scene scene = Scene.synced(environment, 2)) {
            scene.standIn.fault(StandInFault.badCalendarData().on("PUT"));
            scene.newRow("New");
            scene.eventually(() -> assertThat(scene.hub.deadLetters()).hasSize(1));
            scene.standIn.clearFaults();
            scene.standIn.fault(StandInFault.badCalendarData()
                    .on("PUT")
                    .and(request -> request.body().contains("SUMMARY:New")));
            scene.retitle("New", "Edited");
            scene.settlesWith("Edited", "Event 0", "Event 1");
            assertThat(scene.hub.deadLetters()).isEmpty();
        }
    }
}
