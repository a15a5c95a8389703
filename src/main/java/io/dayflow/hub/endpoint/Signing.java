package io.dayflow.hub.endpoint;

import io.dayflow.hub.security.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures of Standard Webhooks 1.0 with symmetric keys: HMAC-SHA256 over id, time and body. */
final class Signing {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LENGTH = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Signing() {}

    /** A new secret of 256 random bits in its text form. */
    static Secret newSecret() {
        byte[] key = new byte[LENGTH];
        RANDOM.nextBytes(key);
        return Secret.of(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** What the secrets of an endpoint were sealed for. */
    static String context(UUID endpointId) {
        return "webhook-endpoint:" + endpointId;
    }

    /** The header {@code webhook-signature}: one signature for each secret, joined by spaces. */
    static String header(List<Secret> secrets, String id, Instant at, String body) {
        return secrets.stream()
                .map(secret -> "v1," + sign(secret, id + "." + at.getEpochSecond() + "." + body))
                .collect(Collectors.joining(" "));
    }

    private static String sign(Secret secret, String content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(
                    Base64.getDecoder().decode(secret.reveal().substring(PREFIX.length())), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
