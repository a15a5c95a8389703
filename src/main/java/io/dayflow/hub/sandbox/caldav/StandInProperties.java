package io.dayflow.hub.sandbox.caldav;

import io.dayflow.hub.sandbox.caldav.StandInDav.Properties;
import java.util.List;
import java.util.stream.Collectors;

/** The WebDAV properties of calendars and of their members. */
final class StandInProperties {

    private StandInProperties() {}

    static Properties of(StandInCalendar calendar, String name, String etag) {
        return new Properties()
                .dav("getetag", () -> StandInDav.escape(etag))
                .dav("resourcetype", () -> "")
                .dav("getcontenttype", () -> "text/calendar; charset=utf-8")
                .caldav("calendar-data", () -> StandInDav.escape(calendar.text(name)));
    }

    static Properties of(StandInCalendar calendar, String principal, StandInQuirks quirks) {
        Properties properties = new Properties()
                .dav("resourcetype", () -> "<D:collection/><C:calendar/>")
                .dav("displayname", () -> StandInDav.escape(calendar.displayName()))
                .dav("current-user-principal", () -> StandInDav.href(principal))
                .dav("current-user-privilege-set", () -> privileges(calendar))
                .caldav("supported-calendar-component-set", () -> components(calendar))
                .ctag(calendar::ctag);
        if (quirks.syncCollection()) {
            properties
                    .dav("sync-token", () -> StandInDav.escape(calendar.token()))
                    .dav("supported-report-set", () -> reports("<D:sync-collection/>", "<C:calendar-multiget/>"));
        } else {
            properties.dav("supported-report-set", () -> reports("<C:calendar-multiget/>"));
        }
        return properties;
    }

    private static String privileges(StandInCalendar calendar) {
        String read = "<D:privilege><D:read/></D:privilege>";
        return calendar.isReadOnly() ? read : read + "<D:privilege><D:write/></D:privilege>";
    }

    private static String components(StandInCalendar calendar) {
        return calendar.components().stream()
                .map(component -> "<C:comp name=\"" + component + "\"/>")
                .collect(Collectors.joining());
    }

    private static String reports(String... elements) {
        return List.of(elements).stream()
                .map(e -> "<D:supported-report><D:report>" + e + "</D:report></D:supported-report>")
                .collect(Collectors.joining());
    }
}
