package io.dayflow.hub.webhook;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.provider.Handshake;
import io.dayflow.hub.webhook.WebhookRefused.Reason;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers what services ask before they tell anything, from the request and the service's description alone: it reaches no
 * database, no secret and no event, so that whoever asks can do nothing by it but hear what was said. What is not exactly a
 * question is none, and goes the way of everything else that comes in.
 */
public final class Handshakes {

    /** Bytes of an answer. */
    private static final int LONGEST = 1024;

    /** Bytes of a body that may be a question: events are not read twice. */
    private static final int LARGEST = 8 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Handshakes() {}

    /**
     * Whether the service asks without a signature: by HEAD, or by a POST whose address has the parameter once, not empty, and
     * whose body is empty. A body is never skipped for the sake of a parameter.
     */
    public static boolean isUnsigned(Intake.Received received) {
        Handshake form = received.handshake();
        if (form == null || received.body().length > 0) {
            return false;
        }
        return isHead(received)
                || form.query() != null && parameter(received, form.query()).isPresent();
    }

    /** The answer to one that {@link #isUnsigned}; empty where there is nothing to say. */
    public static String answer(Intake.Received received) {
        Handshake form = received.handshake();
        if (form == null || isHead(received) || form.query() == null) {
            return "";
        }
        return harmless(
                parameter(received, form.query()).map(Handshakes::decoded).orElse(""));
    }

    /** Whether a body is a question. Only to be asked of one that was verified: it is parsed for that. */
    public static boolean isChallenge(Intake.Received verified) {
        return challenged(verified).isPresent();
    }

    /** The answer to one that {@link #isChallenge}. */
    public static String challenge(Intake.Received verified) {
        return harmless(challenged(verified).orElse(""));
    }

    private static boolean isHead(Intake.Received received) {
        return received.request().method().equals("HEAD");
    }

    private static Optional<String> challenged(Intake.Received verified) {
        Handshake form = verified.handshake();
        if (form == null || form.body() == null || verified.body().length > LARGEST) {
            return Optional.empty();
        }
        try {
            JsonNode body = JSON.readTree(verified.body());
            JsonNode answer = body.path(form.body().answer());
            return form.body().type().equals(body.path("type").textValue())
                            && answer.isTextual()
                            && !answer.textValue().isEmpty()
                    ? Optional.of(answer.textValue())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Its value as it was sent, where it is there once and says something. */
    private static Optional<String> parameter(Intake.Received received, String name) {
        String query = received.request().query();
        List<String> values = query == null
                ? List.of()
                : Stream.of(query.split("&"))
                        .filter(part -> part.equals(name) || part.startsWith(name + "="))
                        .map(part -> part.substring(Math.min(part.length(), name.length() + 1)))
                        .toList();
        return values.size() == 1 && !values.getFirst().isEmpty() ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private static String decoded(String value) {
        try {
            // bytes as characters, so that what is no UTF-8 is refused and not replaced
            byte[] bytes = URLDecoder.decode(value, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new WebhookRefused(Reason.UNREADABLE, "The value to be answered is not readable.");
        }
    }

    private static String harmless(String answer) {
        if (answer.getBytes(StandardCharsets.UTF_8).length > LONGEST
                || answer.chars().anyMatch(Character::isISOControl)) {
            throw new WebhookRefused(
                    Reason.UNREADABLE,
                    "The value to be answered is longer than " + LONGEST + " bytes, or holds control characters.");
        }
        return answer;
    }
}
