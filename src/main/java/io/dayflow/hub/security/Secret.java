package io.dayflow.hub.security;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A password, token or key. It never shows itself: not as text, not as JSON, not in a record that holds it. Only
 * {@link #reveal()} gives the value, and every call of it is a place worth a look.
 */
public final class Secret {

    private static final String MASK = "***";

    private final String value;

    private Secret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    /** Wraps a value. It may be empty: some services have accounts without a password. */
    @JsonCreator
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself. Hand it to what needs it and keep no copy. */
    public String reveal() {
        return value;
    }

    /** True for an empty or blank value. */
    public boolean isBlank() {
        return value.isBlank();
    }

    /** Compares in a time that does not tell how much of the two values agrees. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    @JsonValue
    public String toString() {
        return MASK;
    }
}
