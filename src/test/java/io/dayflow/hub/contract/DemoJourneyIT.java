package io.dayflow.hub.contract;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.dayflow.hub.browser.Browser;
import io.dayflow.hub.browser.Browser.Look;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody does on the first day, in a real browser: one click, an edit here, an edit there. */
class DemoJourneyIT {

    private static Browser browser;

    private final SandboxHub hub = SandboxHub.get();

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void endBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void oneClickBringsTasksAndEventsAndEditsTravelBothWays() {
        UUID planner = planner();
        try (var visit = browser.visit(hub.process().baseUrl(), Look.DESKTOP)) {
            Page page = visit.signIn("operator-of-the-tests").page();

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Connect the demo accounts"))
                    .click();

            await().atMost(Party.PATIENCE).untilAsserted(() -> {
                assertThat(hub.dayflow().rows("tasks", planner)).isNotEmpty();
                assertThat(hub.dayflow().rows("calendar_events", planner)).isNotEmpty();
            });
            assertThat(page.locator(".card")).hasCount(2);

            ServiceUser todoist = ServiceUser.owning(hub, "todoist", account(planner, "todoist"));
            JsonNode theirs = todoist.items().getFirst();
            UUID row = await().atMost(Party.PATIENCE)
                    .until(() -> rows(planner, theirs.path("title").asText()), found -> !found.isEmpty())
                    .getFirst();
            page.navigate("/items/tasks/" + row);
            page.fill("[name=title]", "Edited on the page");
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Save").setExact(true))
                    .click();
            await().atMost(Party.PATIENCE)
                    .untilAsserted(() -> assertThat(todoist.titles()).contains("Edited on the page"));
            await().atMost(Party.PATIENCE)
                    .untilAsserted(() -> assertThat(hub.client(planner)
                                    .integration(id(planner, "todoist"))
                                    .path("counts")
                                    .path("pending")
                                    .asInt())
                            .isZero());

            page.navigate("/items/tasks");
            todoist.edit(theirs.path("id").asText(), Map.of("title", "Edited at the service"));
            await().pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(2))
                    .untilAsserted(() ->
                            assertThat(rows(planner, "Edited at the service")).containsExactly(row));
            assertThat(page.locator("main")).containsText("Edited at the service");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private UUID planner() {
        return (UUID) hub.dayflow()
                .query("select id from users order by created_at, id limit 1")
                .getFirst()
                .get("id");
    }

    private List<UUID> rows(UUID user, String title) {
        return hub.dayflow().rows("tasks", user).stream()
                .filter(task -> title.equals(task.get("title")))
                .map(task -> (UUID) task.get("id"))
                .toList();
    }

    private JsonNode connection(UUID user, String service) {
        return StreamSupport.stream(
                        hub.client(user)
                                .get("api/integrations")
                                .path("services")
                                .spliterator(),
                        false)
                .filter(known -> known.path("name").asText().equals(service))
                .findFirst()
                .orElseThrow()
                .path("integrations")
                .path(0);
    }

    private String id(UUID user, String service) {
        return connection(user, service).path("integrationId").asText();
    }

    /** The stand-in's number of the account, which its address tells. */
    private String account(UUID user, String service) {
        return connection(user, service).path("account").asText().replaceAll("\\D", "");
    }
}
