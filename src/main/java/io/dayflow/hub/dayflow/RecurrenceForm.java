package io.dayflow.hub.dayflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.When;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a recurrence rule reads in DayFlow's JSON ({@code type}, {@code interval}, {@code endDate}, {@code daysOfWeek}).
 *
 * <p>Implementations are pure; {@code toDayflow(toRule(json, start), start)} is a normal form of {@code json}: doing it
 * twice changes nothing more, and what {@link #toDayflow} gives is in that form.
 */
public interface RecurrenceForm {

    /**
     * The rule as far as DayFlow can say it; null where it cannot say anything near.
     *
     * @param rrule an RRULE value (RFC 5545 section 3.3.10)
     * @param start of the series
     */
    @Nullable
    JsonNode toDayflow(String rrule, When start);

    /**
     * The rule that DayFlow's JSON means.
     *
     * @param dayflow with a {@code type} other than {@code none}
     * @param start of the series
     * @throws IllegalArgumentException if it means no rule
     */
    String toRule(JsonNode dayflow, When start);

    /**
     * Whether the JSON says just what the rule reads as, be it in other words: what DayFlow leaves unsaid, or says though it
     * need not, is no edit of the rule.
     *
     * @param dayflow null for no recurrence
     * @param rrule null for none
     * @throws IllegalArgumentException if the JSON means no rule
     */
    default boolean agree(@Nullable JsonNode dayflow, @Nullable String rrule, When start) {
        JsonNode reading = rrule == null ? null : toDayflow(rrule, start);
        if (dayflow == null || dayflow.equals(reading)) {
            return Objects.equals(dayflow, reading);
        }
        return reading != null && reading.equals(toDayflow(toRule(dayflow, start), start));
    }
}
