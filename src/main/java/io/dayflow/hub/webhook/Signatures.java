package io.dayflow.hub.webhook;

import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.security.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whether a body was signed by who knows the secret. Nothing of a body is parsed for that. */
final class Signatures {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LENGTH = 32;

    private Signatures() {}

    /** What a look at a signature says. */
    enum Verdict {
        GOOD("good"),
        /** There is none, or more than one. */
        MISSING("missing"),
        /** It is none of the kind that the provider's file names, for example cut off. */
        MALFORMED("malformed"),
        /** It is one, of something else or with another secret. */
        WRONG("wrong");

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
     * @param values what the request's headers of that name hold
     */
    static Verdict verify(Provider.Signature form, Secret secret, List<String> values, byte[] body) {
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
        return MessageDigest.isEqual(claimed, sign(secret, body)) ? Verdict.GOOD : Verdict.WRONG;
    }

    static byte[] sign(Secret secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
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
