package io.dayflow.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.server.DavClient;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowingConsumer;
import org.awaitility.core.ThrowingRunnable;

/** One DayFlow user, their calendar on a server, and the hub between. */
final class Account {

    static final Duration SOON = Duration.ofSeconds(60);

    final UUID user;
    final HubClient hub;
    final DayflowDatabase dayflow;
    final DavClient dav;
    final URI calendar;
    final String name;
    private final CalendarServer server;
    private final CalendarServer.Person person;
    private String connection = "";

    Account(URI hubUrl, DayflowDatabase dayflow, CalendarServer server, String zone) {
        this.dayflow = dayflow;
        this.server = server;
        this.user = dayflow.createUser(zone);
        this.hub = new HubClient(hubUrl, RunningHub.SERVICE_TOKEN, user);
        this.person = server.person();
        this.dav = new DavClient(person.user(), person.password());
        String id = UUID.randomUUID().toString().substring(0, 8);
        this.name = "Calendar " + id;
        this.calendar = dav.makeCalendar(dav.home(server.baseUrl()), "c" + id, name, "VEVENT", "VTODO");
    }

    String connection() {
        return connection;
    }

    /** Connects without selecting anything. */
    JsonNode connect(Map<String, ?> settings) {
        JsonNode made = hub.connect(
                "caldav",
                Map.of(
                        "url", server.baseUrl().toString(),
                        "username", person.user(),
                        "password", person.password()),
                settings);
        connection = made.path("integrationId").asText();
        return made;
    }

    /** Connects, selects the calendar and syncs for the first time. */
    Account connected(Map<String, ?> settings) {
        connect(settings);
        hub.selectCollections(connection, name);
        hub.syncCompletely(connection);
        return this;
    }

    /** Stores an object, whatever was there. */
    void put(String object, String text) {
        dav.put(uri(object), text);
    }

    URI uri(String object) {
        return calendar.resolve(object + ".ics");
    }

    String text(String object) {
        return dav.get(uri(object)).body();
    }

    /** The texts of all objects. */
    List<String> texts() {
        return dav.bodies(calendar).values().stream()
                .map(DavClient.Stored::body)
                .toList();
    }

    /** Another client changes an object, now. */
    void edit(String object, UnaryOperator<String> change) {
        edit(object, Instant.now(), change);
    }

    /** Another client changes an object, and says that it did so then. */
    void edit(String object, Instant at, UnaryOperator<String> change) {
        String changed = change.apply(text(object));
        dav.put(uri(object), Texts.with(changed, "LAST-MODIFIED", "LAST-MODIFIED:" + Texts.utc(at)));
    }

    /** Another client sets one line. */
    void edit(String object, String line) {
        edit(object, text -> Texts.with(text, Texts.name(line), line));
    }

    Map<String, Object> event(String title) {
        return dayflow.rowTitled("calendar_events", user, title);
    }

    Map<String, Object> task(String title) {
        return dayflow.rowTitled("tasks", user, title);
    }

    UUID id(Map<String, Object> row) {
        return (UUID) row.get("id");
    }

    List<Map<String, Object>> events() {
        return dayflow.rows("calendar_events", user);
    }

    void update(UUID row, Map<String, ?> columns) {
        dayflow.update("calendar_events", row, columns);
    }

    JsonNode sync() {
        return hub.syncCompletely(connection);
    }

    JsonNode card() {
        return hub.integration(connection);
    }

    /** The only open conflict. */
    JsonNode conflict() {
        List<JsonNode> open = hub.conflicts("open");
        assertThat(open).hasSize(1);
        return open.getFirst();
    }

    /** Waits until the object's text satisfies this. */
    void eventually(String object, ThrowingConsumer<String> text) {
        eventually(() -> text.accept(text(object)));
    }

    void eventually(ThrowingRunnable assertion) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
    }

    /** Waits until nothing is on its way to the service and no run is under way, which a later one would join. */
    void settled() {
        eventually(() -> {
            assertThat(card().path("counts").path("pending").asInt()).isZero();
            assertThat(hub.jobs(connection))
                    .extracting(job -> job.path("status").asText())
                    .doesNotContain("pending", "running");
        });
    }

    /** Everything that a write of the hub would change: objects with their versions, rows with theirs, the journal. */
    Map<String, Object> everything() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("objects", dav.bodies(calendar));
        for (String table : List.of("calendar_events", "tasks", "categories", "tags")) {
            all.put(
                    table,
                    dayflow.query(
                            "select xmin::text as version, * from public." + table + " where user_id = ? order by id",
                            user));
        }
        all.put(
                "event_tags",
                dayflow.query(
                        "select j.* from public.event_tags j join public.tags t on t.id = j.tag_id where t.user_id = ?"
                                + " order by event_id, tag_id",
                        user));
        all.put(
                "task_tags",
                dayflow.query(
                        "select j.* from public.task_tags j join public.tags t on t.id = j.tag_id where t.user_id = ?"
                                + " order by task_id, tag_id",
                        user));
        all.put(
                "journal",
                hub.get("api/integrations/history?limit=200").path("items").size());
        return all;
    }

    /** Two more runs write nothing on any side. */
    void silent() {
        settled();
        Map<String, Object> before = everything();
        JsonNode job = sync();
        hub.awaitJob(hub.startSync(connection, Map.of("mode", "full")), Duration.ofSeconds(120));
        assertThat(everything()).isEqualTo(before);
        for (String count : List.of("created", "updated", "deleted", "pushed", "conflicts", "failed")) {
            assertThat(job.path("counts").path(count).asInt()).as(count).isZero();
        }
    }
}
