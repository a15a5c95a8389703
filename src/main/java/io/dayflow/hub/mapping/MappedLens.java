package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.merge.Lens;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A side that holds some of the canonical fields, each in a form of its own that a document tells: canonical fields in, the
 * same fields as the side would hold them out. Each field that comes out must depend on the field of that name alone (an
 * event's start and end on both), and what came out must come out unchanged when it is put in again.
 *
 * <p>Where the document fails on an item, the fields that make it fail are taken as they are, so that one odd item stops
 * nothing.
 */
public final class MappedLens implements Lens {

    private static final Logger log = LoggerFactory.getLogger(MappedLens.class);
    private static final Set<String> TIME = Set.of("start", "end");

    private final Kind kind;
    private final Set<String> fields;
    private final String provider;
    private final Supplier<Mapping> document;

    /**
     * @param fields what the side holds; for events {@code start} and {@code end} are among them
     * @param document asked for each time, since it may be edited
     */
    public MappedLens(Kind kind, Set<String> fields, String provider, Supplier<Mapping> document) {
        if (kind == Kind.EVENT && !fields.containsAll(TIME)) {
            throw new IllegalArgumentException(
                    "a side that holds events holds their start and end, not only " + fields);
        }
        this.kind = kind;
        this.fields = Set.copyOf(fields);
        this.provider = provider;
        this.document = document;
    }

    @Override
    public View project(Item item) {
        requireKind(item.kind());
        return shown(item.view().only(fields));
    }

    @Override
    public Item absorb(Item item, View view) {
        requireKind(item.kind());
        requireKind(view.kind());
        View own = item.view();
        View shown = shown(own.only(fields));
        Set<String> taken = new HashSet<>();
        for (String field : fields) {
            if (!Objects.equals(shown.get(field), view.get(field))) {
                taken.add(field);
                if (kind == Kind.EVENT && TIME.contains(field)) {
                    taken.addAll(TIME);
                }
            }
        }
        return taken.isEmpty() ? item : Item.of(own.overlay(view, taken));
    }

    @Override
    public Item create(View view) {
        requireKind(view.kind());
        return Item.of(view.only(fields));
    }

    private View shown(View own) {
        try {
            return run(own);
        } catch (MappingFailed | InvalidItem failed) {
            if (document.get().failsForTheFirstTime()) {
                log.warn("{}; the fields that make it fail are held as they are", failed.getMessage());
            }
            return fieldByField(own);
        }
    }

    private View fieldByField(View own) {
        View shown = own;
        for (String field : own.fields().keySet()) {
            Collection<String> together = kind == Kind.EVENT ? withTime(field) : Set.of(field);
            try {
                shown = shown.overlay(run(own.only(together)), Set.of(field));
            } catch (MappingFailed | InvalidItem failed) {
                shown = shown.overlay(own, together);
            }
        }
        return shown;
    }

    private static Set<String> withTime(String field) {
        Set<String> together = new TreeSet<>(TIME);
        together.add(field);
        return together;
    }

    private View run(View own) {
        Outcome outcome = document.get().run(Inputs.view(own), new Given(Map.of(), provider, null));
        if (!outcome.value().isObject()) {
            throw outcome.wrong("", "it takes an object of fields, not " + Shape.named(outcome.value()));
        }
        Map<String, JsonNode> changed = new TreeMap<>();
        View shown = own;
        for (var entry : outcome.value().properties()) {
            String field = entry.getKey();
            if (!fields.contains(field)) {
                throw outcome.wrong(field, "is none of the fields that the provider's file names for a " + kind.id());
            }
            if (!entry.getValue().equals(own.get(field))) {
                changed.put(field, entry.getValue());
            }
        }
        for (String field : own.fields().keySet()) {
            if (!outcome.value().has(field)) {
                shown = shown.with(field, null);
            }
        }
        return changed.isEmpty() ? shown : shown.overlay(canonical(own, changed), changed.keySet());
    }

    /** The changed fields in their canonical form; for an event beside its times, without which there is none. */
    private View canonical(View own, Map<String, JsonNode> changed) {
        Map<String, JsonNode> whole = new TreeMap<>(changed);
        if (kind == Kind.EVENT) {
            own.only(TIME).fields().forEach(whole::putIfAbsent);
        }
        return Outputs.canonical(kind, whole);
    }

    private void requireKind(Kind given) {
        if (given != kind) {
            throw new IllegalArgumentException("this side holds " + kind.id() + "s, not " + given.id() + "s");
        }
    }
}
