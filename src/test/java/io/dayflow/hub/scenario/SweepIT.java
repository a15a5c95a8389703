package io.dayflow.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.sandbox.caldav.StandInCalendar;
import io.dayflow.hub.server.CalDavStandIn;
import io.dayflow.hub.sync.SweepSchedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What changes on either side without anybody telling is found by a sweep that is due, and by no other run. */
class SweepIT extends Scenario {

    private static final Duration SOON = Duration.ofSeconds(90);

    @Autowired
    private SweepSchedule schedule;

    private CalDavStandIn standIn;

    @BeforeEach
    void start() {
        standIn = CalDavStandIn.start();
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    @Override
    CalendarServer server() {
        return CalendarServer.of(standIn);
    }

    @Test
    void aSweepThatIsDueRepairsWhatNobodyToldOfAndSaysHowMuch() {
        Account ann = account();
        for (String object : List.of("rotten", "hidden", "silent", "whole")) {
            ann.put(object, Texts.event(object, object));
        }
        ann.connected(TWO_WAY);
        calendar(ann).corrupt("rotten.ics", Texts.with(ann.text("rotten"), "SUMMARY", "SUMMARY:Rotten since"));
        calendar(ann).putUnnoticed("hidden.ics", Texts.with(ann.text("hidden"), "SUMMARY", "SUMMARY:Hidden since"));
        unnoticed(ann, ann.id(ann.event("silent")), "Silent since");

        ann.sync();
        ann.settled();
        assertThat(ann.event("rotten")).isNotNull();
        assertThat(ann.event("hidden")).isNotNull();
        assertThat(Texts.value(ann.text("silent"), "SUMMARY")).isEqualTo("silent");
        assertThat(sweeps(ann)).isEmpty();

        due(ann);
        JsonNode sweep = await("a sweep")
                .atMost(SOON)
                .until(() -> sweeps(ann).stream().filter(job -> ended(job)).toList(), ended -> !ended.isEmpty())
                .getFirst();

        assertThat(sweep.path("status").asText()).isEqualTo("completed");
        assertThat(sweep.path("operation").asText()).isEqualTo("sweep");
        assertThat(sweep.path("counts").path("repaired").asInt()).isEqualTo(3);
        assertThat(ann.event("Rotten since")).isNotNull();
        assertThat(ann.event("Hidden since")).isNotNull();
        ann.eventually(
                "silent", text -> assertThat(Texts.value(text, "SUMMARY")).isEqualTo("Silent since"));
        assertThat(ann.hub.historyOfJob(sweep.path("jobId").asText()))
                .extracting(entry -> entry.path("cause").asText())
                .isSubsetOf("sweep", "push")
                .contains("sweep");

        ann.settled();
        JsonNode again = ann.hub.awaitJob(ann.hub.startSync(ann.connection(), Map.of("mode", "sweep")), SOON);
        assertThat(again.path("mode").asText()).isEqualTo("sweep");
        assertThat(again.path("counts").path("repaired").asInt()).isZero();
        ann.silent();
    }

    @Test
    void aSweepIsAskedForOnceByManyInstancesAndNotWhileAnotherRunIsOpen() throws Exception {
        Account ann = account();
        ann.put("a", Texts.event("a", "A"));
        ann.connected(TWO_WAY);
        Account bob = account();
        bob.put("b", Texts.event("b", "B"));
        bob.connected(TWO_WAY);
        bob.dayflow.execute(
                "insert into hub.job (id, connection_id, user_id, operation, mode, status)"
                        + " values (gen_random_uuid(), ?, ?, 'manual_sync', 'incremental', 'paused')",
                UUID.fromString(bob.connection()),
                bob.user);

        due(bob);
        due(ann);
        try (ExecutorService instances = Executors.newFixedThreadPool(4)) {
            Callable<Integer> instance = schedule::start;
            instances.invokeAll(List.of(instance, instance, instance, instance));
        }

        await().atMost(SOON).until(() -> sweeps(ann).stream().anyMatch(SweepIT::ended));
        assertThat(schedule.start()).isZero();
        assertThat(sweeps(ann)).hasSize(1);
        assertThat(sweeps(bob)).isEmpty();
    }

    @Test
    void aSweepThatFailedIsTriedAgainAfterAnHourAndOneThatWentThroughIsNot() {
        Account ann = account();
        ann.connected(TWO_WAY);
        String job = ann.hub.startSync(ann.connection(), Map.of("mode", "sweep"));
        ann.hub.awaitJob(job, SOON);
        swept(ann, "2 hours");
        assertThat(schedule.start()).isZero();

        ann.dayflow.execute("update hub.job set status = 'failed' where id = ?", UUID.fromString(job));
        await().atMost(SOON).until(() -> {
            schedule.start();
            return sweeps(ann).stream().filter(SweepIT::ended).count() == 2;
        });
        assertThat(schedule.start()).isZero();
    }

    private StandInCalendar calendar(Account account) {
        return standIn.calendar(account.calendar.getPath().replaceAll(".*/(c[^/]+)/$", "$1"));
    }

    private static void unnoticed(Account account, UUID row, String title) {
        account.dayflow.execute("set session_replication_role = replica");
        account.update(row, Map.of("title", title));
        account.dayflow.execute("set session_replication_role = default");
    }

    private static void due(Account account) {
        swept(account, "8 days");
    }

    private static void swept(Account account, String ago) {
        account.dayflow.execute(
                "update hub.connection set swept_at = now() - ?::text::interval where id = ?",
                ago,
                UUID.fromString(account.connection()));
    }

    private static List<JsonNode> sweeps(Account account) {
        return account.hub.jobs(account.connection()).stream()
                .filter(job -> job.path("mode").asText().equals("sweep"))
                .toList();
    }

    private static boolean ended(JsonNode job) {
        return List.of("completed", "failed").contains(job.path("status").asText());
    }
}
