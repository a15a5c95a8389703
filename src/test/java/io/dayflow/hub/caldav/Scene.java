package io.dayflow.hub.caldav;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Push;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One account with one calendar, for tests whose server is a {@link Script}. */
final class Scene {

    static final String CALENDAR = "/dav/work/";

    private Scene() {}

    static ConnectionRef connection(Map<String, String> more) {
        Map<String, String> endpoints = new HashMap<>(more);
        endpoints.put("home", "https://cal.example.com/dav/");
        return new ConnectionRef(
                UUID.randomUUID(), UUID.randomUUID(), "caldav", "https://cal.example.com/", "alice", endpoints);
    }

    static Routes routes(Script script) {
        return Routes.to(connection(Map.of()), script);
    }

    /** A server that mails invitations, whose user is alice. */
    static Routes scheduling(Script script) {
        return Routes.to(
                connection(Map.of("scheduling", "true", "addresses", "alice@example.com alice@work.example.com")),
                script);
    }

    static CollectionRef events(@Nullable String cursor) {
        return new CollectionRef(
                UUID.randomUUID(), CALENDAR, Kind.EVENT, "Work", false, Map.of("syncToken", "true"), cursor);
    }

    static String event(String uid, String... lines) {
        return String.join(
                        "\r\n",
                        "BEGIN:VCALENDAR",
                        "VERSION:2.0",
                        "PRODID:-//example//test//EN",
                        "BEGIN:VEVENT",
                        "UID:" + uid,
                        "DTSTAMP:20260101T000000Z",
                        "DTSTART:20260301T080000Z",
                        "DTEND:20260301T090000Z",
                        "SUMMARY:Planning",
                        String.join("\r\n", lines),
                        "END:VEVENT",
                        "END:VCALENDAR",
                        "")
                .replace("\r\n\r\n", "\r\n");
    }

    static View view(String payload) {
        return new ICalendarText().read(payload, Kind.EVENT).parts().getFirst().view();
    }

    static Push change(String payload, @Nullable String version, String title) {
        View base = view(payload);
        return new Push(
                UUID.randomUUID(),
                Kind.EVENT,
                CALENDAR + "one.ics",
                "one",
                version,
                base,
                base.with("title", TextNode.valueOf(title)),
                payload,
                "one");
    }

    static Push deletion(String payload, @Nullable String version) {
        return new Push(
                UUID.randomUUID(),
                Kind.EVENT,
                CALENDAR + "one.ics",
                "one",
                version,
                view(payload),
                null,
                payload,
                "one");
    }

    static Push creation() {
        return new Push(UUID.randomUUID(), Kind.EVENT, null, "", null, null, view(event("one")), null, "one");
    }

    static Consumer<Throwable> fault(String kind, String words) {
        return thrown -> {
            if (!(thrown instanceof FaultException e)
                    || !e.getKind().equals(kind)
                    || !e.getMessage().contains(words)) {
                throw new AssertionError("not a fault " + kind + " that says \"" + words + "\"", thrown);
            }
        };
    }

    static URI uri() {
        return URI.create("https://cal.example.com" + CALENDAR);
    }
}
