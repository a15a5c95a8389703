package io.dayflow.hub.sandbox.todoist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The API as the sheet and the published types describe it. */
class TodoistApiTest {

    private static final String ALL = "[\"items\",\"projects\",\"sections\",\"labels\",\"user\"]";

    private final Scene scene = new Scene();

    @Test
    void aFullSyncShowsWhatIsActiveAndAnIncrementalOneWhatChanged() {
        var kept = scene.add("{\"content\":\"Kept\"}");
        var done = scene.add("{\"content\":\"Done\"}");
        var gone = scene.add("{\"content\":\"Gone\"}");
        var full = scene.sync("*", "[\"all\"]");
        assertThat(full.path("full_sync").asBoolean()).isTrue();
        assertThat(full.path("user").path("tz_info").path("timezone").asText()).isEqualTo("Europe/Berlin");
        assertThat(full.path("user").toString()).doesNotContain("sandbox_");
        assertThat(ids(full.path("items"))).containsExactlyInAnyOrder(kept, done, gone);

        scene.done("POST", "tasks/" + done + "/close");
        scene.done("DELETE", "tasks/" + gone);
        var since = scene.sync(full.path("sync_token").asText(), ALL);
        assertThat(since.path("full_sync").asBoolean()).isFalse();
        assertThat(ids(since.path("items"))).containsExactly(done, gone);
        assertThat(since.path("items").get(0).path("checked").asBoolean()).isTrue();
        assertThat(since.path("items").get(1).path("is_deleted").asBoolean()).isTrue();
        assertThat(since.path("projects")).isEmpty();
        assertThat(since.has("user")).isFalse();
        assertThat(scene.sync(since.path("sync_token").asText(), ALL).path("items"))
                .isEmpty();

        assertThat(ids(scene.sync("*", ALL).path("items"))).containsExactly(kept);
        assertThat(scene.task(gone).path("is_deleted").asBoolean()).isTrue();
        scene.done("DELETE", "tasks/" + gone);
        assertThat(ids(scene.get(
                                "tasks/completed/by_completion_date?since=2026-11-25T00:00:00Z&until=2026-11-26T00:00:00Z")
                        .path("items")))
                .containsExactly(done);
    }

    @Test
    void aTokenThatWasNotGivenToThisAccountIsRefused() {
        var error = scene.refused(400, "POST", "sync", "{\"sync_token\":\"bm9uZQ\",\"resource_types\":[\"items\"]}");
        assertThat(error.path("error_tag").asText()).isEqualTo("INVALID_SYNC_TOKEN");
        var other = new Scene().sync("*", ALL).path("sync_token").asText();
        scene.refused(400, "POST", "sync", "{\"sync_token\":\"" + other + "\",\"resource_types\":[\"items\"]}");
    }

    @Test
    void aCommandIsCarriedOutOnceAndAnsweredAgainAsItWas() {
        var uuid = UUID.randomUUID().toString();
        var add = Scene.commands(Scene.command(uuid, "item_add", "{\"content\":\"Once\"}"));
        var first = scene.post("sync", add);
        var again = scene.post("sync", add);
        assertThat(again.path("temp_id_mapping"))
                .isEqualTo(first.path("temp_id_mapping"))
                .isNotEmpty();
        assertThat(again.path("sync_status").path(uuid).asText()).isEqualTo("ok");
        assertThat(scene.get("tasks").path("results")).hasSize(1);
        assertThat(names()).containsExactly("item:added");
    }

    @Test
    void laterCommandsNameNewObjectsByTheirTemporaryIdsAndOneFailureUndoesNothing() {
        var project = UUID.randomUUID().toString();
        var item = UUID.randomUUID().toString();
        var broken = UUID.randomUUID().toString();
        var answer = scene.post(
                "sync",
                Scene.commands(
                        Scene.command(project, "project_add", "{\"name\":\"Work\"}"),
                        Scene.command(
                                item, "item_add", "{\"content\":\"In it\",\"project_id\":\"tmp-" + project + "\"}"),
                        Scene.command(broken, "item_update", "{\"id\":\"nobody\",\"content\":\"x\"}")));
        var mapping = answer.path("temp_id_mapping");
        assertThat(scene.task(mapping.path("tmp-" + item).asText()).path("project_id"))
                .isEqualTo(mapping.path("tmp-" + project));
        assertThat(answer.path("sync_status").path(broken).path("http_code").asInt())
                .isEqualTo(404);
    }

