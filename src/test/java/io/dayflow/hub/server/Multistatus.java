package io.dayflow.hub.server;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/** A WebDAV multistatus (RFC 4918 section 13) as a test wants it: rows, and the sync token behind them (RFC 6578). */
public record Multistatus(List<Row> rows, @Nullable String syncToken) {

    /**
     * One response.
     *
     * @param href as the server wrote it
     * @param status the row's own status, else that of its properties: 200 when there was a 200 propstat
     * @param properties local name to text, of the 200 propstat only
     * @param elements the same, as XML elements
     */
    public record Row(String href, int status, Map<String, String> properties, Map<String, Element> elements) {

        /** The text of a property, or null when it was not answered with 200. */
        public @Nullable String get(String property) {
            return properties.get(property);
        }
    }

    /** Reads a multistatus; anything else is refused with an exception that shows the text. */
    public static Multistatus parse(String xml) {
        Element root = document(xml).getDocumentElement();
        if (!"multistatus".equals(root.getLocalName())) {
            throw new IllegalArgumentException("not a multistatus: " + xml);
        }
        List<Row> rows = new ArrayList<>();
        String token = null;
        for (Element child : children(root)) {
            if ("response".equals(child.getLocalName())) {
                rows.add(row(child));
            } else if ("sync-token".equals(child.getLocalName())) {
                token = child.getTextContent().strip();
            }
        }
        return new Multistatus(List.copyOf(rows), token);
    }

    static Document document(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // The default handler prints to the console before it throws; this one throws.
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(xml)));
        } catch (Exception e) {
            throw new IllegalArgumentException("unreadable XML: " + xml, e);
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

    private static Row row(Element response) {
        String href = "";
        int status = 0;
        Map<String, String> properties = new HashMap<>();
        Map<String, Element> elements = new HashMap<>();
        for (Element child : children(response)) {
            switch (child.getLocalName()) {
                case "href" -> href = child.getTextContent().strip();
                case "status" -> status = status(child);
                case "propstat" -> {
                    Element statusElement = first(child, "status");
                    int own = statusElement == null ? 0 : status(statusElement);
                    Element prop = first(child, "prop");
                    if (own == 200 && prop != null) {
                        status = 200;
                        for (Element property : children(prop)) {
                            properties.put(property.getLocalName(), property.getTextContent());
                            elements.put(property.getLocalName(), property);
                        }
                    } else if (status == 0) {
                        status = own;
                    }
                }
                default -> {
                    // an error or a description: the status says enough
                }
            }
        }
        return new Row(href, status, Map.copyOf(properties), Map.copyOf(elements));
    }

    private static @Nullable Element first(Element parent, String name) {
        return children(parent).stream()
                .filter(child -> name.equals(child.getLocalName()))
                .findFirst()
                .orElse(null);
    }

    private static int status(Element element) {
        return Integer.parseInt(element.getTextContent().strip().split(" ")[1]);
    }
}
