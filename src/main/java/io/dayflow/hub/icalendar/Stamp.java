package io.dayflow.hub.icalendar;

import java.time.Instant;

/**
 * The circumstances of a write.
 *
 * @param now written to DTSTAMP and LAST-MODIFIED, to the second
 * @param silent whether the server would mail attendees: then every ATTENDEE and ORGANIZER is marked
 *     {@code SCHEDULE-AGENT=CLIENT}, so that nobody gets any (RFC 6638 section 7.1)
 */
public record Stamp(Instant now, boolean silent) {}
