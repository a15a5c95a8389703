package io.dayflow.hub.api;

import static io.dayflow.hub.api.ApiCalls.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Undo, deleted items and traces as REST tells them; that they are right is tested on the engine. */
@ApiTest
class UndoAndTraceIT {

    private static final String PATH = "/api/integrations";

    @Autowired
    ApiCalls calls;

    private final UUID item = UUID.randomUUID();
    private UUID ann;
    private UUID bob;
    private UUID job;

    @BeforeEach
    void aDeletedItemAndARunThatEditedIt() {
        ann = calls.newUser();
        bob = calls.newUser();
        UUID account = id(calls.connect(ann, "ann"));
        job = UUID.randomUUID();
        calls.jdbc
                .sql("insert into hub.job (id, connection_id, user_id, operation, mode, status, completed_at)"
                        + " values (?, ?, ?, 'manual_sync', 'full', 'completed', now())")
                .params(job, account, ann)
                .update();
        calls.jdbc
                .sql("insert into hub.item (id, user_id, kind, fields, match_key, deleted_at)"
                        + " values (?, ?, 'task', '{\"title\": \"New\"}', 'x', now())")
                .params(item, ann)
                .update();
        calls.jdbc
                .sql("insert into hub.link (id, item_id, external_id, state, gone_at) values (?, ?, ?, 'gone', now())")
                .params(UUID.randomUUID(), item, item.toString())
                .update();
        calls.jdbc
                .sql("insert into hub.journal (user_id, job_id, item_id, operation, before, after, cause)"
                        + " values (?, ?, ?, 'update', '{\"title\": \"Old\"}', '{\"title\": \"New\"}', 'sync')")
                .params(ann, job, item)
                .update();
    }

    @Test
    void anUndoIsPreviewedAndSaysWhyItLeavesSomething() {
        var preview = calls.put(ann, PATH + "/sync/" + job, "{\"action\": \"undo\", \"preview\": true}")
                .expect(200)
                .body();

        assertThat(preview.path("operation").asText()).isEqualTo("undo");
        assertThat(preview.path("status").asText()).isEqualTo("completed");
        assertThat(preview.path("preview").asBoolean()).isTrue();
        assertThat(preview.path("undoes").asText()).isEqualTo(job.toString());
        var change = calls.get(ann, PATH + "/jobs/" + preview.path("jobId").asText())
                .expect(200)
                .body()
                .at("/changes/items/0");
        assertThat(change.path("reason").asText()).isEqualTo("deleted_later");
        assertThat(change.path("message").asText()).endsWith(".");
        assertThat(calls.put(bob, PATH + "/sync/" + job, "{\"action\": \"undo\"}")
                        .problem(404))
                .isNotBlank();
    }

    @Test
    void anEntryOfTheHistoryIsUndoneByItsId() {
        long entry = calls.get(ann, PATH + "/history?jobId=" + job)
                .expect(200)
                .body()
                .at("/items/0/id")
                .asLong();

        var done = calls.post(ann, PATH + "/history/" + entry + "/undo", "{}")
                .expect(200)
                .body();

        assertThat(done.path("undoesEntry").asLong()).isEqualTo(entry);
        assertThat(done.at("/counts/failed").asLong()).isEqualTo(1);
        calls.post(bob, PATH + "/history/" + entry + "/undo", "{}").problem(404);
    }

    @Test
    void aDeletedItemIsListedExplainedAndTakenBackOnce() {
        var card = calls.get(ann, PATH + "/deleted").expect(200).body().at("/items/0");
        assertThat(card.path("itemId").asText()).isEqualTo(item.toString());
        assertThat(card.path("deletedOn").asText()).isEqualTo("dayflow");
        assertThat(calls.get(bob, PATH + "/deleted").expect(200).body().path("items"))
                .isEmpty();
        var trace =
                calls.get(ann, PATH + "/items/" + item + "/trace").expect(200).body();
        assertThat(trace.at("/sides/0/state").asText()).isEqualTo("deleted");
        assertThat(trace.at("/decisions/items")).isNotEmpty();
        calls.get(bob, PATH + "/items/" + item + "/trace").problem(404);
        calls.get(ann, PATH + "/items/none/trace").problem(404);

        calls.post(bob, PATH + "/deleted/" + item + "/restore", "").problem(404);
        calls.post(ann, PATH + "/deleted/" + item + "/restore", "").expect(204);

        assertThat(calls.post(ann, PATH + "/deleted/" + item + "/restore", "").problem(409))
                .contains("not deleted");
        assertThat(calls.get(ann, PATH + "/deleted").body().path("items")).isEmpty();
        trace = calls.get(ann, PATH + "/items/" + item + "/trace").body();
        assertThat(trace.at("/sides/0/state").asText()).isEqualTo("in_agreement");
    }
}
