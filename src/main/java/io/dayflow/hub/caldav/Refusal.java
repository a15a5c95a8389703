package io.dayflow.hub.caldav;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.provider.FaultException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Why a server refused, from the {@code DAV:error} in its answer (RFC 4918 section 16).
 *
 * @param status of the answer, or of the one resource that a 207 speaks of
 * @param conditions local names of the preconditions that do not hold; empty where the answer names none
 * @param hrefs what the conditions point to, as sent
 */
record Refusal(int status, Set<String> conditions, List<String> hrefs, URI uri) {

    private static final Set<String> SAME_UID =
            Set.of("no-uid-conflict", "unique-scheduling-object-resource", "no-uid-collision");

    static Refusal of(Answer answer) {
        return answer.status() == 207 ? inside(answer) : of(answer.status(), answer);
    }

    boolean has(String condition) {
        return conditions.contains(condition);
    }

    /** Another object of the calendar, or of the account, has the same UID. */
    boolean sameUid() {
        return conditions.stream().anyMatch(SAME_UID::contains);
    }

    FaultException rejected() {
        return Dav.rejected(words());
    }

    /** For people. */
    String words() {
        return conditions.stream()
                .map(Refusal::meaning)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> switch (status) {
                    case 413 -> "The object is larger than the server allows";
                    case 415 -> "The server does not accept calendar objects here";
                    case 507 -> "The account has no space left";
                    default ->
                        "The server refused with " + status
                                + (conditions.isEmpty() ? "" : " (" + String.join(", ", conditions) + ")");
                });
    }

    private static Optional<String> meaning(String condition) {
        return Optional.ofNullable(
                switch (condition) {
                    case "need-privileges" -> "The calendar is read only for this account";
                    case "valid-calendar-data" -> "The server finds the object's iCalendar data invalid";
                    case "valid-calendar-object-resource" ->
                        "The server does not take such an object as one calendar object";
                    case "supported-calendar-component" -> "The calendar does not hold this kind of item";
                    case "supported-calendar-data" -> "The server does not accept iCalendar 2.0 here";
                    case "calendar-collection-location-ok" -> "The server allows no calendar there";
                    case "max-resource-size" -> "The object is larger than the server allows";
                    case "min-date-time", "max-date-time" -> "The date is outside what the server allows";
                    case "max-instances" -> "The recurrence has more occurrences than the server allows";
                    case "max-attendees-per-instance" -> "The event has more attendees than the server allows";
                    case "no-uid-conflict", "unique-scheduling-object-resource", "no-uid-collision" ->
                        "Another object of the account has the same UID";
                    case "quota-not-exceeded", "sufficient-disk-space" -> "The account has no space left";
                    case "allowed-organizer-scheduling-object-change", "allowed-attendee-scheduling-object-change" ->
                        "The server does not let this account change that part of a meeting";
                    default -> null;
                });
    }

    private static Refusal of(int status, Answer answer) {
        List<Element> conditions = new ArrayList<>();
        try {
            var root = ElementReader.read(answer.body(), conditions::add);
            return root.equals(Dav.ERROR)
                    ? of(status, conditions, answer.uri())
                    : new Refusal(status, Set.of(), List.of(), answer.uri());
        } catch (FaultException e) {
            // a page for people, or nothing: the status has to do
            return new Refusal(status, Set.of(), List.of(), answer.uri());
        }
    }

    /** A 207 to a write tells of one resource, whose own status counts. */
    private static Refusal inside(Answer answer) {
        Row row = Multistatus.rows(answer).stream()
                .filter(candidate -> !candidate.ok())
                .findFirst()
                .orElseThrow(() -> Dav.unreadable("The server answered a write with 207 but names no failure"));
        return row.error() == null
                ? new Refusal(row.status(), Set.of(), List.of(), answer.uri())
                : of(row.status(), row.error().children(), answer.uri());
    }

    private static Refusal of(int status, List<Element> conditions, URI uri) {
        Set<String> names = new TreeSet<>();
        conditions.forEach(condition -> names.add(condition.name().getLocalPart()));
        List<String> hrefs = conditions.stream()
                .flatMap(Element::tree)
                .filter(element -> element.name().equals(Dav.HREF))
                .map(Element::value)
                .filter(href -> !href.isEmpty())
                .toList();
        return new Refusal(status, names, hrefs, uri);
    }
}
