package io.dayflow.hub.web;

import io.dayflow.hub.audit.AuditExport;
import io.dayflow.hub.audit.AuditExport.Format;
import io.dayflow.hub.audit.AuditQuery;
import io.dayflow.hub.audit.AuditSearch;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Who did or tried what: a user's own affairs, for an operator all. */
@Controller
@RequestMapping("/security/audit")
class AuditPage {

    private static final String HERE = "/security/audit";
    private static final int LIMIT = 50;
    private static final int LONGEST = 200;

    private final AuditSearch search;
    private final AuditExport export;

    AuditPage(AuditSearch search, AuditExport export) {
        this.search = search;
        this.export = export;
    }

    /** What the form asks for, as typed. Days are the reader's, and the last one is included. */
    record Filter(
            @Nullable String actor,
            @Nullable String action,
            @Nullable String object,
            @Nullable String from,
            @Nullable String to,
            @Nullable String q) {

        AuditQuery of(Visitor visitor) {
            return new AuditQuery(
                    visitor.caller().operator() ? null : visitor.userId(),
                    false,
                    typed(actor),
                    typed(action),
                    typed(object),
                    begin(from, 0, visitor.zone()),
                    begin(to, 1, visitor.zone()),
                    typed(q));
        }

        private static @Nullable String typed(@Nullable String text) {
            return text == null || text.isBlank() || text.length() > LONGEST ? null : text.strip();
        }

        private static @Nullable Instant begin(@Nullable String day, int later, ZoneId zone) {
            try {
                var date = typed(day) == null
                        ? null
                        : LocalDate.parse(String.valueOf(day)).plusDays(later);
                return date == null || date.getYear() < 1900 || date.getYear() > 9000
                        ? null
                        : date.atStartOfDay(zone).toInstant();
            } catch (DateTimeException no) {
                return null;
            }
        }

        /** The address of this list, or of its file. */
        String address(String path) {
            var address = UriComponentsBuilder.fromPath(path);
            add(address, "actor", actor);
            add(address, "action", action);
            add(address, "object", object);
            add(address, "from", from);
            add(address, "to", to);
            add(address, "q", q);
            return address.encode().toUriString();
        }

        private static void add(UriComponentsBuilder address, String name, @Nullable String value) {
            if (typed(value) != null) {
                address.queryParam(name, "{" + name + "}").uriVariables(Map.of(name, String.valueOf(value)));
            }
        }
    }

    @GetMapping
    String lines(
            Visitor visitor,
            @ModelAttribute("filter") Filter filter,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        var page = search.list(filter.of(visitor), Pages.byNumber(cursor, LIMIT));
        model.addAttribute("lines", page.items());
        model.addAttribute("next", page.nextCursor());
        model.addAttribute("cursor", cursor);
        model.addAttribute("all", visitor.caller().operator());
        model.addAttribute("path", filter.address(HERE));
        var file = filter.address(HERE + "/export");
        model.addAttribute("file", file + (file.contains("?") ? "&" : "?") + "format=");
        return "audit";
    }

    @GetMapping("/export")
    void file(
            Visitor visitor,
            @ModelAttribute("filter") Filter filter,
            @RequestParam(defaultValue = "jsonl") String format,
            HttpServletResponse response)
            throws IOException {
        boolean csv = format.equals("csv");
        response.setContentType(csv ? "text/csv" : "application/x-ndjson");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit." + (csv ? "csv" : "jsonl") + "\"");
        export.write(filter.of(visitor), csv ? Format.CSV : Format.JSONL, response.getWriter());
    }
}
