package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.WriteSet;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Conflicts over REST, decided by the engine on PostgreSQL: what people and strategies decide reaches both sides. */
@EngineTest
class ConflictsIT {

    private static final String PATH = "/api/integrations";
    private static final String CONFLICTS = PATH + "/conflicts";
    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    private ApplicationContext hub;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    private ListAccount ann;

    @AfterEach
    void close() {
        ann.close();
    }

    @Test
    void manyAreDecidedAtOnceEachForItself() {
        contested("{\"conflictResolution\": \"manual\"}", "milk", "bread", "salt");
        String milk = conflict("Red milk");
        String bread = conflict("Red bread");
        String never = ann.connection.toString();

        JsonNode answer = put(
                CONFLICTS,
                "{\"conflictIds\": [\"%s\", \"%s\", \"%s\"], \"resolution\": \"keep_external\"}"
                        .formatted(milk, never, bread),
                200);
        ann.push();
        ann.run();

        assertThat(answer.path("resolved").findValuesAsText("conflictId")).containsExactly(milk, bread);
        assertThat(answer.path("refused").findValuesAsText("conflictId")).containsExactly(never);
        assertThat(ann.row("Green milk")).isNotEmpty();
        assertThat(ann.row("Green bread")).isNotEmpty();
        assertThat(ann.service.field("milk", "title")).isEqualTo("Green milk");
        assertThat(open())
                .singleElement()
                .matches(one -> one.path("title").asText().equals("Red salt"));
        assertThat(ann.row("Red salt")).isNotEmpty();
        assertThat(ann.service.field("salt", "title")).isEqualTo("Green salt");
    }

    @Test
    void alwaysSoDecidesWhatIsOpenAndWhatComes() {
        contested("{\"conflictResolution\": \"manual\"}", "milk", "bread", "salt");
        ann.service.set("salt", "notes", "from there");
        ann.edit("Red salt", Map.of("description", "from here"));
        ann.absorbDayflow();
        ann.run();

        put(CONFLICTS + "/" + conflict("Red milk"), "{\"resolution\": \"keep_dayflow\", \"always\": true}", 200);
        ann.push();

        assertThat(ann.service.field("milk", "title")).isEqualTo("Red milk");
        assertThat(ann.service.field("bread", "title")).isEqualTo("Red bread");
        assertThat(open())
                .as("another field is its own question")
                .singleElement()
                .matches(one -> one.path("title").asText().equals("Red salt"));
        assertThat(strategies().path("title").asText()).isEqualTo("dayflow");
        ann.service.set("milk", "title", "Blue milk");
        ann.edit("Red milk", Map.of("title", "Black milk"));
        ann.absorbDayflow();
        ann.run();
        assertThat(ann.service.field("milk", "title")).isEqualTo("Black milk");
        assertThat(resolved("strategy"))
                .anyMatch(one -> one.at("/fields/0/external").asText().equals("Blue milk"));
    }

    @Test
    void alwaysSoIsThereAsAWholeOrNotAtAll() {
        contested("{\"conflictResolution\": \"manual\"}", "milk", "bread");
        String milk = conflict("Red milk");
        jdbc.sql("""
                        create function hub.refuse_settings() returns trigger language plpgsql as
                        $$ begin raise exception 'the test refuses'; end $$
                        """).update();
        jdbc.sql("create trigger refuse_settings before update of settings on hub.connection"
                        + " for each row when (new.id = '" + ann.connection
                        + "') execute function hub.refuse_settings()")
                .update();
        try {
            put(CONFLICTS + "/" + milk, "{\"resolution\": \"keep_external\", \"always\": true}", 500);
        } finally {
            jdbc.sql("drop function hub.refuse_settings cascade").update();
        }

        assertThat(open()).hasSize(2);
        assertThat(ann.row("Red milk")).isNotEmpty();
        assertThat(ann.row("Red bread")).isNotEmpty();
        assertThat(strategies()).isEmpty();
        put(CONFLICTS + "/" + milk, "{\"resolution\": \"keep_external\", \"always\": true}", 200);
        assertThat(open()).isEmpty();
        assertThat(ann.row("Green bread")).isNotEmpty();
    }

    @Test
    void whatWasEditedSinceItWasShownIsNotDecidedAndShowsTheEdit() {
        contested("{\"conflictResolution\": \"manual\"}", "milk", "bread", "salt");
        String milk = conflict("Red milk");
        String bread = conflict("Red bread");
        ann.edit("Red milk", Map.of("title", "Rose milk"));

        put(CONFLICTS + "/" + milk, "{\"resolution\": \"keep_external\", \"always\": true}", 409);
        assertThat(open())
                .filteredOn(one -> one.path("conflictId").asText().equals(milk))
                .singleElement()
                .matches(one -> one.at("/fields/0/dayflow").asText().equals("Rose milk"));
        assertThat(open()).as("nothing else was decided either").hasSize(3);
        assertThat(strategies()).isEmpty();

        ann.edit("Red bread", Map.of("title", "Rose bread"));
        put(CONFLICTS + "/" + milk, "{\"resolution\": \"keep_external\", \"always\": true}", 200);
        assertThat(open())
                .singleElement()
                .matches(one -> one.path("conflictId").asText().equals(bread)
                        && one.at("/fields/0/dayflow").asText().equals("Rose bread"));
        assertThat(ann.row("Green salt")).isNotEmpty();
        assertThat(ann.row("Rose bread")).isNotEmpty();
    }

