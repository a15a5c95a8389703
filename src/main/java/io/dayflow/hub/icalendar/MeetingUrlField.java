package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where to meet online: the first CONFERENCE (RFC 7986 section 5.11) for video with a web address, else the first with one,
 * else the first for video, else what Google or Microsoft write. Patched in the property it was read from.
 */
final class MeetingUrlField implements Field {

    private static final String FIELD = "meetingUrl";
    private static final String CONFERENCE = "CONFERENCE";
    private static final List<String> VENDORS = List.of("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL");

    @Override
    public void read(Component component, Zones zones, Map<String, JsonNode> view) {
        ContentLine source = source(component);
        if (source != null) {
            view.put(FIELD, TextNode.valueOf(source.value().strip()));
        }
    }

    private static @Nullable ContentLine source(Component component) {
        List<ContentLine> conferences = component.lines(CONFERENCE);
        return Stream.of(
                        conferences.stream().filter(isWeb().and(isVideo())),
                        conferences.stream().filter(isWeb()),
                        conferences.stream().filter(isVideo()),
                        VENDORS.stream().flatMap(name -> component.lines(name).stream()))
                .flatMap(lines -> lines)
                .filter(line -> !line.value().isBlank())
                .findFirst()
                .orElse(null);
    }

    private static Predicate<ContentLine> isWeb() {
        return line -> isWeb(line.value().strip());
    }

    private static boolean isWeb(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        return lower.startsWith("https:") || lower.startsWith("http:");
    }

    private static Predicate<ContentLine> isVideo() {
        return line -> Arrays.asList(Objects.requireNonNullElse(line.parameter("FEATURE"), "")
                        .toUpperCase(Locale.ROOT)
                        .split(","))
                .contains("VIDEO");
    }

    @Override
    public void patch(Component component, View current, View desired, Edit edit) {
        String url = desired.text(FIELD);
        if (Objects.equals(current.text(FIELD), url)) {
            return;
        }
        ContentLine old = source(component);
        if (url != null && old != null) {
            component.put(old, old.with(edit.eol(), TextValue.plain(url)));
        }
        // Another property may now be the one that is read: the user's choice must be.
        for (ContentLine other = source(component);
                other != null && !other.value().equals(url);
                other = source(component)) {
            component.remove(other);
        }
        if (url != null && source(component) == null) {
            component.add(created(url, edit));
        }
    }

    private static ContentLine created(String url, Edit edit) {
        List<Parameter> parameters = new ArrayList<>(List.of(Parameter.of("VALUE", "URI")));
        if (!isWeb(url)) {
            parameters.add(Parameter.of("FEATURE", "VIDEO"));
        }
        return ContentLine.of(edit.eol(), CONFERENCE, parameters, TextValue.plain(url));
    }
}
