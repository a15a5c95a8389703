package io.dayflow.hub.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A service of task lists in memory, as the hub's provider contract sees it. A whole listing leaves out what is done; a
 * listing of changes names what changed in other lists too. A repeating task that is completed moves on by a day and stays
 * open. Misbehaves on request. For one thread.
 */
final class ListService {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Names of lists by id. */
    final Map<String, String> lists = new TreeMap<>(Map.of("home", "Home", "work", "Work", "attic", "Attic"));

    /** What a whole listing says of what it does not name. */
    Listing.Coverage whole = Listing.Coverage.VISIBLE;

    /** Objects that {@link #get} calls gone although they are there. */
    final Set<String> hidden = new HashSet<>();

    /** The next reads, of single objects, fail so. */
    final AtomicReference<@Nullable Fault> readFault = new AtomicReference<>();

    /** The next write fails so, and is not carried out. */
    final AtomicReference<@Nullable Fault> writeFault = new AtomicReference<>();

    /** The next write is carried out, but its answer never comes. */
    boolean losesAnswer;

    /** Every write that arrived and what became of it. */
    final List<String> writes = new ArrayList<>();

    /** How many objects were read one by one. */
    int reads;

    /** The next writes are answered as if they had been carried out, and are not. */
    int losesWrites;

    /** What it makes of a title that it is told, each time. */
    UnaryOperator<String> normalises = UnaryOperator.identity();

    /** Hears of every answer: of a listing, of reads and of writes. */
    Runnable onAnswer = () -> {};

    private final Supplier<Instant> now;
    private final Map<String, Stored> objects = new TreeMap<>();
    private long last;

    ListService() {
        this(Instant::now);
    }

    /** @param now the service's own time */
    ListService(Supplier<Instant> now) {
        this.now = now;
    }

    private record Stored(
            String id, String list, TreeMap<String, JsonNode> fields, long version, Instant at, boolean gone) {}

    /** The service's user makes a task. */
    String add(String id, String list, Map<String, String> fields) {
        TreeMap<String, JsonNode> values = new TreeMap<>(Map.of("status", TextNode.valueOf("pending")));
        fields.forEach((name, value) -> values.put(name, TextNode.valueOf(value)));
        objects.put(id, new Stored(id, list, values, ++last, now.get(), false));
        return id;
    }

    /** The service's user sets a field; null takes it away. */
    void set(String id, String field, @Nullable String value) {
        Stored stored = stored(id);
        TreeMap<String, JsonNode> fields = new TreeMap<>(stored.fields());
        if (value == null) {
            fields.remove(field);
        } else {
            fields.put(field, TextNode.valueOf(value));
        }
        objects.put(id, new Stored(id, stored.list(), fields, ++last, now.get(), false));
    }

    /** A field becomes another although nobody edits it, in the version that it had. */
    void corrupt(String id, String field, String value) {
        Stored stored = stored(id);
        TreeMap<String, JsonNode> fields = new TreeMap<>(stored.fields());
        fields.put(field, TextNode.valueOf(value));
        objects.put(id, new Stored(id, stored.list(), fields, stored.version(), stored.at(), stored.gone()));
    }

    /** The service's user removes a task, and no listing of changes will ever say so. */
    void vanish(String id) {
        Stored stored = stored(id);
        objects.put(id, new Stored(id, stored.list(), stored.fields(), stored.version(), stored.at(), true));
    }

    /** The service's user says which labels a task has. */
    void setLabels(String id, String... labels) {
        Stored stored = stored(id);
        TreeMap<String, JsonNode> fields = new TreeMap<>(stored.fields());
        fields.put("labels", JSON.valueToTree(labels));
        objects.put(id, new Stored(id, stored.list(), fields, ++last, now.get(), false));
    }

