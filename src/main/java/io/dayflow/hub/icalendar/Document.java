package io.dayflow.hub.icalendar;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A calendar object as a tree of its lines: {@code parse(text).text()} is {@code text} for every text. Takes what real
 * writers produce: a byte order mark, either line end, blank lines, a bare component, a missing END.
 */
final class Document {

    private static final String BOM = "\uFEFF";
    private static final int DEEPEST = 32;
    /** These stand beside each other: where one begins within another, the other's END is missing. */
    private static final Set<String> SIBLINGS =
            Set.of("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY");

    private final String prefix;
    private final String eol;
    private final Component root;

    private Document(String prefix, String eol, Component root) {
        this.prefix = prefix;
        this.eol = eol;
        this.root = root;
    }

    static Document parse(String text) {
        String prefix = text.startsWith(BOM) ? BOM : "";
        int newline = text.indexOf('\n');
        String eol = newline < 0 || (newline > 0 && text.charAt(newline - 1) == '\r') ? "\r\n" : "\n";
        return new Document(prefix, eol, tree(Folding.logical(text.substring(prefix.length()))));
    }

    private static Component tree(List<String> lines) {
        Component root = Component.root();
        Deque<Component> open = new ArrayDeque<>(List.of(root));
        for (String raw : lines) {
            ContentLine line = ContentLine.parse(raw);
            if (line == null) {
                open.element().nodes().add(new Filler(raw));
            } else if (line.is("BEGIN") && open.size() <= DEEPEST) {
                begin(open, Component.opened(line));
            } else if (line.is("END")) {
                end(open, line, raw);
            } else {
                open.element().nodes().add(line);
            }
        }
        return root;
    }

    private static void begin(Deque<Component> open, Component component) {
        if (SIBLINGS.contains(component.name()) && open.stream().anyMatch(outer -> SIBLINGS.contains(outer.name()))) {
            while (!SIBLINGS.contains(open.pop().name())) {
                continue;
            }
        }
        open.element().nodes().add(component);
        open.push(component);
    }

    private static void end(Deque<Component> open, ContentLine line, String raw) {
        String name = Component.opened(line).name();
        if (name.isEmpty() || open.stream().noneMatch(component -> component.is(name))) {
            open.element().nodes().add(new Filler(raw));
            return;
        }
        while (!open.element().is(name)) {
            open.pop();
        }
        open.pop().close(line);
    }

    String text() {
        StringBuilder out = new StringBuilder(prefix);
        root.appendTo(out);
        return out.toString();
    }

    /** The line end it uses. */
    String eol() {
        return eol;
    }

    Component root() {
        return root;
    }

    /** The calendars; where a component stands bare, the stream that holds it too. */
    Stream<Component> calendars() {
        return Stream.concat(Stream.of(root), root.components("VCALENDAR").stream());
    }

    /** The components of all calendars, in order. */
    List<Component> components() {
        return root.components().stream()
                .flatMap(
                        component -> component.is("VCALENDAR") ? component.components().stream() : Stream.of(component))
                .toList();
    }

    /** What holds the component. */
    Component parent(Component child) {
        return calendars()
                .filter(calendar -> calendar.components().stream().anyMatch(component -> component == child))
                .findFirst()
                .orElse(root);
    }
}
