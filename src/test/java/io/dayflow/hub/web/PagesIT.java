package io.dayflow.hub.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.dayflow.hub.RunningHub;
import io.dayflow.hub.browser.Browser;
import io.dayflow.hub.browser.Browser.Look;
import io.dayflow.hub.browser.Browser.Visit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The pages in a real browser: everything renders, nothing is refused by the policy, no serious barrier for anybody. */
@WebTest
class PagesIT {

    private static Browser browser;

    @Autowired
    PageVisits visits;

    private UUID user;
    private UUID connection;
    private UUID job;
    private UUID conflict;
    private UUID task;
    private UUID event;

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

    @BeforeEach
    void fill() {
        var seed = new PageSeed(visits.jdbc);
        user = seed.user("Ann");
        connection = seed.connection(user);
        job = seed.job(user, connection, "running", 30);
        conflict = seed.conflict(user, connection);
        seed.letter(user, connection);
        seed.journal(user, job);
        task = seed.task(user, "Renew the passport");
        event = seed.event(user, "Dentist");
    }

    private List<String> pages() {
        return List.of(
                "/integrations",
                "/integrations/connect/testcal",
                "/integrations/" + connection,
                "/integrations/" + connection + "/disconnect",
                "/activity",
                "/activity/jobs/" + job,
                "/activity/history",
                "/activity/deleted",
                "/conflicts",
                "/conflicts/" + conflict,
                "/items/tasks",
                "/items/tasks/" + task,
                "/items/tasks/" + task + "/delete",
                "/items/events",
                "/items/events/" + event,
                "/security/access",
                "/operations",
                "/operations/accounts",
                "/security/privacy");
    }

    @Test
    void everyPageRendersInAnyLookWithoutABarrier() {
        for (var look : List.of(Look.DESKTOP, Look.DESKTOP.inTheDark(), Look.PHONE)) {
            try (var visit = signIn(look)) {
                for (var path : pages()) {
                    visit.page().navigate(path);
                    assertThat(visit.page().locator("main h1")).isVisible();
                    assertThat(barriers(visit.page())).as("%s %s", path, look).isEmpty();
                    assertThat(overflow(visit.page()))
                            .as("%s is wider than %s", path, look)
                            .isFalse();
                }
                assertThat(visit.complaints()).isEmpty();
            }
        }
    }

