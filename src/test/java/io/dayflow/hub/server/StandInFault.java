package io.dayflow.hub.server;

import io.dayflow.hub.sandbox.caldav.StandInReply;
import io.dayflow.hub.sandbox.caldav.StandInRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One way in which the stand-in misbehaves: for every matching request, or the next n of them.
 *
 * <pre>{@code
 * standIn.fault(StandInFault.status(503).times(2).on("PUT"));
 * standIn.fault(StandInFault.loseAnswer().once().on("PUT").under("/dav/calendars/alice/work/"));
 * }</pre>
 */
public record StandInFault(Effect effect, int times, Predicate<StandInRequest> matches) {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    /** What is done to a request. */
    public sealed interface Effect {
        /** Nothing is done, this is answered. */
        record Answer(int status, Map<String, String> headers, String body) implements Effect {}

        /** The answer waits this long before anything is done; other faults still apply. */
        record Wait(Duration delay) implements Effect {}

        /** Nothing is done, the connection is reset. */
        record Cut() implements Effect {}

        /** It is done, the connection is closed after half of the answer's body. */
        record CutHalfway() implements Effect {}

        /** It is done, the connection is reset without an answer. */
        record LoseAnswer() implements Effect {}

        /** It is done, and the answer's XML breaks off in its middle with the length still right. */
        record BreakXml() implements Effect {}

        /** It is done, and the answer carries no ETag. */
        record HideEtag() implements Effect {}
    }

    private static StandInFault of(Effect effect) {
        return new StandInFault(effect, Integer.MAX_VALUE, request -> true);
    }

    /** A bare status with a short text. */
    public static StandInFault status(int status) {
        return of(new Effect.Answer(status, Map.of("Content-Type", "text/plain"), "status " + status + " on request"));
    }

    /** Any answer, word for word. */
    public static StandInFault answer(int status, String contentType, String body) {
        return of(new Effect.Answer(status, Map.of("Content-Type", contentType), body));
    }

    /** 429 with {@code Retry-After} in seconds. */
    public static StandInFault tooManyRequests(Duration retryAfter) {
        return status(429).header("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    /** 429 with {@code Retry-After} as a date. */
    public static StandInFault tooManyRequests(Instant retryAfter) {
        return status(429).header("Retry-After", HTTP_DATE.format(retryAfter));
    }

    /** A status with an XML precondition, for example {@code "<D:no-uid-conflict/>"} with prefixes D and C. */
    public static StandInFault precondition(int status, String element) {
        String body = new String(StandInReply.precondition(status, element).body(), StandardCharsets.UTF_8);
        return of(new Effect.Answer(status, Map.of("Content-Type", "application/xml; charset=utf-8"), body));
    }

    /** 403 {@code need-privileges}: signed in, but not allowed. */
    public static StandInFault needPrivileges() {
        return precondition(403, "<D:need-privileges/>");
    }

    /** 403 {@code valid-calendar-data}: the object is refused for good. */
    public static StandInFault badCalendarData() {
        return precondition(403, "<C:valid-calendar-data/>");
    }

    /** 409 {@code no-uid-conflict}. */
    public static StandInFault uidConflict() {
        return precondition(409, "<C:no-uid-conflict/>");
    }

    /** 403 {@code valid-sync-token}, for the REPORTs that carry a token. */
    public static StandInFault expiredToken() {
        return precondition(403, "<D:valid-sync-token/>").onToken();
    }

    public static StandInFault slow(Duration delay) {
        return of(new Effect.Wait(delay));
    }

    public static StandInFault cut() {
        return of(new Effect.Cut());
    }

    public static StandInFault cutHalfway() {
        return of(new Effect.CutHalfway());
    }

    public static StandInFault loseAnswer() {
        return of(new Effect.LoseAnswer());
    }

    public static StandInFault malformedXml() {
        return of(new Effect.BreakXml());
    }

    public static StandInFault hideEtag() {
        return of(new Effect.HideEtag());
    }

    public StandInFault times(int n) {
        return new StandInFault(effect, n, matches);
    }

    public StandInFault once() {
        return times(1);
    }

    /** Only requests of this method. */
    public StandInFault on(String method) {
        return and(request -> request.method().equals(method));
    }

    /** Only token walks that carry a token, so not the first one. */
    public StandInFault onToken() {
        return on("REPORT")
                .and(request -> request.body().contains("sync-token>")
                        && !request.body().contains("sync-token></"));
    }

    /** Only requests whose path begins so. */
    public StandInFault under(String path) {
        return and(request -> request.path().startsWith(path));
    }

    public StandInFault and(Predicate<StandInRequest> condition) {
        return new StandInFault(effect, times, matches.and(condition));
    }

    /** The same answer with one more header; only for faults that are an answer. */
    public StandInFault header(String name, String value) {
        if (!(effect instanceof Effect.Answer answer)) {
            throw new IllegalStateException("only an answer has headers");
        }
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.put(name, value);
        return new StandInFault(new Effect.Answer(answer.status(), headers, answer.body()), times, matches);
    }
}
