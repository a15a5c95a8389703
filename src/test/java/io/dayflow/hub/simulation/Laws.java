package io.dayflow.hub.simulation;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.merge.ThreeWay;
import io.dayflow.hub.sync.PushTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the laws of a world that has come to rest. */
final class Laws {

    private final World world;
    private final Hub hub;
    private final Tokens tokens;
    private final Ledger ledger;
    private final Map<UUID, StoredItem> items = new LinkedHashMap<>();
    private final Map<UUID, List<Link>> links = new LinkedHashMap<>();
    private final Map<UUID, OpenConflict> open = new HashMap<>();
    private final Set<UUID> failed = new HashSet<>();
    private final Set<UUID> troubled = new HashSet<>();
    private final Map<String, UUID> itemAt = new HashMap<>();

    Laws(World world) {
        this.world = world;
        this.hub = world.hub();
        this.tokens = world.tokens();
        this.ledger = world.ledger();
        hub.items().forEach(item -> items.put(item.id(), item));
        for (Link link : hub.links()) {
            links.computeIfAbsent(link.itemId(), id -> new ArrayList<>()).add(link);
        }
        hub.openConflicts().forEach(conflict -> open.put(conflict.linkId(), conflict));
        hub.places()
                .forEach((place, item) -> itemAt.put(place(sideName(place.connectionId()), place.externalId()), item));
        for (DeadLetter letter : hub.letters()) {
            UUID item = letter.itemId() == null
                    ? itemAt.get(place(sideName(letter.connectionId()), letter.externalId()))
                    : letter.itemId();
            if (item != null) {
                troubled.add(item);
            }
        }
        open.values().forEach(conflict -> troubled.add(conflict.itemId()));
        hub.letters().stream().map(DeadLetter::linkId).filter(Objects::nonNull).forEach(failed::add);
    }

    void check() {
        rows();
        copies();
        strangers();
        deletions();
        once();
        edits();
        journal();
    }

    /**
     * Before everything is read once more: of what could not be read, the dead letter is about the object as it is now. One
     * that was replayed is without a version until then.
     */
    void checkUnread() {
        for (DeadLetter letter : hub.letters()) {
            SimulatedService service =
                    Objects.requireNonNull(world.connections().get(letter.connectionId()));
            SimulatedService.Revision object = service.find(letter.externalId());
            if (letter.direction() == DeadLetter.Direction.INBOUND
                    && object != null
                    && object.garbled()
                    && !object.version().equals(letter.version())) {
                throw new BrokenLaw(
                        Law.KNOWLEDGE,
                        "the dead letter of " + letter.externalId() + " of " + service.character.name()
                                + " is about version " + letter.version() + ", and not about " + object.version());
            }
        }
    }

    // ---- the sides agree, and the hub knows what they hold

    private void rows() {
        Set<UUID> rows = new HashSet<>();
        for (Hub.Row row : hub.rows()) {
            rows.add(row.id());
            StoredItem item = items.get(row.id());
            if (item == null) {
                throw new BrokenLaw(Law.CONVERGENCE, "row " + row.id() + " is no item");
            }
            if (item.isDeleted()) {
                throw new BrokenLaw(Law.CONVERGENCE, "row " + row.id() + " belongs to a deleted item");
            }
            View wanted = hub.lens().project(item.item());
            if (!wanted.equals(row.view())) {
                throw new BrokenLaw(
                        Law.CONVERGENCE,
                        "row " + row.id() + " differs from its item: " + Differences.of(row.view(), wanted));
            }
            Link link = dayflowLink(item.id());
            if (!row.view().equals(link.base())) {
                throw new BrokenLaw(
                        Law.KNOWLEDGE,
                        "the base of row " + row.id() + " is not what it holds: "
                                + Differences.of(link.base(), row.view()));
            }
        }
        for (StoredItem item : items.values()) {
            if (!item.isDeleted() && !rows.contains(item.id())) {
                throw new BrokenLaw(Law.CONVERGENCE, "item " + item.id() + " has no row");
            }
        }
    }

