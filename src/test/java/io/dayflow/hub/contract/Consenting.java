package io.dayflow.hub.contract;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import io.dayflow.hub.browser.Browser.Visit;
import io.dayflow.hub.provider.Oauth;
import io.dayflow.hub.sandbox.ConsentVisit;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Somebody in front of a browser, on the way from the hub's pages to one service and back. Closed, the page is left. */
final class Consenting implements AutoCloseable {

    /** For what the hub does on its own before a page shows it. */
    private static final double PATIENCE = 15_000;

    private final Visit visit;
    private final Page page;
    private final Oauth service;
    private final int before;

    Consenting(Visit visit, Oauth service) {
        this.visit = visit;
        this.page = visit.page();
        this.service = service;
        this.before = visit.complaints().size();
    }

    Page page() {
        return page;
    }

    /** What the browser has complained about since the beginning. */
    List<String> complaints() {
        return visit.complaints().subList(before, visit.complaints().size());
    }

    /** From the integrations page to the service's, which says what is asked for. Returns what stood in the address. */
    Map<String, String> leaves() {
        comesForward();
        page.navigate("/integrations");
        page.getByRole(AriaRole.LINK, link("Connect " + service.displayName())).click();
        return continues();
    }

    /** The same, from the page that connects the service. */
    Map<String, String> begins() {
        comesForward();
        page.navigate("/integrations/connect/" + service.service());
        return continues();
    }

    /** From the card of a connection that needs it to the service's page. */
    void leavesAgain(UUID connection) {
        leavesBy("Connect again", connection);
    }

    /** From the card of a connection that the hub asks more of to the service's page, which names all that is asked for. */
    void leavesToAllowMore(UUID connection) {
        leavesBy("Allow it at " + service.displayName(), connection);
    }

    private void leavesBy(String link, UUID connection) {
        comesForward();
        card(connection)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(link))
                .click();
        continues();
    }

    /** The browser draws little of a tab that lies behind another, and a click waits for what is drawn. */
    private void comesForward() {
        page.bringToFront();
    }

    private Map<String, String> continues() {
        var asked = page.waitForRequest(
                request -> isAt(request, "/oauth/authorize") && request.method().equals("GET"),
                () -> page.getByRole(AriaRole.BUTTON, button("Continue to " + service.displayName()))
                        .click());
        page.waitForURL("**/sandbox/" + service.service() + "/oauth/consent**");
        assertThat(page.locator("h1")).hasText("Allow DayFlow Hub to use " + service.displayName() + "?");
        if (!service.scopes().isEmpty()) {
            assertThat(page.locator("main li").allInnerTexts()).containsExactlyInAnyOrderElementsOf(service.scopes());
        }
        return ConsentVisit.parameters(asked.url());
    }

    /** Presses "Allow" and is back at the hub. Returns the address by which the service sent the browser back. */
    String allows(String account) {
        page.fill("#account", account);
        var back = page.waitForRequest(
                request -> isAt(request, "/callback"),
                () -> page.getByRole(AriaRole.BUTTON, button("Allow")).click());
        page.waitForURL(url -> !url.contains("/callback") && !url.contains("/sandbox/"));
        return back.url();
    }

    void denies() {
        page.getByRole(AriaRole.BUTTON, button("Deny")).click();
        page.waitForURL("**/integrations");
    }

    /** Presses "Allow", and the answer is caught before the browser brings it to the hub. Returns its parameters. */
    Map<String, String> allowsAndIsRobbed(String account) {
        page.fill("#account", account);
        var caught = new CompletableFuture<String>();
        page.route(url -> url.endsWith("/oauth/authorize"), route -> {
            var answer = route.fetch(new Route.FetchOptions().setMaxRedirects(0));
            caught.complete(answer.headers().getOrDefault("location", ""));
            route.fulfill(new Route.FulfillOptions().setStatus(204));
        });
        page.waitForResponse(
                response -> response.url().endsWith("/oauth/authorize"),
                () -> page.getByRole(AriaRole.BUTTON, button("Allow")).click());
        page.unrouteAll();
        var parameters = ConsentVisit.parameters(caught.join());
        assertThat(parameters).containsKeys("code", "state");
        return parameters;
    }

    /** Comes to the hub with an answer, whoever's it is. */
    void brings(String code, String state) {
        page.navigate("/integrations/" + service.service() + "/callback?code=" + code + "&state=" + state);
    }

    /** From the page that connects the service to its own and back. Returns the connection. */
    UUID connects(String account) {
        begins();
        allows(account);
        return connection();
    }

    /** The connection that this page is about. */
    UUID connection() {
        isTold(" is connected. Choose what to sync.");
        var path = URI.create(page.url()).getPath();
        return UUID.fromString(path.substring("/integrations/".length()));
    }

    /** On the page of a new connection: takes all that is offered, and syncs. */
    void syncsForTheFirstTime() {
        page.getByRole(AriaRole.BUTTON, button("Sync without looking")).click();
        page.waitForURL("**/activity/jobs/**");
    }

    /** On the integrations page, and without leaving it. */
    void pressesSyncNow(UUID connection) {
        comesForward();
        card(connection).getByRole(AriaRole.BUTTON, locatorButton("Sync now")).click();
        isTold("begun");
    }

    Locator card(UUID connection) {
        return page.locator(
                ".card",
                new Page.LocatorOptions().setHas(page.locator("h3 a[href='/integrations/" + connection + "']")));
    }

    /** The card of a connection shows these words, or comes to show them without anybody loading the page. */
    void cardShows(UUID connection, String words) {
        assertThat(card(connection)).containsText(words, new ContainsTextOptions().setTimeout(PATIENCE));
    }

    void isTold(String words) {
        assertThat(page.locator(".notice")).containsText(words, new ContainsTextOptions().setTimeout(PATIENCE));
        assertThat(page.url()).doesNotContain("code=").doesNotContain("state=");
    }

    private static boolean isAt(Request request, String end) {
        return URI.create(request.url()).getPath().endsWith(end);
    }

    private static Page.GetByRoleOptions link(String name) {
        return button(name);
    }

    private static Page.GetByRoleOptions button(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator.GetByRoleOptions locatorButton(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    @Override
    public void close() {
        page.navigate("about:blank");
    }
}