    @Test
    void aTaskThatComesBackIsAdvancedByClosingAndNotChecked() {
        var id = scene.add("{\"content\":\"Water\",\"due_string\":\"every 3 days\"}");
        assertThat(scene.task(id).path("due").path("date").asText()).isEqualTo("2026-11-25");
        scene.done("POST", "tasks/" + id + "/close");
        var task = scene.task(id);
        assertThat(task.path("checked").asBoolean()).isFalse();
        assertThat(task.path("due").path("date").asText()).isEqualTo("2026-11-28");
        assertThat(task.path("due").path("string").asText()).isEqualTo("every 3 days");
        var event = scene.events.getLast();
        assertThat(event.path("event_name").asText()).isEqualTo("item:updated");
        assertThat(event.path("event_data_extra").path("update_intent").asText())
                .isEqualTo("item_completed");
        assertThat(event.path("event_data_extra")
                        .path("old_item")
                        .path("due")
                        .path("date")
                        .asText())
                .isEqualTo("2026-11-25");

        scene.command(
                "item_update",
                "{\"id\":\"%s\",\"due\":{\"date\":\"2026-12-01\",\"string\":\"every 3 days\"}}".formatted(id));
        assertThat(scene.task(id).path("due").path("is_recurring").asBoolean()).isTrue();
        scene.command("item_update", "{\"id\":\"%s\",\"due\":{\"date\":\"2026-12-02\"}}".formatted(id));
        assertThat(scene.task(id).path("due").path("is_recurring").asBoolean()).isFalse();
        scene.command("item_update", "{\"id\":\"%s\",\"due\":null}".formatted(id));
        assertThat(scene.task(id).path("due").isNull()).isTrue();
    }

    @Test
    void dueDatesHaveThreeForms() {
        var day = scene.post("tasks", "{\"content\":\"a\",\"due_date\":\"2026-12-01\"}")
                .path("due");
        assertThat(day.path("date").asText()).isEqualTo("2026-12-01");
        var floating = scene.post("tasks", "{\"content\":\"a\",\"due_string\":\"tomorrow at 9:30\"}")
                .path("due");
        assertThat(floating.path("date").asText()).isEqualTo("2026-11-26T09:30:00");
        assertThat(floating.path("timezone").isNull()).isTrue();
        scene.command(
                "item_add",
                "{\"content\":\"b\",\"due\":{\"date\":\"2026-12-01T08:00:00Z\",\"timezone\":\"Europe/Berlin\"}}");
        var fixed = scene.events.getLast().path("event_data").path("due");
        assertThat(fixed.path("date").asText()).isEqualTo("2026-12-01T08:00:00Z");
        assertThat(fixed.path("timezone").asText()).isEqualTo("Europe/Berlin");
        var id = scene.add("{\"content\":\"c\",\"due_string\":\"today\"}");
        scene.post("tasks/" + id, "{\"due_string\":\"no date\"}");
        assertThat(scene.task(id).path("due").isNull()).isTrue();
        scene.refused(400, "POST", "tasks", "{\"content\":\"a\",\"due_string\":\"when the cows come home\"}");
        scene.refused(400, "POST", "tasks", "{\"content\":\"a\",\"due_date\":\"2026-13-01\"}");
    }

    @Test
    void completingCompletesWhatIsBelowAndReopeningBringsBackWhatIsAbove() {
        var parent = scene.add("{\"content\":\"Trip\"}");
        var child = scene.add("{\"content\":\"Tickets\",\"parent_id\":\"" + parent + "\"}");
        scene.done("POST", "tasks/" + parent + "/close");
        assertThat(scene.task(child).path("checked").asBoolean()).isTrue();
        assertThat(scene.task(child).path("updated_at").asText())
                .isGreaterThan(scene.task(child).path("completed_at").asText());
        scene.done("POST", "tasks/" + child + "/reopen");
        assertThat(scene.task(parent).path("checked").asBoolean()).isFalse();
        assertThat(names())
                .containsExactly(
                        "item:added",
                        "item:added",
                        "item:completed",
                        "item:completed",
                        "item:uncompleted",
                        "item:uncompleted");
    }

    @Test
    void withItsProjectATaskIsGoneForGood() {
        var project =
                scene.post("projects", "{\"name\":\"Short-lived\"}").path("id").asText();
        var id = scene.add("{\"content\":\"In it\",\"project_id\":\"" + project + "\"}");
        var token = scene.sync("*", ALL).path("sync_token").asText();
        scene.done("DELETE", "projects/" + project);
        scene.refused(404, "GET", "tasks/" + id, "{}");
        scene.refused(404, "DELETE", "tasks/" + id, "{}");
        var since = scene.sync(token, ALL);
        assertThat(since.path("projects").get(0).path("is_deleted").asBoolean()).isTrue();
        assertThat(since.path("items")).isEmpty();
        assertThat(scene.get("tasks?project_id=" + project).path("results")).isEmpty();
        scene.refused(400, "GET", "tasks?project_id=1234", "{}");
    }

