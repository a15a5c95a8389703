package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.Mapped;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the parts of an object into views; what cannot be read becomes a problem and leaves the others alone. */
final class Views {

    /** Components that are no items of the hub: an object of these alone is no problem. */
    private static final Set<String> IGNORED = Set.of("VJOURNAL", "VFREEBUSY", "VAVAILABILITY", "VPOLL");

    private Views() {}

    static Reading read(Document document, Zones zones) {
        List<Mapped.Part> parts = new ArrayList<>();
        List<Mapped.Problem> problems = new ArrayList<>();
        List<Part> found = Part.of(document);
        for (Part part : found) {
            try {
                parts.add(new Mapped.Part(part.key(), view(part, zones), modifiedAt(part)));
            } catch (UnreadablePart | InvalidItem e) {
                problems.add(new Mapped.Problem(part.key(), Objects.requireNonNull(e.getMessage())));
            } catch (DateTimeException | ArithmeticException e) {
                problems.add(new Mapped.Problem(part.key(), "it has a time that no calendar reaches"));
            }
        }
        if (document.root().components("VCALENDAR").stream().anyMatch(calendar -> !calendar.isClosed())) {
            problems.add(new Mapped.Problem("", "the object breaks off before its end (END:VCALENDAR)"));
        }
        if (found.isEmpty() && problems.isEmpty() && !isIgnored(document)) {
            problems.add(new Mapped.Problem("", "the object holds no event and no task"));
        }
        return new Reading(parts, problems);
    }

    private static boolean isIgnored(Document document) {
        return document.components().stream().anyMatch(component -> IGNORED.contains(component.name()));
    }

    static View view(Part part, Zones zones) {
        if (part.components().stream().anyMatch(component -> !component.isClosed())) {
            throw new UnreadablePart(
                    "it breaks off before its end (END:" + part.main().name() + ")");
        }
        Map<String, JsonNode> fields = Fields.read(Fields.of(part), part.main(), zones);
        String uid = part.main().text("UID");
        if (uid != null) {
            // Occurrences of one series that stand alone are items of their own, told apart as such.
            fields.put("uid", TextNode.valueOf(part.orphan() ? part.key() : uid));
        }
        switch (part.kind()) {
            case EVENT -> {
                ObjectNode overrides = Overrides.read(part, zones);
                if (overrides != null) {
                    fields.put("overrides", overrides);
                }
            }
            case TASK -> {}
        }
        return Item.of(View.of(part.kind(), fields)).view();
    }

    /** The latest of its components, where they say. */
    private static @Nullable Instant modifiedAt(Part part) {
        Instant latest = null;
        for (Component component : part.components()) {
            Instant instant = DateText.instant(component.line("LAST-MODIFIED"));
            if (instant != null && (latest == null || instant.isAfter(latest))) {
                latest = instant;
            }
        }
        return latest;
    }
}