    private void copies() {
        for (StoredItem item : items.values()) {
            for (Link link : links.getOrDefault(item.id(), List.of())) {
                UUID connection = link.connectionId();
                if (connection != null && link.state() != Link.State.DETACHED) {
                    copy(item, link, Objects.requireNonNull(world.connections().get(connection)));
                }
            }
        }
    }

    private void copy(StoredItem item, Link link, SimulatedService service) {
        if (failed.contains(link.id()) || link.parkedRevision() != null) {
            return;
        }
        SimulatedService.Revision object = service.find(link.externalId());
        OpenConflict conflict = open.get(link.id());
        boolean there = object != null && !object.gone();
        if (object != null && object.garbled()) {
            return;
        }
        String where = link.externalId() + " of " + service.character.name() + ", a copy of " + item.id() + ",";
        if (conflict != null
                && (conflict.type() == OpenConflict.Type.DELETE_EDIT
                        || conflict.type() == OpenConflict.Type.DUPLICATE && item.isDeleted())) {
            return;
        }
        if (conflict != null && !there && link.state() == Link.State.GONE) {
            // the deletion waits until a person has decided what else is open
            return;
        }
        if (!there || object == null) {
            throw new BrokenLaw(Law.CONVERGENCE, where + " is not there, but its link is " + link.state());
        }
        if (link.state() == Link.State.GONE) {
            throw new BrokenLaw(Law.CONVERGENCE, where + " is there, but its link is gone");
        }
        View held = service.character.held(object.view());
        if (!held.equals(link.base())) {
            throw new BrokenLaw(
                    Law.KNOWLEDGE, where + " is not what the hub believes: " + Differences.of(link.base(), held));
        }
        if (link.pending()) {
            throw new BrokenLaw(Law.KNOWLEDGE, where + " is pending still");
        }
        if (item.isDeleted()) {
            throw new BrokenLaw(Law.CONVERGENCE, where + " is there, but the item is deleted");
        }
        if (conflict != null && conflict.type() == OpenConflict.Type.DUPLICATE) {
            return;
        }
        Lens lens = service.character.lens(service.zone());
        View wanted = lens.project(item.item());
        if (conflict != null) {
            Set<String> paths =
                    conflict.fields().stream().map(OpenConflict.Field::field).collect(Collectors.toSet());
            wanted = ThreeWay.hold(wanted, held, paths);
        }
        if (!wanted.equals(held)) {
            throw new BrokenLaw(Law.CONVERGENCE, where + " differs from its item: " + Differences.of(held, wanted));
        }
    }

    /** What the services hold is all known. */
    private void strangers() {
        for (Map.Entry<UUID, SimulatedService> entry : world.connections().entrySet()) {
            for (SimulatedService.Revision object : entry.getValue().living()) {
                List<Link> its = links.values().stream()
                        .flatMap(List::stream)
                        .filter(link -> entry.getKey().equals(link.connectionId())
                                && link.externalId().equals(object.id())
                                && link.state() != Link.State.DETACHED)
                        .toList();
                boolean parked = hub.letters().stream()
                        .anyMatch(letter -> letter.connectionId().equals(entry.getKey())
                                && letter.externalId().equals(object.id()));
                if (its.size() != 1 && !parked && entry.getValue().hasShown(object.id())) {
                    throw new BrokenLaw(
                            its.isEmpty() ? Law.CONVERGENCE : Law.ONCE,
                            object.id() + " of " + entry.getValue().character.name() + " has " + its.size() + " links: "
                                    + its);
                }
            }
        }
    }

    // ---- nothing is deleted, or made, that nobody deleted or made