    private static List<String> barriers(Page page) {
        var options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        // legacy: it does not open a window for each page to take in what frames say, and there are none
        return new AxeBuilder(page)
                        .options(options)
                        .setLegacyMode(true)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(rule ->
                                rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
                        .toList();
    }

    private static boolean overflow(Page page) {
        return (boolean)
                page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1");
    }

    @Test
    void aBarrierIsFound() {
        try (var visit = browser.visit(visits.base(), Look.PHONE)) {
            visit.page().navigate("/login");
            visit.page().evaluate("document.querySelector('main').append(document.createElement('button'))");
            assertThat(barriers(visit.page())).singleElement().asString().startsWith("button-name: ");
        }
    }

    @Test
    void theSignInPageHasNoBarrier() {
        try (var visit = browser.visit(visits.base(), Look.PHONE)) {
            visit.page().navigate("/login");
            assertThat(barriers(visit.page())).isEmpty();
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void progressIsSeenWithoutLoadingThePageAgain() {
        try (var visit = signIn(Look.DESKTOP)) {
            var page = visit.page();
            page.navigate("/activity");
            assertThat(page.locator(".figures")).containsText("30 of 120");
            page.evaluate("window.stays = true");

            visits.jdbc
                    .sql("update hub.job set done = 90 where id = ?")
                    .param(job)
                    .update();
            assertThat(page.locator(".figures")).containsText("90 of 120");
            visits.jdbc
                    .sql("update hub.job set status = 'completed', completed_at = now() where id = ?")
                    .param(job)
                    .update();
            assertThat(page.locator("td .health.good")).containsText("Done");
            assertThat((Boolean) page.evaluate("window.stays === true")).isTrue();
            assertThat(page.locator("#navigation .working-dot")).hasCount(0);
        }
    }

    @Test
    void whatChangesBeforeAPageListensIsShown() {
        try (var visit = signIn(Look.DESKTOP)) {
            var page = visit.page();
            page.route("**/live", route -> {
                progress(60);
                route.resume();
            });

            page.navigate("/activity");

            assertThat(page.locator(".figures")).containsText("60 of 120");
        }
    }

    @Test
    void whatChangesWhileAPageComesIsShown() {
        try (var visit = signIn(Look.DESKTOP)) {
            var page = visit.page();
            Predicate<Response> refreshed = answer -> answer.request().headers().containsKey("hx-request")
                    && answer.url().endsWith("/integrations");
            page.waitForResponse(refreshed, () -> page.navigate("/integrations"));
            var made = new CompletableFuture<Runnable>();
            page.route("**/activity", route -> {
                if (made.isDone()) {
                    route.resume();
                    return;
                }
                var answer = route.fetch();
                made.complete(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
            });
            page.locator("#navigation a[href='/activity']").click();
            page.waitForCondition(made::isDone);

            page.waitForResponse(refreshed, () -> progress(90));
            made.join().run();

            assertThat(page.locator(".figures")).containsText("90 of 120");
        }
    }

    private void progress(int done) {
        visits.jdbc
                .sql("update hub.job set done = ? where id = ?")
                .params(done, job)
                .update();
    }

    @Test
    void anEditIsMadeWithoutLoadingAPageAndShownWhereItIsOpen() {
        try (var visit = signIn(Look.DESKTOP);
                var other = signIn(Look.PHONE)) {
            other.page().navigate("/items/tasks");
            assertThat(other.page().locator(".tasks")).containsText("Renew the passport");
            var page = visit.page();
            page.navigate("/items/tasks");
            page.evaluate("window.stays = true");

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Renew the passport"))
                    .click();
            assertThat(page).hasURL(Pattern.compile("/items/tasks/" + task + "$"));
            page.fill("#title", "Renew both passports");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save"))
                    .click();
            assertThat(page).hasURL(Pattern.compile("/items/tasks$"));
            assertThat(page.locator(".notice")).containsText("is saved");
            assertThat((Boolean) page.evaluate("window.stays === true")).isTrue();
            assertThat(page.locator("#navigation [aria-current]")).hasText(Pattern.compile("Items"));

            assertThat(other.page().locator(".tasks")).containsText("Renew both passports");
            page.goBack();
            assertThat(page.locator("#title")).hasValue("Renew both passports");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void aConflictIsDecidedByKeyboard() {
        try (var visit = signIn(Look.DESKTOP)) {
            var page = visit.page();
            page.navigate("/conflicts/" + conflict);
            assertThat(page.locator("[data-result='0']")).hasText("still to decide");
            page.keyboard().press("2");
            assertThat(page.locator("[data-result='0']")).hasText("B");
            page.keyboard().press("j");
            page.keyboard().press("1");
            page.keyboard().press("Enter");
            assertThat(page.locator(".notice")).containsText("is decided");
        }
    }

    @Test
    void whatIsTickedStaysTickedWhenTheListRefreshesItself() {
        try (var visit = signIn(Look.DESKTOP)) {
            var page = visit.page();
            page.navigate("/conflicts");
            var ticked = page.locator("input[value='" + conflict + "']");
            ticked.check();
            page.locator("h1").click();

            var later = new PageSeed(visits.jdbc).conflict(user, connection);

            assertThat(page.locator("input[value='" + later + "']")).isVisible();
            assertThat(ticked).isChecked();
            assertThat(page.locator("input[value='" + later + "']")).not().isChecked();
            ticked.uncheck();
            page.locator("h1").click();
            var last = new PageSeed(visits.jdbc).conflict(user, connection);
            assertThat(page.locator("input[value='" + last + "']")).isVisible();
            assertThat(ticked).not().isChecked();
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void wordsThatASideAddedOrRemovedAreMarkedAndTheResultHasOnlyWhatStays() {
        var words = new PageSeed(visits.jdbc).conflict(user, connection, "title_mismatch", """
                [{"field": "title", "base": "Late lunch with Ann", "dayflow": "Late lunch with Ann and Bob",
                  "external": "Late lunch", "suggestion": "dayflow"}]
                """);
        try (var visit = signIn(Look.DESKTOP)) {
            var page = visit.page();
            page.navigate("/conflicts/" + words);

            assertThat(page.locator("td[data-side=DayFlow] ins")).hasText("and Bob");
            assertThat(page.locator("td[data-side=DayFlow] del")).hasCount(0);
            assertThat(page.locator("tbody td:last-child del")).hasText("with Ann");
            assertThat(page.locator("[data-result='0']")).hasText("Late lunch with Ann and Bob");
            page.keyboard().press("3");
            assertThat(page.locator("[data-result='0']")).hasText("Late lunch");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void everythingWorksWithoutScript() {
        try (var visit = signIn(Look.DESKTOP.withoutScript())) {
            var page = visit.page();
            page.navigate("/items/tasks");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Mark Renew the passport as done"))
                    .click();
            assertThat(page.locator(".empty")).containsText("Nothing to do");
            page.navigate("/activity/jobs/" + job);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause"))
                    .click();
            assertThat(page.locator(".notice")).containsText("pauses");
        }
    }

    private Visit signIn(Look look) {
        var visit = browser.visit(visits.base(), look).signIn(RunningHub.ADMIN_PASSWORD);
        visit.page().locator(".account summary").click();
        visit.page().selectOption("#act-as", user.toString());
        visit.page().locator(".account form[action='/account/user'] button").click();
        assertThat(visit.page().locator("#connections .card")).hasCount(1);
        return visit;
    }
}
