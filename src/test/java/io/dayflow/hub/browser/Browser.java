package io.dayflow.hub.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.dayflow.hub.server.RealServers;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Debian's Chromium without a screen, steered by Playwright: its headless shell, which works less for each page, or else the
 * whole browser. Where neither is installed, a test is skipped with a message, or fails on the build server. One browser and
 * any number of visits, each with cookies and a window of its own. Not thread-safe.
 */
public final class Browser implements AutoCloseable {

    private static final String SHELL = "chromium-headless-shell";
    private static final List<String> PROGRAMS = List.of(SHELL, "chromium");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    private Browser(Path program) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                // pages of one hub need no process each
                                "--process-per-site",
                                "--disable-site-isolation-trials",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** Starts it, or ends the test: skipped, or failed on the build server. */
    public static Browser start() {
        return new Browser(RealServers.require(PROGRAMS, SHELL));
    }

    /** How somebody looks at pages. */
    public record Look(int width, int height, boolean dark, boolean script) {

        public static final Look DESKTOP = new Look(1280, 900, false, true);
        public static final Look PHONE = new Look(390, 844, false, true);

        public Look inTheDark() {
            return new Look(width, height, true, script);
        }

        public Look withoutScript() {
            return new Look(width, height, dark, false);
        }
    }

    /** A window of its own on the hub at this address, with nothing remembered. */
    public Visit visit(URI hub, Look look) {
        var context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(hub.toString())
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setJavaScriptEnabled(look.script())
                .setLocale("en-GB"));
        context.setDefaultTimeout(15_000);
        return new Visit(context, false);
    }

    /** A window. What the browser complains about, refused scripts and styles included, is kept. */
    public static final class Visit implements AutoCloseable {

        private final BrowserContext context;
        private final Page page;
        private final boolean tab;
        private final List<String> complaints = new ArrayList<>();

        private Visit(BrowserContext context, boolean tab) {
            this.context = context;
            this.tab = tab;
            this.page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(page.url() + ": " + message.text());
                }
            });
            page.onPageError(error -> complaints.add(page.url() + ": " + error));
        }

        public Page page() {
            return page;
        }

        /** What the browser complained about so far. */
        public List<String> complaints() {
            return List.copyOf(complaints);
        }

        /** Signs in as the operator and waits for the page that follows. */
        public Visit signIn(String password) {
            page.navigate("/login");
            page.fill("#username", "admin");
            page.fill("#password", password);
            page.click("button.primary");
            page.waitForURL("**/integrations");
            return this;
        }

        /** Another tab of this window: the same cookies, complaints of its own. It can be closed alone. */
        public Visit tab() {
            return new Visit(context, true);
        }

        @Override
        public void close() {
            if (tab) {
                page.close();
            } else {
                context.close();
            }
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
