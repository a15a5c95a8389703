package io.dayflow.hub.icalendar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A component with its properties and components in the order they were written. The only part of the model that changes. */
final class Component implements Node {

    private final String name;
    private final @Nullable ContentLine begin;
    private final List<Node> nodes = new ArrayList<>();
    private @Nullable ContentLine end;

    private Component(String name, @Nullable ContentLine begin) {
        this.name = name;
        this.begin = begin;
    }

    /** The stream of components itself, without BEGIN and END. */
    static Component root() {
        return new Component("", null);
    }

    /** A component that is open until {@link #close}. */
    static Component opened(ContentLine begin) {
        return new Component(begin.value().strip().toUpperCase(Locale.ROOT), begin);
    }

    /** A new, empty, closed component. */
    static Component of(String eol, String name) {
        Component component = new Component(name, ContentLine.of(eol, "BEGIN", name));
        component.close(ContentLine.of(eol, "END", name));
        return component;
    }

    void close(ContentLine line) {
        end = line;
    }

    /** Whether its END was there; without it the rest may be missing too. */
    boolean isClosed() {
        return end != null;
    }

    /** In upper case. */
    String name() {
        return name;
    }

    boolean is(String other) {
        return name.equals(other);
    }

    List<Node> nodes() {
        return nodes;
    }

    /** All properties of a name, in order. */
    List<ContentLine> lines(String property) {
        return nodes.stream()
                .filter(node -> node instanceof ContentLine line && line.is(property))
                .map(ContentLine.class::cast)
                .toList();
    }

    /** The first property of a name, or null. */
    @Nullable
    ContentLine line(String property) {
        for (Node node : nodes) {
            if (node instanceof ContentLine line && line.is(property)) {
                return line;
            }
        }
        return null;
    }

    /** The value of the first property of a name, unescaped and stripped; null where it is absent or blank. */
    @Nullable
    String text(String property) {
        ContentLine line = line(property);
        String text = line == null ? "" : TextValue.unescape(line.value()).strip();
        return text.isEmpty() ? null : text;
    }

    List<Component> components() {
        return nodes.stream()
                .filter(Component.class::isInstance)
                .map(Component.class::cast)
                .toList();
    }

    List<Component> components(String component) {
        return components().stream().filter(child -> child.is(component)).toList();
    }

    /** Adds a property after the last one, before any component. */
    void add(ContentLine line) {
        int at = 0;
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof ContentLine) {
                at = i + 1;
            } else if (nodes.get(i) instanceof Component) {
                break;
            }
        }
        nodes.add(at, line);
    }

    /** Puts {@code line} in the place of {@code old}, or adds it where there is none. */
    void put(@Nullable ContentLine old, ContentLine line) {
        int at = old == null ? -1 : nodes.indexOf(old);
        if (at < 0) {
            add(line);
        } else {
            nodes.set(at, line);
        }
    }

    /** Adds a component after {@code after}, or after everything where that is null. */
    void add(Component component, @Nullable Component after) {
        int at = after == null ? nodes.size() : nodes.indexOf(after) + 1;
        nodes.add(at, component);
    }

    /** Adds a component before the first one. */
    void addFirst(Component component) {
        int at = 0;
        while (at < nodes.size() && !(nodes.get(at) instanceof Component)) {
            at++;
        }
        nodes.add(at, component);
    }

    void remove(Node node) {
        nodes.remove(node);
    }

    void removeLines(String property) {
        removeLines(property, line -> true);
    }

    void removeLines(String property, Predicate<ContentLine> which) {
        nodes.removeIf(node -> node instanceof ContentLine line && line.is(property) && which.test(line));
    }

    /** Ends its last line, so that something may follow it. */
    void terminate(String eol) {
        if (end != null && !end.toString().endsWith("\n")) {
            end = ContentLine.parse(end + eol);
        }
    }

    @Override
    public void appendTo(StringBuilder out) {
        if (begin != null) {
            begin.appendTo(out);
        }
        nodes.forEach(node -> node.appendTo(out));
        if (end != null) {
            end.appendTo(out);
        }
    }
}
