package io.dayflow.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.ServerLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Route files, documents and providers' files edited beside a running hub. */
@ExtendWith(ServerLogs.class)
class LiveFilesIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void editedFilesAreUsedAndBrokenOnesAreRefusedWithTheirPlace(@TempDir Path folder) throws IOException {
        try (HubProcess hub = HubProcess.in(folder).start();
                DayflowDatabase database = hub.database()) {
            UUID user = database.createUser("Europe/Berlin");
            Path provider = folder.resolve("config/providers/caldav.yaml");
            Path route = folder.resolve("routes/core/dayflow.camel.yaml");
            String providerText = Files.readString(provider);
            String routeText = Files.readString(route);

            Files.writeString(provider, providerText.replace("displayName: CalDAV", "displayName: My calendars"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(displayName(hub, user)).isEqualTo("My calendars"));

            Files.writeString(provider, providerText.replace("type: calendar", "type: kalender"));
            Files.writeString(route, routeText.replace("ref: dayflow", "ref: nightflow"));
            Files.createDirectories(folder.resolve("routes/acme"));
            Files.writeString(folder.resolve("routes/acme/broken.jq"), "{\n  a: if\n}");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Files.readString(hub.logFile()))
                            .containsPattern("config/providers/caldav.yaml line \\d+ is refused")
                            .containsPattern("routes/core/dayflow.camel.yaml line \\d+ is refused.*nightflow")
                            .contains("routes/acme/broken.jq line 3 is refused"));
            assertThat(displayName(hub, user)).isEqualTo("My calendars");

            Files.writeString(provider, providerText);
            Files.writeString(route, routeText + "# edited\n");
            Files.writeString(folder.resolve("routes/acme/broken.jq"), ".", StandardOpenOption.TRUNCATE_EXISTING);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Files.readString(hub.logFile()))
                            .contains(
                                    "config/providers/caldav.yaml is no longer refused",
                                    "routes/core/dayflow.camel.yaml is in use: 3 routes",
                                    "routes/acme/broken.jq is no longer refused"));
            assertThat(displayName(hub, user)).isEqualTo("CalDAV");

            for (String name : new String[] {"call", "failure-policy", "inbound", "outbound", "run", "housekeeping"}) {
                Path file = folder.resolve("routes/core/" + name + ".camel.yaml");
                Files.writeString(file, Files.readString(file) + "# edited\n");
            }
            Path caldav = folder.resolve("routes/caldav/caldav.camel.yaml");
            Files.writeString(caldav, Files.readString(caldav) + "# edited\n");
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(Files.readString(hub.logFile()))
                            .contains(
                                    "routes/core/call.camel.yaml is in use",
                                    "routes/core/failure-policy.camel.yaml is in use",
                                    "routes/core/inbound.camel.yaml is in use",
                                    "routes/core/outbound.camel.yaml is in use",
                                    "routes/core/run.camel.yaml is in use",
                                    "routes/core/housekeeping.camel.yaml is in use",
                                    "routes/caldav/caldav.camel.yaml is in use"));
        }
    }

    private static String displayName(HubProcess hub, UUID user) {
        for (JsonNode service : hub.client(user).integrations().path("services")) {
            if (service.path("name").asText().equals("caldav")) {
                return service.path("displayName").asText();
            }
        }
        return "";
    }
}
