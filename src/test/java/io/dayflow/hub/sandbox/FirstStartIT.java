package io.dayflow.hub.sandbox;

import static io.dayflow.hub.sandbox.SandboxCalls.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.ServerLogs;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A hub that nobody has set up: the sandbox is there, and what was done in it survives the hub's death. */
@ExtendWith(ServerLogs.class)
class FirstStartIT {

    private static final String COMMAND =
            "{\"commands\":[{\"type\":\"item_add\",\"uuid\":\"8c1f\",\"temp_id\":\"t\",\"args\":{\"content\":\"Kept\"}}]}";

    @Test
    void accountsGoOnAfterAKill(@TempDir Path folder) throws Exception {
        try (HubProcess hub = HubProcess.in(folder)
                .unpackingPostgres()
                .property("hub.security.allow-private-addresses", "false")
                .start()) {
            assertThat(Files.readString(hub.logFile())).contains("The sandbox is on");
            int port = hub.baseUrl().getPort();
            var todoist = new SandboxCalls(port, "todoist");
            var calendars = new SandboxCalls(port, "caldav");
            var account = todoist.open(3);
            var calendar = calendars.open(3);
            var first = json(sync(todoist, account));
            calendars.delete(calendar, "sandbox-1");
            calendars.edit(calendar, "sandbox-0", "{\"title\": \"Kept\"}");
            var before = calendars.items(calendar);
            assertThat(before).hasSize(2);

            hub.killHard();
            hub.restart();

            assertThat(calendars.items(calendar)).isEqualTo(before);
            assertThat(todoist.items(account)).hasSize(4);
            var again = json(sync(todoist, account));
            assertThat(again.path("temp_id_mapping"))
                    .isEqualTo(first.path("temp_id_mapping"))
                    .isNotEmpty();
            assertThat(todoist.items(account)).hasSize(4);
            assertThat(Files.readString(hub.logFile()))
                    .doesNotContain(account.path("credentials").path("token").asText())
                    .doesNotContain(
                            calendar.path("credentials").path("password").asText());
        }
    }

    private static HttpResponse<String> sync(SandboxCalls todoist, JsonNode account) {
        var request = todoist.hub
                .to("/sandbox/todoist/api/v1/sync")
                .header(
                        "Authorization",
                        "Bearer " + account.path("credentials").path("token").asText());
        return todoist.hub.post(request, COMMAND);
    }
}