    private void deletions() {
        Set<UUID> deleted = new HashSet<>();
        for (Ledger.Deed deed : ledger.deeds()) {
            UUID item = itemAt.get(place(deed.side(), deed.object()));
            if (deed.kind() == Ledger.Kind.DELETE && item != null) {
                deleted.add(item);
            }
        }
        for (StoredItem item : items.values()) {
            if (item.isDeleted()
                    && !deleted.contains(item.id())
                    && !world.decided().contains(item.id().toString())) {
                throw new BrokenLaw(Law.DELETE_ON_PROOF, "nobody deleted item " + item.id());
            }
        }
        for (SimulatedService service : world.connections().values()) {
            for (SimulatedService.WriteSeen write : service.writes()) {
                if (write.verb() == PushTask.Verb.DELETE
                        && !deleted.contains(write.itemId())
                        && !world.decided().contains(write.itemId().toString())) {
                    throw new BrokenLaw(Law.DELETE_ON_PROOF, "nobody deleted " + write.id() + ", and yet the hub did");
                }
            }
        }
    }

    /** Whether a dead letter says that the object was made before, and taken for another since. */
    private boolean isTold(Side side, String object) {
        UUID item = side.name().equals("dayflow") ? UUID.fromString(object) : itemAt.get(place(side.name(), object));
        return hub.letters().stream()
                .anyMatch(letter -> letter.direction() == DeadLetter.Direction.OUTBOUND
                        && letter.itemId() != null
                        && letter.itemId().equals(item)
                        && letter.message().contains("known as another item"));
    }

    private void once() {
        for (Side side : world.sides()) {
            Map<String, String> seen = new HashMap<>();
            for (Side.Sight sight : side.sights()) {
                for (String mark : tokens.of(sight.view())) {
                    String other = seen.put(mark, sight.id());
                    if (other != null && !ledger.isTwin(mark) && !isTold(side, other) && !isTold(side, sight.id())) {
                        throw new BrokenLaw(
                                Law.ONCE,
                                mark + " stands twice on " + side.name() + ": in " + other + " and in " + sight.id());
                    }
                }
            }
        }
        for (SimulatedService service : world.connections().values()) {
            if (service.advances() > world.completions()) {
                throw new BrokenLaw(
                        Law.ONCE,
                        "people completed " + world.completions() + " tasks, and " + service.character.name()
                                + " moved on " + service.advances() + " times");
            }
        }
    }

    // ---- what people wrote is there, and what they took away is not

    private void edits() {
        Set<String> present = new HashSet<>();
        world.sides().forEach(side -> side.sights().forEach(sight -> present.addAll(tokens.of(sight.view()))));
        Set<String> kept = kept();
        for (Map.Entry<String, Ledger.Deed> written : ledger.written().entrySet()) {
            String mark = written.getKey();
            if (!present.contains(mark)
                    && !ledger.taken().containsKey(mark)
                    && !kept.contains(mark)
                    && !world.decided().contains(mark)) {
                throw new BrokenLaw(Law.NO_EDIT_LOST, mark + " is lost: " + written.getValue());
            }
        }
        for (Map.Entry<String, Ledger.Deed> taken : ledger.taken().entrySet()) {
            String mark = taken.getKey();
            if (present.contains(mark) && mayNotReturn(mark, taken.getValue())) {
                throw new BrokenLaw(Law.NOTHING_RETURNS, mark + " came back: " + taken.getValue());
            }
        }
    }

    /** Marks that are kept in conflicts, dead letters, and with what was deleted. */
    private Set<String> kept() {
        Set<String> kept = new TreeSet<>();
        for (OpenConflict conflict : hub.allConflicts()) {
            for (OpenConflict.Field field : conflict.fields()) {
                kept.addAll(tokens.of(field.field(), field.dayflow()));
                kept.addAll(tokens.of(field.field(), field.external()));
            }
        }
        for (DeadLetter letter : hub.letters()) {
            kept.addAll(Tokens.words(letter.payload()));
        }
        for (StoredItem item : items.values()) {
            if (item.isDeleted()) {
                kept.addAll(tokens.of(item.item().view()));
            }
        }
        hub.links().forEach(link -> kept.addAll(Tokens.words(link.extras())));
        // what only the service knows of goes with a copy that the hub deletes for somebody
        world.connections().values().stream()
                .flatMap(service -> service.writes().stream())
                .filter(write -> write.verb() == PushTask.Verb.DELETE && write.held() != null)
                .forEach(write ->
                        kept.addAll(tokens.of(ServiceSide.OWN, write.held().get(ServiceSide.OWN))));
        for (JournalEntry entry : hub.journal()) {
            View before = entry.before();
            View after = entry.after();
            if (after == null) {
                kept.addAll(tokens.of(before));
            } else if (before != null && before.get("recurrence") != null && after.get("recurrence") == null) {
                // with a series that somebody ended, on a side that shows no occurrences, these go; the history has
                // them
                kept.addAll(tokens.of("overrides", before.get("overrides")));
            }
        }
        return kept;
    }

