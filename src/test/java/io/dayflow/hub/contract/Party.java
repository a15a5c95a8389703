package io.dayflow.hub.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.awaitility.core.ThrowingRunnable;

/** A DayFlow user of their own with one account at a service, connected, all its collections selected. */
final class Party implements AutoCloseable {

    /** Longer than a circuit stays open after the faults that a test made. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final ServiceUser service;
    final HubClient hub;
    final DayflowDatabase dayflow;
    final UUID user;
    final String integration;
    final String table;

    private Party(SandboxHub hub, ServiceUser service, String serviceName, String table, Map<String, ?> settings) {
        this.service = service;
        this.table = table;
        this.dayflow = hub.dayflow();
        this.user = dayflow.createUser("Europe/Berlin");
        this.hub = hub.client(user);
        this.integration = this.hub
                .connect(serviceName, service.credentials(), settings)
                .path("integrationId")
                .asText();
    }

    /** Connected, with nothing selected yet. */
    static Party connected(String service, String table, int items, Map<String, ?> settings) {
        SandboxHub hub = SandboxHub.get();
        ServiceUser user = ServiceUser.open(hub, service, items).looksAt(table.equals("tasks") ? "task" : "event");
        return new Party(hub, user, service, table, settings);
    }

    /** Selects everything of the kind that the table holds; what is new in DayFlow goes to the first of them. */
    Party selectsAll() {
        String kind = table.equals("tasks") ? "tasks" : "events";
        List<String> ids = StreamSupport.stream(
                        hub.integration(integration).path("collections").spliterator(), false)
                .filter(collection -> collection.path("kind").asText().equals(kind))
                .map(collection -> collection.path("id").asText())
                .toList();
        assertThat(ids).isNotEmpty();
        hub.put(
                "api/integrations",
                Map.of(
                        "integrationId",
                        integration,
                        "collections",
                        ids.stream()
                                .map(id -> Map.of("id", id, "selected", true))
                                .toList(),
                        "settings",
                        Map.of("defaultCollections", Map.of(kind, ids.getFirst()))));
        return this;
    }

    JsonNode card() {
        return hub.integration(integration);
    }

    JsonNode syncs() {
        return hub.syncCompletely(integration);
    }

    /** Asks for runs until one completes: the service may still ask for patience. */
    void syncsAtLast() {
        eventually(
                () -> assertThat(hub.sync(integration).path("status").asText()).isEqualTo("completed"));
    }

    JsonNode syncsInFull() {
        JsonNode job = hub.awaitJob(hub.startSync(integration, Map.of("mode", "full")), Duration.ofSeconds(120));
        assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("completed");
        return job;
    }

    List<Map<String, Object>> rows() {
        return dayflow.rows(table, user);
    }

    List<String> rowTitles() {
        return rows().stream().map(row -> (String) row.get("title")).sorted().toList();
    }

    UUID row(String title) {
        return (UUID) dayflow.rowTitled(table, user, title).get("id");
    }

    UUID insert(Map<String, ?> columns) {
        Map<String, Object> row = new HashMap<>(columns);
        row.put("user_id", user);
        return dayflow.insert(table, row);
    }

    void update(UUID row, Map<String, ?> columns) {
        dayflow.update(table, row, columns);
    }

    void delete(UUID row) {
        dayflow.delete(table, row);
    }

    /** Waits until this holds. */
    void eventually(ThrowingRunnable holds) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(holds);
    }

    /** Waits until nothing is left to push and both sides hold exactly these titles. */
    void agreesOn(List<String> titles) {
        List<String> wanted = titles.stream().sorted().toList();
        eventually(() -> {
            assertThat(rowTitles()).isEqualTo(wanted);
            assertThat(service.titles()).as("%s", links()).isEqualTo(wanted);
            assertThat(pending()).isZero();
        });
    }

    /** Waits until nothing is left to push and both sides hold the same titles. */
    void agrees() {
        eventually(() -> {
            assertThat(service.titles()).as("%s", links()).isEqualTo(rowTitles());
            assertThat(pending()).isZero();
        });
    }

    /** What the hub knows, for the messages of failures. */
    private List<Map<String, Object>> links() {
        return dayflow.query(
                "select l.external_id, l.version, l.state, l.pending, l.verified, l.intent::text, l.base::text,"
                        + " l.attempts, l.not_before, i.deleted_at from hub.link l join hub.item i on i.id = l.item_id"
                        + " where i.user_id = ? and l.connection_id is not null",
                user);
    }

    /** Looks at everything again, twice, and finds nothing to write, on either side. */
    void isQuiet() {
        eventually(() -> assertThat(pending()).isZero());
        Map<String, JsonNode> natives = service.natives();
        List<Map<String, Object>> rows = rows();
        long journal = journal();
        syncsInFull();
        syncs();
        assertThat(service.natives()).isEqualTo(natives);
        assertThat(rows()).isEqualTo(rows);
        assertThat(journal()).isEqualTo(journal);
        assertThat(pending()).isZero();
    }

    long pending() {
        return number("select count(*) as n from hub.link l join hub.item i on i.id = l.item_id "
                + "where i.user_id = ? and l.pending and l.state = 'live'");
    }

    long journal() {
        return number("select count(*) as n from hub.journal where user_id = ?");
    }

    private long number(String sql) {
        return (Long) dayflow.query(sql, user).getFirst().get("n");
    }

    /** Ends the connection and every fault, so that the hub's other users are alone with it. */
    @Override
    public void close() {
        service.noFaults();
        hub.send("DELETE", "api/integrations?integrationId=" + integration + "&items=keep", null);
    }
}
