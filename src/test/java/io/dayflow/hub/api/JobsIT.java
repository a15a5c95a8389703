package io.dayflow.hub.api;

import static io.dayflow.hub.api.ApiCalls.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.sync.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@ApiTest
class JobsIT {

    private static final String PATH = "/api/integrations";

    @Autowired
    ApiCalls calls;

    @Autowired
    JobStore store;

    private UUID ann;
    private UUID account;

    @BeforeEach
    void connected() {
        ann = calls.newUser();
        account = id(calls.connect(ann, "ann"));
    }

    @Test
    void anExplicitSyncIsAPendingJobAndTheConfirmation() {
        var job = start("\"mode\": \"full\"");

        var shown = calls.get(ann, PATH + "/jobs/" + job).expect(200).body();
        assertThat(shown.path("jobId").asText()).isEqualTo(job.toString());
        assertThat(shown.path("integrationId").asText()).isEqualTo(account.toString());
        assertThat(shown.path("service").asText()).isEqualTo("testcal");
        assertThat(shown.path("operation").asText()).isEqualTo("full_sync");
        assertThat(shown.path("status").asText()).isEqualTo("pending");
        assertThat(shown.path("preview").asBoolean(true)).isFalse();
        assertThat(shown.path("startedAt").isNull()).isTrue();
        assertThat(shown.path("progress").toString())
                .isEqualTo("{\"done\":0,\"total\":null,\"unit\":\"items\",\"perMinute\":null,\"secondsLeft\":null}");
        assertThat(shown.path("outcome").isNull()).isTrue();
        assertThat(shown.path("counts").toString())
                .isEqualTo("{\"read\":0,\"created\":0,\"updated\":0,\"deleted\":0,\"unchanged\":0,\"conflicts\":0,"
                        + "\"failed\":0,\"pushed\":0,\"repaired\":0}");
        assertThat(shown.path("error").isNull()).isTrue();
        assertThat(shown.path("changes").toString()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
        assertThat(calls.get(ann, PATH).body().findValue("confirmed").asBoolean())
                .isTrue();
    }

    @Test
    void aPreviewConfirmsNothingUntilItIsConfirmed() {
        var preview = start("\"preview\": true");
        assertThat(calls.get(ann, PATH).body().findValue("confirmed").asBoolean(true))
                .isFalse();
        set(preview, "completed");

        var run = control(preview, "confirm").expect(200).body();

        assertThat(run.path("jobId").asText()).isNotEqualTo(preview.toString());
        assertThat(run.path("preview").asBoolean(true)).isFalse();
        assertThat(calls.get(ann, PATH).body().findValue("confirmed").asBoolean())
                .isTrue();
    }

    @Test
    void aRunThatGoesOnSaysHowFastItIsAndHowLongItWillTake() {
        var job = start("\"mode\": \"full\"");
        calls.jdbc
                .sql(
                        "update hub.job set status = 'running', started_at = now() - interval '1 day', done = 700, total = 1300,"
                                + " resumed_at = now() - interval '60 seconds', resumed_done = 100 where id = ?")
                .param(job)
                .update();

        var progress = calls.get(ann, PATH + "/jobs/" + job).body().path("progress");

        assertThat(progress.path("perMinute").asLong()).isBetween(500L, 600L);
        assertThat(progress.path("secondsLeft").asLong()).isBetween(60L, 75L);
    }

    @Test
    void aCompletedRunOfWhichSomeFailedIsPartial() {
        var job = start("\"mode\": \"full\"");
        set(job, "completed");
        assertThat(outcome(job)).isEqualTo("complete");

        calls.jdbc
                .sql("update hub.job set counts = '{\"read\": 12, \"failed\": 1}' where id = ?")
                .param(job)
                .update();
        assertThat(outcome(job)).isEqualTo("partial");

        set(job, "failed");
        assertThat(outcome(job)).isEqualTo("null");
    }

    private String outcome(UUID job) {
        return calls.get(ann, PATH + "/jobs/" + job).body().path("outcome").asText();
    }

    @Test
    void anAccountRunsOnceAtATime() {
        var job = start("\"mode\": \"incremental\"");

        assertThat(start("\"mode\": \"full\"")).isEqualTo(job);
        assertThat(calls.get(ann, PATH + "/jobs/" + job).body().path("mode").asText())
                .isEqualTo("full");
        assertThat(start("\"mode\": \"sweep\"")).isEqualTo(job);
        assertThat(start("\"mode\": \"full\"")).isEqualTo(job);
        assertThat(calls.get(ann, PATH + "/jobs/" + job).body().path("mode").asText())
                .isEqualTo("sweep");
        assertThat(sync("\"preview\": true").problem(409)).contains(job.toString());
        var other = calls.post(ann, PATH, "{\"action\": \"sync\", \"integrationId\": \"%s\"}".formatted(account))
                .expect(202);
        assertThat(other.body().path("jobId").asText()).isEqualTo(job.toString());
    }

    @Test
    void aPollThatSomebodyAskedForWhileItRanIsKeptThoughItFoundNothing() {
        var poll = polling();
        store.forgetIfEmpty(poll);
        assertThat(calls.get(ann, PATH + "/jobs/" + poll).status()).isEqualTo(404);

        var joined = polling();
        assertThat(start("\"mode\": \"incremental\"")).isEqualTo(joined);
        store.forgetIfEmpty(joined);
        assertThat(store.forget(joined)).isFalse();
        assertThat(calls.get(ann, PATH + "/jobs/" + joined).status()).isEqualTo(200);
    }

    private UUID polling() {
        var job = UUID.randomUUID();
        store.schedule(job, account, ann);
        return job;
    }

    @Test
    void anAccountThatIsSwitchedOffDoesNotRun() {
        calls.put(ann, PATH, "{\"integrationId\": \"%s\", \"active\": false}".formatted(account))
                .expect(200);

        assertThat(sync("\"mode\": \"full\"").problem(409)).contains("switched off");
    }

    @ParameterizedTest
    @CsvSource({
        "pending, pause, paused, ",
        "running, pause, running, pause",
        "paused, resume, pending, ",
        "running, resume, running, ",
        "pending, cancel, cancelled, ",
        "paused, cancel, cancelled, ",
        "held, cancel, cancelled, ",
        "running, cancel, running, cancel",
        "held, confirm, pending, "
    })
    void anActionThatFitsIsTaken(String status, String action, String after, String asked) {
        var job = start("\"mode\": \"full\"");
        set(job, status);

        assertThat(control(job, action).expect(200).body().path("status").asText())
                .isEqualTo(after);
        assertThat(calls.jdbc
                        .sql("select coalesce(control, '') from hub.job where id = ?")
                        .param(job)
                        .query(String.class)
                        .single())
                .isEqualTo(asked == null ? "" : asked);
    }

    @ParameterizedTest
    @CsvSource({
        "completed, pause",
        "paused, pause",
        "held, pause",
        "completed, resume",
        "held, resume",
        "completed, cancel",
        "cancelled, cancel",
        "completed, confirm",
        "running, confirm"
    })
    void anActionThatDoesNotFitNamesTheStateAndChangesNothing(String status, String action) {
        var job = start("\"mode\": \"full\"");
        set(job, status);
        var before = calls.fingerprint();

        assertThat(control(job, action).problem(409)).contains(status);

        assertThat(calls.fingerprint()).isEqualTo(before);
    }

    @Test
    void aHeldJobThatIsConfirmedMayDeleteWhatIsGoneHereAndNowhereElse() {
        var elsewhere = id(calls.connect(ann, "bob"));
        var gone = calls.item(ann, account, account);
        var deleted = calls.item(ann, account, null);
        var there = calls.item(ann, account, account);
        var other = calls.item(ann, elsewhere, elsewhere);
        calls.jdbc
                .sql("update hub.link set state = 'gone' where item_id in (?, ?)")
                .params(gone, other)
                .update();
        calls.jdbc
                .sql("update hub.item set deleted_at = now() where id = ?")
                .param(deleted)
                .update();
        var job = start("\"mode\": \"full\"");
        set(job, "held");

        control(job, "confirm").expect(200);

        assertThat(calls.jdbc
                        .sql("select item_id from hub.link where delete_allowed and item_id in (?, ?, ?, ?)")
                        .params(gone, deleted, there, other)
                        .query(UUID.class)
                        .list())
                .containsExactlyInAnyOrder(gone, deleted);
    }

    @Test
    void aHeldJobWaitsWhileAnotherRunIsOpen() {
        var held = start("\"mode\": \"full\"");
        set(held, "held");
        start("\"mode\": \"full\"");

        assertThat(control(held, "confirm").problem(409)).contains("another run open");
    }

    @Test
    void theListIsPagedLatestFirstAndFiltered() {
        var made = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            var job = start("\"mode\": \"full\"");
            set(job, i % 2 == 0 ? "completed" : "failed");
            made.addFirst(job.toString());
        }
        var seen = new ArrayList<String>();
        String cursor = null;
        do {
            var page = calls.get(ann, PATH + "/jobs?limit=2" + (cursor == null ? "" : "&cursor=" + cursor))
                    .expect(200)
                    .body();
            assertThat(page.path("items").size()).isBetween(1, 2);
            seen.addAll(page.path("items").findValuesAsText("jobId"));
            cursor = page.path("nextCursor").isNull()
                    ? null
                    : page.path("nextCursor").asText();
        } while (cursor != null);

        assertThat(seen).isEqualTo(made);
        assertThat(ids(calls.get(ann, PATH + "/jobs?status=failed").body())).hasSize(2);
        assertThat(ids(calls.get(ann, PATH + "/jobs?integrationId=" + UUID.randomUUID())
                        .body()))
                .isEmpty();
    }

