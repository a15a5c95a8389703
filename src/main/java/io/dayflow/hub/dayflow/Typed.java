package io.dayflow.hub.dayflow;

import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person typed into a form, read as DayFlow's own forms read it. What is wrong is gathered; the readers then answer
 * nothing. Not thread-safe.
 */
final class Typed {

    static final int LONGEST_TITLE = 200;
    static final int LONGEST_TEXT = 1_000;
    static final int LONGEST_PLACE = 500;
    private static final int LONGEST_NAME = 100;
    private static final int MOST_TAGS = 20;
    private static final int LONGEST_REMINDER = 40_320;

    private final Map<String, String> values;
    private final List<FieldError> errors = new ArrayList<>();

    Typed(Map<String, String> values) {
        this.values = values;
    }

    /** With the line ends that DayFlow keeps: browsers send others. */
    String text(String field) {
        return values.getOrDefault(field, "").replace("\r\n", "\n").replace("\0", "");
    }

    void refuse(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** @throws InvalidRequest with everything that is wrong */
    void check() {
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
    }

    /** @param before what the row holds: it may be longer than a person may type */
    String text(String field, int longest, @Nullable String before) {
        var text = text(field);
        if (text.length() > longest && !text.equals(before)) {
            refuse(field, "takes at most " + longest + " characters");
        }
        return text;
    }

    String title(@Nullable String before) {
        var title = text("title", LONGEST_TITLE, before);
        if (title.isBlank()) {
            refuse("title", "is missing");
        }
        return title.equals(before) ? title : title.strip();
    }

    String choice(String field, List<String> accepted, @Nullable String before) {
        var value = text(field);
        if (!accepted.contains(value) && !value.equals(before)) {
            refuse(field, "takes one of " + String.join(", ", accepted));
        }
        return value;
    }

    @Nullable
    LocalDate date(String field) {
        var text = text(field).strip();
        try {
            if (text.isEmpty()) {
                return null;
            }
            var date = LocalDate.parse(text);
            if (date.getYear() >= 1900 && date.getYear() <= 2200) {
                return date;
            }
        } catch (DateTimeParseException e) {
            // Refused below, with those that are out of range.
        }
        refuse(field, "takes a date from 1900 to 2200, like 2026-03-01");
        return null;
    }

    @Nullable
    LocalTime time(String field) {
        var text = text(field).strip();
        try {
            return text.isEmpty() ? null : LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            refuse(field, "takes a time like 09:30");
            return null;
        }
    }

    /** Whether it is not just left out because it is wrong. */
    boolean isWrong(String field) {
        return errors.stream().anyMatch(error -> error.field().equals(field));
    }

    @Nullable
    Integer reminder() {
        var text = text("reminder").strip();
        if (text.isEmpty()) {
            return null;
        }
        int minutes = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
        if (minutes < 0 || minutes > LONGEST_REMINDER) {
            refuse("reminder", "takes whole minutes up to " + LONGEST_REMINDER);
        }
        return minutes;
    }

    @Nullable
    String category() {
        var name = text("category").strip();
        if (name.length() > LONGEST_NAME) {
            refuse("category", "takes at most " + LONGEST_NAME + " characters");
        }
        return name.isEmpty() ? null : name;
    }

    /** Parted by commas. */
    List<String> tags() {
        var tags = Arrays.stream(text("tags").split(","))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        if (tags.size() > MOST_TAGS || tags.stream().anyMatch(tag -> tag.length() > LONGEST_NAME)) {
            refuse("tags", "takes at most " + MOST_TAGS + " names of at most " + LONGEST_NAME + " characters");
        }
        return tags;
    }

    /** @param before keeps its days of the week where the type stays */
    @Nullable
    Repeat repeat(@Nullable Repeat before) {
        var type = text("repeat");
        if (type.isEmpty() || type.equals("none")) {
            return null;
        }
        if (!Repeat.TYPES.contains(type)) {
            refuse("repeat", "takes none, " + String.join(", ", Repeat.TYPES));
            return null;
        }
        var every = text("repeatEvery").strip();
        int interval = every.isEmpty() ? 1 : every.matches("[0-9]{1,3}") ? Integer.parseInt(every) : 0;
        if (interval < 1) {
            refuse("repeatEvery", "takes a whole number from 1 to 999");
        }
        var until = date("repeatUntil");
        Set<DayOfWeek> days = before != null && before.type().equals(type) ? before.days() : Set.of();
        return new Repeat(type, Math.max(1, interval), until, days);
    }
}
