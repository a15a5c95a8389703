package io.dayflow.hub.connection;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.Task;
import io.dayflow.hub.merge.FieldStrategies;
import io.dayflow.hub.merge.Strategies;
import io.dayflow.hub.merge.Strategy;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a connection syncs. Only what its user set is stored ({@code hub.connection.settings}); the rest are defaults.
 *
 * @param autoSync false stops scheduled runs; pushes and webhooks go on
 * @param syncInterval minutes between scheduled runs, never fewer than the provider bears
 * @param syncDirection which way changes travel
 * @param syncTasks whether tasks take part
 * @param syncEvents whether events take part
 * @param conflictResolution what happens to a field that both sides changed
 * @param fieldStrategies the same for single fields, by canonical name; {@code deleted} stands for an item that one side
 *     deleted and the other edited
 * @param fieldMapping names of the provider's own, for example {@code databaseId}
 * @param filters which of the service's items are taken over
 * @param deletePolicy what a deletion on one side does on the other
 * @param exportNew which new items of DayFlow go to this connection
 * @param defaultCollections where new items go, by kind; absent: the first selected collection that can be written
 */
public record Settings(
        boolean autoSync,
        int syncInterval,
        SyncDirection syncDirection,
        boolean syncTasks,
        boolean syncEvents,
        ConflictResolution conflictResolution,
        Map<String, FieldStrategy> fieldStrategies,
        Map<String, String> fieldMapping,
        Filters filters,
        DeletePolicy deletePolicy,
        ExportNew exportNew,
        Map<Kind, UUID> defaultCollections) {

    static final int USUAL_INTERVAL = 15;
    static final int LONGEST_INTERVAL = 7 * 24 * 60;

    private static final Set<String> NAMES = Set.of(
            "autoSync",
            "syncInterval",
            "syncDirection",
            "syncTasks",
            "syncEvents",
            "conflictResolution",
            "fieldStrategies",
            "fieldMapping",
            "filters",
            "deletePolicy",
            "exportNew",
            "defaultCollections");
    private static final Set<String> MERGED_DEEPLY =
            Set.of("fieldStrategies", "fieldMapping", "filters", "defaultCollections");
    private static final Set<String> FILTERS = Set.of("status", "priorities", "tags", "dateRange");
    private static final Set<String> FIELDS = Stream.concat(
                    Arrays.stream(Kind.values()).flatMap(kind -> kind.fields().stream()), Stream.of(Strategies.DELETED))
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> KINDS = Set.of("tasks", "events");
    private static final List<String> STATUSES =
            Arrays.stream(Task.Status.values()).map(Task.Status::id).toList();
    private static final List<String> PRIORITIES =
            Arrays.stream(Task.Priority.values()).map(Task.Priority::id).toList();

    public Settings {
        fieldStrategies = Map.copyOf(fieldStrategies);
        fieldMapping = Map.copyOf(fieldMapping);
        defaultCollections = Map.copyOf(defaultCollections);
    }

    /**
     * What the stored settings mean.
     *
     * @param stored only what was set
     * @param fastest the shortest interval that the provider bears
     * @throws InvalidRequest if there is anything in it that is not accepted, with all of it
     */
    public static Settings of(ObjectNode stored, Duration fastest) {
        var errors = new ArrayList<FieldError>();
        var settings = read(new SettingsReader(stored, "settings", errors), fastest);
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
        return settings;
    }

    /**
     * The stored settings with a patch applied: what it does not name stays, null goes back to the default, and in
     * fieldStrategies, fieldMapping, filters and defaultCollections the same holds for each name.
     *
     * @throws InvalidRequest if the patch names or sets anything that is not accepted
     */
    public static ObjectNode merge(ObjectNode stored, ObjectNode patch) {
        var errors = new ArrayList<FieldError>();
        checkNames(new SettingsReader(patch, "settings", errors));
        var merged = stored.deepCopy();
        patch.properties().forEach(entry -> {
            var name = entry.getKey();
            var value = entry.getValue();
            if (value.isNull()) {
                merged.remove(name);
            } else if (MERGED_DEEPLY.contains(name) && value instanceof ObjectNode object) {
                merged.set(name, mergeObject(merged.get(name), object));
            } else {
                merged.set(name, value);
            }
        });
        read(new SettingsReader(merged, "settings", errors), Duration.ZERO);
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors.stream().distinct().toList());
        }
        return merged;
    }

    /** Names that a patch sets to null would not be seen in the result. */
    private static void checkNames(SettingsReader patch) {
        patch.only(NAMES);
        if (patch.raw("fieldStrategies") instanceof ObjectNode) {
            patch.object("fieldStrategies").only(FIELDS, "field of tasks or events");
        }
        if (patch.raw("filters") instanceof ObjectNode) {
            patch.object("filters").only(FILTERS);
        }
        if (patch.raw("defaultCollections") instanceof ObjectNode) {
            patch.object("defaultCollections").only(KINDS);
        }
    }

    private static ObjectNode mergeObject(@Nullable JsonNode stored, ObjectNode patch) {
        var merged = stored instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                merged.remove(entry.getKey());
            } else {
                merged.set(entry.getKey(), entry.getValue());
            }
        });
        return merged;
    }

    private static Settings read(SettingsReader in, Duration fastest) {
        in.only(NAMES);
        int interval = in.count("syncInterval", 1, LONGEST_INTERVAL, USUAL_INTERVAL);
        var mapping = new TreeMap<String, String>();
        in.textsByName("fieldMapping")
                .properties()
                .forEach(e -> mapping.put(e.getKey(), e.getValue().textValue()));
        return new Settings(
                in.flag("autoSync", true),
                (int) Math.max(interval, fastest.plusSeconds(59).toMinutes()),
                in.choice("syncDirection", SyncDirection.class, SyncDirection.TWO_WAY),
                in.flag("syncTasks", true),
                in.flag("syncEvents", true),
                in.choice("conflictResolution", ConflictResolution.class, ConflictResolution.MANUAL),
                fieldStrategies(in.object("fieldStrategies")),
                mapping,
                filters(in.object("filters")),
                in.choice("deletePolicy", DeletePolicy.class, DeletePolicy.PROPAGATE),
                exportNew(in),
                defaultCollections(in.object("defaultCollections")));
    }

    private static Map<String, FieldStrategy> fieldStrategies(SettingsReader in) {
        in.only(FIELDS, "field of tasks or events");
        var found = new TreeMap<String, FieldStrategy>();
        for (var field : FIELDS) {
            if (in.raw(field) != null) {
                found.put(field, in.choice(field, FieldStrategy.class, FieldStrategy.MANUAL));
            }
        }
        return found;
    }

    private static Filters filters(SettingsReader in) {
        in.only(FILTERS);
        var range = in.object("dateRange");
        range.only(Set.of("start", "end"));
        var start = range.date("start");
        var end = range.date("end");
        if (start != null && end != null && end.isBefore(start)) {
            range.refuse("end", "takes a date that is not before start");
        }
        return new Filters(
                in.texts("status", STATUSES), in.texts("priorities", PRIORITIES), in.texts("tags"), start, end);
    }

    private static ExportNew exportNew(SettingsReader in) {
        var value = in.raw("exportNew");
        if (value == null || (value.isTextual() && value.textValue().equals("all"))) {
            return new ExportNew.All();
        }
        if (value.isTextual() && value.textValue().equals("none")) {
            return new ExportNew.None();
        }
        if (!value.isObject()) {
            in.refuse("exportNew", "takes none, all, or an object with categories, tags, status and priorities");
            return new ExportNew.All();
        }
        var filter = in.object("exportNew");
        filter.only(Set.of("categories", "tags", "status", "priorities"));
        return new ExportNew.Matching(
                filter.texts("categories"),
                filter.texts("tags"),
                filter.texts("status", STATUSES),
                filter.texts("priorities", PRIORITIES));
    }

    private static Map<Kind, UUID> defaultCollections(SettingsReader in) {
        in.only(KINDS);
        var found = new EnumMap<Kind, UUID>(Kind.class);
        for (var kind : Kind.values()) {
            var id = in.id(kind.id() + "s");
            if (id != null) {
                found.put(kind, id);
            }
        }
        return found;
    }

    /** Whether items of that kind take part. */
    public boolean syncs(Kind kind) {
        return switch (kind) {
            case TASK -> syncTasks;
            case EVENT -> syncEvents;
        };
    }

    /** What decides each field that both sides changed differently. */
    public Strategies strategies() {
        var otherwise = Strategy.of(conflictResolution.id());
        if (fieldStrategies.isEmpty()) {
            return otherwise;
        }
        var byField = new TreeMap<String, Strategy>();
        fieldStrategies.forEach((field, strategy) -> byField.put(field, Strategy.of(strategy.id())));
        return new FieldStrategies(otherwise, byField);
    }

    /** The time between scheduled runs. */
    public Duration interval() {
        return Duration.ofMinutes(syncInterval);
    }

    /** Whether runs are scheduled at all. */
    public boolean scheduled() {
        return autoSync && syncDirection != SyncDirection.MANUAL;
    }

    /** All of them, defaults included, as the interface shows them. */
    @JsonValue
    public ObjectNode json() {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("autoSync", autoSync);
        node.put("syncInterval", syncInterval);
        node.put("syncDirection", syncDirection.id());
        node.put("syncTasks", syncTasks);
        node.put("syncEvents", syncEvents);
        node.put("conflictResolution", conflictResolution.id());
        var strategies = node.putObject("fieldStrategies");
        new TreeMap<>(fieldStrategies).forEach((field, strategy) -> strategies.put(field, strategy.id()));
        var mapping = node.putObject("fieldMapping");
        fieldMapping.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> mapping.put(e.getKey(), e.getValue()));
        node.set("filters", filters.json());
        node.put("deletePolicy", deletePolicy.id());
        node.set("exportNew", exportNew.json());
        var collections = node.putObject("defaultCollections");
        defaultCollections.forEach((kind, id) -> collections.put(kind.id() + "s", id.toString()));
        return node;
    }
}
