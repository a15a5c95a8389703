package io.dayflow.hub.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes the lines that a query finds, latest first, one after the other: whatever their number, a batch is held at a time.
 * What was exported, and by whom, is itself a line.
 */
@Component
public class AuditExport {

    private static final List<String> HEADINGS = List.of(
            "auditId",
            "at",
            "userId",
            "actor",
            "action",
            "service",
            "object",
            "detail",
            "remote",
            "agent",
            "sequence",
            "hash",
            "erasedAt");

    /** What a spreadsheet takes for the beginning of a formula, or hides before one. */
    private static final String FORMULA = "=+-@\t\r\n|%＝＋－＠";

    private final AuditSearch search;
    private final Audit audit;
    private final ObjectMapper json;

    AuditExport(AuditSearch search, Audit audit, ObjectMapper json) {
        this.search = search;
        this.audit = audit;
        this.json = json;
    }

    /** How lines are written. */
    public enum Format {
        /** A JSON object in each line, as lists have it. */
        JSONL,
        /** RFC 4180, with headings; a cell that a spreadsheet would take for a formula begins with an apostrophe. */
        CSV
    }

    /** @throws UncheckedIOException if it cannot be written any more */
    public void write(AuditQuery query, Format format, Writer to) {
        audit.record(Deed.AUDIT_EXPORTED, query.userId(), null, null, said(query, format));
        if (format == Format.CSV) {
            write(to, row(HEADINGS));
        }
        search.each(query, card -> write(to, format == Format.CSV ? row(cells(card)) : text(card) + "\n"));
    }

    private static Map<String, String> said(AuditQuery query, Format format) {
        var said = new TreeMap<String, String>();
        said.put("format", format.name().toLowerCase(Locale.ROOT));
        putIfGiven(said, "actor", query.actor());
        putIfGiven(said, "action", query.action());
        putIfGiven(said, "object", query.object());
        putIfGiven(said, "from", query.from());
        putIfGiven(said, "to", query.to());
        putIfGiven(said, "words", query.words());
        return said;
    }

    private static void putIfGiven(Map<String, String> said, String name, @Nullable Object value) {
        if (value != null) {
            said.put(name, Origin.plain(value.toString()));
        }
    }

    private static void write(Writer to, String text) {
        try {
            to.write(text);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private String text(AuditCard card) {
        try {
            return json.writeValueAsString(card);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a line is plain JSON", impossible);
        }
    }

    private static List<@Nullable String> cells(AuditCard card) {
        var cells = new ArrayList<@Nullable String>();
        Collections.addAll(
                cells,
                Long.toString(card.auditId()),
                card.at().toString(),
                text(card.userId()),
                card.actor(),
                card.action(),
                card.service(),
                card.object(),
                card.detail().toString(),
                card.remote(),
                card.agent(),
                text(card.sequence()),
                card.hash(),
                text(card.erasedAt()));
        return cells;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String row(List<? extends @Nullable String> cells) {
        var row = new StringBuilder();
        for (String cell : cells) {
            row.append(row.isEmpty() ? "" : ",").append(cell == null ? "" : cell(cell));
        }
        return row.append("\r\n").toString();
    }

    static String cell(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