    @Test
    void aTaskIsMovedWithWhatIsBelowToExactlyOnePlace() {
        var project = scene.post("projects", "{\"name\":\"Work\"}").path("id").asText();
        var section = scene.post("sections", "{\"name\":\"Later\",\"project_id\":\"" + project + "\"}")
                .path("id")
                .asText();
        var parent = scene.add("{\"content\":\"Trip\"}");
        var child = scene.add("{\"content\":\"Tickets\",\"parent_id\":\"" + parent + "\"}");
        scene.post("tasks/" + parent + "/move", "{\"section_id\":\"" + section + "\"}");
        assertThat(scene.task(child).path("section_id").asText()).isEqualTo(section);
        assertThat(scene.task(child).path("project_id").asText()).isEqualTo(project);
        assertThat(scene.task(child).path("parent_id").asText()).isEqualTo(parent);
        scene.refused(400, "POST", "tasks/" + parent + "/move", "{\"parent_id\":\"" + child + "\"}");
        scene.refused(400, "POST", "tasks/" + parent + "/move", "{}");
        scene.done("DELETE", "sections/" + section);
        assertThat(scene.task(child).path("is_deleted").asBoolean()).isTrue();
    }

    @Test
    void everyChangeMovesTheTimeAndTextIsTrimmed() {
        var created = scene.post("tasks", "{\"content\":\"  Read  \",\"labels\":[\"shared one\"],\"priority\":4}");
        assertThat(created.path("content").asText()).isEqualTo("Read");
        assertThat(created.path("updated_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        var changed = scene.post("tasks/" + created.path("id").asText(), "{\"description\":\"Why\"}");
        assertThat(changed.path("updated_at").asText())
                .isGreaterThan(created.path("updated_at").asText());
        assertThat(scene.get("labels/shared").path("results").get(0).asText()).isEqualTo("shared one");
        scene.refused(400, "POST", "tasks", "{\"content\":\"x\",\"priority\":5}");
        scene.refused(400, "POST", "tasks", "{\"content\":\"  \"}");
        scene.refused(400, "POST", "tasks", "{}");
    }

    @Test
    void renamingALabelRewritesItsTasks() {
        var label = scene.post("labels", "{\"name\":\"old\"}").path("id").asText();
        var id = scene.add("{\"content\":\"x\",\"labels\":[\"old\",\"other\"]}");
        scene.post("labels/" + label, "{\"name\":\"new\"}");
        assertThat(scene.task(id).path("labels").toString()).isEqualTo("[\"new\",\"other\"]");
    }

    @Test
    void listsComeInPages() {
        IntStream.range(0, 120).forEach(i -> scene.add("{\"content\":\"Task " + i + "\"}"));
        var first = scene.get("tasks");
        assertThat(first.path("results")).hasSize(50);
        var second = scene.get("tasks?cursor=" + first.path("next_cursor").asText());
        var third = scene.get("tasks?cursor=" + second.path("next_cursor").asText());
        assertThat(third.path("results")).hasSize(20);
        assertThat(third.path("next_cursor").isNull()).isTrue();
        scene.refused(400, "GET", "tasks?limit=201", "{}");
        scene.refused(
                400, "GET", "tasks?limit=10&cursor=" + first.path("next_cursor").asText(), "{}");
        assertThat(scene.get("tasks?limit=200&surprise=1").path("results")).hasSize(120);
    }

    @Test
    void syncsAreLimitedInAQuarterOfAnHour() {
        for (int i = 0; i < Allowance.FULL; i++) {
            scene.sync("*", "[]");
        }
        var error = scene.refused(429, "POST", "sync", "{\"sync_token\":\"*\",\"resource_types\":[]}");
        assertThat(error.path("error_extra").path("retry_after").asInt()).isEqualTo(900);
        scene.command("item_add", "{\"content\":\"Commands count as partial ones\"}");
        scene.later(Duration.ofMinutes(15));
        scene.sync("*", "[]");
    }

    @Test
    void madeUpTasksAreAllDifferentAndOfAllKinds() {
        new MadeUpTasks(scene.ledger).make(1_000);
        scene.ledger.told();
        var items = scene.sync("*", ALL).path("items");
        assertThat(items).hasSize(1_000);
        assertThat(items.valueStream()
                        .map(item -> item.path("content").asText())
                        .distinct())
                .hasSize(1_000);
        assertThat(items.valueStream().filter(item -> Due.recurs(item.path("due"))))
                .hasSizeGreaterThan(100);
        assertThat(items.valueStream()
                        .filter(item -> item.path("due").path("date").asText().startsWith("2026-11-25")))
                .hasSizeGreaterThan(100);
        assertThat(items.valueStream()
                        .map(item -> item.path("section_id").asText())
                        .distinct())
                .hasSizeGreaterThan(3);
    }

    private List<String> names() {
        return scene.events.stream()
                .map(event -> event.path("event_name").asText())
                .toList();
    }

    private static List<String> ids(JsonNode list) {
        return list.valueStream().map(each -> each.path("id").asText()).toList();
    }
}
