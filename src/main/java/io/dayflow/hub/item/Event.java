package io.dayflow.hub.item;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something in a calendar, with all occurrences of its series.
 *
 * @param end exclusive; of the same type as {@code start}
 * @param attendees one per address, sorted by it
 * @param list the name of the calendar it is kept in
 * @param recurrence an RRULE value (RFC 5545 section 3.3.10), kept verbatim
 * @param overrides occurrences that differ from the series, by the text form of their original start
 * @param categories sorted, without duplicates
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Event(
        String title,
        @Nullable String description,
        When start,
        When end,
        @Nullable String location,
        @Nullable String meetingUrl,
        @Nullable Person organizer,
        List<Attendee> attendees,
        @Nullable String recurrence,
        List<When> rdates,
        List<When> exdates,
        SortedMap<String, Occurrence> overrides,
        List<Reminder> reminders,
        @Nullable Status status,
        @Nullable Transparency transparency,
        @Nullable Visibility visibility,
        List<String> categories,
        @Nullable String colour,
        @Nullable String url,
        @Nullable String list,
        @Nullable String uid)
        implements Item {

    public Event {
        title = Objects.requireNonNullElse(title, "");
        if (start == null) {
            throw new InvalidItem("start", "an event needs a start");
        }
        end = Objects.requireNonNullElse(end, start);
        if (start.isDay() != end.isDay()) {
            throw new InvalidItem("end", "start and end are both days or both times");
        }
        attendees = Lists.byKey(attendees, Attendee::email);
        rdates = Lists.distinct(rdates);
        exdates = Lists.distinct(exdates);
        overrides = overrides == null
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(overrides));
        reminders = Lists.distinct(reminders, Lists.BY_REMINDER);
        categories = Lists.distinct(categories);
    }

    @Override
    public Kind kind() {
        return Kind.EVENT;
    }

    @Override
    public When anchor() {
        return start;
    }

    /** Whether it takes place (RFC 5545 section 3.8.1.11). */
    public enum Status {
        TENTATIVE,
        CONFIRMED,
        CANCELLED;

        @JsonValue
        public String id() {
            return Ids.id(this);
        }

        @JsonCreator
        public static Status of(String id) {
            return Ids.of(Status.class, id);
        }
    }

    /** Whether it takes up its time (RFC 5545 section 3.8.2.7). */
    public enum Transparency {
        OPAQUE,
        TRANSPARENT;

        @JsonValue
        public String id() {
            return Ids.id(this);
        }

        @JsonCreator
        public static Transparency of(String id) {
            return Ids.of(Transparency.class, id);
        }
    }

    /** Who may see it (RFC 5545 section 3.8.1.3). */
    public enum Visibility {
        PUBLIC,
        PRIVATE,
        CONFIDENTIAL;

        @JsonValue
        public String id() {
            return Ids.id(this);
        }

        @JsonCreator
        public static Visibility of(String id) {
            return Ids.of(Visibility.class, id);
        }
    }

    /** One occurrence of a series that differs from it. Nothing is inherited: an absent field is absent there. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Occurrence(
            String title,
            @Nullable String description,
            When start,
            When end,
            @Nullable String location,
            @Nullable String meetingUrl,
            List<Attendee> attendees,
            List<Reminder> reminders,
            @Nullable Status status,
            @Nullable Transparency transparency,
            @Nullable Visibility visibility,
            List<String> categories,
            @Nullable String colour,
            @Nullable String url) {

        public Occurrence {
            title = Objects.requireNonNullElse(title, "");
            if (start == null) {
                throw new InvalidItem("overrides", "a changed occurrence needs a start");
            }
            end = Objects.requireNonNullElse(end, start);
            attendees = Lists.byKey(attendees, Attendee::email);
            reminders = Lists.distinct(reminders, Lists.BY_REMINDER);
            categories = Lists.distinct(categories);
        }
    }
}