    @Test
    void aValueThatLostIsBroughtBackToBothSides() {
        contested("{\"conflictResolution\": \"source\"}", "milk");
        assertThat(ann.row("Green milk")).isNotEmpty();
        JsonNode lost = resolved("strategy").getFirst();
        assertThat(lost.at("/fields/0/dayflow").asText()).isEqualTo("Red milk");

        bringBack(lost, "keep_dayflow", 200);
        ann.push();
        ann.run();

        assertThat(ann.row("Red milk")).isNotEmpty();
        assertThat(ann.service.field("milk", "title")).isEqualTo("Red milk");
        assertThat(resolved("strategy")).as("the record stays").containsExactly(lost);
    }

    @Test
    void anItemThatADeletionTookAwayWithItsEditIsBroughtBack() {
        stocked("{\"conflictResolution\": \"source\"}", "milk");
        ann.service.remove("milk");
        ann.edit("milk", Map.of("title", "Red milk"));
        ann.absorbDayflow();
        ann.run();
        assertThat(ann.dayflow.rows("tasks", ann.user)).isEmpty();
        JsonNode lost = resolved("strategy").getFirst();
        assertThat(lost.path("type").asText()).isEqualTo("delete_edit");
        assertThat(lost.path("resolution").asText()).isEqualTo("keep_external");
        assertThat(lost.at("/fields/0/suggestion").asText()).isEqualTo("external");
        bringBack(lost, "keep_external", 409);

        bringBack(lost, "keep_dayflow", 200);
        ann.push();
        ann.run();

        assertThat(ann.row("Red milk")).isNotEmpty();
        assertThat(ann.service.ids())
                .filteredOn(id -> !ann.service.isGone(id))
                .singleElement()
                .matches(id -> ann.service.field(id, "title").equals("Red milk"));
        bringBack(lost, "keep_dayflow", 409);
    }

    @Test
    void aDeletionThatAnEditWonOverIsBroughtBack() {
        stocked("{\"conflictResolution\": \"merge\"}", "milk");
        ann.dayflow.delete("tasks", ann.rowId("milk"));
        ann.service.set("milk", "title", "Green milk");
        ann.absorbDayflow();
        ann.run();
        assertThat(ann.row("Green milk")).isNotEmpty();
        JsonNode lost = resolved("strategy").getFirst();
        assertThat(lost.path("type").asText()).isEqualTo("delete_edit");
        assertThat(lost.path("resolution").asText()).isEqualTo("keep_external");

        bringBack(lost, "keep_dayflow", 200);
        ann.push();
        ann.run();

        assertThat(ann.dayflow.rows("tasks", ann.user)).isEmpty();
        assertThat(ann.service.isGone("milk")).isTrue();
        assertThat(jdbc.sql("select count(*) from hub.audit where user_id = :user and action = 'conflict.brought_back'")
                        .param("user", ann.user)
                        .query(Long.class)
                        .single())
                .isOne();
    }

    // ---- what the audit trail says of what nobody was asked about

    @Test
    void theTrailTellsWhatAStrategyDecidedByOneLineForAPage() {
        contested("{\"conflictResolution\": \"source\"}", "milk", "bread");

        UUID job = jdbc.sql("select id from hub.job where connection_id = ? order by requested_at desc limit 1")
                .param(ann.connection)
                .query(UUID.class)
                .single();
        assertThat(settled())
                .containsExactly("hub lists connection:" + ann.connection + " null"
                        + " {\"jobId\": \"" + job + "\", \"fields\": \"title\", \"conflicts\": 2,"
                        + " \"resolutions\": {\"keep_external\": 2}}");
    }

    @Test
    void theTrailTellsThatAnEditEndedAConflict() {
        contested("{\"conflictResolution\": \"manual\"}", "milk", "bread");
        assertThat(settled()).as("open, and asked about").isEmpty();

        ann.edit("Red milk", Map.of("title", "Green milk"));
        ann.push();

        assertThat(open()).hasSize(1);
        assertThat(settled())
                .containsExactly("hub lists connection:" + ann.connection
                        + " null {\"fields\": \"title\", \"conflicts\": 1, \"resolutions\": {\"settled\": 1}}");
    }

