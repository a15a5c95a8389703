package io.dayflow.hub.caldav;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * One XML element, read whole.
 *
 * @param attributes by local name
 * @param text its own character data, that of its children not included
 */
record Element(QName name, Map<String, String> attributes, String text, List<Element> children) {

    /** The first child of that name, or null. */
    @Nullable
    Element child(QName child) {
        for (Element element : children) {
            if (element.name.equals(child)) {
                return element;
            }
        }
        return null;
    }

    Stream<Element> all(QName child) {
        return children.stream().filter(element -> element.name.equals(child));
    }

    boolean has(QName child) {
        return child(child) != null;
    }

    /** The text without blanks around it. */
    String value() {
        return text.strip();
    }

    /** The element and everything in it, in document order. */
    Stream<Element> tree() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(Element::tree));
    }

    /** The hrefs directly in it that say something. */
    List<String> hrefs() {
        return all(Dav.HREF).map(Element::value).filter(text -> !text.isEmpty()).toList();
    }
}
