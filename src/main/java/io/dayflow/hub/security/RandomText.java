package io.dayflow.hub.security;

import java.security.SecureRandom;
import java.util.Base64;

/** Texts nobody can guess. */
public final class RandomText {

    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    /** 256 random bits. */
    public static String token() {
        return ofBytes(32);
    }

    /** 120 random bits: short enough to be typed. */
    public static String password() {
        return ofBytes(15);
    }

    private static String ofBytes(int count) {
        var bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
