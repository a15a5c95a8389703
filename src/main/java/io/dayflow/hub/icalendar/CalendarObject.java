package io.dayflow.hub.icalendar;

import io.dayflow.hub.item.View;
import io.dayflow.hub.zone.ZoneResolver;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A calendar object resource (RFC 4791 section 4.1): read into views, and changed without touching what is not changed.
 * Immutable and safe for threads; every change gives a new text, in which the physical lines of all other properties are
 * those of the old one.
 */
public final class CalendarObject {

    private static final ZoneResolver RESOLVER = new ZoneResolver();
    static final String PRODUCT = "-//DayFlow//DayFlow Hub//EN";

    private final String text;
    /** Only read; a change parses its own. */
    private final Document document;

    private CalendarObject(String text, Document document) {
        this.text = text;
        this.document = document;
    }

    /**
     * Takes a text as it came.
     *
     * @throws UnreadableObject if there is no component in it
     */
    public static CalendarObject parse(String text) throws UnreadableObject {
        if (text.isBlank()) {
            throw new UnreadableObject("the object is empty");
        }
        Document document = Document.parse(text);
        if (document.root().components().isEmpty()) {
            throw new UnreadableObject("the object is no calendar: it has no BEGIN:VCALENDAR");
        }
        return new CalendarObject(text, document);
    }

    /** Exactly what was parsed. */
    public String text() {
        return text;
    }

    /**
     * The items in it: one for each master with its overrides, and one for each override without a master, which then is an
     * event of its own. Never throws for what it finds.
     */
    public Reading read() {
        return Views.read(document, zones(document));
    }

    /**
     * The object with one part changed: only where {@code desired} differs from {@code current}, in the properties that hold
     * those fields, plus DTSTAMP, LAST-MODIFIED and, where RFC 5546 section 2.1.4 asks for it, SEQUENCE of the components
     * that changed. Fields outside {@link CalendarFields} and those in {@link CalendarFields#UNCHANGEABLE} are left alone.
     * METHOD goes. If nothing differs, the text is the same.
     *
     * @param current what {@link #read} gave for the part
     * @throws IllegalArgumentException if there is no such part, or {@code desired} is no valid item
     */
    public String patch(String partKey, View current, View desired, Stamp stamp) {
        Document changed = Document.parse(text);
        Part part = Part.find(changed, partKey);
        if (part == null) {
            throw new IllegalArgumentException("the object has no part \"" + partKey + "\"");
        }
        return Patch.apply(changed, zones(changed), part, current, desired, stamp) ? changed.text() : text;
    }

    /**
     * A new object that holds one view: complete and valid by itself, with CRLF, folded lines and a description of every
     * zone it uses. An event always has a DTEND.
     *
     * @throws IllegalArgumentException if {@code desired} is no valid item
     */
    public static String create(View desired, String uid, Stamp stamp) {
        String eol = "\r\n";
        Component calendar = Component.of(eol, "VCALENDAR");
        calendar.add(ContentLine.of(eol, "VERSION", "2.0"));
        calendar.add(ContentLine.of(eol, "PRODID", PRODUCT));
        String name = switch (desired.kind()) {
            case EVENT -> "VEVENT";
            case TASK -> "VTODO";
        };
        Component component = Component.of(eol, name);
        component.add(ContentLine.of(eol, "UID", TextValue.escape(uid)));
        component.add(ContentLine.of(eol, "DTSTAMP", DateText.of(stamp.now())));
        component.add(ContentLine.of(eol, "CREATED", DateText.of(stamp.now())));
        calendar.add(component, null);
        Document document = Document.parse(calendar.text());
        Part part = Objects.requireNonNull(Part.of(document).getFirst());
        Patch.fill(document, zones(document), part, desired, stamp);
        return document.text();
    }

    /**
     * The object without one part and its overrides.
     *
     * @return empty where no event and no task is left: then the object itself is to be deleted
     * @throws IllegalArgumentException if there is no such part
     */
    public Optional<String> without(String partKey) {
        Document changed = Document.parse(text);
        Part part = Part.find(changed, partKey);
        if (part == null) {
            throw new IllegalArgumentException("the object has no part \"" + partKey + "\"");
        }
        part.components().forEach(component -> changed.parent(component).remove(component));
        if (Part.of(changed).isEmpty()) {
            return Optional.empty();
        }
        Bookkeeping.unpublish(changed);
        return Optional.of(changed.text());
    }

    /** The keys of the parts, readable or not, masters first. */
    public List<String> partKeys() {
        return Part.of(document).stream().map(Part::key).toList();
    }

    private static Zones zones(Document document) {
        return new Zones(document, RESOLVER);
    }
}