    /** The service's user completes a task, or this occurrence of it. */
    void complete(String id) {
        Stored stored = stored(id);
        TreeMap<String, JsonNode> fields = new TreeMap<>(stored.fields());
        fields.put("status", TextNode.valueOf("completed"));
        fields.put("completedAt", TextNode.valueOf("2026-11-20T10:00:00Z"));
        objects.put(id, new Stored(id, stored.list(), settled(stored, fields), ++last, now.get(), false));
    }

    void move(String id, String list) {
        Stored stored = stored(id);
        objects.put(id, new Stored(id, list, stored.fields(), ++last, now.get(), false));
    }

    void remove(String id) {
        Stored stored = stored(id);
        objects.put(id, new Stored(id, stored.list(), stored.fields(), ++last, now.get(), true));
    }

    /** What the service holds, or null where the task is gone. */
    @Nullable
    String field(String id, String field) {
        JsonNode value = stored(id).fields().get(field);
        return value == null ? null : value.asText();
    }

    boolean isGone(String id) {
        return stored(id).gone();
    }

    View view(String id) {
        return new View(Kind.TASK, stored(id).fields());
    }

    Set<String> ids() {
        return Set.copyOf(objects.keySet());
    }

    // ---- the provider contract

    List<FoundCollection> collections() {
        return lists.entrySet().stream()
                .map(list -> new FoundCollection(list.getKey(), Kind.TASK, list.getValue(), false, Map.of()))
                .toList();
    }

    Listing list(CollectionRef collection) {
        String cursor = collection.cursor();
        long since = cursor == null ? 0 : Long.parseLong(cursor);
        List<Listing.Entry> entries = new ArrayList<>();
        for (Stored stored : objects.values()) {
            boolean here = stored.list().equals(collection.externalId());
            boolean done = "completed".equals(stored.fields().get("status").asText());
            if (cursor == null && (stored.gone() || !here || done && whole != Listing.Coverage.EVERYTHING)
                    || stored.version() <= since) {
                continue;
            }
            entries.add(new Listing.Entry(stored.id(), version(stored), stored.gone(), !here, null));
        }
        onAnswer.run();
        return new Listing(entries, String.valueOf(last), false, cursor == null ? whole : Listing.Coverage.CHANGES);
    }

    List<Fetched> get(List<String> ids) {
        List<Fetched> found = new ArrayList<>();
        for (String id : ids) {
            reads++;
            onAnswer.run();
            Fault fault = readFault.getAndSet(null);
            if (fault != null) {
                throw new FaultException(fault);
            }
            Stored stored = objects.get(id);
            boolean there = stored != null && !stored.gone() && !hidden.contains(id);
            found.add(
                    there && stored != null
                            ? new Fetched(id, version(stored), payload(stored))
                            : new Fetched(id, null, null));
        }
        return found;
    }

