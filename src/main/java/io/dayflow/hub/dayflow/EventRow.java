package io.dayflow.hub.dayflow;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as DayFlow holds it.
 *
 * @param firstDay the day it begins on, in the user's zone
 * @param lastDay the last day it touches, in the user's zone
 * @param attendees each as one line
 * @param reminder minutes before; null: none
 * @param updatedAt tells whether it changed since it was read
 */
public record EventRow(
        UUID id,
        String title,
        @Nullable String description,
        Instant start,
        Instant end,
        boolean allDay,
        LocalDate firstDay,
        LocalDate lastDay,
        @Nullable String location,
        @Nullable String meetingUrl,
        List<String> attendees,
        @Nullable String category,
        List<String> tags,
        @Nullable Repeat repeat,
        @Nullable Integer reminder,
        Instant updatedAt) {

    public EventRow {
        attendees = List.copyOf(attendees);
        tags = List.copyOf(tags);
    }

    /** The same event at another of its days. */
    EventRow movedTo(LocalDate day, UserClock clock) {
        var local = start.atZone(clock.zone()).toLocalDateTime();
        var from = allDay
                ? clock.midnight(day)
                : day.atTime(local.toLocalTime()).atZone(clock.zone()).toInstant();
        long days = lastDay.toEpochDay() - firstDay.toEpochDay();
        var to = allDay ? clock.midnight(day.plusDays(days + 1)) : from.plus(Duration.between(start, end));
        return new EventRow(
                id,
                title,
                description,
                from,
                to,
                allDay,
                day,
                day.plusDays(days),
                location,
                meetingUrl,
                attendees,
                category,
                tags,
                repeat,
                reminder,
                updatedAt);
    }
}
