package io.dayflow.hub.merge;

import io.dayflow.hub.item.Abridged;
import io.dayflow.hub.item.Event;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Task;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How an item without a link is known again: an equal key makes a candidate, agreement makes it the same. */
public final class FirstContact {

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cf}]+");
    private static final Set<String> IDENTITY = Set.of("uid");

    /** In bytes; V47 of the database knows it, too. */
    private static final int LONGEST_KEY = 800;

    private FirstContact() {}

    /**
     * A text that two items of one user share when they have the same kind, title and time. Titles are compared without
     * regard to case, kinds of blanks and compatibility forms of characters; times by instant, days by day. A task due at
     * the user's midnight counts as due on that day, because many sides cannot tell the two apart. Of long titles it holds
     * the beginning and a digest.
     *
     * @param userZone where days and floating times are read
     */
    public static String matchKey(Item item, ZoneId userZone) {
        String when = switch (item) {
            case Event event -> place(event.start(), userZone, false);
            case Task task -> place(task.anchor(), userZone, true);
        };
        return Abridged.of(item.kind().id() + "|" + when + "|" + normal(item.title()), LONGEST_KEY);
    }

    /** Whether two items, seen through one lens, have nothing to decide between them; their uid does not count. */
    public static boolean agree(View a, View b) {
        return a.kind() == b.kind()
                && Difference.between(a, b).without(IDENTITY).isEmpty();
    }

    private static String place(@Nullable When when, ZoneId zone, boolean midnightIsDay) {
        if (when == null) {
            return "";
        }
        LocalDate date = when.dateIn(zone);
        Instant instant = when.instantIn(zone);
        boolean midnight = date.atStartOfDay(zone).toInstant().equals(instant);
        return when.isDay() || midnightIsDay && midnight ? date.toString() : instant.toString();
    }

    private static String normal(String title) {
        // as it is stored
        String folded = Normalizer.normalize(title.replace("\u0000", ""), Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return BLANKS.matcher(folded).replaceAll(" ").strip();
    }
}
