package io.dayflow.hub.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.security.SealedPayloads;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Rows of an export with what {@code hub.encryption.payloads} sealed of them opened, in the columns where it stands when it
 * is not sealed: it is the person's own. Thread-safe.
 */
@Component
class OpenedRows {

    private static final ObjectMapper JSON = new JsonMapper();
    private static final String JOURNAL = "hub.journal";
    private static final Map<String, String> CONTEXTS =
            Map.of(JOURNAL, SealedPayloads.JOURNAL, "hub.dead_letter", SealedPayloads.DEAD_LETTER);
    private static final Map<String, String> COLUMNS =
            Map.of("before", "before", "after", "after", "itemBefore", "item_before", "itemAfter", "item_after");

    private final SealedPayloads payloads;

    OpenedRows(SealedPayloads payloads) {
        this.payloads = payloads;
    }

    /** What has to be selected besides the row as a document, which comes first. */
    static String columns(HeldTable table) {
        var context = CONTEXTS.get(table.name());
        return context == null ? "" : ", t.sealed, " + context;
    }

    /** The row at the cursor, as JSON. */
    String text(HeldTable table, ResultSet row) throws SQLException {
        var text = row.getString(1);
        byte[] sealed = CONTEXTS.containsKey(table.name()) ? row.getBytes(2) : null;
        if (sealed == null) {
            return text;
        }
        var opened = payloads.open(sealed, row.getString(3));
        var document = (ObjectNode) json(text);
        if (table.name().equals(JOURNAL)) {
            json(opened).properties().forEach(part -> document.set(COLUMNS.get(part.getKey()), part.getValue()));
        } else {
            document.put("payload", opened);
        }
        return document.toString();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // the cause would quote what was sealed
            throw new IllegalStateException("a row of an export is no JSON");
        }
    }
}
