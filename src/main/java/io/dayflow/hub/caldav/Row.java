package io.dayflow.hub.caldav;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * One {@code DAV:response} of a multistatus (RFC 4918 section 14.24).
 *
 * @param href as sent
 * @param status of the resource itself; 200 where only its properties have one
 * @param properties those the server answered with 2xx; what a propstat of another status holds is not among them
 * @param error the {@code DAV:error} in it, if any
 */
record Row(
        String href,
        int status,
        Map<QName, Element> properties,
        @Nullable Element error) {

    static List<Row> of(Element response) {
        Map<QName, Element> properties = new HashMap<>();
        response.all(Dav.PROPSTAT)
                .filter(propstat -> is2xx(status(propstat, 200)))
                .forEach(propstat -> propstat.all(Dav.PROP)
                        .forEach(prop ->
                                prop.children().forEach(property -> properties.put(property.name(), property))));
        int status = status(response, onlyStatus(response, properties));
        Element error = response.child(Dav.ERROR);
        return response.hrefs().stream()
                .map(href -> new Row(href, status, properties, error))
                .toList();
    }

    boolean ok() {
        return is2xx(status);
    }

    boolean gone() {
        return status == 404 || status == 410;
    }

    Optional<Element> property(QName name) {
        return Optional.ofNullable(properties.get(name));
    }

    /** The property's text without blanks around it, or null where it is absent or empty. */
    @Nullable
    String text(QName name) {
        return property(name)
                .map(Element::value)
                .filter(text -> !text.isEmpty())
                .orElse(null);
    }

    static boolean is2xx(int status) {
        return status >= 200 && status < 300;
    }

    /** Some servers answer a refused resource with no properties but one propstat that holds the refusal. */
    private static int onlyStatus(Element response, Map<QName, Element> properties) {
        List<Element> propstats = response.all(Dav.PROPSTAT).toList();
        if (properties.isEmpty() && propstats.size() == 1) {
            int status = status(propstats.getFirst(), 200);
            return status == 404 ? 200 : status;
        }
        return 200;
    }

    /** From a line like {@code HTTP/1.1 404 Not Found}. */
    private static int status(Element holder, int otherwise) {
        Element line = holder.child(Dav.STATUS);
        if (line == null) {
            return otherwise;
        }
        for (String word : line.value().split("\\s+")) {
            if (word.length() == 3 && word.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Integer.parseInt(word);
            }
        }
        throw Dav.unreadable("The answer holds a status that is none");
    }
}
