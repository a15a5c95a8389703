package io.dayflow.hub.people;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.convert.support.GenericConversionService;

/**
 * Values of a session as bytes and back. Only few kinds come back: texts, numbers, ids, and what one page tells the next.
 * Whoever can write the table can put nothing else into the hub (JEP 290).
 */
final class SessionValues {

    static final int LARGEST = 16 * 1024;

    private static final Logger log = LoggerFactory.getLogger(SessionValues.class);
    private static final ObjectInputFilter FEW = ObjectInputFilter.Config.createFilter("maxbytes=" + LARGEST
            + ";maxdepth=12;maxrefs=400;maxarray=256"
            + ";java.lang.String;java.lang.Number;java.lang.Long;java.lang.Integer;java.lang.Boolean;java.lang.Object"
            + ";java.lang.Enum;java.util.UUID;java.util.ArrayList;java.util.HashMap;java.util.LinkedHashMap"
            + ";java.util.HashSet;java.util.LinkedHashSet;java.util.Map$Entry;java.util.Collections$*"
            + ";java.util.concurrent.CopyOnWriteArrayList;java.util.CollSer;java.util.ImmutableCollections$*"
            + ";org.springframework.web.servlet.FlashMap;org.springframework.util.LinkedMultiValueMap"
            + ";org.springframework.util.MultiValueMapAdapter"
            + ";io.dayflow.hub.web.Notice;!*");

    private SessionValues() {}

    /** As Spring Session asks for it. */
    static GenericConversionService conversions() {
        var service = new GenericConversionService();
        service.addConverter(Object.class, byte[].class, SessionValues::write);
        service.addConverter(byte[].class, Object.class, SessionValues::read);
        return service;
    }

    static byte[] write(Object value) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException failed) {
            throw new IllegalStateException(
                    "A session does not hold a " + value.getClass().getName(), failed);
        }
        if (bytes.size() > LARGEST) {
            throw new IllegalStateException("A session does not hold " + bytes.size() + " bytes of a "
                    + value.getClass().getName());
        }
        return bytes.toByteArray();
    }

    /** The value, or null where it is of no accepted kind: then the session has no such attribute. */
    static @Nullable Object read(byte[] stored) {
        try (var in = new ObjectInputStream(new ByteArrayInputStream(stored))) {
            in.setObjectInputFilter(FEW);
            return in.readObject();
        } catch (IOException | ClassNotFoundException refused) {
            log.warn("A value of a session is left out: {}", refused.getMessage());
            return null;
        }
    }
}
