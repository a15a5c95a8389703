package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.OpenConflict;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Before the first write, what both sides hold already is known again: exact twins are one, near ones are a question. */
class FirstContactTest {

    private final MemoryScene scene = new MemoryScene();
    private final SceneAccount lists = new SceneAccount(scene, "{\"exportNew\": \"all\"}", "home", "work");

    @ParameterizedTest
    @CsvSource({"'',''", "2026-12-01, 2026-12-01", "2026-12-01T00:00:00Z, 2026-12-01"})
    void exactTwinsAreOneAndNothingIsWrittenToTheService(String dueHere, String dueThere) {
        UUID row = known("Buy milk", dueHere);
        there("milk", "Buy milk", dueThere);

        lists.run();

        assertThat(scene.rows()).containsOnlyKeys(row);
        assertThat(open()).isEmpty();
        settlesWithoutAWrite();
        scene.edit(row, Map.of("title", "Buy oat milk"));
        scene.absorb();
        lists.push();
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy oat milk");
        assertThat(lists.held()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"buy MILK", "'Buy  milk'", "' Buy milk '", "Buy\u00a0milk", "\uff22uy milk"})
    void titlesThatDifferInCaseOrBlanksAreAQuestion(String title) {
        UUID row = known("Buy milk", "");
        there("milk", title, "");

        lists.run();

        assertThat(scene.rows()).containsOnlyKeys(row);
        assertThat(open()).singleElement().satisfies(conflict -> {
            assertThat(conflict.type()).isEqualTo(OpenConflict.Type.DUPLICATE);
            assertThat(conflict.fields()).extracting(OpenConflict.Field::field).containsExactly("title");
        });
        settlesWithoutAWrite();
    }

    @ParameterizedTest
    @CsvSource({"'',2026-12-01", "2026-12-01,2026-12-02", "2026-12-01T09:00:00Z,2026-12-01"})
    void anotherTimeIsAnotherTask(String dueHere, String dueThere) {
        known("Buy milk", dueHere);
        there("milk", "Buy milk", dueThere);

        lists.run();

        assertThat(scene.rows()).hasSize(2);
        assertThat(open()).isEmpty();
        settlesWithoutAWrite();
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 2", "2, 1, 2", "2, 2, 2", "3, 2, 3", "2, 3, 3"})
    void ofIdenticalTwinsEachIsMatchedOnce(int here, int there, int rows) {
        for (int i = 0; i < here; i++) {
            known("Buy milk", "");
        }
        for (int i = 0; i < there; i++) {
            there("milk" + i, "Buy milk", "");
        }

        lists.run();

        assertThat(scene.rows()).hasSize(rows);
        assertThat(open()).isEmpty();
        assertThat(lists.held()).hasSize(there);
        settlesWithoutAWrite();
        assertThat(scene.rows()).hasSize(rows);
    }

    @Test
    void twinsInTwoListsOfTheServiceAreTwoTasks() {
        known("Buy milk", "");
        there("milk", "Buy milk", "");
        lists.service.add("again", "work", Map.of("title", "Buy milk"));

        lists.run();

        assertThat(scene.rows()).hasSize(2);
        settlesWithoutAWrite();
    }

    @ParameterizedTest
    @CsvSource({"daily, FREQ=DAILY, true", "weekly, FREQ=DAILY, false"})
    void aRepeatingTaskIsKnownAgainByItsFirstDayAndAnotherRuleIsAQuestion(String type, String rule, boolean same) {
        UUID row = scene.id();
        var repeat = JsonNodeFactory.instance.objectNode().put("type", type).put("interval", 1);
        scene.store.saveRow(
                scene.user,
                Kind.TASK,
                row,
                Map.of(
                        "title", TextNode.valueOf("Water"),
                        "due", TextNode.valueOf("2026-12-01T00:00:00Z"),
                        "recurrence", repeat));
        forgetCaptured();
        lists.service.add("water", "home", Map.of("title", "Water", "due", "2026-12-01", "recurrence", rule));

        lists.run();

        assertThat(scene.rows()).containsOnlyKeys(row);
        assertThat(open()).hasSize(same ? 0 : 1);
        settlesWithoutAWrite();
    }

    @Test
    void whatElseDiffersIsAQuestionWithEveryFieldInIt() {
        UUID row = scene.id();
        scene.edit(row, Map.of("title", "Buy milk", "notes", "two"));
        forgetCaptured();
        lists.service.add("milk", "home", Map.of("title", "Buy milk", "notes", "three"));
        lists.service.setLabels("milk", "shop");

        lists.run();

        assertThat(open())
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.fields())
                        .extracting(OpenConflict.Field::field)
                        .containsExactly("labels/shop", "notes"));
        settlesWithoutAWrite();
        lists.service.set("milk", "notes", "two");
        lists.service.setLabels("milk");
        lists.run();
        assertThat(open()).as("they agree by themselves").isEmpty();
        assertThat(scene.rows()).containsOnlyKeys(row);
    }

    @Test
    void aTwinAtASecondAccountIsTheSameItem() {
        SceneAccount other = new SceneAccount(scene, "{}", "home");
        there("milk", "Buy milk", "");
        other.service.add("there", "home", Map.of("title", "Buy milk"));

        lists.run();
        other.run();

        assertThat(scene.rows()).hasSize(1);
        assertThat(open()).isEmpty();
        scene.edit(scene.rowId("Buy milk"), Map.of("title", "Buy oat milk"));
        scene.absorb();
        lists.push();
        other.push();
        assertThat(other.service.field("there", "title")).isEqualTo("Buy oat milk");
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy oat milk");
    }

    /** A row that DayFlow had before anything was connected. */
    private UUID known(String title, String due) {
        UUID row = scene.id();
        scene.edit(row, due.isEmpty() ? Map.of("title", title) : Map.of("title", title, "due", instant(due)));
        forgetCaptured();
        return row;
    }

    private static String instant(String due) {
        return due.length() == 10 ? due + "T00:00:00Z" : due;
    }

    /** As of rows from before the hub: nobody captured them. */
    private void forgetCaptured() {
        scene.store.captured.keys().forEach(scene.store.captured::remove);
    }

    private void there(String id, String title, String due) {
        lists.service.add(id, "home", due.isEmpty() ? Map.of("title", title) : Map.of("title", title, "due", due));
    }

    private List<OpenConflict> open() {
        return scene.store.conflicts.stream()
                .filter(conflict -> conflict.open())
                .map(conflict -> conflict.content())
                .toList();
    }

    private void settlesWithoutAWrite() {
        scene.absorb();
        lists.push();
        lists.run();
        lists.push();
        assertThat(lists.service.writes).isEmpty();
    }
}
