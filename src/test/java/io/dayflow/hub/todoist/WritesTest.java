package io.dayflow.hub.todoist;

import static io.dayflow.hub.todoist.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.mapping.Outputs;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Pushed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of a write, and what the answer to them means. */
class WritesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-03-09T08:00:00Z");
    private static final String SEEN = "2026-03-02T08:00:00.000000Z";
    private static final String BASE = "{'title': 'Task', 'status': 'pending'}";

    @Test
    void aCreateSaysWhereAndWhatAndIsTheSameWhenSentAgain() {
        ObjectNode push = push(null, "{'title': 'Task', 'status': 'pending', 'labels': ['a']}");

        JsonNode commands = planned(push, NullNode.getInstance()).path("commands");

        assertThat(types(commands)).containsExactly("item_add");
        assertThat(commands.at("/0/args"))
                .isEqualTo(json("{'content': 'Task', 'project_id': 'p', 'priority': 1, 'labels': ['a']}"));
        assertThat(commands.at("/0/uuid").asText()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(planned(push, NullNode.getInstance()).path("commands")).isEqualTo(commands);
    }

    @Test
    void anotherWriteIsAnotherCommand() {
        ObjectNode push = push(BASE, "{'title': 'New', 'status': 'pending'}");
        String uuid = uuid(push);

        assertThat(uuid(push.deepCopy())).isEqualTo(uuid);
        assertThat(uuid(push.deepCopy().put("version", "2026-03-03T08:00:00.000000Z")))
                .isNotEqualTo(uuid);
        assertThat(uuid(push.deepCopy().put("itemId", "j"))).isNotEqualTo(uuid);
        assertThat(uuid(push(BASE, "{'title': 'Newer', 'status': 'pending'}"))).isNotEqualTo(uuid);
        assertThat(planned(push(null, BASE).put("externalId", "gone"), NullNode.getInstance())
                        .at("/commands/0/uuid")
                        .asText())
                .isNotEqualTo(planned(push(null, BASE), NullNode.getInstance())
                        .at("/commands/0/uuid")
                        .asText());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'title': 'New'                        | 'content': 'New'
            'title': 'Task', 'notes': 'n'         | 'description': 'n'
            'title': 'Task', 'priority': 'high'   | 'priority': 3
            'title': 'Task', 'labels': ['a']      | 'labels': ['a']
            'title': 'Task', 'estimate': 15       | 'duration': {'amount': 15, 'unit': 'minute'}
            'title': 'Task', 'due': '2026-03-09'  | 'due': {'date': '2026-03-09', 'timezone': null}
            """)
    void anUpdateSendsWhatDiffersAndItsContraryTakesItAway(String fields, String args) {
        String changed = "{'status': 'pending', " + fields + "}";
        ObjectNode there = push(BASE, changed);
        ObjectNode back = push(changed, BASE);

        assertThat(planned(there, Documents.task("{}")).at("/commands/0/args"))
                .isEqualTo(json("{'id': 't1', " + args + "}"));
        JsonNode undone = planned(back, Documents.task("{}")).at("/commands/0/args");
        assertThat(undone.size()).isEqualTo(2);
        assertThat(undone)
                .isIn(
                        json("{'id': 't1', 'content': 'Task'}"),
                        json("{'id': 't1', 'description': ''}"),
                        json("{'id': 't1', 'priority': 1}"),
                        json("{'id': 't1', 'labels': []}"),
                        json("{'id': 't1', 'duration': null}"),
                        json("{'id': 't1', 'due': null}"));
    }

    @Test
    void aTaskThatSomebodyElseChangedIsNotWritten() {
        ObjectNode push = push(BASE, "{'title': 'New', 'status': 'pending'}");

        assertThat(planned(push, Documents.task("{'updated_at': '2026-03-02T08:00:00.000001Z'}")))
                .isEqualTo(json("{'outcome': {'stale': 't1'}}"));
        assertThat(planned(push, Documents.task("{'is_deleted': true}")))
                .isEqualTo(json("{'outcome': {'gone': true}}"));
        assertThat(planned(push, NullNode.getInstance())).isEqualTo(json("{'outcome': {'gone': true}}"));
        assertThat(planned(push, Documents.task("{'updated_at': null, 'added_at': '" + SEEN + "'}"))
                        .has("commands"))
                .isTrue();
    }

    @Test
    void aTickCompletesAtItsTimeAndTakingItAwayComesFirst() {
        String done = "{'title': 'Task', 'status': 'completed', 'completedAt': '2026-03-08T10:00:00Z'}";
        JsonNode completed = planned(push(BASE, done), Documents.task("{}")).path("commands");
        JsonNode reopened = planned(
                        push(done, "{'title': 'New', 'status': 'pending'}"), Documents.task("{'checked': true}"))
                .path("commands");

        assertThat(types(completed)).containsExactly("item_complete");
        assertThat(completed.at("/0/args")).isEqualTo(json("{'id': 't1', 'date_completed': '2026-03-08T10:00:00Z'}"));
        assertThat(types(reopened)).containsExactly("item_uncomplete", "item_update");
    }

    @Test
    void aTaskThatRecursIsClosedAndNotCompleted() {
        String base = "{'title': 'Task', 'status': 'pending', 'due': '2026-03-09', 'recurrence': 'FREQ=DAILY'}";
        String done = base.replace("pending", "completed");

        JsonNode commands = planned(
                        push(base, done),
                        Documents.task("{'due': {'date': '2026-03-09', 'string': 'every day', 'is_recurring': true}}"))
                .path("commands");

        assertThat(types(commands)).containsExactly("item_close");
        assertThat(commands.at("/0/args")).isEqualTo(json("{'id': 't1'}"));
    }

    @Test
    void aNewDateKeepsTheWordsOfARuleUnlessTheyNameAnotherTime() {
        ObjectNode task = Documents.task("{'due': {'date': '2026-03-09T09:00:00', 'timezone': null,"
                + " 'string': 'ev day 9am', 'lang': 'en', 'is_recurring': true}}");
        String base =
                "{'title': 'Task', 'status': 'pending', 'due': '2026-03-09T09:00:00', 'recurrence': 'FREQ=DAILY'}";

        assertThat(planned(push(base, base.replace("09T09", "11T09")), task).at("/commands/0/args/due"))
                .isEqualTo(
                        json("{'date': '2026-03-11T09:00:00', 'timezone': null, 'string': 'ev day 9am', 'lang': 'en',"
                                + " 'is_recurring': true}"));
        assertThat(planned(push(base, base.replace("09T09", "09T10")), task)
                        .at("/commands/0/args/due/string")
                        .asText())
                .isEqualTo("every day at 10:00");
        assertThat(planned(push(base, base.replace("DAILY", "WEEKLY")), task)
                        .at("/commands/0/args/due/string")
                        .asText())
                .isEqualTo("every week at 09:00");
        assertThat(planned(push(base, base.replace(", 'recurrence': 'FREQ=DAILY'", "")), task)
                        .at("/commands/0/args/due"))
                .isEqualTo(json("{'date': '2026-03-09T09:00:00', 'timezone': null}"));
    }

    @Test
    void whatCannotBeSentIsLeftToWhatTheServiceSays() {
        String done = "{'title': 'Task', 'status': 'completed', 'completedAt': '2026-03-08T10:00:00Z'}";

        assertThat(planned(push(done, done.replace("08T", "07T")), Documents.task("{'checked': true}")))
                .isEqualTo(json("{'outcome': {'written': {'externalId': 't1'}}}"));
    }

    @Test
    void aDeleteMovesUpWhatIsBelowFirst() {
        ObjectNode push = push(BASE, null);
        String below =
                "{'results': [{'id': 'c1', 'parent_id': 't1'}, {'id': 'x', 'parent_id': null}], 'next_cursor': null}";

        JsonNode commands =
                deletion(push, Documents.task("{'section_id': 's'}"), below).path("commands");

        assertThat(types(commands)).containsExactly("item_move", "item_delete");
        assertThat(commands.at("/0/args")).isEqualTo(json("{'id': 'c1', 'section_id': 's'}"));
        assertThat(commands.at("/1/args")).isEqualTo(json("{'id': 't1'}"));
        assertThat(deletion(push, Documents.task("{'parent_id': 'q'}"), below).at("/commands/0/args"))
                .isEqualTo(json("{'id': 'c1', 'parent_id': 'q'}"));
        assertThat(types(deletion(push, Documents.task("{}"), "{'error': 'x'}").path("commands")))
                .containsExactly("item_delete");
    }

    @Test
    void aDeleteStopsAtATaskThatWasChangedAndHasNothingToDoWhereItIsGone() {
        ObjectNode push = push(BASE, null);

        assertThat(deletion(push, Documents.task("{'updated_at': '2026-03-05T08:00:00.000000Z'}"), "{}"))
                .isEqualTo(json("{'outcome': {'stale': 't1'}}"));
        assertThat(deletion(push, Documents.task("{'is_deleted': true}"), "{}"))
                .isEqualTo(json("{'outcome': {'deleted': true}}"));
        assertThat(deletion(push, NullNode.getInstance(), "null")).isEqualTo(json("{'outcome': {'deleted': true}}"));
    }

    @Test
    void theIdOfANewTaskIsTakenFromTheAnswer() {
        ObjectNode push = push(null, BASE);

        assertThat(pushed(push, "{'sync_status': {'u1': 'ok'}, 'temp_id_mapping': {'i': 't9'}}"))
                .isEqualTo(new Pushed.Written("t9", "", null, null));
        assertThat(fault(push, "{'sync_status': {'u1': 'ok'}, 'temp_id_mapping': {}}"))
                .isInstanceOf(Fault.Unreadable.class);
    }

    @Test
    void everyCommandMustHaveBeenExecuted() {
        ObjectNode push = push(BASE, "{'title': 'New', 'status': 'pending'}");

        assertThat(pushed(push, "{'sync_status': {'u1': 'ok'}}")).isEqualTo(new Pushed.Written("t1", "", null, null));
        assertThat(fault(push, "{'sync_status': {}}")).isInstanceOf(Fault.Transient.class);
        assertThat(pushed(push(BASE, null), "{'sync_status': {'u1': 'ok'}}")).isEqualTo(new Pushed.Deleted());
    }

    @ParameterizedTest
    @CsvSource({
        "400, Rejected",
        "401, NeedsReconnect",
        "403, Rejected",
        "429, RateLimited",
        "500, Transient",
        "503, Transient"
    })
    void aRefusedCommandIsAFault(int status, String kind) {
        String answer =
                "{'sync_status': {'u1': {'error': 'Nope', 'error_code': 1, 'error_tag': 'TAG', 'error_extra': {},"
                        + " 'http_code': " + status + "}}}";

        Fault fault = fault(push(BASE, "{'title': 'New', 'status': 'pending'}"), answer);

        assertThat(fault.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(fault.message()).isEqualTo("Todoist refuses: Nope (TAG)");
    }

    @Test
    void aRefusalThatNamesATimeIsWaitedFor() {
        String answer =
                "{'sync_status': {'u1': {'error': 'Later', 'http_code': 503, 'error_extra': {'retry_after': 7}}}}";

        assertThat(fault(push(BASE, BASE), answer))
                .isEqualTo(new Fault.RateLimited("Todoist refuses: Later (503)", NOW.plusSeconds(7)));
    }

    @Test
    void whatIsNotThereIsGoneOrDeletedAlready() {
        String answer = "{'sync_status': {'u1': {'error': 'No', 'http_code': 404, 'error_tag': 'NOT_FOUND'}}}";

        assertThat(pushed(push(BASE, BASE), answer)).isEqualTo(new Pushed.Gone());
        assertThat(pushed(push(BASE, null), answer)).isEqualTo(new Pushed.Deleted());
        assertThat(fault(push(null, BASE), answer)).isInstanceOf(Fault.Gone.class);
    }

    private static ObjectNode push(@Nullable String base, @Nullable String desired) {
        ObjectNode push = JSON.createObjectNode().put("itemId", "i");
        if (base != null) {
            push.put("externalId", "t1").put("version", SEEN).set("base", json(base));
        }
        push.set("desired", desired == null ? NullNode.getInstance() : json(desired));
        push.set("changed", changed(push.path("base"), push.path("desired")));
        return push;
    }

    /** As the hub gives it to documents: the fields that differ. */
    private static ObjectNode changed(JsonNode base, JsonNode desired) {
        ObjectNode changed = JSON.createObjectNode();
        Stream.concat(base.properties().stream(), desired.properties().stream())
                .map(Map.Entry::getKey)
                .filter(field -> !base.path(field).equals(desired.path(field)))
                .forEach(field -> changed.put(field, true));
        return changed;
    }

    private static JsonNode planned(ObjectNode push, JsonNode task) {
        return Documents.inProject().with("push", push).run("task-out.jq", task);
    }

    private static JsonNode deletion(ObjectNode push, JsonNode task, String below) {
        return Documents.inProject().with("push", push).with("state", task).run("deletion.jq", below);
    }

    private static String uuid(ObjectNode push) {
        return planned(
                        push,
                        Documents.task("{'updated_at': '" + push.path("version").asText() + "'}"))
                .at("/commands/0/uuid")
                .asText();
    }

    private static Pushed pushed(ObjectNode push, String answer) {
        return Outputs.pushed(
                Documents.inProject()
                        .with("push", push)
                        .with("state", "{'commands': [{'uuid': 'u1', 'temp_id': 'i'}]}")
                        .outcome("written.jq", json(answer)),
                NOW);
    }

    private static Fault fault(ObjectNode push, String answer) {
        try {
            return new Fault.Unreadable("no fault but " + pushed(push, answer));
        } catch (FaultException e) {
            return e.fault();
        }
    }

    private static List<String> types(JsonNode commands) {
        return commands.findValuesAsText("type");
    }
}
