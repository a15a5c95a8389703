package io.dayflow.hub.caldav;

import io.dayflow.hub.icalendar.CalendarObject;
import io.dayflow.hub.icalendar.Reading;
import io.dayflow.hub.icalendar.Stamp;
import io.dayflow.hub.icalendar.UnreadableObject;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.Mapped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** {@link ObjectText} by the package {@code icalendar}. What that refuses to write is a rejected push. */
public final class ICalendarText implements ObjectText {

    private static final Pattern EVENT = Pattern.compile("(?im)^BEGIN:VEVENT\\s*$");
    private static final Pattern TASK = Pattern.compile("(?im)^BEGIN:VTODO\\s*$");

    @Override
    public Contents read(String text, Kind kind) {
        Reading reading = parse(text).read();
        List<Mapped.Part> parts = reading.parts().stream()
                .filter(part -> part.view().kind() == kind)
                .toList();
        return new Contents(
                parts, reading.problems().isEmpty() || isOther(text, kind) ? List.of() : reading.problems());
    }

    @Override
    public String patch(String text, String part, View current, View desired, Instant now, boolean silent) {
        return written(() -> parse(text).patch(part, current, desired, new Stamp(now, silent)));
    }

    @Override
    public String create(View desired, String uid, Instant now, boolean silent) {
        return written(() -> CalendarObject.create(desired, uid, new Stamp(now, silent)));
    }

    @Override
    public Optional<String> without(String text, String part) {
        return written(() -> parse(text).without(part));
    }

    /** Whether the object holds the other kind only: then its problems are that kind's. */
    private static boolean isOther(String text, Kind kind) {
        return switch (kind) {
            case EVENT -> TASK.matcher(text).find() && !EVENT.matcher(text).find();
            case TASK -> EVENT.matcher(text).find() && !TASK.matcher(text).find();
        };
    }

    private static CalendarObject parse(String text) {
        try {
            return CalendarObject.parse(text);
        } catch (UnreadableObject e) {
            throw Dav.unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static <T> T written(Supplier<T> write) {
        try {
            return write.get();
        } catch (IllegalArgumentException e) {
            throw Dav.rejected("The item cannot be written as a calendar object: " + e.getMessage());
        }
    }
}
