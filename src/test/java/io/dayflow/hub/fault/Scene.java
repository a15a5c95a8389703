package io.dayflow.hub.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.sandbox.caldav.StandInCalendar;
import io.dayflow.hub.server.CalDavStandIn;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ThrowingRunnable;
import org.springframework.core.env.Environment;

/** A user of a hub with a calendar on a stand-in server of their own, and what both sides hold. */
final class Scene implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SUMMARY = Pattern.compile("(?m)^SUMMARY(?:;[^:]*)?:(.*?)\r?$");

    final CalDavStandIn standIn;
    final StandInCalendar work;
    final DayflowDatabase dayflow;
    final UUID user;
    final HubClient hub;
    final String integration;

    private Scene(
            CalDavStandIn standIn,
            DayflowDatabase dayflow,
            UUID user,
            HubClient hub,
            int events,
            Map<String, ?> settings) {
        this.standIn = standIn;
        this.work = standIn.addCalendar("work", "Work", "VEVENT");
        this.dayflow = dayflow;
        this.user = user;
        this.hub = hub;
        for (int i = 0; i < events; i++) {
            work.put("e" + i + ".ics", event("e" + i, "Event " + i));
        }
        JsonNode connected = hub.connect(
                "caldav",
                Map.of(
                        "url",
                        standIn.baseUrl().toString(),
                        "username",
                        CalDavStandIn.USER,
                        "password",
                        CalDavStandIn.PASSWORD),
                settings);
        this.integration = connected.path("integrationId").asText();
        hub.selectCollections(integration, "Work");
    }

    /** A new user of the hub in this process, connected and not yet synced. */
    static Scene connected(Environment hub, int events) {
        return connected(hub, events, Map.of("exportNew", "all"));
    }

    static Scene connected(Environment hub, int events, Map<String, ?> settings) {
        URI base = URI.create("http://127.0.0.1:" + hub.getRequiredProperty("local.server.port") + "/");
        DayflowDatabase dayflow = DayflowDatabase.ofUrl(hub.getRequiredProperty("DATABASE_URL"));
        UUID user = dayflow.createUser("Europe/Berlin");
        HubClient client = new HubClient(base, RunningHub.SERVICE_TOKEN, user);
        return new Scene(CalDavStandIn.start(), dayflow, user, client, events, settings);
    }

    /** A user of another hub. */
    static Scene of(DayflowDatabase dayflow, UUID user, HubClient client, int events) {
        return new Scene(CalDavStandIn.start(), dayflow, user, client, events, Map.of("exportNew", "all"));
    }

    /** A new user of the hub in this process whose events are in DayFlow. */
    static Scene synced(Environment hub, int events) {
        return connected(hub, events).agreed();
    }

    static Scene synced(Environment hub, int events, Map<String, ?> settings) {
        return connected(hub, events, settings).agreed();
    }

    private Scene agreed() {
        hub.syncCompletely(integration);
        assertThat(titlesInDayflow()).isEqualTo(titlesOnServer());
        return this;
    }

    static String event(String uid, String title) {
        int hour = Math.floorMod(uid.hashCode(), 24);
        return """
                BEGIN:VCALENDAR\r
                VERSION:2.0\r
                PRODID:-//Tests//Faults//EN\r
                BEGIN:VEVENT\r
                UID:%s\r
                DTSTAMP:20260101T000000Z\r
                DTSTART:20260301T%02d0000Z\r
                DTEND:20260301T%02d3000Z\r
                SUMMARY:%s\r
                X-KEPT:yes\r
                END:VEVENT\r
                END:VCALENDAR\r
                """.formatted(uid, hour, hour, title);
    }

    JsonNode card() {
        return hub.integration(integration);
    }

    String status() {
        return card().path("status").asText();
    }

    String errorCode() {
        return card().path("error").path("code").asText();
    }

    /** The id of the DayFlow row with this title. */
    UUID row(String title) {
        return (UUID) dayflow.rowTitled("calendar_events", user, title).get("id");
    }

    /** DayFlow's user edits. */
    void retitle(String from, String to) {
        dayflow.update("calendar_events", row(from), Map.of("title", to));
    }

    /** DayFlow's user makes a new event. */
    UUID newRow(String title) {
        Instant start = Instant.parse("2026-04-01T09:00:00Z");
        return dayflow.createEvent(user, title, start, start.plusSeconds(3600));
    }

    /** The service's user edits. */
    void retitleOnServer(String name, String title) {
        work.put(name, SUMMARY.matcher(work.text(name)).replaceAll("SUMMARY:" + title + "\r"));
    }

    List<String> titlesInDayflow() {
        return dayflow.rows("calendar_events", user).stream()
                .map(row -> (String) row.get("title"))
                .sorted()
                .toList();
    }

    List<String> titlesOnServer() {
        return work.names().stream()
                .map(name -> title(work.text(name)))
                .sorted()
                .toList();
    }

    static String title(String text) {
        Matcher found = SUMMARY.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    /** Waits until this holds. */
    void eventually(ThrowingRunnable holds) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(holds);
    }

    /** Waits until the hub says that the connection is so. */
    void awaitStatus(String status, String errorCode) {
        eventually(() -> {
            JsonNode card = card();
            assertThat(card.path("status").asText()).as(card.toString()).isEqualTo(status);
            assertThat(card.path("error").path("code").asText(""))
                    .as(card.toString())
                    .isEqualTo(errorCode);
        });
    }

    /** Asks for a run that is to fail, and returns its error's type. */
    String failingSync() {
        JsonNode job = hub.sync(integration);
        assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("failed");
        assertThat(job.path("error").path("message").asText()).isNotBlank();
        assertThat(job.path("completedAt").isTextual()).isTrue();
        return job.path("error").path("type").asText();
    }

    /**
     * Waits until nothing is left to do and both sides hold exactly these titles, then looks again in full: nothing is
     * written any more, on any side, and the connection says that all is well.
     */
    void settlesWith(String... titles) {
        settlesWith(List.of(titles));
    }

    void settlesWith(List<String> titles) {
        List<String> wanted = titles.stream().sorted().toList();
        eventually(() -> {
            assertThat(titlesInDayflow()).isEqualTo(wanted);
            assertThat(titlesOnServer()).isEqualTo(titlesInDayflow());
            assertThat(pending()).isZero();
            // a push whose answer was lost asks once more, also where a poll has found what it made
            assertThat(leases()).isZero();
        });
        awaitStatus("success", "");
        List<String> texts = texts();
        List<Map<String, Object>> rows = dayflow.rows("calendar_events", user);
        long journal = journal();
        standIn.forgetRequests();
        hub.awaitJob(hub.startSync(integration, Map.of("mode", "full")), PATIENCE);
        hub.syncCompletely(integration);
        assertThat(standIn.writes()).isEmpty();
        assertThat(texts()).isEqualTo(texts);
        assertThat(dayflow.rows("calendar_events", user)).isEqualTo(rows);
        assertThat(journal()).isEqualTo(journal);
        assertThat(pending()).isZero();
        assertThat(hub.conflicts("open")).isEmpty();
        assertThat(uids()).doesNotHaveDuplicates();
    }

    private List<String> texts() {
        return work.names().stream().map(work::text).toList();
    }

    private List<String> uids() {
        return work.names().stream()
                .map(name -> work.text(name).replaceAll("(?s).*\nUID:([^\r\n]*).*", "$1"))
                .toList();
    }

    long pending() {
        return number("select count(*) as n from hub.link l join hub.item i on i.id = l.item_id "
                + "where i.user_id = ? and l.pending and l.state = 'live'");
    }

    long journal() {
        return number("select count(*) as n from hub.journal where user_id = ?");
    }

    long links() {
        return number("select count(*) as n from hub.link l join hub.item i on i.id = l.item_id "
                + "where i.user_id = ? and l.connection_id is not null and l.state <> 'detached'");
    }

    private int leases() {
        return dayflow.query("select resource from hub.lease where position(? in resource) > 0", integration)
                .size();
    }

    private long number(String sql) {
        return (Long) dayflow.query(sql, user).getFirst().get("n");
    }

    /** The next scheduled poll is now. */
    void pollNow() {
        dayflow.execute("update hub.connection set next_sync_at = now() where id = ?", UUID.fromString(integration));
    }

    /** Ends the connection, so that a hub that other tests use does not go on asking. */
    @Override
    public void close() {
        hub.send("DELETE", "api/integrations?integrationId=" + integration + "&items=keep", null);
        dayflow.close();
        standIn.close();
    }
}
