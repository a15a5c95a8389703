package io.dayflow.hub.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Hint;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
import io.dayflow.hub.sync.PushTask;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A service in memory, as the hub's provider contract sees it, with a character, and with faults on request. */
final class SimulatedService {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    final Character character;
    final Outages outages;

    private final Timeline timeline;
    private final ZoneId zone;
    private final SplittableRandom chance;
    private final Consumer<Hint> webhooks;
    private final Map<String, List<Revision>> objects = new TreeMap<>();
    private final Map<UUID, String> remembered = new HashMap<>();
    private final List<WriteSeen> writes = new ArrayList<>();
    private final Set<String> shown = new HashSet<>();
    private long last;
    private int cursorsValidFrom;
    private int reads;
    private int advances;

    /** What an object was from some moment on. */
    record Revision(
            String id,
            String collection,
            View view,
            long sequence,
            String version,
            long at,
            boolean gone,
            boolean garbled,
            @Nullable UUID madeFor) {}

    /** A write of the hub that the service carried out. */
    record WriteSeen(
            long at,
            UUID itemId,
            PushTask.Verb verb,
            String id,
            @Nullable View asked,
            @Nullable View held,
            int number) {}

    SimulatedService(
            Character character, Timeline timeline, ZoneId zone, SplittableRandom chance, Consumer<Hint> webhooks) {
        this.character = character;
        this.timeline = timeline;
        this.zone = zone;
        this.chance = chance;
        this.webhooks = webhooks;
        this.outages = new Outages(timeline);
    }

    // ---- its people

    /** What its people see, in the order of ids. */
    List<Revision> living() {
        List<Revision> living = new ArrayList<>();
        for (List<Revision> revisions : objects.values()) {
            Revision now = revisions.getLast();
            if (!now.gone()) {
                living.add(now);
            }
        }
        return living;
    }

    @Nullable
    Revision find(String id) {
        List<Revision> revisions = objects.get(id);
        return revisions == null ? null : revisions.getLast();
    }

    Revision add(String collection, View view) {
        String id = newId();
        put(id, collection, Habits.of(character, view, null), false, false, null);
        return living(id);
    }

    Revision change(String id, View view) {
        Revision before = living(id);
        View held = Habits.of(character, view, before.view());
        if (!held.equals(view) && character.habits().contains(Character.Habit.REPEATS)) {
            noteAdvance(view, held);
        }
        put(id, before.collection(), held, false, false, before.madeFor());
        return living(id);
    }

    /** Makes something of it that no item can hold; the next {@link #change} heals it. */
    Revision garble(String id) {
        Revision before = living(id);
        put(id, before.collection(), before.view(), false, true, before.madeFor());
        return living(id);
    }

    /** It becomes another in the version that it has, and nobody is told. */
    void corrupt(String id, View view) {
        Revision now = living(id);
        List<Revision> revisions = Objects.requireNonNull(objects.get(id));
        revisions.removeLast();
        revisions.add(new Revision(
                id,
                now.collection(),
                view,
                now.sequence(),
                now.version(),
                now.at(),
                now.gone(),
                now.garbled(),
                now.madeFor()));
    }

    Revision move(String id, String collection) {
        Revision before = living(id);
        put(id, collection, before.view(), false, before.garbled(), before.madeFor());
        return living(id);
    }

    void remove(String id) {
        Revision before = living(id);
        put(id, before.collection(), before.view(), true, false, before.madeFor());
    }

    /** Cursors that were given out before now are worth nothing. */
    void forgetCursors() {
        cursorsValidFrom++;
    }

    // ---- what is counted

    List<WriteSeen> writes() {
        return writes;
    }

    int reads() {
        return reads;
    }

    /** How often a repeating task moved on. */
    int advances() {
        return advances;
    }

    // ---- the provider contract

    List<FoundCollection> collections() {
        return read(() -> List.of(
                new FoundCollection("inbox", character.kind(), "Inbox", false, Map.of()),
                new FoundCollection("other", character.kind(), "Other", false, Map.of())));
    }

    Listing list(CollectionRef collection) {
        return read(() -> Cursor.parse(collection.cursor(), character.incremental(), cursorsValidFrom)
                .map(cursor -> cursor.whole() ? whole(collection, cursor) : changes(collection, cursor))
                .orElseGet(() -> whole(collection, Cursor.first(last(), cursorsValidFrom))));
    }

    private Listing whole(CollectionRef collection, Cursor cursor) {
        List<Revision> here = listed().stream()
                .filter(now -> !now.gone() && now.collection().equals(collection.externalId()))
                .filter(now -> character.whole() == Listing.Coverage.EVERYTHING || !isDone(now))
                .filter(now -> now.id().compareTo(cursor.after()) > 0)
                .sorted(Comparator.comparing(Revision::id))
                .toList();
        List<Revision> page = here.subList(0, Math.min(here.size(), character.pageSize()));
        boolean more = here.size() > page.size();
        Cursor next = more ? cursor.page(page.getLast().id()) : cursor.end();
        return new Listing(page.stream().map(now -> entry(now, false)).toList(), next.text(), more, character.whole());
    }

