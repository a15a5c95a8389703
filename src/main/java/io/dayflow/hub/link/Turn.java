package io.dayflow.hub.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dayflow.hub.item.View;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * One change of a copy, by fingerprints of what it held before and after: two are equal where the views are.
 *
 * @param by who changed it
 */
public record Turn(Instant at, By by, String from, String to) {

    /** Whose change it was. */
    public enum By {
        /** The hub wrote it. */
        HUB,
        /** It was seen to hold something else: somebody else wrote it, or the service made something of what it was told. */
        SERVICE
    }

    private static final int LENGTH = 20;
    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    public static Turn of(Instant at, By by, View before, View after) {
        return new Turn(at, by, fingerprint(before), fingerprint(after));
    }

    /** Whether it takes back, exactly, what the other side did in {@code earlier}. */
    boolean takesBack(Turn earlier) {
        return by != earlier.by && from.equals(earlier.to) && to.equals(earlier.from);
    }

    /** The same for equal views, however the order of what is in them; it tells nobody what they hold. */
    static String fingerprint(View view) {
        try {
            Object plain = CANONICAL.convertValue(new TreeMap<>(view.fields()), Object.class);
            byte[] text = CANONICAL.writeValueAsString(plain).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text))
                    .substring(0, LENGTH);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a view has no fingerprint", e);
        }
    }
}
