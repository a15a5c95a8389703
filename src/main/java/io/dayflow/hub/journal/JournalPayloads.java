package io.dayflow.hub.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.security.SealedColumn;
import io.dayflow.hub.security.SealedPayloads;
import io.dayflow.hub.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * What rows of hub.journal hold of items, whether it is sealed or not. A row has to be read with {@code item_id}, {@code
 * job_id}, {@code connection_id}, {@code operation}, {@code sealed} and the columns that are asked for. Thread-safe.
 */
@Component
public class JournalPayloads {

    private static final ObjectMapper JSON = new JsonMapper();

    private final SealedPayloads sealed;

    JournalPayloads(SealedPayloads sealed) {
        this.sealed = sealed;
    }

    /** The documents of one row. */
    public record Payload(
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            @Nullable JsonNode itemBefore,
            @Nullable JsonNode itemAfter) {}

    /** Of the row at the cursor. */
    public Payload of(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("sealed");
        if (bytes == null) {
            return new Payload(
                    Columns.jsonOrNull(row, "before"),
                    Columns.jsonOrNull(row, "after"),
                    Columns.jsonOrNull(row, "item_before"),
                    Columns.jsonOrNull(row, "item_after"));
        }
        var context = SealedPayloads.journal(
                row.getObject("item_id", UUID.class),
                Columns.idOrNull(row, "job_id"),
                Columns.idOrNull(row, "connection_id"),
                row.getString("operation"));
        var document = document(sealed.open(bytes, context));
        return new Payload(
                document.get("before"), document.get("after"), document.get("itemBefore"), document.get("itemAfter"));
    }

    private static ObjectNode document(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // The cause would quote the payload.
            throw new IllegalStateException("a sealed journal entry holds no JSON");
        }
    }

    /** That they are sealed anew with the rest. */
    @Configuration(proxyBeanMethods = false)
    static class Sealing {
        @Bean
        SealedColumn sealedJournal() {
            return new SealedColumn("hub.journal", "sealed", "sealed_key", SealedPayloads.JOURNAL);
        }
    }
}
