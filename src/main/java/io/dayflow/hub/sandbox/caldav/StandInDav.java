package io.dayflow.hub.sandbox.caldav;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** WebDAV's XML as the server speaks it: what is asked for, and multistatus rows with 200 and 404 propstats. */
final class StandInDav {

    static final String DAV = "DAV:";
    static final String CALDAV = "urn:ietf:params:xml:ns:caldav";
    static final String CALENDARSERVER = "http://calendarserver.org/ns/";
    static final String NAMESPACES =
            "xmlns:D=\"" + DAV + "\" xmlns:C=\"" + CALDAV + "\" xmlns:CS=\"" + CALENDARSERVER + "\"";

    private StandInDav() {}

    /** A property's name. */
    record Name(String namespace, String local) {
        static Name dav(String local) {
            return new Name(DAV, local);
        }

        static Name caldav(String local) {
            return new Name(CALDAV, local);
        }

        String element() {
            return switch (namespace) {
                case DAV -> "D:" + local;
                case CALDAV -> "C:" + local;
                case CALENDARSERVER -> "CS:" + local;
                default -> "X:" + local + " xmlns:X=\"" + escape(namespace) + "\"";
            };
        }
    }

    /** The properties of a resource: the XML inside each element, made only when it is asked for. */
    static final class Properties {
        private final Map<Name, Supplier<String>> values = new LinkedHashMap<>();

        Properties dav(String name, Supplier<String> value) {
            values.put(Name.dav(name), value);
            return this;
        }

        Properties caldav(String name, Supplier<String> value) {
            values.put(Name.caldav(name), value);
            return this;
        }

        Properties ctag(Supplier<String> value) {
            values.put(new Name(CALENDARSERVER, "getctag"), value);
            return this;
        }
    }

    static Element root(String xml) {
        return document(xml).getDocumentElement();
    }

    private static Document document(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // The default handler prints to the console before it throws; this one throws.
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("unreadable XML", e);
        }
    }

    static List<Element> children(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    /** The names inside the first D:prop; empty when everything is asked for. */
    static List<Name> asked(@Nullable Element root) {
        Element prop = root == null ? null : child(root, "prop");
        return prop == null
                ? List.of()
                : children(prop).stream()
                        .map(property -> new Name(property.getNamespaceURI(), property.getLocalName()))
                        .toList();
    }

    static @Nullable Element child(Element parent, String local) {
        return children(parent).stream()
                .filter(element -> local.equals(element.getLocalName()))
                .findFirst()
                .orElse(null);
    }

    /** The first element of this local name at any depth. */
    static @Nullable Element find(Element parent, String local) {
        return (Element) parent.getElementsByTagNameNS("*", local).item(0);
    }

    static List<String> hrefs(Element root) {
        List<String> hrefs = new ArrayList<>();
        for (Element child : children(root)) {
            if ("href".equals(child.getLocalName())) {
                hrefs.add(child.getTextContent().strip());
            }
        }
        return hrefs;
    }

    static void row(StringBuilder out, String href, List<Name> asked, Properties properties) {
        out.append("<D:response>").append(href(href));
        StringBuilder missing = new StringBuilder();
        out.append("<D:propstat><D:prop>");
        for (Name name : asked.isEmpty() ? List.copyOf(properties.values.keySet()) : asked) {
            Supplier<String> value = properties.values.get(name);
            String bare = name.element();
            if (value == null) {
                missing.append('<').append(bare).append("/>");
            } else {
                out.append('<').append(bare).append('>').append(value.get());
                out.append("</").append(bare).append('>');
            }
        }
        out.append("</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>");
        if (!missing.isEmpty()) {
            out.append("<D:propstat><D:prop>").append(missing);
            out.append("</D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>");
        }
        out.append("</D:response>");
    }

    /** A row without properties: 404 for what is gone, 507 for a walk that goes on. */
    static void row(StringBuilder out, String href, int status, String error) {
        out.append("<D:response>").append(href(href));
        out.append("<D:status>HTTP/1.1 ").append(status).append(" status</D:status>");
        out.append(error).append("</D:response>");
    }

    static StandInReply multistatus(CharSequence rows) {
        return StandInReply.xml(207, "<D:multistatus " + NAMESPACES + ">" + rows + "</D:multistatus>");
    }

    static String href(String path) {
        return "<D:href>" + escape(path) + "</D:href>";
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '\r' -> escaped.append("&#13;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
