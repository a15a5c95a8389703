package io.dayflow.hub.webhook;

import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.security.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whether a body was signed by who knows the secret. Nothing of a body is parsed for that. */
final class Signatures {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LENGTH = 32;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    private Signatures() {}

    /** What a look at a signature says. */
    enum Verdict {
        GOOD("good"),
        /** There is none that can be read, or more than one. */
        MISSING("missing"),
        /** It is none of the kind that the provider's file names, for example cut off. */
        MALFORMED("malformed"),
        /** It is one, of something else or with another secret. */
        WRONG("wrong"),
        /** It is good, of a time too long ago or ahead: perhaps a copy of one that was sent before. */
        STALE("stale");

        private final String id;

        Verdict(String id) {
            this.id = id;
        }

        /** For the audit trail. */
        String id() {
            return id;
        }
    }

    /**
     * Compares in a time that does not tell how much of the signature is right.
     *
     * @param secrets those that are valid now; each of them is tried, whether one fits or not
     * @param headers what the request's headers of a name hold
     */
    static Verdict verify(
            Provider.Signature form,
            List<Secret> secrets,
            Function<String, List<String>> headers,
            byte[] body,
            Instant now) {
        List<String> values = headers.apply(form.header());
        if (values.size() != 1 || values.getFirst().isBlank()) {
            return Verdict.MISSING;
        }
        String text = values.getFirst().strip();
        if (!text.startsWith(form.prefix())) {
            return Verdict.MALFORMED;
        }
        byte[] claimed;
        try {
            claimed = decode(form.encoding(), text.substring(form.prefix().length()));
        } catch (IllegalArgumentException e) {
            return Verdict.MALFORMED;
        }
        if (claimed.length != LENGTH) {
            return Verdict.MALFORMED;
        }
        Provider.Signature.Timestamp timestamp = form.timestamp();
        List<String> times = timestamp == null ? List.of() : headers.apply(timestamp.header());
        if (timestamp != null
                && (times.size() != 1 || !SECONDS.matcher(times.getFirst()).matches())) {
            return times.isEmpty() ? Verdict.MISSING : Verdict.MALFORMED;
        }
        byte[] before = timestamp == null
                ? new byte[0]
                : (timestamp.before() + times.getFirst() + timestamp.after()).getBytes(StandardCharsets.UTF_8);
        boolean good = false;
        for (Secret secret : secrets) {
            good |= MessageDigest.isEqual(claimed, sign(secret, before, body));
        }
        if (!good) {
            return Verdict.WRONG;
        }
        return timestamp == null || isNear(times.getFirst(), now, timestamp.window()) ? Verdict.GOOD : Verdict.STALE;
    }

    private static boolean isNear(String seconds, Instant now, Duration window) {
        return Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                        .abs()
                        .compareTo(window)
                <= 0;
    }

    static byte[] sign(Secret secret, byte[] body) {
        return sign(secret, new byte[0], body);
    }

    private static byte[] sign(Secret secret, byte[] before, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(before);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static byte[] decode(Provider.Signature.Encoding encoding, String text) {
        return switch (encoding) {
            case BASE64 -> Base64.getDecoder().decode(text);
            case HEX -> HexFormat.of().parseHex(text);
        };
    }
}
