package io.dayflow.hub.simulation;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/** A service, whose people see everything that it holds, also what the hub does not know. */
final class ServiceSide implements Side {

    /** A field of the service's own. */
    static final String OWN = "x-own";

    private final SimulatedService service;
    private final Set<String> fields;
    private final Supplier<UUID> ids;

    ServiceSide(SimulatedService service, boolean tasksRepeat, Supplier<UUID> ids) {
        this.service = service;
        this.ids = ids;
        this.fields = new TreeSet<>(service.character.fields());
        fields.add(OWN);
        if (service.character.kind() == Kind.TASK && !tasksRepeat) {
            fields.remove("recurrence");
        }
    }

    SimulatedService service() {
        return service;
    }

    @Override
    public String name() {
        return service.character.name();
    }

    @Override
    public List<Sight> sights() {
        return service.living().stream().map(ServiceSide::sight).toList();
    }

    @Override
    public Handwriting.Paper paper(Kind kind) {
        return new Handwriting.Paper(kind, fields, false);
    }

    @Override
    public List<Kind> kinds() {
        return List.of(service.character.kind());
    }

    @Override
    public Sight add(View view, int place) {
        View made = service.character.identity() == Character.Identity.UID
                ? view.with("uid", TextNode.valueOf(ids.get().toString()))
                : view;
        return sight(service.add(place % 2 == 0 ? "inbox" : "other", canonical(made)));
    }

    @Override
    public Sight change(String id, View view) {
        return sight(service.change(id, canonical(view)));
    }

    @Override
    public void remove(String id) {
        service.remove(id);
    }

    /** What the service makes of it: sets in order, times in their one form. */
    private View canonical(View view) {
        View known = Item.of(view.with(OWN, null)).view();
        return known.only(service.character.fields()).with(OWN, view.get(OWN));
    }

    private static Sight sight(SimulatedService.Revision now) {
        return new Sight(now.id(), now.view());
    }
}
