package io.dayflow.hub.caldav;

import java.util.Collection;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;

/** The XML bodies of requests. Whatever is put in from outside is escaped. */
final class Xml {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    private static final String NAMESPACES = " xmlns:d=\"" + Dav.DAV + "\" xmlns:c=\"" + Dav.CALDAV + "\" xmlns:cs=\""
            + Dav.CALENDARSERVER + "\" xmlns:a=\"" + Dav.APPLE + "\"";

    private Xml() {}

    /** RFC 4918 section 9.1. */
    static String propfind(Collection<QName> properties) {
        return HEAD + "<d:propfind" + NAMESPACES + ">" + prop(properties) + "</d:propfind>";
    }

    /**
     * RFC 6578 section 3.2.
     *
     * @param token empty asks for everything
     */
    static String syncCollection(String token) {
        return HEAD + "<d:sync-collection" + NAMESPACES + "><d:sync-token>" + escape(token)
                + "</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>";
    }

    /**
     * RFC 4791 section 7.9.
     *
     * @param hrefs in their encoded form
     */
    static String multiget(Collection<String> hrefs) {
        return HEAD + "<c:calendar-multiget" + NAMESPACES + "><d:prop><d:getetag/><c:calendar-data/></d:prop>"
                + hrefs.stream()
                        .map(href -> "<d:href>" + escape(href) + "</d:href>")
                        .collect(Collectors.joining())
                + "</c:calendar-multiget>";
    }

    /**
     * RFC 4791 section 7.8, by UID.
     *
     * @param component VEVENT or VTODO
     */
    static String queryUid(String component, String uid) {
        return HEAD + "<c:calendar-query" + NAMESPACES + "><d:prop><d:getetag/></d:prop><c:filter>"
                + "<c:comp-filter name=\"VCALENDAR\"><c:comp-filter name=\"" + component + "\">"
                + "<c:prop-filter name=\"UID\"><c:text-match collation=\"i;octet\">" + escape(uid)
                + "</c:text-match></c:prop-filter></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>";
    }

    /** Text for an element or an attribute; what XML 1.0 cannot carry becomes U+FFFD. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\r', '\n', '\t' -> escaped.append("&#").append(point).append(';');
                default -> escaped.appendCodePoint(isCharacter(point) ? point : 0xfffd);
            }
        });
        return escaped.toString();
    }

    private static boolean isCharacter(int point) {
        return point >= 0x20 && point <= 0xd7ff || point >= 0xe000 && point <= 0xfffd || point >= 0x10000;
    }

    private static String prop(Collection<QName> properties) {
        return properties.stream()
                .map(name -> "<" + prefix(name) + ":" + name.getLocalPart() + "/>")
                .collect(Collectors.joining("", "<d:prop>", "</d:prop>"));
    }

    private static String prefix(QName name) {
        return switch (name.getNamespaceURI()) {
            case Dav.DAV -> "d";
            case Dav.CALDAV -> "c";
            case Dav.CALENDARSERVER -> "cs";
            case Dav.APPLE -> "a";
            default -> throw new IllegalArgumentException("no prefix is known for " + name);
        };
    }
}