    Mapped map(Fetched fetched) {
        try {
            JsonNode payload = JSON.readTree(Objects.requireNonNull(fetched.payload()));
            TreeMap<String, JsonNode> fields = new TreeMap<>();
            payload.get("fields").properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            return new Mapped(
                    fetched,
                    List.of(new Mapped.Part(
                            "",
                            new View(Kind.TASK, fields),
                            Instant.parse(payload.get("at").asText()))),
                    List.of(),
                    payload.get("list").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those that are there, mapped. */
    List<Mapped> mapped(List<Fetched> objects) {
        return objects.stream()
                .filter(object -> object.payload() != null)
                .map(this::map)
                .toList();
    }

    /** The ids of those that are not. */
    static Set<String> missing(List<Fetched> objects) {
        return objects.stream()
                .filter(object -> object.payload() == null)
                .map(Fetched::externalId)
                .collect(Collectors.toSet());
    }

    Pushed write(PushTask.Write task) {
        Push push = task.push();
        Fault fault = writeFault.getAndSet(null);
        if (fault != null) {
            throw new FaultException(fault);
        }
        Pushed pushed = switch (task.verb()) {
            case CREATE -> create(task.collection(), push);
            case UPDATE -> update(push);
            case DELETE -> delete(push);
        };
        onAnswer.run();
        if (losesAnswer) {
            losesAnswer = false;
            throw new FaultException(new Fault.Transient("the answer was lost"));
        }
        return pushed;
    }

    private Pushed create(CollectionRef collection, Push push) {
        String id = push.externalId() == null ? push.itemId().toString() : push.externalId();
        Stored known = objects.get(id);
        if (known != null && !known.gone()) {
            return new Pushed.Stale(id);
        }
        writes.add("create");
        objects.put(id, new Stored(id, collection.externalId(), fields(push), ++last, now.get(), false));
        return new Pushed.Written(id, "", version(stored(id)), payload(stored(id)));
    }

    private Pushed update(Push push) {
        Stored stored = stored(Objects.requireNonNull(push.externalId()));
        if (stored.gone()) {
            return new Pushed.Gone();
        }
        if (!version(stored).equals(push.version())) {
            writes.add("stale");
            return new Pushed.Stale(stored.id());
        }
        TreeMap<String, JsonNode> wanted = fields(push);
        if (losesWrites > 0) {
            losesWrites--;
            Stored pretended = new Stored(stored.id(), stored.list(), wanted, ++last, now.get(), false);
            return new Pushed.Written(stored.id(), "", version(pretended), payload(pretended));
        }
        TreeMap<String, JsonNode> held = normalised(settled(stored, wanted));
        writes.add(held.equals(wanted) ? "update" : "complete occurrence");
        objects.put(stored.id(), new Stored(stored.id(), stored.list(), held, ++last, now.get(), false));
        // what was asked and what is held differ where a repeating task moved on: it has to be read back
        return new Pushed.Written(
                stored.id(),
                "",
                held.equals(wanted) ? version(stored(stored.id())) : null,
                payload(stored(stored.id())));
    }

    private Pushed delete(Push push) {
        Stored stored = stored(Objects.requireNonNull(push.externalId()));
        if (!stored.gone() && !version(stored).equals(push.version())) {
            return new Pushed.Stale(stored.id());
        }
        writes.add("delete");
        objects.put(stored.id(), new Stored(stored.id(), stored.list(), stored.fields(), ++last, now.get(), true));
        return new Pushed.Deleted();
    }

    /** A repeating task is never done: its next occurrence is due. */
    private static TreeMap<String, JsonNode> settled(Stored before, TreeMap<String, JsonNode> wanted) {
        JsonNode due = before.fields().get("due");
        boolean completes = "completed".equals(wanted.get("status").asText());
        if (!completes || !wanted.containsKey("recurrence") || due == null) {
            return wanted;
        }
        TreeMap<String, JsonNode> next = new TreeMap<>(wanted);
        next.put("status", TextNode.valueOf("pending"));
        next.remove("completedAt");
        next.put(
                "due",
                TextNode.valueOf(LocalDate.parse(due.asText()).plusDays(1).toString()));
        return next;
    }

    private TreeMap<String, JsonNode> normalised(TreeMap<String, JsonNode> wanted) {
        TreeMap<String, JsonNode> held = new TreeMap<>(wanted);
        held.computeIfPresent("title", (field, title) -> TextNode.valueOf(normalises.apply(title.asText())));
        return held;
    }

    private static TreeMap<String, JsonNode> fields(Push push) {
        return new TreeMap<>(Objects.requireNonNull(push.desired()).fields());
    }

    private Stored stored(String id) {
        return Objects.requireNonNull(objects.get(id), id);
    }

    private static String version(Stored stored) {
        return "%06d".formatted(stored.version());
    }

    private static String payload(Stored stored) {
        ObjectNode payload = JSON.createObjectNode()
                .put("list", stored.list())
                .put("at", stored.at().toString());
        payload.set("fields", JSON.createObjectNode().setAll(stored.fields()));
        return payload.toString();
    }
}
