package io.dayflow.hub.caldav;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.Mapped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What this package needs of iCalendar: the text of calendar objects, read and written. Implementations are pure. */
public interface ObjectText {

    /**
     * The items of one kind in an object.
     *
     * @throws io.dayflow.hub.provider.FaultException unreadable, if it is no calendar object at all
     */
    Contents read(String text, Kind kind);

    /**
     * The object with what differs between {@code current} and {@code desired} changed, and nothing else.
     *
     * @param silent whether a server that schedules is told not to speak for the attendees
     */
    String patch(String text, String part, View current, View desired, Instant now, boolean silent);

    /** A new object of one item. */
    String create(View desired, String uid, Instant now, boolean silent);

    /** The object without one of its items; empty if nothing else is in it. */
    Optional<String> without(String text, String part);

    /** @param problems parts that cannot be read */
    record Contents(List<Mapped.Part> parts, List<Mapped.Problem> problems) {}
}
