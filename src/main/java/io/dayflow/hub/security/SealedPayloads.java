package io.dayflow.hub.security;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Seals what the journal and dead letters hold of items, where {@code hub.encryption.payloads} says so. What is stored
 * already is read either way, sealed or not. Thread-safe.
 */
@Component
public class SealedPayloads {

    /** Of a row of hub.journal: the context that {@link #journal} gives. */
    public static final String JOURNAL = "'journal:' || item_id || ':' || coalesce(cast(job_id as text), '') || ':'"
            + " || coalesce(cast(connection_id as text), '') || ':' || operation";

    /** Of a row of hub.dead_letter: the context that {@link #deadLetter} gives. */
    public static final String DEAD_LETTER =
            "'dead-letter:' || connection_id || ':' || direction || ':' || part || ':' || external_id";

    private final Vault vault;
    private final EncryptionSettings settings;

    SealedPayloads(Vault vault, EncryptionSettings settings) {
        this.vault = vault;
        this.settings = settings;
    }

    /** Whether new payloads are sealed. */
    public boolean wanted() {
        return settings.payloads();
    }

    /** Seals a text for a row. */
    public byte[] seal(String text, String context) {
        return vault.seal(Secret.of(text), context);
    }

    /** The text that {@link #seal} sealed for the same row. */
    public String open(byte[] sealed, String context) {
        return vault.open(sealed, context).reveal();
    }

    /** What a row of the journal is known by. */
    public static String journal(UUID itemId, @Nullable UUID jobId, @Nullable UUID connectionId, String operation) {
        return "journal:" + itemId + ":" + text(jobId) + ":" + text(connectionId) + ":" + operation;
    }

    /** What a dead letter is known by: its place, since a later failure there takes the row over. */
    public static String deadLetter(UUID connectionId, String direction, String part, String externalId) {
        return "dead-letter:" + connectionId + ":" + direction + ":" + part + ":" + externalId;
    }

    private static String text(@Nullable UUID id) {
        return id == null ? "" : id.toString();
    }
}
