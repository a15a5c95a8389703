package io.dayflow.hub.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.dayflow.UnheldRows;
import io.dayflow.hub.icalendar.CalendarFile;
import io.dayflow.hub.icalendar.Stamp;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** A user's events and tasks, deleted ones apart, as one iCalendar file. Thread-safe. */
@Component
class ExportedCalendar {

    private static final Logger log = LoggerFactory.getLogger(ExportedCalendar.class);

    private final UnheldRows unheld;
    private final ObjectMapper json;
    private final Clock clock;

    ExportedCalendar(UnheldRows unheld, ObjectMapper json, Clock clock) {
        this.unheld = unheld;
        this.json = json;
        this.clock = clock;
    }

    /** @param each called for each item; what it throws ends the export */
    void write(NamedParameterJdbcTemplate jdbc, UUID userId, Appendable out, Runnable each) throws IOException {
        // nobody is to be invited by a file
        var file = new CalendarFile(out, new Stamp(clock.instant(), true), firstYear(jdbc, userId));
        RowCallbackHandler add = row -> {
            each.run();
            var kind = Kind.of(row.getString("kind"));
            var fields = new TreeMap<String, JsonNode>();
            read(row.getString("fields")).properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            var uid = row.getString("uid");
            add(file, new View(kind, fields), uid == null ? row.getString("id") : uid);
        };
        jdbc.query(
                "select id, kind, fields::text as fields, uid from hub.item where user_id = :user and deleted_at is null"
                        + " order by coalesce(fields ->> 'start', fields ->> 'due'), id",
                new MapSqlParameterSource("user", userId),
                add);
        for (var kind : Kind.values()) {
            unheld.forEach(userId, kind, (id, item) -> {
                each.run();
                add(file, item.view(), id.toString());
            });
        }
        file.end();
    }

    /** Of all items, those of the hub and those of DayFlow alone, which come apart. */
    private int firstYear(NamedParameterJdbcTemplate jdbc, UUID userId) {
        var now = clock.instant().atOffset(ZoneOffset.UTC).getYear();
        var held = jdbc.queryForObject(
                "select min(substring(coalesce(fields ->> 'start', fields ->> 'due') from '^[0-9]{4}')::int) from hub.item"
                        + " where user_id = :user and deleted_at is null",
                new MapSqlParameterSource("user", userId), Integer.class);
        return Math.min(held == null ? now : held, unheld.firstYear(userId).orElse(now));
    }

    private static void add(CalendarFile file, View item, String uid) {
        try {
            file.add(item, uid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException noCalendarObject) {
            log.warn("an item of an export is in its JSON only: {}", uid);
        }
    }

    private JsonNode read(String fields) {
        try {
            return json.readTree(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an item's fields are no JSON", e);
        }
    }
}
