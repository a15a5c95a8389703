package io.dayflow.hub.caldav;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads an XML document one child of its root at a time, so that a long answer costs no more memory than its longest
 * part. Refuses document types, entities and nesting past {@value #DEEPEST}: no answer of a CalDAV server needs them.
 */
final class ElementReader {

    private static final int DEEPEST = 64;
    private static final XMLInputFactory FACTORY = factory();

    private ElementReader() {}

    /**
     * @return the name of the root
     * @throws io.dayflow.hub.provider.FaultException unreadable, if it is not well-formed; {@code child} may have been
     *     given what came before
     */
    static QName read(byte[] document, Consumer<Element> child) {
        XMLStreamReader reader = null;
        try {
            reader = FACTORY.createXMLStreamReader(utf8(document));
            QName root = root(reader);
            while (true) {
                int event = next(reader);
                if (event == XMLStreamConstants.START_ELEMENT) {
                    child.accept(element(reader));
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    finish(reader);
                    return root;
                }
            }
        } catch (XMLStreamException e) {
            throw Dav.unreadable("The answer is not well-formed XML" + place(e));
        } finally {
            close(reader);
        }
    }

    /** Whatever else the document says of itself: what is not UTF-8 makes it unreadable. */
    private static Reader utf8(byte[] document) {
        boolean marked = document.length >= 3
                && document[0] == (byte) 0xef
                && document[1] == (byte) 0xbb
                && document[2] == (byte) 0xbf;
        int start = marked ? 3 : 0;
        return new InputStreamReader(
                new ByteArrayInputStream(document, start, document.length - start),
                StandardCharsets.UTF_8.newDecoder());
    }

    private static QName root(XMLStreamReader reader) throws XMLStreamException {
        int event = next(reader);
        while (event != XMLStreamConstants.START_ELEMENT) {
            event = next(reader);
        }
        return reader.getName();
    }

    private static void finish(XMLStreamReader reader) throws XMLStreamException {
        while (reader.hasNext()) {
            next(reader);
        }
    }

    private static Element element(XMLStreamReader reader) throws XMLStreamException {
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open(reader));
        while (true) {
            int event = next(reader);
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() >= DEEPEST) {
                        throw Dav.unreadable("The answer is XML nested too deep");
                    }
                    open.push(new Open(reader));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    open.element()
                            .text
                            .append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                case XMLStreamConstants.END_ELEMENT -> {
                    Element done = open.pop().close();
                    if (open.isEmpty()) {
                        return done;
                    }
                    open.element().children.add(done);
                }
                default -> {
                    // comments and processing instructions say nothing
                }
            }
        }
    }

    private static int next(XMLStreamReader reader) throws XMLStreamException {
        int event = reader.next();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw Dav.unreadable("The answer is XML with a document type or an entity, which is not accepted");
        }
        return event;
    }

    private static String place(XMLStreamException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNumber() + ", column "
                        + e.getLocation().getColumnNumber() + ")";
    }

    private static void close(@Nullable XMLStreamReader reader) {
        if (reader == null) {
            return;
        }
        try {
            reader.close();
        } catch (XMLStreamException e) {
            // what was to be read has been read
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        return factory;
    }

    /** An element whose end has not been met. */
    private static final class Open {
        private final QName name;
        private final Map<String, String> attributes = new HashMap<>(0);
        private final StringBuilder text = new StringBuilder();
        private final List<Element> children = new ArrayList<>(4);

        Open(XMLStreamReader reader) {
            name = reader.getName();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
        }

        Element close() {
            return new Element(name, attributes, text.toString(), children);
        }
    }
}
