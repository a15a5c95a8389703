package io.dayflow.hub.scenario;

import io.dayflow.hub.server.Radicale;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The scenarios with a real Radicale. */
class RadicaleScenariosIT {

    @TempDir
    private static Path folder;

    private static Radicale radicale;

    @BeforeAll
    static void start() {
        radicale = Radicale.start(folder);
    }

    @AfterAll
    static void stop() {
        if (radicale != null) {
            radicale.close();
        }
    }

    @Nested
    class Reading extends ReadingScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(radicale);
        }
    }

    @Nested
    class Editing extends EditingScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(radicale);
        }
    }

    @Nested
    class Rows extends RowScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(radicale);
        }
    }

    @Nested
    class BothSides extends BothSidesScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(radicale);
        }
    }

    @Nested
    class Deleting extends DeletingScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(radicale);
        }
    }

    @Nested
    class FirstContact extends FirstContactScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(radicale);
        }
    }

    @Nested
    class Series extends SeriesScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(radicale);
        }
    }
}
