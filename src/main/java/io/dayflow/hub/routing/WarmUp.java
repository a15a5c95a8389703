package io.dayflow.hub.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.caldav.Reading;
import io.dayflow.hub.call.Answer;
import io.dayflow.hub.icalendar.CalendarFields;
import io.dayflow.hub.icalendar.CalendarObject;
import io.dayflow.hub.icalendar.Stamp;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import io.dayflow.hub.merge.EditTimes;
import io.dayflow.hub.merge.FieldLens;
import io.dayflow.hub.merge.FirstContact;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.merge.Strategy;
import io.dayflow.hub.merge.ThreeWay;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.sync.Planner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Reads, maps and merges a number of made-up events once, in the background, as soon as the hub is ready, so that the
 * first sync of a hub that was just started meets compiled code. Nothing is stored, nothing is sent, no route is passed.
 */
@Component
class WarmUp {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final int PAGE = 50;
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final URI HOME = URI.create("http://warm-up.invalid/events/");
    private static final UUID NOBODY = new UUID(0, 0);
    private static final ConnectionRef CONNECTION =
            new ConnectionRef(NOBODY, NOBODY, "caldav", HOME.toString(), "nobody", Map.of("home", HOME.toString()));
    private static final CollectionRef COLLECTION =
            new CollectionRef(NOBODY, HOME.getPath(), Kind.EVENT, "Events", true, Map.of(), null);

    private final CalDavSteps steps;
    private final Planner planner;
    private final Clock clock;
    private final int events;

    WarmUp(CalDavSteps steps, Planner planner, Clock clock, @Value("${hub.warm-up.events:400}") int events) {
        this.steps = steps;
        this.planner = planner;
        this.clock = clock;
        this.events = events;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (events > 0) {
            Thread.ofVirtual().name("warm-up").start(this::run);
        }
    }

    private void run() {
        try {
            long begun = System.nanoTime();
            for (int first = 0; first < events; first += PAGE) {
                page(first).forEach(this::follow);
            }
            log.debug("warm after {} ms", (System.nanoTime() - begun) / 1_000_000);
        } catch (RuntimeException e) {
            log.warn("The warm-up stopped; the first sync will take a little longer", e);
        }
    }

    /** Objects as a server's answer brings them. */
    private List<Fetched> page(int first) {
        StringBuilder answer =
                new StringBuilder("<multistatus xmlns=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\">");
        List<String> paths = new ArrayList<>();
        for (int i = first; i < first + PAGE; i++) {
            String path = HOME.getPath() + i + ".ics";
            String text = CalendarObject.create(event(i), "warm-up-" + i, new Stamp(clock.instant(), true));
            paths.add(path);
            answer.append("<response><href>")
                    .append(path)
                    .append("</href><propstat><prop><getetag>\"1\"</getetag><c:calendar-data>")
                    .append(text)
                    .append("</c:calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat></response>");
        }
        byte[] body = answer.append("</multistatus>").toString().getBytes(StandardCharsets.UTF_8);
        return Reading.of(CONNECTION, COLLECTION, paths)
                .several(new Answer(207, Map.of(), body, HOME))
                .objects();
    }

    /** What becomes of an object: an item, a row, and an edit of that row that meets one of the service. */
    private void follow(Fetched object) {
        Lens service = new FieldLens(Kind.EVENT, CalendarFields.EVENT);
        Lens row = planner.lens(Kind.EVENT, ZONE);
        for (Mapped.Part part : steps.map(COLLECTION, object).parts()) {
            Item item = service.create(part.view());
            FirstContact.matchKey(item, ZONE);
            View held = row.project(item);
            Item ours = row.absorb(item, held.with("title", TextNode.valueOf("Edited")));
            View theirs = part.view().with("location", TextNode.valueOf("Elsewhere"));
            service.absorb(
                    ours,
                    ThreeWay.merge(part.view(), service.project(ours), theirs, Strategy.LATEST, EditTimes.UNKNOWN)
                            .view());
        }
    }

    private static View event(int i) {
        ZonedDateTime start = LocalDate.of(2026, 1, 1)
                .plusDays(i % 365)
                .atTime(8 + i % 10, 30)
                .atZone(ZONE);
        boolean allDay = i % 10 == 0;
        Map<String, JsonNode> fields = new TreeMap<>();
        put(fields, "title", "Event " + i);
        put(
                fields,
                "description",
                "Made up, with a line that is long enough to be folded when it is written; and back");
        put(fields, "location", "Nowhere");
        put(fields, "start", (allDay ? When.of(start.toLocalDate()) : When.of(start)).toString());
        put(
                fields,
                "end",
                (allDay ? When.of(start.toLocalDate().plusDays(1)) : When.of(start.plusHours(1))).toString());
        if (i % 3 == 0) {
            put(fields, "recurrence", "FREQ=WEEKLY;COUNT=10");
        }
        return View.of(Kind.EVENT, fields);
    }

    private static void put(Map<String, JsonNode> fields, String name, String text) {
        fields.put(name, TextNode.valueOf(text));
    }
}
