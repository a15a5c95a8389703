package io.dayflow.hub.dayflow;

import io.dayflow.hub.item.Event;
import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.Task;
import io.dayflow.hub.item.View;
import io.dayflow.hub.merge.Lens;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a row of DayFlow can hold of an item, for a user who lives in one zone.
 *
 * <p>A view of DayFlow has the fields of {@code dayflow.md} under canonical names. Times are instants in UTC to the
 * microsecond ({@code 2026-03-01T08:00:00Z}). Of an event: {@code title, description, start, end, allDay, location,
 * meetingUrl, attendees [{email, name, status}], recurrence, reminder, list, categories}; of a task: {@code title, notes,
 * status, priority, due, start, completedAt, labels, list, recurrence, reminder, estimate, progress}. {@code reminder} is
 * minutes before the start (of a task: before it is due); {@code list} is the category and {@code labels} or
 * {@code categories} are the tags. What a row has when nothing was said ({@code recurrence} none, {@code reminder} disabled,
 * {@code progress} 0, an empty text) is absent; {@code allDay}, {@code status} and {@code priority} (medium) are always
 * there.
 *
 * <p>The laws of {@link Lens} hold for views in the form that {@link #canonical} gives. One thing more is normalised, and
 * stays as it is from then on: a recurrence that reads differently once it is a rule (see {@link RecurrenceForm}), be it
 * edited, said in other words, or kept while the start of its series moved.
 *
 * <p>Who moves a series in DayFlow moves its exceptions too, which DayFlow does not show.
 *
 * <p>When a user moves to another zone, the lens of the new zone projects what the rows are to hold.
 */
public final class DayflowLens implements Lens {

    private final EventForm events;
    private final TaskForm tasks;

    public DayflowLens(ZoneId userZone, RecurrenceForm recurrence) {
        UserClock clock = new UserClock(userZone);
        this.events = new EventForm(clock, recurrence);
        this.tasks = new TaskForm(clock, recurrence);
    }

    @Override
    public View project(Item item) {
        return switch (item) {
            case Event event -> events.project(event);
            case Task task -> tasks.project(task);
        };
    }

    @Override
    public Item absorb(Item item, View view) {
        if (item.kind() != view.kind()) {
            throw new IllegalArgumentException("a row of a " + view.kind().id() + " says nothing about a "
                    + item.kind().id());
        }
        View canonical = canonical(view);
        return refusing(() -> switch (item) {
            case Event event -> events.absorb(event, canonical);
            case Task task -> tasks.absorb(task, canonical);
        });
    }

    @Override
    public Item create(View view) {
        View canonical = canonical(view);
        return refusing(() -> switch (view.kind()) {
            case EVENT -> events.absorb(events.blank(canonical), canonical);
            case TASK -> tasks.absorb(TaskForm.BLANK, canonical);
        });
    }

    /**
     * A row's content in the one form that equal content has. All-day events begin and end at local midnights: a start goes
     * back to its own and an end on to the next. An event that does not end after its start is one minute long, or one day.
     * Addresses are in lower case, one attendee each; unknown answers are {@code pending}. Times are cut to microseconds,
     * reminders are not negative, a recurrence says nothing that goes without saying, empty texts and foreign fields are left out. Doing it twice changes nothing more.
     *
     * @throws InvalidItem if an event has no start, or a time is no time
     */
    public View canonical(View view) {
        return refusing(() -> view.kind() == Kind.EVENT ? events.canonical(view) : tasks.canonical(view));
    }

    private interface Reading<T> {
        T get();
    }

    /** Values that no item holds are refused alike, wherever they were found. */
    private static <T> T refusing(Reading<T> reading) {
        try {
            return reading.get();
        } catch (InvalidItem e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidItem("", "DayFlow's row holds what no item can: " + message(e));
        }
    }

    private static String message(IllegalArgumentException e) {
        @Nullable String message = e.getMessage();
        return message == null ? "an unknown value" : message;
    }
}