    private Listing changes(CollectionRef collection, Cursor cursor) {
        List<Revision> since = listed().stream()
                .filter(now -> now.sequence() > cursor.since())
                .sorted(Comparator.comparingLong(Revision::sequence))
                .toList();
        List<Revision> page = since.subList(0, Math.min(since.size(), character.pageSize()));
        boolean more = since.size() > page.size();
        long until = page.isEmpty() ? cursor.since() : page.getLast().sequence();
        return new Listing(
                page.stream()
                        .map(now -> entry(now, !now.collection().equals(collection.externalId())))
                        .toList(),
                cursor.changes(until).text(),
                more,
                Listing.Coverage.CHANGES);
    }

    /** The latest revisions that a listing shows already. */
    private List<Revision> listed() {
        long until = timeline.now() - character.lag();
        List<Revision> shown = new ArrayList<>();
        for (List<Revision> revisions : objects.values()) {
            for (int i = revisions.size() - 1; i >= 0; i--) {
                if (revisions.get(i).at() <= until) {
                    shown.add(revisions.get(i));
                    break;
                }
            }
        }
        return shown;
    }

    /** The latest sequence that a listing shows already. */
    private long last() {
        return listed().stream().mapToLong(Revision::sequence).max().orElse(0);
    }

    private Listing.Entry entry(Revision now, boolean elsewhere) {
        boolean brings = character.brings() && !now.gone();
        if (!elsewhere) {
            shown.add(now.id());
        }
        return new Listing.Entry(
                now.id(),
                character.tellsVersions() || brings ? now.version() : null,
                now.gone(),
                elsewhere,
                brings ? payload(now) : null);
    }

    private static boolean isDone(Revision now) {
        return "completed".equals(now.view().text("status"));
    }

    List<Fetched> get(List<String> ids) {
        return read(() -> ids.stream()
                .map(id -> {
                    Revision now = find(id);
                    return now == null || now.gone()
                            ? new Fetched(id, null, null)
                            : new Fetched(id, now.version(), payload(now));
                })
                .toList());
    }

