package io.dayflow.hub.contract;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.dayflow.hub.browser.Browser;
import io.dayflow.hub.browser.Browser.Look;
import io.dayflow.hub.browser.Browser.Visit;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the hub's page to Todoist's and back, in a real browser. */
class ConsentJourneyIT {

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

    /** The hub, by the name that a person types. */
    private URI named(String host) {
        return URI.create("http://" + host + ":" + hub.process().baseUrl().getPort() + "/");
    }

    private static Page toTodoist(Visit visit) {
        var page = visit.page();
        page.navigate("/integrations");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Connect Todoist"))
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Continue to Todoist"))
                .click();
        page.waitForURL("**/sandbox/todoist/oauth/consent**");
        assertThat(page.locator("h1")).hasText("Allow DayFlow Hub to use Todoist?");
        assertThat(page.locator("main")).containsText("data:delete");
        return page;
    }

    private String allow(Page page, String account) {
        if (!account.isEmpty()) {
            page.fill("#account", account);
        }
        var back = page.waitForRequest(
                "**/integrations/todoist/callback**",
                () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Allow"))
                        .click());
        page.waitForURL(url -> !url.contains("/callback") && !url.contains("/sandbox/"));
        return back.url();
    }

    private String account() {
        return hub.sandbox()
                .send("POST", "sandbox/todoist/accounts", Map.of("items", 3))
                .expect(201)
                .path("account")
                .asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void whoeverAllowsIsBackWithTheAccountConnected(String host) {
        try (var visit = browser.visit(named(host), Look.DESKTOP)) {
            var page = toTodoist(visit.signIn("operator-of-the-tests"));

            allow(page, account());

            assertThat(page.locator(".notice")).containsText("Todoist is connected. Choose what to sync.");
            assertThat(page.url()).doesNotContain("code=").doesNotContain("state=");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void withoutScriptItIsTheSame() {
        try (var visit = browser.visit(named("127.0.0.1"), Look.PHONE.withoutScript())) {
            var page = toTodoist(visit.signIn("operator-of-the-tests"));

            allow(page, account());

            assertThat(page.locator(".notice")).containsText("Todoist is connected");
        }
    }

    @Test
    void whoeverDeniesIsToldThatNothingIsConnected() {
        try (var visit = browser.visit(named("127.0.0.1"), Look.DESKTOP)) {
            var page = toTodoist(visit.signIn("operator-of-the-tests"));

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Deny"))
                    .click();
            page.waitForURL("**/integrations");

            assertThat(page.locator(".notice"))
                    .containsText("You did not allow the hub to use your account at Todoist.");
        }
    }

    @Test
    void anAnswerServesOnceAndOnlyInTheBrowserThatBegan() {
        try (var visit = browser.visit(named("127.0.0.1"), Look.DESKTOP);
                var other = browser.visit(named("127.0.0.1"), Look.DESKTOP)) {
            var back = allow(toTodoist(visit.signIn("operator-of-the-tests")), account());
            var page = visit.page();

            page.navigate(back);
            assertThat(page.locator(".notice")).containsText("was used already");
            page.navigate("/integrations/todoist/callback?code=x&state=" + UUID.randomUUID());
            assertThat(page.locator(".notice")).containsText("belongs to nothing that was begun here");
            page = other.signIn("operator-of-the-tests").page();
            page.navigate(back);
            assertThat(page.locator(".notice")).containsText("in another browser or session");
            assertThat(page.locator("h1")).hasText("Connect Todoist");
        }
    }
}
