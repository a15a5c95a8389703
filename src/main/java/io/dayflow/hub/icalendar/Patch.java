package io.dayflow.hub.icalendar;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One change of one part. */
final class Patch {

    private Patch() {}

    /** Whether anything changed. */
    static boolean apply(Document document, Zones zones, Part part, View current, View desired, Stamp stamp) {
        View before = current.only(changeable(part));
        View after = valid(desired).only(changeable(part));
        if (before.equals(after)) {
            return false;
        }
        Map<Component, String> texts = new IdentityHashMap<>();
        part.components().forEach(component -> texts.put(component, component.text()));
        Edit edit = new Edit(document, zones, part.main(), year(after));
        if (part.kind() == Kind.EVENT && !part.orphan()) {
            Overrides.patch(part, before, after, edit);
        }
        Fields.patch(Fields.of(part), part.main(), before, after, edit);
        List<Component> changed = part.components().stream()
                .filter(component -> !component.text().equals(texts.get(component)))
                .toList();
        boolean removed = !new HashSet<>(part.components()).containsAll(texts.keySet());
        if (changed.isEmpty() && !removed) {
            return false;
        }
        for (Component component : changed) {
            boolean reschedules = component == part.main()
                    ? Bookkeeping.reschedules(before, after)
                    : Overrides.reschedules(component, before, after, zones);
            Bookkeeping.touch(component, reschedules, stamp, edit);
        }
        if (removed && !changed.contains(part.main())) {
            Bookkeeping.touch(part.main(), true, stamp, edit);
        }
        finish(document, part, stamp, edit);
        return true;
    }

    /** Fills a component that has nothing but its identity. */
    static void fill(Document document, Zones zones, Part part, View desired, Stamp stamp) {
        View view = valid(desired).only(CalendarFields.of(part.kind()));
        Edit edit = new Edit(document, zones, part.main(), year(view));
        Fields.patch(Fields.of(part), part.main(), View.empty(part.kind()), view, edit);
        if (part.kind() == Kind.EVENT) {
            Overrides.patch(part, View.empty(part.kind()), view, edit);
            part.overrides().forEach(override -> Bookkeeping.touch(override, false, stamp, edit));
        }
        finish(document, part, stamp, edit);
    }

    private static void finish(Document document, Part part, Stamp stamp, Edit edit) {
        if (stamp.silent()) {
            Bookkeeping.silence(part.components(), edit);
        }
        Bookkeeping.unpublish(document);
    }

    private static int year(View view) {
        String start = view.text("start");
        return start == null
                ? Integer.MAX_VALUE
                : When.parse(start).dateIn(ZoneOffset.UTC).getYear();
    }

    private static Set<String> changeable(Part part) {
        Set<String> fields = new HashSet<>(CalendarFields.of(part.kind()));
        fields.removeAll(CalendarFields.UNCHANGEABLE);
        return fields;
    }

    /** In canonical form; refuses what is no item. */
    private static View valid(View view) {
        return Item.of(view).view();
    }
}
