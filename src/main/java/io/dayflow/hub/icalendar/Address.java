package io.dayflow.hub.icalendar;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calendar user addresses (RFC 5545 section 3.3.3). */
final class Address {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>,;:]+@[^\\s@<>,;:]+");
    private static final String MAILTO = "mailto:";

    private Address() {}

    /** The address without {@code mailto:} in lower case, else what EMAIL says (RFC 7986); null if neither is one. */
    static @Nullable String email(ContentLine line) {
        return Stream.concat(Stream.of(bare(line.value())), Stream.ofNullable(line.parameter("EMAIL")))
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .filter(text -> EMAIL.matcher(text).matches())
                .findFirst()
                .orElse(null);
    }

    /** Null where it has none. */
    static @Nullable String name(ContentLine line) {
        String name = line.parameter("CN");
        return name == null || name.isBlank() ? null : name.strip();
    }

    /** The address without {@code mailto:}. */
    static String bare(String value) {
        String text = value.strip();
        return text.regionMatches(true, 0, MAILTO, 0, MAILTO.length())
                ? text.substring(MAILTO.length()).strip()
                : text;
    }

    /** As a property's value. */
    static String uri(String address) {
        String text = TextValue.plain(address);
        return EMAIL.matcher(text).matches() ? MAILTO + text : text;
    }
}
