package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.sandbox.SandboxStore;
import io.dayflow.hub.sandbox.SandboxStore.Key;
import io.dayflow.hub.sandbox.SandboxStore.Row;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one account holds, each object with the version of its last change. An object is never changed in place:
 * it is replaced by a changed copy. Guarded by its own monitor; {@link #save} makes durable what was put before.
 */
final class Ledger {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String ALPHABET = "23456789CFGHJMPQRVWXcfghjmpqrvwx";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String account;
    private final Clock clock;
    private final Map<Type, Map<String, Thing>> things = new EnumMap<>(Type.class);
    private final Set<Key> changed = new LinkedHashSet<>();
    private final Set<Key> removed = new LinkedHashSet<>();
    private final List<Event> events = new ArrayList<>();
    private long version;
    private Instant last = Instant.EPOCH;

    private record Thing(ObjectNode body, long version) {}

    /** Something that the service tells by webhook. */
    record Event(String name, ObjectNode data, @Nullable ObjectNode extra, String at) {}

    Ledger(String account, Clock clock) {
        this.account = account;
        this.clock = clock;
        for (var type : Type.values()) {
            things.put(type, new LinkedHashMap<>());
        }
    }

    static Ledger of(String account, Clock clock, List<Row> rows) {
        var ledger = new Ledger(account, clock);
        for (var row : rows) {
            ledger.of(Type.stored(row.type())).put(row.id(), new Thing((ObjectNode) row.body(), row.version()));
            ledger.version = Math.max(ledger.version, row.version());
        }
        return ledger;
    }

    String account() {
        return account;
    }

    long version() {
        return version;
    }

    /** The account's own object, as {@code GET /user} shows it, with some fields of the stand-in's own. */
    ObjectNode user() {
        return get(Type.ACCOUNT, account);
    }

    ZoneId zone() {
        return ZoneId.of(user().path("tz_info").path("timezone").asText("UTC"));
    }

    String inbox() {
        return user().path("inbox_project_id").asText();
    }

    @Nullable
    ObjectNode find(Type type, String id) {
        var thing = of(type).get(id);
        return thing == null ? null : thing.body();
    }

    /** Of any state, deleted too. */
    ObjectNode get(Type type, String id) {
        var found = find(type, id);
        if (found == null) {
            throw ApiError.notFound(type.title());
        }
        return found;
    }

    /** One that is not deleted. */
    ObjectNode alive(Type type, String id) {
        var found = get(type, id);
        if (found.path("is_deleted").asBoolean()) {
            throw ApiError.notFound(type.title());
        }
        return found;
    }

    Stream<ObjectNode> all(Type type) {
        return of(type).values().stream().map(Thing::body);
    }

    /** Those that are not deleted. */
    List<ObjectNode> alive(Type type) {
        return all(type).filter(body -> !body.path("is_deleted").asBoolean()).toList();
    }

    /** What changed after a version, in the order of the changes. */
    List<ObjectNode> since(Type type, long known) {
        return of(type).values().stream()
                .filter(thing -> thing.version() > known)
                .sorted(Comparator.comparingLong(Thing::version))
                .map(Thing::body)
                .toList();
    }

    void put(Type type, String id, ObjectNode body) {
        of(type).put(id, new Thing(body, ++version));
        changed.add(new Key(type.stored(), id));
        removed.remove(new Key(type.stored(), id));
    }

    void put(Type type, ObjectNode body) {
        put(type, body.path("id").asText(), body);
    }

    void remove(Type type, String id) {
        of(type).remove(id);
        changed.remove(new Key(type.stored(), id));
        removed.add(new Key(type.stored(), id));
    }

    void tell(String name, ObjectNode data, @Nullable ObjectNode extra) {
        events.add(new Event(name, data, extra, now()));
    }

    /** Stores what was put since the last call. */
    void save(SandboxStore store) {
        if (!changed.isEmpty() || !removed.isEmpty()) {
            var rows = changed.stream()
                    .map(key -> {
                        var thing = Objects.requireNonNull(
                                of(Type.stored(key.type())).get(key.id()));
                        return new Row(key.type(), key.id(), thing.version(), thing.body());
                    })
                    .toList();
            store.save(TodoistStandIn.SERVICE, account, rows, List.copyOf(removed));
            changed.clear();
            removed.clear();
        }
    }

    /** What is to be told since the last call. */
    List<Event> told() {
        var told = List.copyOf(events);
        events.clear();
        return told;
    }

    /** The time, in microseconds, later than all times told before. */
    String now() {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
        return TIME.format(last);
    }

    Instant instant() {
        return clock.instant();
    }

    /** As the service writes it. */
    static String time(Instant time) {
        return TIME.format(time);
    }

    /** A number for the next place in a list, larger than all before. */
    int order() {
        return (int) Math.min(Integer.MAX_VALUE, version + 1);
    }

    static String newId() {
        return RANDOM.ints(16, 0, ALPHABET.length())
                .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                .reduce("", String::concat);
    }

    /** An empty object. */
    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private Map<String, Thing> of(Type type) {
        return Objects.requireNonNull(things.get(type));
    }

    /** The text of a field that is given and not null. */
    static @Nullable String text(JsonNode body, String field) {
        var value = body.path(field);
        return value.isTextual() || value.isNumber() ? value.asText() : null;
    }
}
