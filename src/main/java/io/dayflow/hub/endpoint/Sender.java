package io.dayflow.hub.endpoint;

import io.dayflow.hub.endpoint.Outbox.Parcel;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes one attempt: on the connections of all other calls, whose addresses are guarded; no redirect is followed, the answer's
 * body is not kept, and the whole takes no longer than {@code hub.endpoints.timeout}. Throws nothing. Thread-safe.
 */
@Component
public class Sender {

    private static final Logger log = LoggerFactory.getLogger(Sender.class);
    private static final int GONE = 410;
    private static final int READ = 16 * 1024;
    private static final long LONGEST_PATIENCE = Duration.ofDays(1).toSeconds();

    private final CloseableHttpClient client;
    private final Target target;
    private final Duration timeout;
    private final Clock clock;

    Sender(PoolingHttpClientConnectionManager connections, Target target, EndpointSettings settings, Clock clock) {
        this.target = target;
        this.timeout = settings.timeout();
        this.clock = clock;
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionManagerShared(true)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("DayFlow-Hub")
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(timeout))
                        .setResponseTimeout(Timeout.of(timeout))
                        .build())
                .build();
    }

    /** Sends it and says how that went. */
    public Outcome send(Parcel parcel) {
        URI uri = URI.create(parcel.url());
        if (target.isPlain(uri)) {
            return new Outcome.Failed(null, "The address is plain http, which is refused.", null);
        }
        Instant at = clock.instant();
        String id = "msg_" + parcel.messageId();
        HttpPost post = new HttpPost(uri);
        post.setHeader("webhook-id", id);
        post.setHeader("webhook-timestamp", Long.toString(at.getEpochSecond()));
        post.setHeader("webhook-signature", Signing.header(parcel.secrets(), id, at, parcel.body()));
        post.setEntity(new ByteArrayEntity(
                parcel.body().getBytes(StandardCharsets.UTF_8),
                ContentType.APPLICATION_JSON.withCharset((String) null)));
        // an answer that drips would outlast every timeout between two of its bytes
        var end = CompletableFuture.runAsync(
                post::cancel, CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS));
        try {
            // the connections' own look lets through what the hub itself may call
            target.resolve(uri);
            // closed, not read to its end, where it is long
            try (ClassicHttpResponse answer = client.executeOpen(null, post, null)) {
                return outcome(answer);
            }
        } catch (IOException e) {
            return new Outcome.Failed(null, problem(e, post.isCancelled()), null);
        } finally {
            end.cancel(false);
        }
    }

    private static Outcome outcome(ClassicHttpResponse answer) {
        int status = answer.getCode();
        readShort(answer);
        if (status >= 200 && status < 300) {
            return new Outcome.Taken(status);
        }
        if (status == GONE) {
            return new Outcome.Gone();
        }
        String problem = status >= 300 && status < 400
                ? "It answered " + status + ": redirects are not followed."
                : "It answered " + status + ".";
        return new Outcome.Failed(status, problem, patience(answer.getFirstHeader("Retry-After")));
    }

    /** So that the connection serves again. The status alone counts: what goes wrong from here on is no matter. */
    private static void readShort(ClassicHttpResponse answer) {
        try {
            InputStream in =
                    answer.getEntity() == null ? null : answer.getEntity().getContent();
            if (in != null) {
                in.readNBytes(READ);
            }
        } catch (IOException e) {
            log.debug("An answer to a webhook ended early: {}", e.getMessage());
        }
    }

    /** Seconds only: a receiver that names a date is tried by the schedule. */
    private static @Nullable Duration patience(@Nullable Header header) {
        String text = header == null ? "" : header.getValue().strip();
        return text.matches("[0-9]{1,9}") ? Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_PATIENCE)) : null;
    }

    private String problem(IOException e, boolean tooLong) {
        return switch (e) {
            case UnknownHostException unknown
            when target.isInside(unknown) ->
                "The address leads to this machine or a private network, which is refused.";
            case UnknownHostException unknown -> "The host's name is not known.";
            case SSLException tls -> "No secure connection could be made.";
            case SocketTimeoutException late -> "It did not answer in time.";
            case InterruptedIOException stopped -> "It did not answer in time.";
            default ->
                tooLong ? "It did not answer in time." : "The connection failed or was closed without an answer.";
        };
    }
}
