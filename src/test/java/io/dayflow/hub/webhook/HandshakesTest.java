package io.dayflow.hub.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.provider.Handshake;
import io.dayflow.hub.provider.Provider.Signature;
import io.dayflow.hub.provider.ProviderCatalog;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a question, and what is said to it. */
class HandshakesTest {

    private static final Signature SIGNATURE = new Signature("X-Signature", Signature.Encoding.HEX, "");
    private static final Handshake FORM =
            new Handshake("token", new Handshake.Challenge("url_verification", "challenge", SIGNATURE), true);

    @ParameterizedTest
    @ValueSource(strings = {"token=abc", "x=1&token=abc", "token=abc&tokens=2", "token=abc&x=%zz", "token=%61bc"})
    void aParameterWithoutABodyIsAnsweredWithItsValue(String query) {
        var received = post(FORM, query, "");

        assertThat(Handshakes.isUnsigned(received)).isTrue();
        assertThat(Handshakes.answer(received)).isEqualTo("abc");
    }

    @Test
    void theValueIsDecoded() {
        assertThat(Handshakes.answer(post(FORM, "token=Validation%3a+Gr%C3%BC%C3%9Fe%20%2B%3Cb%3E%26%3D=", "")))
                .isEqualTo("Validation: Grüße +<b>&==");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "token",
                "token=",
                "Token=abc",
                "tokens=abc",
                "x=token=abc",
                "token=a&token=b",
                "token=a&token"
            })
    void whatIsNotExactlyAQuestionIsNone(String query) {
        assertThat(Handshakes.isUnsigned(post(FORM, query, ""))).isFalse();
    }

    @Test
    void aBodyIsNeverSkippedForTheSakeOfAParameter() {
        assertThat(Handshakes.isUnsigned(post(FORM, "token=abc", " "))).isFalse();
        assertThat(Handshakes.isUnsigned(post(FORM, "token=abc", "{\"value\":[]}")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%zz", "%", "%4", "%ff", "%c3%28", "a%0d%0aSet-Cookie:%20a=b", "a%00", "%1b[2J", "a%7f", "%c2%85"
            })
    void whatIsNoPlainTextIsRefused(String value) {
        var received = post(FORM, "token=" + value, "");

        assertThat(Handshakes.isUnsigned(received)).isTrue();
        assertThatThrownBy(() -> Handshakes.answer(received)).isInstanceOf(WebhookRefused.class);
    }

    @Test
    void anAnswerHasAtMostAKibibyte() {
        assertThat(Handshakes.answer(post(FORM, "token=" + "a".repeat(1024), "")))
                .hasSize(1024);
        assertThat(Handshakes.answer(post(FORM, "token=" + "%61".repeat(1024), "")))
                .hasSize(1024);
        assertThatThrownBy(() -> Handshakes.answer(post(FORM, "token=" + "a".repeat(1025), "")))
                .isInstanceOf(WebhookRefused.class);
        assertThatThrownBy(() -> Handshakes.answer(post(FORM, "token=" + "%c3%bc".repeat(513), "")))
                .isInstanceOf(WebhookRefused.class);
        assertThatThrownBy(() -> Handshakes.challenge(post(FORM, null, asking("\"" + "a".repeat(1025) + "\""))))
                .isInstanceOf(WebhookRefused.class);
        assertThatThrownBy(() -> Handshakes.challenge(post(FORM, null, asking("\"a\\u0000\""))))
                .isInstanceOf(WebhookRefused.class);
    }

    @Test
    void headIsAnsweredWithNothing() {
        var received = received("HEAD", FORM, "token=abc", "");

        assertThat(Handshakes.isUnsigned(received)).isTrue();
        assertThat(Handshakes.answer(received)).isEmpty();
    }

    @Test
    void aChallengeIsAnsweredWithItsText() {
        var received = post(FORM, null, asking("\"3eZ<b>\""));

        assertThat(Handshakes.isUnsigned(received)).isFalse();
        assertThat(Handshakes.isChallenge(received)).isTrue();
        assertThat(Handshakes.challenge(received)).isEqualTo("3eZ<b>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "\"url_verification\"",
                "{\"type\":\"url_verification\"}",
                "{\"type\":\"event_callback\",\"challenge\":\"a\"}",
                "{\"type\":[\"url_verification\"],\"challenge\":\"a\"}",
                "{\"challenge\":\"a\"}",
                "{\"type\":\"url_verification\",\"challenge\":\"\"}",
                "{\"type\":\"url_verification\",\"challenge\":7}",
                "{\"type\":\"url_verification\",\"challenge\":{\"a\":1}}",
                "{\"event\":{\"type\":\"url_verification\",\"challenge\":\"a\"}}",
                "{\"type\":\"url_verification\",\"challenge\":\"a\"} {}"
            })
    void whatIsNotExactlyAChallengeIsNone(String body) {
        assertThat(Handshakes.isChallenge(post(FORM, null, body))).isFalse();
    }

    @Test
    void aLargeBodyIsNoChallenge() {
        var large = asking("\"a\",\"x\":\"" + "x".repeat(8192) + "\"");

        assertThat(Handshakes.isChallenge(post(FORM, null, large))).isFalse();
    }

    @Test
    void whoDoesNotAskIsNotAnswered() {
        var headOnly = new Handshake(null, null, true);
        for (var form : new Handshake[] {null, headOnly}) {
            assertThat(Handshakes.isUnsigned(post(form, "token=abc", ""))).isFalse();
            assertThat(Handshakes.isChallenge(post(form, null, asking("\"a\""))))
                    .isFalse();
        }
    }

    @Test
    void theServicesThatShipAskAsTheirDescriptionsSay() {
        var catalog = new ProviderCatalog(Path.of("config/providers"), id -> null);

        for (var service : List.of("outlook", "microsoft-teams")) {
            assertThat(catalog.handshake(service)).contains(new Handshake("validationToken", null, false));
        }
        assertThat(catalog.handshake("trello")).contains(new Handshake(null, null, true));
        var challenge = catalog.handshake("slack").orElseThrow().body();
        assertThat(challenge).isNotNull();
        assertThat(challenge.type()).isEqualTo("url_verification");
        assertThat(challenge.answer()).isEqualTo("challenge");
        for (var service : List.of("todoist", "caldav", "notion", "linear")) {
            assertThat(catalog.handshake(service)).as(service).isEmpty();
        }
        for (var service : List.of("outlook", "microsoft-teams", "trello", "slack")) {
            assertThat(catalog.find(service))
                    .as("%s tells nothing that is taken", service)
                    .isEmpty();
        }
    }

    private static String asking(String challenge) {
        return "{\"token\":\"x\",\"type\":\"url_verification\",\"challenge\":%s}".formatted(challenge);
    }

    private static Intake.Received post(@Nullable Handshake form, @Nullable String query, String body) {
        return received("POST", form, query, body);
    }

    private static Intake.Received received(
            String method, @Nullable Handshake form, @Nullable String query, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Intake.Received(new Asked(method, query, bytes), "some", null, form, null, bytes);
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    private record Asked(String method, @Nullable String query, byte[] bytes) implements Intake.Request {

        @Override
        public List<String> path() {
            return List.of("some");
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public long announcedLength() {
            return bytes.length;
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public @Nullable String remoteAddress() {
            return null;
        }
    }
}
