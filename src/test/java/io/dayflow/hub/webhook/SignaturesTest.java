package io.dayflow.hub.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.provider.Provider.Signature;
import io.dayflow.hub.provider.Provider.Signature.Encoding;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.webhook.Signatures.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {

    private static final Secret SECRET = Secret.of("s3cret of the app");
    private static final byte[] BODY =
            "{\"event\":\"item:added\",\"title\":\"Grüße\"}".getBytes(StandardCharsets.UTF_8);
    private static final Signature BASE64 = new Signature("X-Signature", Encoding.BASE64, "");
    private static final Signature HEX = new Signature("X-Signature", Encoding.HEX, "sha256=");

    @Test
    void whatTheServiceSignedPassesInEitherEncoding() {
        assertThat(base64(digest("HmacSHA256", SECRET, BODY))).isEqualTo(Verdict.GOOD);
        assertThat(hex("sha256=" + hexDigest())).isEqualTo(Verdict.GOOD);
        assertThat(hex("sha256=" + hexDigest().toUpperCase(Locale.ROOT))).isEqualTo(Verdict.GOOD);
    }

    @Test
    void itIsTheHmacThatIsPublishedAsAnExample() {
        // RFC 4231, test case 2
        byte[] digest =
                Signatures.sign(Secret.of("Jefe"), "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII));

        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void noneOrMoreThanOneIsMissing() {
        String good = Base64.getEncoder().encodeToString(Signatures.sign(SECRET, BODY));

        assertThat(verify(BASE64, SECRET, List.of(), BODY)).isEqualTo(Verdict.MISSING);
        assertThat(verify(BASE64, SECRET, List.of(""), BODY)).isEqualTo(Verdict.MISSING);
        assertThat(verify(BASE64, SECRET, List.of("  "), BODY)).isEqualTo(Verdict.MISSING);
        assertThat(verify(BASE64, SECRET, List.of(good, good), BODY)).isEqualTo(Verdict.MISSING);
    }

    @Test
    void noPartOfAGoodOnePassesAndNoMoreThanIt() {
        byte[] whole = Signatures.sign(SECRET, BODY);
        String text = Base64.getEncoder().encodeToString(whole);

        for (int length = 1; length < text.length(); length++) {
            // without its padding the text still says the whole digest
            if (length < text.length() - 1) {
                assertThat(verify(BASE64, SECRET, List.of(text.substring(0, length)), BODY))
                        .as("%d characters", length)
                        .isEqualTo(Verdict.MALFORMED);
            }
        }
        assertThat(verify(BASE64, SECRET, List.of(text + text), BODY)).isEqualTo(Verdict.MALFORMED);
        for (int length = 0; length < 64; length++) {
            assertThat(hex("sha256=" + hexDigest().substring(0, length))).isEqualTo(Verdict.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!!", "null", "sha256=", "0", "====", "AAAA", "\u00e4\u00f6\u00fc"})
    void whatIsNoDigestIsMalformed(String text) {
        assertThat(verify(BASE64, SECRET, List.of(text), BODY)).isEqualTo(Verdict.MALFORMED);
        assertThat(hex(text)).isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void theOtherEncodingAndAMissingPrefixAreMalformed() {
        assertThat(verify(BASE64, SECRET, List.of(hexDigest()), BODY)).isEqualTo(Verdict.MALFORMED);
        assertThat(hex("sha256=" + Base64.getEncoder().encodeToString(Signatures.sign(SECRET, BODY))))
                .isEqualTo(Verdict.MALFORMED);
        assertThat(hex(hexDigest())).isEqualTo(Verdict.MALFORMED);
        assertThat(hex("sha1=" + hexDigest())).isEqualTo(Verdict.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "HmacSHA1, MALFORMED",
        "HmacSHA384, MALFORMED",
        "HmacSHA512, MALFORMED",
        "HmacSHA512/256, WRONG",
        "HmacSHA3-256, WRONG"
    })
    void anotherAlgorithmDoesNotPass(String algorithm, Verdict verdict) {
        assertThat(base64(digest(algorithm, SECRET, BODY))).isEqualTo(verdict);
    }

    @Test
    void anotherSecretAnotherBodyAndOneChangedBitAreWrong() {
        byte[] good = Signatures.sign(SECRET, BODY);
        byte[] changed = BODY.clone();
        changed[BODY.length - 2] ^= 1;

        assertThat(base64(digest("HmacSHA256", Secret.of("another"), BODY))).isEqualTo(Verdict.WRONG);
        assertThat(verify(BASE64, SECRET, List.of(Base64.getEncoder().encodeToString(good)), changed))
                .isEqualTo(Verdict.WRONG);
        Random random = new Random(7);
        for (int i = 0; i < 64; i++) {
            byte[] bent = good.clone();
            bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(base64(bent)).isEqualTo(Verdict.WRONG);
        }
    }

    @Test
    void aTimeThatIsSignedAlongHasToBeNear() {
        Instant at = Instant.ofEpochSecond(1_800_000_000L);

        assertThat(timed("1800000000", at)).isEqualTo(Verdict.GOOD);
        assertThat(timed("1800000000", at.plusSeconds(300))).isEqualTo(Verdict.GOOD);
        assertThat(timed("1800000000", at.minusSeconds(300))).isEqualTo(Verdict.GOOD);
        assertThat(timed("1800000000", at.plusSeconds(301))).isEqualTo(Verdict.STALE);
        assertThat(timed("1800000000", at.minusSeconds(301))).isEqualTo(Verdict.STALE);
        assertThat(timed("1800000001", at)).as("another time than was signed").isEqualTo(Verdict.WRONG);
        assertThat(timed("01800000000", at)).as("written otherwise").isEqualTo(Verdict.WRONG);
        for (var odd : List.of("soon", "", "-1", "1800000000.0", "123456789012", "\u0661800000000")) {
            assertThat(timed(odd, at)).as(odd).isEqualTo(Verdict.MALFORMED);
        }
        assertThat(timed(null, at)).isEqualTo(Verdict.MISSING);
    }

    /** Signed at 1800000000, with the second of two secrets. */
    private static Verdict timed(@Nullable String claimed, Instant now) {
        var form = new Signature(
                "X-Signature",
                Encoding.HEX,
                "v0=",
                new Signature.Timestamp("X-Time", "v0:", ":", Duration.ofMinutes(5)));
        byte[] whole = ("v0:1800000000:" + new String(BODY, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        String good = "v0=" + HexFormat.of().formatHex(Signatures.sign(SECRET, whole));
        List<String> times = claimed == null ? List.of() : List.of(claimed);
        return Signatures.verify(
                form,
                List.of(Secret.of("the first of two"), SECRET),
                name -> name.equals("X-Time") ? times : List.of(good),
                BODY,
                now);
    }

    private static Verdict base64(byte[] digest) {
        return verify(BASE64, SECRET, List.of(Base64.getEncoder().encodeToString(digest)), BODY);
    }

    private static Verdict hex(String text) {
        return verify(HEX, SECRET, List.of(text), BODY);
    }

    private static String hexDigest() {
        return HexFormat.of().formatHex(Signatures.sign(SECRET, BODY));
    }

    private static byte[] digest(String algorithm, Secret secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Verdict verify(Signature form, Secret secret, List<String> values, byte[] body) {
        return Signatures.verify(form, List.of(secret), name -> values, body, Instant.EPOCH);
    }
}
