package io.dayflow.hub.todoist;

import static io.dayflow.hub.todoist.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.mapping.Outputs;
import io.dayflow.hub.provider.Hint;
import io.dayflow.hub.provider.Listing;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What accounts, projects, listings, single tasks and events say. */
class AnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FINE = "{'status': 200, 'headers': {}}";

    @Test
    void aProjectAndEachOfItsSectionsIsACollectionUnlessArchivedOrDeleted() {
        JsonNode answer = json("""
            {'projects': [
               {'id': 'p', 'name': 'Home', 'is_archived': false, 'is_deleted': false, 'is_frozen': false},
               {'id': 'f', 'name': 'Frozen', 'is_archived': false, 'is_deleted': false, 'is_frozen': true},
               {'id': 'a', 'name': 'Old', 'is_archived': true, 'is_deleted': false},
               {'id': 'd', 'name': 'Away', 'is_archived': false, 'is_deleted': true}],
             'sections': [
               {'id': 's', 'project_id': 'p', 'name': 'Garden', 'is_archived': false, 'is_deleted': false},
               {'id': 't', 'project_id': 'p', 'name': 'Old', 'is_archived': true, 'is_deleted': false},
               {'id': 'u', 'project_id': 'a', 'name': 'In the old', 'is_archived': false, 'is_deleted': false}]}
            """);

        var found = Outputs.collections(Documents.plain().outcome("places.jq", answer));

        assertThat(found)
                .extracting(collection -> collection.externalId() + " " + collection.name() + " "
                        + collection.readOnly() + " " + collection.attributes())
                .containsExactly(
                        "project:p Home false {project=p}",
                        "project:f Frozen true {project=f}",
                        "section:s Home / Garden false {project=p, section=s}");
    }

    @Test
    void aFullListingAndWhatChangedSinceAreOne() {
        JsonNode full = state(
                null,
                FINE,
                "{'sync_token': 'one', 'full_sync': true, 'items': [" + task("a", "{}") + ", " + task("b", "{}") + ", "
                        + task("c", "{'section_id': 's'}") + "]}");
        JsonNode both = state(
                full,
                FINE,
                "{'sync_token': 'two', 'full_sync': false, 'items': [" + task("b", "{'is_deleted': true}") + ", "
                        + task("c", "{'checked': true, 'section_id': 's'}") + "]}");

        Listing project = listing(both, "project:p");
        Listing section = listing(both, "section:s");

        assertThat(project.coverage()).isEqualTo(Listing.Coverage.VISIBLE);
        assertThat(project.cursor()).isEqualTo("two");
        assertThat(project.entries()).extracting(Listing.Entry::externalId).containsExactlyInAnyOrder("a", "b");
        assertThat(entry(project, "b").gone()).isTrue();
        assertThat(entry(project, "a").payload()).isEqualTo(task("a", "{}").toString());
        assertThat(section.entries()).extracting(Listing.Entry::externalId).containsExactly("c");
        assertThat(entry(section, "c").payload()).contains("\"checked\":true");
        assertThat(listing(both, "project:empty").entries()).isEmpty();
    }

    @Test
    void whatChangedIsToldToEveryCollectionAndFlaggedWhereItIsElsewhere() {
        JsonNode changes = state(
                null,
                FINE,
                "{'sync_token': 'two', 'full_sync': false, 'items': [" + task("a", "{}") + ", "
                        + task("s1", "{'section_id': 's'}") + ", " + task("d", "{'is_deleted': true}") + "]}");

        Listing listing = listing(changes, "section:s");

        assertThat(listing.coverage()).isEqualTo(Listing.Coverage.CHANGES);
        assertThat(entry(listing, "s1").elsewhere()).isFalse();
        assertThat(entry(listing, "a").elsewhere()).isTrue();
        assertThat(entry(listing, "a").version()).isEqualTo("2026-03-02T08:00:00.000000Z");
        assertThat(entry(listing, "d").gone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 409, 410})
    void aRefusedTokenLeadsToAFullListing(int status) {
        JsonNode state = state(null, "{'status': " + status + ", 'headers': {}}", "{'error': 'Sync token is invalid'}");

        assertThat(state.isNull()).isTrue();
        assertThat(Documents.plain()
                        .run("no-listing.jq", NullNode.getInstance())
                        .asBoolean())
                .isTrue();
        assertThat(Documents.inProject()
                        .run("changes-call.jq", "null")
                        .at("/json/sync_token")
                        .asText())
                .isEqualTo("token-1");
        assertThat(Documents.inProject().run("changes-call.jq", "null").path("expected"))
                .contains(JSON.getNodeFactory().numberNode(status));
    }

    @Test
    void aFullListingStaysWhereItsOwnTokenIsRefused() {
        JsonNode full =
                state(null, FINE, "{'sync_token': 'one', 'full_sync': true, 'items': [" + task("a", "{}") + "]}");

        assertThat(state(full, "{'status': 400, 'headers': {}}", "{'error': 'x'}"))
                .isEqualTo(full);
    }

    @Test
    void tasksAreReadOneByOneAndAreGoneWhereTheServiceSaysSo() {
        JsonNode state = Documents.plain().run("reading.jq", "['a', 'b', 'c d']");
        state = Documents.plain().with("answer", FINE).with("state", state).run("read.jq", task("a", "{}"));
        state = Documents.plain()
                .with("answer", FINE)
                .with("state", state)
                .run("read.jq", task("b", "{'is_deleted': true}"));
        assertThat(Documents.plain()
                        .with("state", state)
                        .run("next-call.jq", "null")
                        .path("path")
                        .asText())
                .isEqualTo("/tasks/c%20d");
        assertThat(Documents.plain()
                        .with("state", state)
                        .run("unread.jq", "null")
                        .asBoolean())
                .isTrue();
        state = Documents.plain()
                .with("answer", "{'status': 404, 'headers': {}}")
                .with("state", state)
                .run("read.jq", "{'error': 'x'}");

        var fetched =
                Outputs.fetched(Documents.plain().with("state", state).outcome("fetched.jq", NullNode.getInstance()));

        assertThat(Documents.plain()
                        .with("state", state)
                        .run("unread.jq", "null")
                        .asBoolean())
                .isFalse();
        assertThat(fetched).hasSize(3);
        assertThat(fetched.getFirst().version()).isEqualTo("2026-03-02T08:00:00.000000Z");
        assertThat(fetched.getFirst().payload()).isEqualTo(task("a", "{}").toString());
        assertThat(fetched.get(1).payload()).isNull();
        assertThat(fetched.getLast().externalId()).isEqualTo("c d");
        assertThat(fetched.getLast().payload()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"item:added", "item:updated", "item:completed", "item:uncompleted"})
    void anEventAboutATaskIsAHintThatBringsIt(String name) {
        assertThat(hints(name, task("a", "{'section_id': 's'}")))
                .containsExactly(new Hint(
                        "7",
                        "section:s",
                        "a",
                        "2026-03-02T08:00:00.000000Z",
                        false,
                        task("a", "{'section_id': 's'}").toString()));
    }

    @Test
    void anEventAboutADeletedTaskSaysSo() {
        assertThat(hints("item:deleted", task("a", "{'is_deleted': true}")))
                .containsExactly(new Hint("7", "project:p", "a", "2026-03-02T08:00:00.000000Z", true, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "note:added",
                "project:archived",
                "section:updated",
                "label:deleted",
                "filter:added",
                "reminder:fired",
                "x"
            })
    void anEventAboutAnythingElseGivesNoHint(String name) {
        assertThat(hints(name, json("{'id': 'n', 'item_id': 'a'}"))).isEmpty();
    }

    private static List<Hint> hints(String name, JsonNode data) {
        ObjectNode event = JSON.createObjectNode()
                .put("event_name", name)
                .put("user_id", "7")
                .put("version", "10");
        event.set("event_data", data);
        return Outputs.hints(Documents.plain().outcome("webhook.jq", event));
    }

    private static JsonNode state(@Nullable JsonNode before, String answer, String body) {
        return Documents.inProject()
                .with("state", before == null ? NullNode.getInstance() : before)
                .with("answer", answer)
                .run("changes.jq", body);
    }

    private static Listing listing(JsonNode state, String collection) {
        JsonNode kept = Documents.plain().with("state", state).run("by-collection.jq", NullNode.getInstance());
        return Outputs.listing(Documents.plain()
                .with("collection", "{'externalId': '" + collection + "'}")
                .outcome("listing.jq", kept));
    }

    private static Listing.Entry entry(Listing listing, String id) {
        return listing.entries().stream()
                .filter(entry -> entry.externalId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode task(String id, String fields) {
        return Documents.task(fields).put("id", id);
    }
}
