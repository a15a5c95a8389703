package io.dayflow.hub.sandbox.caldav;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.sandbox.SandboxStore;
import io.dayflow.hub.sandbox.SandboxStore.Key;
import io.dayflow.hub.sandbox.SandboxStore.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * An account of the calendar server with its calendars. What differs from what is stored is found by the calendars' own
 * sequence of changes. Guarded by its own monitor.
 */
final class CalDavAccount {

    private static final String CALENDAR = "calendar";
    private static final String MEMBER = "member";

    private final String id;
    private final Map<String, StandInCalendar> calendars = new ConcurrentSkipListMap<>();
    private final Map<String, StandInCalendar.Head> saved = new HashMap<>();
    private final StandInHandler handler;

    /** An object of a calendar. */
    record Found(StandInCalendar calendar, String name) {
        IcsText object() {
            return IcsText.parse(calendar.text(name));
        }
    }

    CalDavAccount(String id, String prefix) {
        this.id = id;
        var quirks = new StandInQuirks();
        quirks.prefix(prefix);
        this.handler = new StandInHandler(id, calendars, quirks);
    }

    static CalDavAccount of(String id, String prefix, List<Row> rows) {
        var account = new CalDavAccount(id, prefix);
        var members = new HashMap<String, List<StandInCalendar.Kept>>();
        for (var row : rows) {
            if (row.type().equals(MEMBER)) {
                var body = row.body();
                members.computeIfAbsent(body.path("folder").asText(), folder -> new ArrayList<>())
                        .add(new StandInCalendar.Kept(
                                body.path("name").asText(),
                                row.version(),
                                body.path("text").textValue()));
            }
        }
        for (var row : rows) {
            if (row.type().equals(CALENDAR)) {
                var head = head(row);
                account.calendars.put(
                        row.id(), StandInCalendar.restore(row.id(), head, members.getOrDefault(row.id(), List.of())));
                account.saved.put(row.id(), head);
            }
        }
        return account;
    }

    String id() {
        return id;
    }

    Map<String, StandInCalendar> calendars() {
        return calendars;
    }

    StandInCalendar add(String folder, String name, String component) {
        var calendar = new StandInCalendar(folder, name, List.of(component));
        calendars.put(folder, calendar);
        return calendar;
    }

    StandInReply handle(StandInRequest request) {
        return handler.handle(request);
    }

    List<Found> objects() {
        return calendars.values().stream()
                .flatMap(calendar -> calendar.names().stream().map(name -> new Found(calendar, name)))
                .toList();
    }

    Found object(String uid) {
        for (var calendar : calendars.values()) {
            var name = calendar.nameOf(uid);
            if (name != null) {
                return new Found(calendar, name);
            }
        }
        throw new NotFound("The account has no such item.");
    }

    /** Stores what changed since the last call; {@code more} is stored with it. */
    void save(SandboxStore store, @Nullable Row more) {
        var changed = new ArrayList<Row>();
        var removed = new ArrayList<Key>();
        var heads = new TreeMap<String, StandInCalendar.Head>();
        calendars.forEach((folder, calendar) -> {
            var head = calendar.head();
            var before = saved.get(folder);
            heads.put(folder, head);
            if (!head.equals(before)) {
                changed.add(new Row(CALENDAR, folder, head.sequence(), body(head)));
                calendar.keptSince(before == null ? 0 : before.sequence())
                        .forEach(member -> changed.add(row(folder, member)));
            }
        });
        for (var folder : saved.keySet()) {
            if (!heads.containsKey(folder)) {
                removed.add(new Key(CALENDAR, folder));
                store.load(CalDavService.SERVICE, id).stream()
                        .filter(row -> row.type().equals(MEMBER))
                        .filter(row -> row.body().path("folder").asText().equals(folder))
                        .forEach(row -> removed.add(new Key(MEMBER, row.id())));
            }
        }
        if (more != null) {
            changed.add(more);
        }
        if (!changed.isEmpty() || !removed.isEmpty()) {
            store.save(CalDavService.SERVICE, id, changed, removed);
        }
        saved.clear();
        saved.putAll(heads);
    }

    private static Row row(String folder, StandInCalendar.Kept member) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("folder", folder).put("name", member.name()).put("text", member.text());
        return new Row(MEMBER, folder + "/" + member.name(), member.version(), body);
    }

    private static ObjectNode body(StandInCalendar.Head head) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("name", head.displayName()).put("sequence", head.sequence()).put("epoch", head.epoch());
        head.components().forEach(body.putArray("components")::add);
        return body;
    }

    private static StandInCalendar.Head head(Row row) {
        var body = row.body();
        return new StandInCalendar.Head(
                body.path("name").asText(),
                body.path("components").valueStream().map(name -> name.asText()).toList(),
                body.path("sequence").asLong(),
                body.path("epoch").asInt());
    }
}
