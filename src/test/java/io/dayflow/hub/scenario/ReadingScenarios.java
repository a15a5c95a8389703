package io.dayflow.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a fresh connection to rows. */
abstract class ReadingScenarios extends Scenario {

    @Test
    void nothingIsReadOrWrittenBeforeACollectionIsSelectedAndASyncAskedFor() {
        Account ann = account();
        ann.put("a", Texts.event("a", "Breakfast"));
        Map<String, Object> before = ann.everything();
        ann.connect(TWO_WAY);
        ann.dayflow.createEvent(
                ann.user, "Mine", Instant.parse("2026-03-02T09:00:00Z"), Instant.parse("2026-03-02T10:00:00Z"));
        Map<String, Object> withMine = ann.everything();
        ann.hub.selectCollections(ann.connection(), ann.name);

        assertThat(ann.card().path("lastSyncAt").isNull()).isTrue();
        assertThat(ann.hub.jobs(ann.connection())).isEmpty();
        assertThat(ann.events()).hasSize(1);
        assertThat(ann.everything()).isEqualTo(withMine);
        assertThat(withMine.get("objects")).isEqualTo(before.get("objects"));
    }

    @Test
    void eventsAndTasksComeWithCategoryTagsAndTheRightInstantsAndASecondSyncWritesNothing() {
        Account ann = account("America/Los_Angeles");
        ann.put("utc", Texts.event("utc", "Call", "CATEGORIES:Urgent,Home"));
        ann.put("zoned", Texts.rich("zoned"));
        ann.put("series", Texts.richSeries("series").replace("SUMMARY;LANGUAGE=de:Planung\r", "SUMMARY:Series\r"));
        ann.put("day", Texts.allDay("day", "Holiday", "20260704", "20260706"));
        ann.put(
                "floating",
                Texts.event("floating", "Lunch").replace("Z\r\nDTEND:20260301T100000Z", "\r\nDTEND:20260301T100000"));
        ann.put("todo", Texts.task("todo", "Buy milk", "DUE;VALUE=DATE:20260310", "CATEGORIES:Shop", "PRIORITY:1"));
        ann.put(
                "done",
                Texts.task("done", "Paid", "STATUS:COMPLETED", "COMPLETED:20260201T101112Z", "PERCENT-COMPLETE:100"));
        ann.connected(TWO_WAY);

        Map<String, Object> call = ann.event("Call");
        assertThat(call.get("start_time")).isEqualTo(Instant.parse("2026-03-01T09:00:00Z"));
        assertThat(call.get("end_time")).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(call.get("is_all_day")).isEqualTo(false);
        assertThat(category(ann, call)).isEqualTo(ann.name);
        assertThat(tags(ann, "event", call)).containsExactly("Home", "Urgent");
        Map<String, Object> zoned = ann.event("Planung");
        assertThat(zoned.get("start_time")).isEqualTo(Instant.parse("2026-03-10T08:00:00Z"));
        assertThat(zoned.get("end_time")).isEqualTo(Instant.parse("2026-03-10T09:30:00Z"));
        assertThat(zoned.get("location")).isEqualTo("Raum 4");
        assertThat((String) zoned.get("description")).startsWith("Erste Zeile\nZweite Zeile, mit Komma;");
        assertThat((String) zoned.get("reminder")).contains("\"enabled\": true", "\"minutesBefore\": 15");
        assertThat((String) ann.event("Series").get("recurrence")).contains("\"type\": \"weekly\"");
        Map<String, Object> day = ann.event("Holiday");
        assertThat(day.get("start_time")).isEqualTo(Instant.parse("2026-07-04T07:00:00Z"));
        assertThat(day.get("end_time")).isEqualTo(Instant.parse("2026-07-06T07:00:00Z"));
        assertThat(day.get("is_all_day")).isEqualTo(true);
        assertThat(ann.event("Lunch").get("start_time")).isEqualTo(Instant.parse("2026-03-01T17:00:00Z"));
        Map<String, Object> milk = ann.task("Buy milk");
        assertThat(milk.get("due_date")).isEqualTo(Instant.parse("2026-03-10T07:00:00Z"));
        assertThat(milk.get("status")).isEqualTo("pending");
        assertThat(milk.get("priority")).isIn("high", "urgent");
        assertThat(category(ann, milk)).isEqualTo(ann.name);
        assertThat(tags(ann, "task", milk)).containsExactly("Shop");
        Map<String, Object> paid = ann.task("Paid");
        assertThat(paid.get("status")).isEqualTo("completed");
        assertThat(paid.get("completed_at")).isEqualTo(Instant.parse("2026-02-01T10:11:12Z"));
        assertThat(ann.dayflow.count("calendar_events", ann.user)).isEqualTo(5);
        assertThat(ann.dayflow.count("tasks", ann.user)).isEqualTo(2);

        ann.silent();
    }

    @Test
    void whatAnotherClientAddsEditsAndRemovesIsTakenOverByTheNextSync() {
        Account ann = account();
        ann.put("a", Texts.event("a", "One"));
        ann.put("b", Texts.event("b", "Two"));
        ann.put("c", Texts.event("c", "Three"));
        ann.connected(TWO_WAY);
        ann.edit("a", "SUMMARY:One and a half");
        ann.dav.delete(ann.uri("b"));
        ann.put("d", Texts.event("d", "Four"));

        ann.sync();

        assertThat(ann.events()).extracting(row -> row.get("title")).containsExactly("Four", "One and a half", "Three");
        ann.silent();
    }

    static String category(Account account, Map<String, Object> row) {
        return (String) account.dayflow
                .query("select name from public.categories where id = ?", row.get("category_id"))
                .getFirst()
                .get("name");
    }

    static List<String> tags(Account account, String kind, Map<String, Object> row) {
        return account
                .dayflow
                .query(
                        "select t.name from public." + kind + "_tags j join public.tags t on t.id = j.tag_id where j."
                                + kind + "_id = ? order by t.name",
                        row.get("id"))
                .stream()
                .map(tag -> (String) tag.get("name"))
                .toList();
    }
}
