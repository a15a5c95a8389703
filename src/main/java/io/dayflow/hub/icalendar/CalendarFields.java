package io.dayflow.hub.icalendar;

import io.dayflow.hub.item.Kind;
import java.util.Set;

/**
 * The canonical fields that a calendar object holds. Not among them: {@code list}, which is the collection's name;
 * {@code assignees}, which are people of one service while ATTENDEE invites; {@code estimate}, which has no property of
 * its own next to DUE.
 */
public final class CalendarFields {

    /** What an event's view holds. */
    public static final Set<String> EVENT = Set.of(
            "title",
            "description",
            "start",
            "end",
            "location",
            "meetingUrl",
            "organizer",
            "attendees",
            "recurrence",
            "rdates",
            "exdates",
            "overrides",
            "reminders",
            "status",
            "transparency",
            "visibility",
            "categories",
            "colour",
            "url",
            "uid");

    /** What a task's view holds. */
    public static final Set<String> TASK = Set.of(
            "title",
            "notes",
            "status",
            "priority",
            "due",
            "start",
            "completedAt",
            "labels",
            "recurrence",
            "reminders",
            "progress",
            "parent",
            "url",
            "uid");

    /** Fields of these that a patch leaves as they are; {@code organizer} and {@code uid} are written by a create. */
    public static final Set<String> UNCHANGEABLE = Set.of("organizer", "parent", "uid");

    private CalendarFields() {}

    /** The fields of a kind. */
    public static Set<String> of(Kind kind) {
        return switch (kind) {
            case EVENT -> EVENT;
            case TASK -> TASK;
        };
    }
}
