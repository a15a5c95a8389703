package io.dayflow.hub.server;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The made-up calendar is one that real servers take. */
@ExtendWith(ServerLogs.class)
class CalendarCorpusIT {

    private final CalendarCorpus corpus = new CalendarCorpus(7);

    @Test
    void theSameIndexGivesTheSameTextAndEveryTextIsOneReadableObject() {
        for (int i = 0; i < 300; i++) {
            String text = corpus.text(i);
            assertThat(text).isEqualTo(new CalendarCorpus(7).text(i));
            assertThat(Biweekly.parse(text).first().getEvents())
                    .as("event %s", i)
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.getDateStart()).isNotNull());
        }
    }

    @Test
    void aCalendarWrittenBeforeTheStartIsServedWhole(@TempDir Path folder) {
        try (Radicale radicale = Radicale.prepare(folder)) {
            corpus.write(radicale, "work", "Work", 200);
            radicale.start();
            URI calendar = radicale.home().resolve("work/");
            assertThat(radicale.client().calendars(radicale.home()))
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.name()).isEqualTo("Work");
                        assertThat(found.components()).containsExactly("VEVENT");
                    });
            Map<URI, DavClient.Stored> bodies = radicale.client().bodies(calendar);
            assertThat(bodies).hasSize(200);
            assertThat(bodies.get(calendar.resolve(corpus.uid(5) + ".ics")).body())
                    .contains("kept 5");
        }
    }

    @Test
    void aRealServerTakesEveryKindOfEventByPut(@TempDir Path folder) {
        try (Radicale radicale = Radicale.start(folder)) {
            URI calendar = radicale.client().makeCalendar(radicale.home(), "work", "Work", "VEVENT");
            for (int i = 0; i < 60; i++) {
                radicale.client().create(calendar.resolve(corpus.uid(i) + ".ics"), corpus.text(i));
            }
            assertThat(radicale.client().list(calendar)).hasSize(60);
        }
    }
}
