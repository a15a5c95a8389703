package io.dayflow.hub.audit;

import java.util.regex.Pattern;

/**
 * A place in the chain: what somebody noted of it elsewhere, to be compared with what is there now.
 *
 * @param sequence 0 before the first line
 * @param hash SHA-256 in hexadecimal, lower case
 */
public record ChainHead(long sequence, String hash) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    /**
     * Reads {@code <sequence>:<hash>}.
     *
     * @throws IllegalArgumentException if it is something else; the message says what is accepted
     */
    public static ChainHead parse(String text) {
        var parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("a head of the chain is <sequence>:<hash>, as a verification says it");
        }
        return new ChainHead(Long.parseLong(parts.group(1)), parts.group(2));
    }

    @Override
    public String toString() {
        return sequence + ":" + hash;
    }
}
