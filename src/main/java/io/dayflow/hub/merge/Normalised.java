package io.dayflow.hub.merge;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a service may have made one value of another when it stored it: blanks cut at the ends of a text, line ends of
 * another system, seconds left out of a time, labels in small letters. Asked only where the alternative is to take that for
 * a person's edit: of what was written and not answered, and of what was deleted.
 */
public final class Normalised {

    private static final Pattern LINE_END = Pattern.compile("\r\n?");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Normalised() {}

    /** Whether a service that was sent the one may show the other. Equal values are. */
    static boolean of(JsonNode sent, JsonNode seen) {
        if (sent.equals(seen)) {
            return true;
        }
        if (!sent.isTextual() || !seen.isTextual()) {
            return false;
        }
        String from = sent.asText();
        String to = seen.asText();
        return text(from).equals(text(to)) || isSameMinute(from, to);
    }

    /** Whether the views differ, if at all, by no more than what services make of values. */
    public static boolean same(View one, View other) {
        SortedMap<String, JsonNode> parts = Paths.flatten(one);
        SortedMap<String, JsonNode> others = Paths.flatten(other);
        return covers(parts, others) && covers(others, parts);
    }

    private static boolean covers(Map<String, JsonNode> parts, Map<String, JsonNode> others) {
        return parts.entrySet().stream().allMatch(part -> {
            JsonNode value = others.get(part.getKey());
            return value == null ? element(part.getKey(), others) != null : of(part.getValue(), value);
        });
    }

    /** The element of a set that was sent and may be shown at this path, which was not sent; null if there is none. */
    static @Nullable String element(String path, Map<String, JsonNode> sent) {
        if (path.equals(Paths.field(path))) {
            return null;
        }
        return sent.keySet().stream()
                .filter(other ->
                        text(other).toLowerCase(Locale.ROOT).equals(text(path).toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
    }

    private static String text(String value) {
        return LINE_END.matcher(value).replaceAll("\n").strip();
    }

    private static boolean isSameMinute(String sent, String seen) {
        LocalDateTime from = time(sent);
        LocalDateTime to = time(seen);
        return from != null && to != null && Duration.between(from, to).abs().compareTo(MINUTE) < 0;
    }

    /** In UTC where it has a zone: a floating time is compared with such only by services that have no zones. */
    private static @Nullable LocalDateTime time(String text) {
        if (text.length() < 16 || text.charAt(10) != 'T') {
            return null;
        }
        try {
            return switch (When.parse(text)) {
                case When.Zoned zoned ->
                    zoned.dateTime().withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
                case When.Floating floating -> floating.dateTime();
                case When.Day day -> null;
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
