package io.dayflow.hub.simulation;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import java.util.List;

/** A place where people write, as they see it: DayFlow or a service. */
interface Side {

    String name();

    /** What they see of one object. */
    record Sight(String id, View view) {}

    /** Everything that is there, in an order that is always the same. */
    List<Sight> sights();

    /** What can be written down here. */
    Handwriting.Paper paper(Kind kind);

    /** The kinds of which people may make new ones here. */
    List<Kind> kinds();

    /** Makes an object; what it is then. */
    Sight add(View view, int place);

    /** Changes an object; what it is then. */
    Sight change(String id, View view);

    void remove(String id);
}
