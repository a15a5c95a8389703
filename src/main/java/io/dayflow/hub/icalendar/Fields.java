package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The fields of each kind of component. Times are patched last: what names occurrences is read by the old start. */
final class Fields {

    /** What a single occurrence has. */
    static final List<Field> OCCURRENCE = List.of(
            TextField.text("title", "SUMMARY"),
            TextField.text("description", "DESCRIPTION"),
            TextField.text("location", "LOCATION"),
            new MeetingUrlField(),
            new AttendeesField(),
            new RemindersField(),
            ChoiceField.EVENT_STATUS,
            ChoiceField.TRANSPARENCY,
            ChoiceField.VISIBILITY,
            new LabelsField("categories"),
            TextField.text("colour", "COLOR"),
            TextField.plain("url", "URL"),
            TimesField.EVENT);

    /** What an event has that stands alone: an occurrence without its series. */
    static final List<Field> ORPHAN_EVENT =
            Stream.concat(Stream.of(new OrganizerField()), OCCURRENCE.stream()).toList();

    static final List<Field> EVENT = Stream.concat(
                    Stream.of(
                            new DatesField("rdates", "RDATE"),
                            new DatesField("exdates", "EXDATE"),
                            TextField.plain("recurrence", "RRULE")),
                    ORPHAN_EVENT.stream())
            .toList();

    static final List<Field> ORPHAN_TASK = List.of(
            TextField.text("title", "SUMMARY"),
            TextField.text("notes", "DESCRIPTION"),
            ChoiceField.TASK_STATUS,
            new TaskFields.Priority(),
            new TaskFields.Progress(),
            new TaskFields.Completed(),
            new TaskFields.Parent(),
            new LabelsField("labels"),
            new RemindersField(),
            TextField.plain("url", "URL"),
            TimesField.TASK);

    static final List<Field> TASK = Stream.concat(
                    Stream.of(TextField.plain("recurrence", "RRULE")), ORPHAN_TASK.stream())
            .toList();

    private Fields() {}

    static List<Field> of(Part part) {
        return switch (part.kind()) {
            case EVENT -> part.orphan() ? ORPHAN_EVENT : EVENT;
            case TASK -> part.orphan() ? ORPHAN_TASK : TASK;
        };
    }

    /** What the component holds of the fields. */
    static Map<String, JsonNode> read(List<Field> fields, Component component, Zones zones) {
        Map<String, JsonNode> view = new TreeMap<>();
        fields.forEach(field -> field.read(component, zones, view));
        return view;
    }

    static void patch(List<Field> fields, Component component, View current, View desired, Edit edit) {
        fields.forEach(field -> field.patch(component, current, desired, edit));
    }

    /** A view of the JSON of one occurrence. */
    static View occurrence(JsonNode json) {
        Map<String, JsonNode> fields = new TreeMap<>();
        json.properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        return View.of(Kind.EVENT, fields);
    }
}
