package io.dayflow.hub.caldav;

import io.dayflow.hub.provider.ConnectionRef;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who would get mail from a server that schedules (RFC 6638) when an object is written or deleted.
 *
 * <p>A new object is silent when every attendee carries {@code SCHEDULE-AGENT=CLIENT}. Setting that on an attendee whom
 * the server has invited is not: the server takes it for an uninvitation and mails a cancellation (section 3.2.1.2). So an
 * object that has guests of the server cannot be made silent any more.
 *
 * @param organizers mail addresses in lower case
 * @param guests whether the server speaks for at least one attendee
 */
record Meeting(Set<String> organizers, boolean guests) {

    private static final Pattern FOLD = Pattern.compile("\\r?\\n[ \\t]");
    private static final Pattern OWN_AGENT = Pattern.compile("(?i);SCHEDULE-AGENT=\"?(CLIENT|NONE)\"?[;:]");
    private static final Pattern MAILTO = Pattern.compile("(?i).*:mailto:([^;,\\s]+)\\s*");

    /** Who writes, on a server that schedules. */
    enum Role {
        /** Nobody gets mail, whatever is written. */
        NOBODY_ELSE,
        ORGANIZER,
        ATTENDEE
    }

    static Meeting of(String text) {
        List<String> lines = Arrays.stream(FOLD.matcher(text).replaceAll("").split("\\r?\\n"))
                .filter(line -> starts(line, "ORGANIZER") || starts(line, "ATTENDEE"))
                .toList();
        Set<String> organizers = lines.stream()
                .filter(line -> starts(line, "ORGANIZER"))
                .map(line -> MAILTO.matcher(line).replaceFirst("$1").toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        boolean guests = lines.stream()
                .anyMatch(line ->
                        starts(line, "ATTENDEE") && !OWN_AGENT.matcher(line).find());
        return new Meeting(organizers, guests);
    }

    /** Unknown addresses of one's own count as the organizer's: then nothing is written that might send mail. */
    Role role(ConnectionRef connection) {
        if (organizers.isEmpty() || !guests) {
            return Role.NOBODY_ELSE;
        }
        String own = connection.endpoint("addresses");
        boolean organizer = own == null
                || own.isBlank()
                || Arrays.stream(own.toLowerCase(Locale.ROOT).split(" ")).anyMatch(organizers::contains);
        return organizer ? Role.ORGANIZER : Role.ATTENDEE;
    }

    /**
     * Whether the server sends mail on its own and the user has not allowed that. The endpoint {@code scheduling} is
     * {@code true} on such servers, and {@code allowed} where the user lets it.
     */
    static boolean mustBeSilent(ConnectionRef connection) {
        return "true".equals(connection.endpoint("scheduling"));
    }

    private static boolean starts(String line, String name) {
        return line.regionMatches(true, 0, name, 0, name.length())
                && line.length() > name.length()
                && (line.charAt(name.length()) == ';' || line.charAt(name.length()) == ':');
    }
}
