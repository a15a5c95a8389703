package io.dayflow.hub.call;

import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Sorts failures of calls into {@link Fault}s. Pure. The messages hold no address, credential or body. */
public final class Faults {

    /** The patience after a refusal for rate that names no time; doubled for each in a row, up to {@link #LONGEST}. */
    static final Duration UNSTATED = Duration.ofSeconds(30);

    static final Duration LONGEST = Duration.ofMinutes(15);

    private Faults() {}

    /** As {@link #sort(Call, int, Map, String, Instant, FaultTable, int)} with the standard table and none before. */
    public static Fault sort(Call call, int status, Map<String, String> headers, String excerpt, Instant now) {
        return sort(call, status, headers, excerpt, now, FaultTable.STANDARD, 0);
    }

    /**
     * What an unexpected answer means.
     *
     * @param headers by lower-case name
     * @param excerpt the beginning of the body; quoted in part if it is plain text, or JSON that the table can read
     * @param inARow answers before this one, without another between, that asked for patience but named no time
     */
    public static Fault sort(
            Call call,
            int status,
            Map<String, String> headers,
            String excerpt,
            Instant now,
            FaultTable table,
            int inARow) {
        Instant until = RetryAfter.read(headers.get("retry-after"), now);
        FaultTable.Sort sort = table.of(status);
        boolean json = Reason.isJson(headers.get("content-type"));
        if (until == null && json && (sort == FaultTable.Sort.TRANSIENT || sort == FaultTable.Sort.RATE_LIMITED)) {
            until = RetryAfter.after(table.errors().patience(excerpt), now);
            sort = until == null ? sort : FaultTable.Sort.RATE_LIMITED;
        }
        if (until != null && (status == 503 || status == 429)) {
            sort = FaultTable.Sort.RATE_LIMITED;
        }
        String message = "The service answered " + status + " to " + call.method() + ": " + meaning(status)
                + (json ? Reason.of(table.errors().message(excerpt)) : Reason.of(headers.get("content-type"), excerpt));
        return switch (sort) {
            case TRANSIENT -> new Fault.Transient(message);
            case RATE_LIMITED -> new Fault.RateLimited(message, until != null ? until : now.plus(unstated(inARow)));
            case NEEDS_RECONNECT -> new Fault.NeedsReconnect(message);
            case REJECTED -> new Fault.Rejected(message);
            case GONE -> new Fault.Gone(message);
            case UNREADABLE -> new Fault.Unreadable(message);
        };
    }

    /** What it means that no answer came, or none that could be read. */
    public static Fault sort(Call call, Throwable failure) {
        Throwable cause = root(failure);
        String to = " (" + call.method() + ")";
        return switch (cause) {
            case FaultException e -> e.fault();
            case PrivateAddressRefused e -> new Fault.Rejected(String.valueOf(e.getMessage()));
            case AnswerTooLarge e -> new Fault.Rejected(String.valueOf(e.getMessage()));
            case UnknownHostException e -> new Fault.Transient("The service's host name could not be found" + to);
            case ConnectTimeoutException e -> new Fault.Transient("The service could not be reached in time" + to);
            case ConnectException e -> new Fault.Transient("The service could not be reached" + to);
            case NoRouteToHostException e -> new Fault.Transient("The service could not be reached" + to);
            case ConnectionRequestTimeoutException e ->
                new Fault.Transient("Too many calls to the service are open already" + to);
            case SocketTimeoutException e -> new Fault.Transient("The service did not answer in time" + to);
            case SSLHandshakeException e ->
                new Fault.Transient(
                        "No secure connection to the service could be made; its certificate may be bad" + to);
            case SSLPeerUnverifiedException e ->
                new Fault.Transient("The service's certificate is not for its host name" + to);
            case SSLException e -> new Fault.Transient("The secure connection to the service broke" + to);
            case NoHttpResponseException e -> new Fault.Transient(broken(to));
            case ConnectionClosedException e -> new Fault.Transient(broken(to));
            case SocketException e -> new Fault.Transient(broken(to));
            case InterruptedIOException e -> new Fault.Transient("The call was interrupted" + to);
            case InterruptedException e -> new Fault.Transient("The call was interrupted" + to);
            case RejectedExecutionException e -> new Fault.Transient("The hub is stopping" + to);
            case MalformedChunkCodingException e -> new Fault.Transient(broken(to));
            case ZipException e -> unreadable(to);
            case ProtocolException e -> unreadable(to);
            case IOException e -> new Fault.Transient(broken(to));
            default -> new Fault.Rejected("The request could not be made" + to);
        };
    }

    /** Whether a failure proves that the service saw nothing of the request. */
    public static boolean neverReached(Throwable failure) {
        return switch (root(failure)) {
            case UnknownHostException e -> true;
            case ConnectTimeoutException e -> true;
            case ConnectionRequestTimeoutException e -> true;
            case ConnectException e -> true;
            case NoRouteToHostException e -> true;
            case SSLHandshakeException e -> true;
            case SSLPeerUnverifiedException e -> true;
            default -> false;
        };
    }

    static Duration unstated(int inARow) {
        Duration doubled = UNSTATED.multipliedBy(1L << Math.clamp(inARow, 0, 10));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    /** The first cause that says more than its wrapper. */
    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; depth < 10; depth++) {
            Throwable next = wrapped(cause);
            if (next == null) {
                return cause;
            }
            cause = next;
        }
        return cause;
    }

    private static @Nullable Throwable wrapped(Throwable failure) {
        boolean wrapper = failure instanceof ClientProtocolException
                || failure instanceof UncheckedIOException
                || failure instanceof ExecutionException;
        return wrapper ? failure.getCause() : null;
    }

    private static String broken(String to) {
        return "The service broke the connection before its answer was complete" + to;
    }

    private static Fault unreadable(String to) {
        return new Fault.Unreadable("The service's answer is not proper HTTP" + to);
    }

    private static String meaning(int status) {
        return switch (status) {
            case 400 -> "it finds the request faulty";
            case 401 -> "it does not accept the credentials";
            case 403 -> "it does not allow this";
            case 404, 410 -> "it is not there";
            case 405, 501 -> "it does not offer this";
            case 408, 504 -> "it ran out of time";
            case 409, 412 -> "it conflicts with what the service holds";
            case 413 -> "it is too large";
            case 423 -> "it is locked";
            case 425, 502, 503 -> "it is not available now";
            case 429 -> "it asks for fewer requests";
            case 507 -> "its storage is full";
            default ->
                status < 400
                        ? "this was not expected"
                        : status < 500 ? "it refuses the request" : "it has an error of its own";
        };
    }
}