    @Test
    void whatARunChangedIsPagedAndOneUsersOnly() {
        var job = start("\"mode\": \"full\"");
        var item = calls.item(ann, account, account);
        calls.journal(ann, job, item, null, "one");
        calls.journal(ann, job, item, account, "two");
        calls.journal(ann, job, item, null, "three");
        calls.journal(calls.newUser(), job, item, null, "somebody else's");

        var first = calls.get(ann, PATH + "/jobs/" + job + "?limit=2").body().path("changes");
        assertThat(first.path("items").findValuesAsText("title")).contains("one", "two");
        assertThat(first.at("/items/0/side").asText()).isEqualTo("dayflow");
        assertThat(first.at("/items/1/side").asText()).isEqualTo(account.toString());
        assertThat(first.at("/items/0/before/title").asText()).isEqualTo("before");
        var second = calls.get(
                        ann,
                        PATH + "/jobs/" + job + "?limit=2&changesCursor="
                                + first.path("nextCursor").asText())
                .body()
                .path("changes");
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.at("/items/0/title").asText()).isEqualTo("three");
        assertThat(second.path("nextCursor").isNull()).isTrue();

        var history = calls.get(ann, PATH + "/history?jobId=" + job + "&itemId=" + item)
                .expect(200)
                .body();
        assertThat(history.path("items")).hasSize(3);
        assertThat(history.at("/items/0/after/title").asText()).isEqualTo("three");
        assertThat(history.at("/items/0/cause").asText()).isEqualTo("sync");
        assertThat(history.at("/items/0/at").asText()).endsWith("Z");
    }

    @Test
    void whatAPreviewWouldChangeIsItsList() {
        var job = start("\"preview\": true");
        calls.jdbc
                .sql("insert into hub.job_change (job_id, side, operation, title, after)"
                        + " values (?, null, 'create', 'Dentist', '{\"title\": \"Dentist\"}')")
                .param(job)
                .update();

        var changes = calls.get(ann, PATH + "/jobs/" + job).body().path("changes");

        assertThat(changes.at("/items/0/title").asText()).isEqualTo("Dentist");
        assertThat(changes.at("/items/0/operation").asText()).isEqualTo("create");
    }

    private ApiCalls.Reply sync(String members) {
        return calls.post(ann, PATH + "/sync", "{\"integrationId\": \"%s\", %s}".formatted(account, members));
    }

    private UUID start(String members) {
        return UUID.fromString(sync(members).expect(202).body().path("jobId").asText());
    }

    private ApiCalls.Reply control(UUID job, String action) {
        return calls.put(ann, PATH + "/sync/" + job, "{\"action\": \"%s\"}".formatted(action));
    }

    private void set(UUID job, String status) {
        calls.jdbc
                .sql("update hub.job set status = ? where id = ?")
                .params(status, job)
                .update();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("items").findValuesAsText("jobId");
    }
}
