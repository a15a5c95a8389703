package io.dayflow.hub.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The marks by which a value is known again wherever it went: every value that a person writes has one that no other has.
 * Texts carry a word ({@code w17w}), numbers are that number, times lie on a day of their own.
 *
 * @param dues whether the dates of tasks are marks: not where tasks repeat, which moves them without a person
 */
record Tokens(ZoneId zone, boolean dues) {

    /** Numbers up to here are not marks. */
    static final int FIRST_NUMBER = 1000;

    private static final Pattern WORD = Pattern.compile("w\\d+w");

    /** The marks in a view, be it in canonical form or in DayFlow's own. */
    Set<String> of(@Nullable View view) {
        Set<String> found = new TreeSet<>();
        if (view != null) {
            view.fields().forEach((field, value) -> {
                switch (field) {
                    case "due", "start" -> {
                        if (dues || view.kind() == Kind.EVENT) {
                            found.add(day(field, value));
                        }
                    }
                    case "estimate" -> {
                        if (value.asInt() >= FIRST_NUMBER) {
                            found.add("n" + value.asInt());
                        }
                    }
                    default -> collect(value, found);
                }
            });
        }
        return found;
    }

    /** The marks in a value of a field. */
    Set<String> of(String field, @Nullable JsonNode value) {
        Set<String> found = new TreeSet<>();
        if (value != null) {
            switch (field) {
                case "due", "start" -> found.add(day(field, value));
                case "estimate" -> found.add("n" + value.asInt());
                default -> collect(value, found);
            }
        }
        return found;
    }

    /** The words in a text. */
    static Set<String> words(@Nullable String text) {
        Set<String> found = new TreeSet<>();
        if (text != null) {
            collect(text, found);
        }
        return found;
    }

    private String day(String field, JsonNode value) {
        try {
            return field + "@" + When.parse(value.asText()).dateIn(zone);
        } catch (IllegalArgumentException e) {
            return field + "@" + value.asText();
        }
    }

    private static void collect(JsonNode value, Set<String> found) {
        if (value.isTextual()) {
            collect(value.textValue(), found);
        } else if (value.isContainerNode()) {
            value.forEach(part -> collect(part, found));
        }
    }

    private static void collect(String text, Set<String> found) {
        if (text.indexOf('w') < 0 && text.indexOf('W') < 0) {
            return;
        }
        Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (words.find()) {
            found.add(words.group());
        }
    }
}
