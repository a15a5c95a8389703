package io.dayflow.hub.privacy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What lies in an export, in words. */
final class ExportReadme {

    static final String CALENDAR = "calendar.ics";

    private ExportReadme() {}

    static String text(Instant now, List<HeldTable> tables) {
        var text = new StringBuilder("""
                DayFlow Hub: everything that is held about you, as of %s.

                All files are UTF-8. Each .json file is a list with one entry for each stored row, under the names that the
                hub stores it by. Times are in RFC 3339. Left out are secrets: passwords, tokens, and what is made of them.
                What your services hold themselves is not here: ask them.

                %s: your events and tasks, for any calendar program. Deleted ones are in items.json only.

                """.formatted(now.truncatedTo(ChronoUnit.SECONDS), CALENDAR));
        tables.forEach(table -> text.append(table.file())
                .append(": ")
                .append(table.holds())
                .append(". Kept: ")
                .append(table.kept())
                .append('.')
                .append('\n'));
        return text.toString();
    }
}
