package io.dayflow.hub.caldav;

import static io.dayflow.hub.caldav.Script.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.FoundCollection;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    private static final String PRINCIPAL =
            "<d:current-user-principal><d:href>/17/principal/</d:href></d:current-user-principal>";
    private static final String HOME =
            "<c:calendar-home-set><d:href>https://p12-caldav.icloud.com:443/17/calendars/</d:href></c:calendar-home-set>"
                    + "<c:calendar-user-address-set><d:href>mailto:other@example.com</d:href><d:href"
                    + " preferred=\"1\">mailto:alice@example.com</d:href><d:href>/17/principal/</d:href>"
                    + "</c:calendar-user-address-set><c:schedule-outbox-URL><d:href>/17/outbox/</d:href></c:schedule-outbox-URL>";

    @Test
    void anIcloudAccountIsFoundWithItsPartitionAndPreferredAddress() {
        Script script = new Script()
                .rows("PROPFIND", row("/", PRINCIPAL))
                .rows("PROPFIND", row("/principal/", HOME))
                .on("OPTIONS", 200, Map.of("DAV", "1, access-control, calendar-access, calendar-auto-schedule"), "");
        FoundAccount found = connect("https://caldav.icloud.com/", script);
        assertThat(found.account()).isEqualTo("alice@example.com");
        assertThat(found.address()).isEqualTo("https://caldav.icloud.com/");
        assertThat(found.endpoints())
                .isEqualTo(Map.of(
                        "home", "https://p12-caldav.icloud.com/17/calendars/",
                        "principal", "https://caldav.icloud.com/17/principal/",
                        "outbox", "https://caldav.icloud.com/17/outbox/",
                        "email", "alice@example.com",
                        "addresses", "other@example.com alice@example.com",
                        "scheduling", "true"));
    }

    @Test
    void aServerSchedulesOnlyIfItSaysSoAndHasAnOutbox() {
        String withoutOutbox = HOME.substring(0, HOME.indexOf("<c:schedule"));
        assertThat(scheduling(withoutOutbox, "1, calendar-auto-schedule")).isEqualTo("false");
        assertThat(scheduling(HOME, "1, calendar-access, calendar-auto-scheduling"))
                .isEqualTo("false");
        assertThat(scheduling(HOME, "1, calendar-auto-schedule")).isEqualTo("true");
    }

    @Test
    void aServerThatHidesItsAbilitiesIsTakenForOneThatSendsMail() {
        Script script = new Script()
                .rows("PROPFIND", row("/", PRINCIPAL))
                .rows("PROPFIND", row("/principal/", HOME))
                .on("OPTIONS", 405, "");
        assertThat(connect("https://cal.example.com/", script).endpoints()).containsEntry("scheduling", "true");
    }

    @Test
    void whatIsNoCaldavServerIsLeftForTheWellKnownPlaceAndTheRoot() {
        Script script = new Script()
                .on("PROPFIND", 200, "<html>Welcome</html>")
                .on("PROPFIND", 405, "")
                .rows("PROPFIND", row("/", PRINCIPAL))
                .rows("PROPFIND", row("/principal/", HOME))
                .on("OPTIONS", 200, Map.of("DAV", "1"), "");
        Routes routes = Routes.to("https://example.com/mail", script);
        assertThat(routes.connect().address()).isEqualTo("https://example.com/");
        assertThat(routes.calls)
                .extracting(call -> call.uri().getPath())
                .startsWith("/mail", "/.well-known/caldav", "/");
        routes.close();
    }

    @Test
    void noCaldavServerAtAllIsSaidWithWhatToType() {
        Script script = new Script().on("PROPFIND", 404, "").on("PROPFIND", 404, "");
        assertThatThrownBy(() -> connect("https://example.com", script))
                .satisfies(Scene.fault("rejected", "Type the CalDAV address"));
        assertThatThrownBy(() -> connect("not an address/\\", new Script()))
                .satisfies(Scene.fault("rejected", "This is no address"));
    }

    @Test
    void credentialsRefusedAreTheUsersToMend() {
        assertThatThrownBy(() -> connect("https://example.com/", new Script().on("PROPFIND", 401, "")))
                .satisfies(Scene.fault("needs_reconnect", ""));
    }

    @Test
    void anotherProvidersHostBehindARedirectIsNamedRatherThanTrusted() {
        Script script = new Script().on("PROPFIND", 404, "").from("https://dav.elsewhere.net/x/", "PROPFIND", 401, "");
        assertThatThrownBy(() -> connect("https://example.com/", script))
                .satisfies(Scene.fault("rejected", "https://dav.elsewhere.net/"));
    }

    @Test
    void aHomeOrACalendarOfAServerWithoutPrincipalsWillDo() {
        Script home = new Script()
                .rows("PROPFIND", row("/cals/", "<d:resourcetype><d:collection/></d:resourcetype>"))
                .rows(
                        "PROPFIND",
                        row("/cals/", "<d:resourcetype><d:collection/></d:resourcetype>")
                                + row("/cals/a/", "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"))
                .on("OPTIONS", 200, Map.of("DAV", "1"), "");
        assertThat(connect("https://example.com/cals", home).endpoints())
                .isEqualTo(Map.of("home", "https://example.com/cals/", "scheduling", "false"));
        Script calendar = new Script()
                .rows("PROPFIND", row("/c/", "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"))
                .on("OPTIONS", 200, Map.of("DAV", "1"), "");
        assertThat(connect("https://example.com/c/", calendar).endpoints())
                .containsEntry("home", "https://example.com/c/");
    }

    @Test
    void onlyCalendarsOfTheUsersOwnAreCollections() {
        String calendar = "<d:resourcetype><d:collection/><c:calendar/>%s</d:resourcetype>";
        Script script = new Script()
                .rows(
                        "PROPFIND",
                        row("/dav/", "<d:resourcetype><d:collection/></d:resourcetype>")
                                + row(
                                        "/dav/inbox/",
                                        "<d:resourcetype><d:collection/><c:schedule-inbox/></d:resourcetype>")
                                + row("/dav/feed/", calendar.formatted("<cs:subscribed/>"))
                                + row(
                                        "https://cal.example.com/dav/b%C3%BCro/",
                                        calendar.formatted("")
                                                + "<d:displayname> B\u00fcro"
                                                + " </d:displayname><a:calendar-color>#FF2968FF</a:calendar-color><c:supported-calendar-component-set><c:comp"
                                                + " name=\"VEVENT\"/><c:comp"
                                                + " name=\"VJOURNAL\"/></c:supported-calendar-component-set><cs:getctag>17</cs:getctag><c:calendar-timezone>BEGIN:VCALENDAR&#13;\n"
                                                + "BEGIN:VTIMEZONE&#13;\n"
                                                + "TZID:Europe/Berlin&#13;\n"
                                                + "END:VTIMEZONE&#13;\n"
                                                + "END:VCALENDAR</c:calendar-timezone>"
                                                + "<d:current-user-privilege-set><d:privilege><d:read/></d:privilege></d:current-user-privilege-set>")
                                + row(
                                        "/dav/todo/",
                                        calendar.formatted("")
                                                + "<d:supported-report-set><d:supported-report><d:report>"
                                                + "<d:sync-collection/></d:report></d:supported-report></d:supported-report-set><c:supported-calendar-component-set><c:comp"
                                                + " name=\"VTODO\"/></c:supported-calendar-component-set>")
                                + row("/dav/both", calendar.formatted(""))
                                + row("/dav/both/", calendar.formatted("")));
        try (Routes routes = Scene.routes(script)) {
            List<FoundCollection> found = routes.collections(routes.connection);
            assertThat(found)
                    .extracting(c -> c.kind().id() + " " + c.externalId() + " " + c.name() + " " + c.readOnly())
                    .containsExactly(
                            "event /dav/b\u00fcro/ B\u00fcro true", "task /dav/todo/ todo false",
                            "task /dav/both/ both false", "event /dav/both/ both false");
            assertThat(found.get(0).attributes())
                    .isEqualTo(Map.of(
                            "syncToken", "false", "ctag", "17", "colour", "#FF2968", "timezone", "Europe/Berlin"));
            assertThat(found.get(1).attributes()).isEqualTo(Map.of("syncToken", "true"));
        }
    }

    @Test
    void aBareDomainIsLookedUpFirst() {
        assertThat(Addresses.candidates(
                        "alice@example.com", domain -> List.of(URI.create("https://dav." + domain + "/x"))))
                .containsExactly(
                        URI.create("https://dav.example.com/x"),
                        URI.create("https://example.com/.well-known/caldav"),
                        URI.create("https://example.com/"));
        assertThat(ServiceRecords.url(
                        List.of("10 1 443 b.example.com.", "5 1 8443 a.example.com."), List.of("\"path=/dav/\"")))
                .containsExactly(URI.create("https://a.example.com:8443/dav/"));
        assertThat(ServiceRecords.url(List.of("0 0 0 ."), List.of())).isEmpty();
    }

    private static String scheduling(String principal, String abilities) {
        Script script = new Script()
                .rows("PROPFIND", row("/", PRINCIPAL))
                .rows("PROPFIND", row("/principal/", principal))
                .on("OPTIONS", 200, Map.of("DAV", abilities), "");
        return connect("https://cal.example.com/", script).endpoints().get("scheduling");
    }

    private static FoundAccount connect(String address, Script script) {
        try (Routes routes = Routes.to(address, script)) {
            return routes.connect();
        }
    }
}
