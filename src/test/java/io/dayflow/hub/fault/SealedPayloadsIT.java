package io.dayflow.hub.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.keyset.Keys;
import io.dayflow.hub.keyset.SealAnew;
import io.dayflow.hub.privacy.Export;
import io.dayflow.hub.server.StandInFault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

/** With {@code hub.encryption.payloads} nothing of an item is readable in journal and dead letters but through the hub. */
@ImpatientHub
@TestPropertySource(properties = "hub.encryption.payloads=true")
class SealedPayloadsIT {

    @Autowired
    Environment environment;

    @Autowired
    Keys keys;

    @Autowired
    SealAnew sealAnew;

    @Autowired
    Export export;

    private static List<String> rows(Scene scene, String table) {
        return scene
                .dayflow
                .query("select t::text as t from hub." + table + " t where user_id = ?", scene.user)
                .stream()
                .map(row -> String.valueOf(row.get("t")))
                .toList();
    }

    @Test
    void journalAndDeadLettersAreSealedReadBackUndoneAndSealedAnew() {
        try (Scene scene = Scene.synced(environment, 3)) {
            scene.retitle("Event 1", "Very private");
            scene.settlesWith("Event 0", "Very private", "Event 2");
            scene.standIn.fault(StandInFault.badCalendarData().on("PUT"));
            scene.retitle("Event 2", "Refused and private");
            scene.eventually(() -> assertThat(scene.hub.deadLetters()).hasSize(1));
            scene.standIn.clearFaults();

            assertThat(rows(scene, "journal")).hasSizeGreaterThan(3).noneMatch(row -> row.contains("Event"));
            assertThat(rows(scene, "journal")).noneMatch(row -> row.contains("private"));
            assertThat(rows(scene, "dead_letter")).noneMatch(row -> row.contains("and private"));
            readable(scene);
            exported(scene);

            keys.rotate();
            sealAnew.goOn();

            assertThat(scene.dayflow.query("select distinct sealed_key from hub.journal where sealed is not null"
                            + " union select sealed_key from hub.dead_letter where sealed is not null"))
                    .hasSize(1);
            readable(scene);
            undone(scene);
        }
    }

    private static void readable(Scene scene) {
        var letter = scene.hub.deadLetters().getFirst();
        assertThat(letter.path("payload").asText()).contains("Refused and private");
        var history = scene.hub.get("api/integrations/history").toString();
        assertThat(history).contains("Very private", "Event 0");
        var first = scene.hub.jobs(scene.integration).getLast().path("jobId").asText();
        assertThat(scene.hub.job(first).path("changes").toString()).contains("\"title\":\"Event 0\"");
    }

    /** It is the person's own: an export holds it where it stands unsealed otherwise, and nothing sealed. */
    private void exported(Scene scene) {
        var files = new HashMap<String, JsonNode>();
        var bytes = new ByteArrayOutputStream();
        try {
            export.write(scene.user, () -> bytes);
            try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (entry.getName().endsWith(".json")) {
                        files.put(entry.getName(), new ObjectMapper().readTree(zip.readAllBytes()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(files.get("journal.json")).allSatisfy(row -> {
            assertThat(row.has("sealed")).isFalse();
            assertThat(row.path("before").isObject() || row.path("after").isObject())
                    .isTrue();
        });
        assertThat(files.get("journal.json").findValuesAsText("title")).contains("Very private", "Event 0");
        assertThat(files.get("dead-letters.json").findValuesAsText("payload").getFirst())
                .contains("Refused and private");
    }

    private static void undone(Scene scene) {
        var history = scene.hub.get("api/integrations/history").path("items");
        var edit = StreamSupport.stream(history.spliterator(), false)
                .filter(entry -> entry.path("after").path("title").asText().equals("Very private")
                        && !entry.path("before").isNull())
                .findFirst()
                .orElseThrow();
        // a row of the time before the setting was on
        scene.dayflow.execute(
                "insert into hub.journal (user_id, item_id, operation, before, after, cause)"
                        + " values (?, ?, 'update', '{\"title\": \"Plain before\"}', '{\"title\": \"Plain\"}', 'sync')",
                scene.user,
                UUID.fromString(edit.path("itemId").asText()));
        assertThat(scene.hub.get("api/integrations/history").toString()).contains("Plain before");

        scene.hub
                .send("POST", "api/integrations/history/" + edit.path("id").asText() + "/undo", Map.of())
                .expect(200);
        scene.eventually(() -> assertThat(scene.titlesInDayflow()).contains("Event 1"));
        scene.eventually(() -> assertThat(scene.titlesOnServer()).contains("Event 1"));
    }
}