    Mapped map(Fetched fetched) {
        try {
            JsonNode payload = JSON.readTree(Objects.requireNonNull(fetched.payload()));
            String collection = payload.get("collection").asText();
            if (payload.has("garbled")) {
                return new Mapped(
                        fetched, List.of(), List.of(new Mapped.Problem("", "its due date is no date")), collection);
            }
            JsonNode at = payload.get("at");
            Mapped.Part part = new Mapped.Part(
                    "", character.held(view(payload.get("fields"))), at == null ? null : Instant.parse(at.asText()));
            return new Mapped(fetched, List.of(part), List.of(), collection);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Pushed write(PushTask.Write task) {
        return outages.write(() -> {
            Push push = task.push();
            return switch (task.verb()) {
                case CREATE -> create(task.collection().externalId(), push);
                case UPDATE -> update(push);
                case DELETE -> delete(push);
            };
        });
    }

    private Pushed create(String collection, Push push) {
        View desired = Objects.requireNonNull(push.desired());
        refuse(desired);
        String there = existing(push);
        if (there != null) {
            return new Pushed.Stale(there);
        }
        String id = character.identity() == Character.Identity.CHOSEN_ID
                ? Objects.requireNonNullElse(push.externalId(), push.itemId().toString())
                : newId();
        remembered.put(push.itemId(), id);
        View held = Habits.of(character, desired, null);
        put(id, collection, held, false, false, push.itemId());
        return written(push, PushTask.Verb.CREATE, id, desired);
    }

    /** The object that an earlier attempt made. */
    private @Nullable String existing(Push push) {
        return switch (character.identity()) {
            case CHOSEN_ID -> {
                String id = Objects.requireNonNullElse(
                        push.externalId(), push.itemId().toString());
                Revision now = find(id);
                yield now == null || now.gone() ? null : id;
            }
            case REMEMBERED -> {
                Revision now = remembered.containsKey(push.itemId()) ? find(remembered.get(push.itemId())) : null;
                yield now == null || now.gone() ? null : now.id();
            }
            case UID ->
                living().stream()
                        .filter(now -> push.uid().equals(now.view().text("uid")))
                        .map(Revision::id)
                        .findFirst()
                        .orElse(null);
            case MARKED ->
                living().stream()
                        .filter(now -> push.itemId().equals(now.madeFor()))
                        .map(Revision::id)
                        .findFirst()
                        .orElse(null);
        };
    }

    private Pushed update(Push push) {
        View desired = Objects.requireNonNull(push.desired());
        refuse(desired);
        Revision before = find(Objects.requireNonNull(push.externalId()));
        if (before == null || before.gone()) {
            return new Pushed.Gone();
        }
        if (!before.version().equals(push.version()) && !outages.ignoresVersions()) {
            return new Pushed.Stale(before.id());
        }
        View asked = character.patches() ? patched(before, push, desired) : replaced(push, desired);
        View held = Habits.of(character, asked, before.view());
        noteAdvance(asked, held);
        put(before.id(), before.collection(), held, false, before.garbled(), before.madeFor());
        return written(push, PushTask.Verb.UPDATE, before.id(), asked);
    }

    private View patched(Revision before, Push push, View desired) {
        View base = Objects.requireNonNull(push.base());
        List<String> changed = character.fields().stream()
                .filter(field -> !Objects.equals(base.get(field), desired.get(field)))
                .toList();
        return before.view().overlay(desired, changed);
    }

    /** The object as it was last seen, with the fields that the hub knows. */
    private View replaced(Push push, View desired) {
        try {
            View seen =
                    view(JSON.readTree(Objects.requireNonNull(push.payload())).get("fields"));
            return seen.overlay(desired, character.fields());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Pushed delete(Push push) {
        Revision before = find(Objects.requireNonNull(push.externalId()));
        if (before == null || before.gone()) {
            return new Pushed.Deleted();
        }
        if (!before.version().equals(push.version()) && !outages.ignoresVersions()) {
            return new Pushed.Stale(before.id());
        }
        put(before.id(), before.collection(), before.view(), true, false, before.madeFor());
        writes.add(new WriteSeen(
                timeline.now(), push.itemId(), PushTask.Verb.DELETE, before.id(), null, before.view(), writes.size()));
        return new Pushed.Deleted();
    }

    private Pushed written(Push push, PushTask.Verb verb, String id, View asked) {
        Revision now = living(id);
        writes.add(new WriteSeen(
                timeline.now(),
                push.itemId(),
                verb,
                id,
                Objects.requireNonNull(push.desired()),
                character.held(now.view()),
                writes.size()));
        boolean asAsked = now.view().equals(asked);
        return new Pushed.Written(id, "", asAsked && character.answersVersion() ? now.version() : null, payload(now));
    }

    private static void refuse(View desired) {
        String title = desired.text("title");
        if (title != null && title.contains("forbidden")) {
            throw new FaultException(new Fault.Rejected("This title is not allowed."));
        }
    }

    private <T> T read(Supplier<T> work) {
        reads++;
        return outages.read(work);
    }

    private void noteAdvance(View asked, View held) {
        if (isCompleted(asked) && !isCompleted(held)) {
            advances++;
        }
    }

    private static boolean isCompleted(View view) {
        return "completed".equals(view.text("status"));
    }

    private void put(String id, String collection, View view, boolean gone, boolean garbled, @Nullable UUID madeFor) {
        long sequence = ++last;
        String version = character.ordered() ? "%08d".formatted(sequence) : Long.toHexString(chance.nextLong());
        Revision now = new Revision(id, collection, view, sequence, version, timeline.now(), gone, garbled, madeFor);
        objects.computeIfAbsent(id, key -> new ArrayList<>()).add(now);
        tell(now);
    }

    /** Whether it has told of the object, in a listing of its collection, by a webhook or as an answer. */
    boolean hasShown(String id) {
        return shown.contains(id);
    }

    private void tell(Revision now) {
        if (character.webhooks() != Character.Webhooks.NONE) {
            shown.add(now.id());
        }
        switch (character.webhooks()) {
            case NONE -> {}
            case THIN -> webhooks.accept(new Hint(null, now.collection(), now.id(), null, now.gone(), null));
            case FAT ->
                webhooks.accept(new Hint(
                        null, now.collection(), now.id(), now.version(), now.gone(), now.gone() ? null : payload(now)));
        }
    }

    private Revision living(String id) {
        return Objects.requireNonNull(find(id), id);
    }

    private String newId() {
        return "%s-%08x".formatted(character.name(), chance.nextInt());
    }

    private String payload(Revision now) {
        ObjectNode payload = NODES.objectNode().put("collection", now.collection());
        payload.set("fields", NODES.objectNode().setAll(now.view().fields()));
        if (now.garbled()) {
            payload.put("garbled", true);
        }
        if (character.dates()) {
            payload.put("at", Timeline.START.plusMillis(now.at()).toString());
        }
        return payload.toString();
    }

    private View view(JsonNode fields) {
        return View.of(
                character.kind(),
                fields.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    ZoneId zone() {
        return zone;
    }
}
