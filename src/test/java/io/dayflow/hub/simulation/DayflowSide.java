package io.dayflow.hub.simulation;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/** DayFlow, whose application writes rows that are in canonical form. */
final class DayflowSide implements Side {

    private static final List<String> TASK = List.of(
            "title", "notes", "status", "priority", "due", "start", "completedAt", "labels", "estimate", "progress");
    private static final Set<String> EVENT = new TreeSet<>(List.of(
            "title", "description", "start", "end", "allDay", "location", "attendees", "recurrence", "categories"));

    private final Hub hub;
    private final List<Kind> kinds;
    private final Set<String> taskFields;
    private final Supplier<UUID> ids;

    DayflowSide(Hub hub, List<Kind> kinds, boolean tasksRepeat, Supplier<UUID> ids) {
        this.hub = hub;
        this.kinds = kinds;
        this.ids = ids;
        Set<String> fields = new TreeSet<>(TASK);
        if (tasksRepeat) {
            fields.add("recurrence");
        }
        this.taskFields = fields;
    }

    @Override
    public String name() {
        return "dayflow";
    }

    @Override
    public List<Sight> sights() {
        return hub.rows().stream()
                .map(row -> new Sight(row.id().toString(), row.view()))
                .toList();
    }

    @Override
    public Handwriting.Paper paper(Kind kind) {
        return new Handwriting.Paper(kind, kind == Kind.TASK ? taskFields : EVENT, true);
    }

    @Override
    public List<Kind> kinds() {
        return kinds;
    }

    @Override
    public Sight add(View view, int place) {
        UUID id = ids.get();
        hub.write(id, view.kind(), canonical(view));
        return sight(id);
    }

    /** A row that was there before the hub was. */
    Sight place(View view) {
        UUID id = ids.get();
        hub.place(id, view.kind(), canonical(view));
        return sight(id);
    }

    @Override
    public Sight change(String id, View view) {
        UUID row = UUID.fromString(id);
        hub.write(row, view.kind(), canonical(view));
        return sight(row);
    }

    @Override
    public void remove(String id) {
        hub.delete(UUID.fromString(id));
    }

    private Sight sight(UUID id) {
        return new Sight(id.toString(), Objects.requireNonNull(hub.row(id)));
    }

    private View canonical(View view) {
        return hub.lens().project(hub.lens().create(view));
    }
}
