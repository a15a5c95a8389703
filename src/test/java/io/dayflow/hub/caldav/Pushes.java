package io.dayflow.hub.caldav;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.provider.Push;
import java.util.Map;
import java.util.UUID;

/** Pushes of events, as the core would ask for them. */
final class Pushes {

    private Pushes() {}

    static Push creation(String uid) {
        View view = View.of(
                Kind.EVENT,
                Map.of(
                        "title", TextNode.valueOf("Planning"),
                        "start", TextNode.valueOf("2026-03-01T09:00:00+01:00[Europe/Berlin]"),
                        "end", TextNode.valueOf("2026-03-01T10:00:00+01:00[Europe/Berlin]")));
        return new Push(UUID.randomUUID(), Kind.EVENT, null, "", null, null, view, null, uid);
    }

    static Push change(Fetched seen, Mapped.Part part, String title) {
        View desired = part.view().with("title", TextNode.valueOf(title));
        return new Push(
                UUID.randomUUID(),
                Kind.EVENT,
                seen.externalId(),
                part.key(),
                seen.version(),
                part.view(),
                desired,
                seen.payload(),
                part.key());
    }

    static Push deletion(Fetched seen, Mapped.Part part) {
        return new Push(
                UUID.randomUUID(),
                Kind.EVENT,
                seen.externalId(),
                part.key(),
                seen.version(),
                part.view(),
                null,
                seen.payload(),
                part.key());
    }

    static String event(String uid, String title) {
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
                "SUMMARY:" + title,
                "X-KEPT;X-P=1:yes",
                "END:VEVENT",
                "END:VCALENDAR",
                "");
    }
}