    private boolean mayNotReturn(String mark, Ledger.Deed taken) {
        if (world.decided().contains(mark) || ledger.isTwin(mark) || ledger.isAmbiguous(mark)) {
            return false;
        }
        UUID item = itemAt.get(place(taken.side(), taken.object()));
        if (item == null) {
            return true;
        }
        if (isKeptElsewhere(mark, item, taken)) {
            return false;
        }
        Ledger.Deed last = ledger.deeds().stream()
                .filter(deed -> deed.kind() == Ledger.Kind.DELETE
                        && deed.side().equals(taken.side())
                        && deed.object().equals(taken.object()))
                .findFirst()
                .orElse(taken);
        // where a copy could not be read or written, or a conflict is open, the sides hold what they held
        return !troubled.contains(item) && (last.kind() != Ledger.Kind.DELETE || !isContested(item, last));
    }

    /** Whether somebody edited the same field elsewhere without knowing, or unknown to who took the mark, and left it in. */
    private boolean isKeptElsewhere(String mark, UUID item, Ledger.Deed taken) {
        return ledger.deeds().stream()
                .filter(deed -> !deed.side().equals(taken.side()))
                .filter(deed -> deed.at() > taken.at()
                        || !taken.saw().containsAll(deed.wrote())
                        || deed.wrote().isEmpty() && taken.at() - deed.at() < 600_000)
                .filter(deed -> item.equals(itemAt.get(place(deed.side(), deed.object()))))
                .anyMatch(deed -> deed.left().contains(mark));
    }

    /** Whether somebody edited the item elsewhere without knowing of its deletion, or unknown to who deleted it. */
    private boolean isContested(UUID item, Ledger.Deed deletion) {
        return ledger.deeds().stream()
                .filter(deed -> !deed.side().equals(deletion.side()) && deed.kind() != Ledger.Kind.DELETE)
                .filter(deed -> item.equals(itemAt.get(place(deed.side(), deed.object()))))
                .anyMatch(deed -> deed.at() > deletion.at()
                        || !deletion.saw().containsAll(deed.wrote())
                        || deed.took().stream().anyMatch(deletion.saw()::contains)
                        || deed.wrote().isEmpty() && deed.took().isEmpty() && deletion.at() - deed.at() < 600_000);
    }

    // ---- the journal says what the hub did

    private void journal() {
        List<String> written = hub.rowWrites().stream()
                .map(write -> write.rowId() + " " + Differences.of(write.before(), write.after()))
                .sorted()
                .toList();
        List<String> told = hub.journal().stream()
                .filter(entry -> entry.connectionId() == null)
                .map(entry -> entry.itemId() + " " + Differences.of(entry.before(), entry.after()))
                .sorted()
                .toList();
        if (!written.equals(told)) {
            List<String> untold = new ArrayList<>(written);
            told.forEach(untold::remove);
            List<String> unwritten = new ArrayList<>(told);
            written.forEach(unwritten::remove);
            throw new BrokenLaw(Law.JOURNAL, "written, not told: " + untold + "; told, not written: " + unwritten);
        }
    }

    private Link dayflowLink(UUID item) {
        return links.getOrDefault(item, List.of()).stream()
                .filter(link -> link.connectionId() == null)
                .findFirst()
                .orElseThrow(() -> new BrokenLaw(Law.KNOWLEDGE, "item " + item + " has no link to DayFlow"));
    }

    private String sideName(@Nullable UUID connection) {
        return connection == null
                ? "dayflow"
                : Objects.requireNonNull(world.connections().get(connection))
                        .character
                        .name();
    }

    private static String place(String side, String object) {
        return side + " " + object;
    }
}
