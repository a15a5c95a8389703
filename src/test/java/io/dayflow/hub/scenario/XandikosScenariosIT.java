package io.dayflow.hub.scenario;

import io.dayflow.hub.server.Xandikos;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The scenarios with a real Xandikos. */
class XandikosScenariosIT {

    @TempDir
    private static Path folder;

    private static Xandikos xandikos;

    @BeforeAll
    static void start() {
        xandikos = Xandikos.start(folder);
    }

    @AfterAll
    static void stop() {
        if (xandikos != null) {
            xandikos.close();
        }
    }

    @Nested
    class Reading extends ReadingScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(xandikos);
        }
    }

    @Nested
    class Editing extends EditingScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(xandikos);
        }
    }

    @Nested
    class Rows extends RowScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(xandikos);
        }
    }

    @Nested
    class BothSides extends BothSidesScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(xandikos);
        }
    }

    @Nested
    class Deleting extends DeletingScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(xandikos);
        }
    }

    @Nested
    class FirstContact extends FirstContactScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(xandikos);
        }
    }

    @Nested
    class Series extends SeriesScenarios {
        @Override
        CalendarServer server() {
            return CalendarServer.of(xandikos);
        }
    }
}
