package io.dayflow.hub.sandbox.caldav;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the server answers, and what becomes of the connection then. */
public record StandInReply(int status, Map<String, String> headers, byte[] body, Ending ending) {

    /** What becomes of the connection. */
    public enum Ending {
        /** Everything is sent, the connection stays open. */
        KEEP,
        /** Nothing is sent, the connection is reset. */
        NOTHING,
        /** The head and half of the body are sent, then the connection is closed. */
        HALF
    }

    public static StandInReply empty(int status) {
        return new StandInReply(status, Map.of(), new byte[0], Ending.KEEP);
    }

    public static StandInReply text(int status, String contentType, String body) {
        return new StandInReply(
                status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8), Ending.KEEP);
    }

    public static StandInReply xml(int status, String body) {
        return text(status, "application/xml; charset=utf-8", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + body);
    }

    /** A refusal with a precondition (RFC 4918 section 16), its element written with prefix D or C. */
    public static StandInReply precondition(int status, String element) {
        return xml(status, "<D:error " + StandInDav.NAMESPACES + ">" + element + "</D:error>");
    }

    public StandInReply with(String header, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(header, value);
        return new StandInReply(status, changed, body, ending);
    }

    public StandInReply without(String header) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.remove(header);
        return new StandInReply(status, changed, body, ending);
    }

    public StandInReply ending(Ending how) {
        return new StandInReply(status, headers, body, how);
    }

    public StandInReply body(byte[] other) {
        return new StandInReply(status, headers, other, ending);
    }
}
