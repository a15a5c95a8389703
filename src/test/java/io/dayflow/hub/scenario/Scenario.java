package io.dayflow.hub.scenario;

import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.ServerLogs;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** What every scenario begins with; each test takes accounts of its own. */
@ScenarioTest
@ExtendWith(ServerLogs.class)
abstract class Scenario {

    static final Map<String, String> TWO_WAY = Map.of("exportNew", "all");

    @Autowired
    private Environment environment;

    private DayflowDatabase dayflow;

    @BeforeEach
    void openDatabase() {
        dayflow = DayflowDatabase.ofUrl(environment.getRequiredProperty("DATABASE_URL"));
    }

    @AfterEach
    void closeDatabase() {
        dayflow.close();
    }

    abstract CalendarServer server();

    Account account() {
        return account("Europe/Berlin");
    }

    Account account(String zone) {
        return account(server(), zone);
    }

    Account account(CalendarServer server, String zone) {
        URI hub = URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port") + "/");
        return new Account(hub, dayflow, server, zone);
    }
}