    @Test
    void theTrailNamesFieldsAndNoneOfTheirElements() {
        stocked("{}", "milk");
        LinkStore store = hub.getBean(LinkStore.class);
        WriteSet open = new WriteSet();
        OpenConflict conflict = aboutALabel();
        open.open(conflict);
        store.apply(open);
        WriteSet ended = new WriteSet();
        ended.close(conflict.linkId(), "settled");
        ended.decide(aboutALabel(), "merge");
        store.apply(ended);

        assertThat(settled())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .endsWith(" {\"fields\": \"labels\", \"conflicts\": 2,"
                                + " \"resolutions\": {\"merge\": 1, \"settled\": 1}}"));
    }

    private OpenConflict aboutALabel() {
        return jdbc.sql("select id, item_id from hub.link where connection_id = ?")
                .param(ann.connection)
                .query((row, n) -> new OpenConflict(
                        UUID.randomUUID(),
                        ann.user,
                        ann.connection,
                        row.getObject("item_id", UUID.class),
                        row.getObject("id", UUID.class),
                        Kind.TASK,
                        OpenConflict.Type.FIELD_MISMATCH,
                        "milk",
                        List.of(new OpenConflict.Field("labels/at Ben's", null, null, null, null)),
                        Instant.now()))
                .single();
    }

    @Test
    void theTrailTellsThatADeletionWon() {
        stocked("{\"conflictResolution\": \"source\"}", "milk");
        ann.service.remove("milk");
        ann.edit("milk", Map.of("title", "Red milk"));
        ann.absorbDayflow();
        ann.run();

        assertThat(settled())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("\"fields\": \"deleted\"", "{\"keep_external\": 1}")
                        .doesNotContainIgnoringCase("milk"));
    }

    @Test
    void whatAPersonDecidesIsNotTheHubs() {
        contested("{\"conflictResolution\": \"manual\"}", "milk");

        put(CONFLICTS + "/" + conflict("Red milk"), "{\"resolution\": \"keep_dayflow\"}", 200);
        ann.push();
        ann.run();

        assertThat(settled()).isEmpty();
        assertThat(told("conflict.decided")).hasSize(1);
    }

    /** It may come to light while a person decides: they are not who did it, and their address is not in its line. */
    @Test
    void whatHadEndedWhenAPersonDecidesIsTheHubs() {
        contested("{\"conflictResolution\": \"manual\"}", "milk");
        String milk = conflict("Red milk");
        ann.edit("Red milk", Map.of("title", "Green milk"));

        put(CONFLICTS + "/" + milk, "{\"resolution\": \"keep_dayflow\"}", 409);

        assertThat(open()).isEmpty();
        assertThat(told("conflict.decided")).isEmpty();
        assertThat(settled())
                .containsExactly("hub lists connection:" + ann.connection
                        + " null {\"fields\": \"title\", \"conflicts\": 1, \"resolutions\": {\"settled\": 1}}");
    }

    private List<String> settled() {
        return told("conflict.settled");
    }

    /** Actor, service, object, address and detail of the user's lines. */
    private List<String> told(String action) {
        return jdbc.sql("""
                        select concat_ws(' ', actor, coalesce(provider, 'null'), object, coalesce(remote, 'null'), detail)
                        from hub.audit where user_id = :user and action = :action order by id
                        """)
                .param("user", ann.user)
                .param("action", action)
                .query(String.class)
                .list();
    }

    // ---- what happened before

    private void stocked(String settings, String... names) {
        ann = new ListAccount(hub, settings, "home");
        for (String name : names) {
            ann.service.add(name, "home", Map.of("title", name));
        }
        ann.run();
    }

    /** Of each of these both sides changed the title. */
    private void contested(String settings, String... names) {
        stocked(settings, names);
        for (String name : names) {
            ann.service.set(name, "title", "Green " + name);
            ann.edit(name, Map.of("title", "Red " + name));
        }
        ann.absorbDayflow();
        ann.run();
    }

    // ---- over REST

    private String conflict(String title) {
        return open().stream()
                .filter(one -> one.path("title").asText().equals(title))
                .map(one -> one.path("conflictId").asText())
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> open() {
        return get(CONFLICTS + "?status=open").path("items").valueStream().toList();
    }

    private List<JsonNode> resolved(String by) {
        return get(CONFLICTS + "?status=resolved")
                .path("items")
                .valueStream()
                .filter(one -> one.path("resolvedBy").asText().equals(by))
                .toList();
    }

    private JsonNode strategies() {
        JsonNode settings = get(PATH).findParent("syncInterval");
        return settings.path("fieldStrategies");
    }

    private void bringBack(JsonNode conflict, String resolution, int status) {
        String path = CONFLICTS + "/" + conflict.path("conflictId").asText() + "/bring-back";
        call("POST", path, "{\"resolution\": \"" + resolution + "\"}", status);
    }

    private JsonNode put(String path, String body, int status) {
        return call("PUT", path, body, status);
    }

    private JsonNode get(String path) {
        return call("GET", path, null, 200);
    }

    private JsonNode call(String method, String path, String body, int status) {
        HubCalls calls = new HubCalls(port);
        HttpResponse<String> answer = calls.send(calls.to(path)
                .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                .header("X-User-Id", ann.user.toString())
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
