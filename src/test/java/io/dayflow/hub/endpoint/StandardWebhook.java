package io.dayflow.hub.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a receiver does, written from the specification alone and sharing nothing with the sender: Standard Webhooks 1.0,
 * "Verifying webhook authenticity".
 */
final class StandardWebhook {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final byte[] key;

    StandardWebhook(String secret) {
        if (!secret.startsWith("whsec_")) {
            throw new IllegalArgumentException("no secret of Standard Webhooks");
        }
        this.key = Base64.getDecoder().decode(secret.substring(6));
    }

    int keyLength() {
        return key.length;
    }

    boolean verifies(Map<String, String> headers, String body) {
        String id = headers.get("webhook-id");
        String timestamp = headers.get("webhook-timestamp");
        String signatures = headers.get("webhook-signature");
        if (id == null || timestamp == null || signatures == null || id.contains(".")) {
            return false;
        }
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now())
                .abs();
        byte[] right = hmac(id + "." + timestamp + "." + body);
        return age.compareTo(TOLERANCE) < 0
                && Arrays.stream(signatures.split(" "))
                        .filter(signature -> signature.startsWith("v1,"))
                        .anyMatch(
                                signature -> Arrays.equals(Base64.getDecoder().decode(signature.substring(3)), right));
    }

    String sign(String id, long timestamp, String body) {
        return "v1," + Base64.getEncoder().encodeToString(hmac(id + "." + timestamp + "." + body));
    }

    private byte[] hmac(String content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
