package io.dayflow.hub.sandbox.caldav;

import io.dayflow.hub.sandbox.caldav.StandInDav.Name;
import java.util.List;
import java.util.Objects;
import org.w3c.dom.Element;

/** The reports of RFC 4791 (section 7) and RFC 6578 on a calendar. */
final class StandInReports {

    private final StandInHandler handler;
    private final StandInQuirks quirks;

    StandInReports(StandInHandler handler, StandInQuirks quirks) {
        this.handler = handler;
        this.quirks = quirks;
    }

    StandInReply answer(Element root, StandInCalendar calendar) {
        List<Name> asked = StandInDav.asked(root);
        StringBuilder rows = new StringBuilder();
        switch (Objects.requireNonNull(root.getLocalName())) {
            case "calendar-multiget" -> {
                for (String href : StandInDav.hrefs(root)) {
                    String name = StandInHandler.decode(href.substring(href.lastIndexOf('/') + 1));
                    if (href.contains("/" + calendar.folder() + "/") && calendar.etag(name) != null) {
                        handler.member(rows, calendar, name, asked);
                    } else {
                        StandInDav.row(rows, href, 404, "");
                    }
                }
                return StandInDav.multistatus(rows);
            }
            case "calendar-query" -> {
                calendar.names().forEach(name -> handler.member(rows, calendar, name, asked));
                return StandInDav.multistatus(rows);
            }
            case "sync-collection" -> {
                return quirks.syncCollection()
                        ? walk(root, calendar, asked)
                        : StandInReply.precondition(403, "<D:supported-report/>");
            }
            default -> {
                return StandInReply.precondition(403, "<D:supported-report/>");
            }
        }
    }

    private StandInReply walk(Element root, StandInCalendar calendar, List<Name> asked) {
        Element tokenElement = StandInDav.child(root, "sync-token");
        Element nresults = StandInDav.find(root, "nresults");
        int wanted = nresults == null
                ? 0
                : Integer.parseInt(nresults.getTextContent().strip());
        int limit = quirks.pageLimit() == 0 || wanted == 0
                ? Math.max(quirks.pageLimit(), wanted)
                : Math.min(quirks.pageLimit(), wanted);
        String token = tokenElement == null ? "" : tokenElement.getTextContent().strip();
        StandInCalendar.Page page = calendar.changesSince(token, limit);
        if (page == null) {
            return StandInReply.precondition(403, "<D:valid-sync-token/>");
        }
        StringBuilder rows = new StringBuilder();
        for (StandInCalendar.Row row : page.rows()) {
            if (row.etag() == null) {
                StandInDav.row(rows, handler.path(calendar, row.name()), 404, "");
            } else {
                handler.member(rows, calendar, row.name(), asked);
            }
        }
        if (page.truncated()) {
            StandInDav.row(
                    rows, handler.path(calendar), 507, "<D:error><D:number-of-matches-within-limits/></D:error>");
        }
        return StandInDav.multistatus(rows.append("<D:sync-token>")
                .append(StandInDav.escape(page.token()))
                .append("</D:sync-token>"));
    }
}
