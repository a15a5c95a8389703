package io.dayflow.hub.zone;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A STANDARD or DAYLIGHT part of a zone's description (RFC 5545 section 3.6.5).
 *
 * @param start the first onset, in the wall clock before it
 * @param from the offset before an onset
 * @param to the offset after an onset
 * @param rule an RRULE value that gives further onsets, verbatim
 * @param dates further onsets
 */
public record Observance(
        LocalDateTime start,
        ZoneOffset from,
        ZoneOffset to,
        @Nullable String rule,
        List<LocalDateTime> dates) {

    public Observance {
        dates = List.copyOf(dates);
    }
}
