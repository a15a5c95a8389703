package io.dayflow.hub.privacy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lies in an export, in words. */
final class ExportReadme {

    static final String CALENDAR = "calendar.ics";

    private ExportReadme() {}

    static String text(Instant now, List<HeldTable> tables, List<HeldDeed> deeds) {
        var text = new StringBuilder("""
                DayFlow Hub: everything that is held about you, as of %s.

                All files are UTF-8. Each .json file is a list with one entry for each stored row, under the names that the
                hub stores it by. Times are in RFC 3339. Left out are secrets: passwords, tokens, and what is made of them.
                What your services hold themselves is not here: ask them.

                %s: your events and tasks, for any calendar program. Deleted ones are in items.json only.

                """.formatted(now.truncatedTo(ChronoUnit.SECONDS), CALENDAR));
        tables.forEach(table -> line(text, table.file(), table.holds(), table.kept()));
        deeds.forEach(deed -> line(text, deed.file(), deed.holds(), deed.kept()));
        return text.toString();
    }

    private static void line(StringBuilder text, @Nullable String file, String holds, String kept) {
        text.append(file)
                .append(": ")
                .append(holds)
                .append(". Kept: ")
                .append(kept)
                .append('.')
                .append('\n');
    }
}
