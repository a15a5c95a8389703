package io.dayflow.hub.crash;

import io.dayflow.hub.server.DayflowDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A person at work in DayFlow: new events, edits, edits of what was edited before, and new events given up again. */
final class Edits {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private final DayflowDatabase database;
    private final UUID user;
    private final Chance chance;
    private final List<UUID> known;
    private final List<UUID> added = new ArrayList<>();
    private final Map<UUID, String> titles = new TreeMap<>();

    Edits(DayflowDatabase database, UUID user, Chance chance) {
        this.database = database;
        this.user = user;
        this.chance = chance;
        this.known = database.rows("calendar_events", user).stream()
                .map(row -> (UUID) row.get("id"))
                .toList();
        database.rows("calendar_events", user)
                .forEach(row -> titles.put((UUID) row.get("id"), (String) row.get("title")));
    }

    /** Some new rows, some edits of rows that are known, some edits of those that were edited or added before. */
    void round(int round, int size) {
        for (int i = 0; i < size; i++) {
            int number = (round * size + i) % known.size();
            retitle(known.get(number), "known-" + number + "-in-" + round);
            Instant start = NOON.plus(Duration.ofHours(round * size + i));
            UUID row = database.createEvent(user, "added-" + round + "-" + i, start, start.plusSeconds(1800));
            added.add(row);
            titles.put(row, "added-" + round + "-" + i);
        }
        for (int i = 0; i < size / 4; i++) {
            UUID again = added.get(chance.below(added.size()));
            if (titles.containsKey(again)) {
                retitle(again, titles.get(again) + "-again");
            }
        }
    }

    /** Deletes the row that was added last. */
    void giveUpLast() {
        UUID last = added.getLast();
        database.delete("calendar_events", last);
        titles.remove(last);
    }

    /** What every event is called now, sorted. */
    List<String> titles() {
        return titles.values().stream().sorted().toList();
    }

    private void retitle(UUID row, String title) {
        database.update("calendar_events", row, Map.of("title", title));
        titles.put(row, title);
    }
}
