package io.dayflow.hub.item;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A text that must not be long, such as one by which things are looked up: a database's index holds no more than some 2,700
 * bytes of it. A longer one is its beginning and a digest of the whole, so that equal texts stay equal and others do not
 * become so.
 */
public final class Abridged {

    private static final int SHORTEST = 800;
    private static final int BEGINNING = 200;

    private Abridged() {}

    /**
     * The text itself where it is not longer.
     *
     * @param bytes in UTF-8, from 800
     */
    public static String of(String text, int bytes) {
        if (bytes < SHORTEST) {
            throw new IllegalArgumentException("a beginning and a digest take " + SHORTEST + " bytes");
        }
        if (fits(text, bytes)) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, BEGINNING)) + "#"
                + HexFormat.of().formatHex(digest(text));
    }

    /** Whether it is not longer. */
    public static boolean fits(String text, int bytes) {
        // no character of Java's takes more than three
        return text.length() <= bytes / 3 || text.getBytes(StandardCharsets.UTF_8).length <= bytes;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
