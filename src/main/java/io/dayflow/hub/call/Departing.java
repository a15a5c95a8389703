package io.dayflow.hub.call;

import io.dayflow.hub.call.Departures.Departure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step before the network: puts the announced request in place of the one that came through the route, adds the
 * connection's credentials where they are trusted, and reads the answer up to its limits. Refuses every request that was
 * not announced. Thread-safe.
 */
public final class Departing implements ExecChainHandler {

    private static final Logger log = LoggerFactory.getLogger(Departing.class);
    private static final int CHUNK = 16 * 1024;

    private final Departures departures;
    private final Credentials credentials;
    private final int maxAnswer;
    private final Duration totalTimeout;

    public Departing(Departures departures, Credentials credentials, CallSettings settings) {
        this.departures = departures;
        this.credentials = credentials;
        this.maxAnswer = (int) settings.maxAnswerSize().toBytes();
        this.totalTimeout = settings.totalTimeout();
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest placeholder, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Header number = placeholder.getFirstHeader(Departures.HEADER);
        Departure departure = number == null ? null : departures.take(number.getValue());
        HttpHost target = scope.route.getTargetHost();
        if (departure == null
                || !bare(target.getHostName())
                        .equalsIgnoreCase(bare(departure.call().uri().getHost()))) {
            throw new ProtocolException("Requests go through direct:core.call alone");
        }
        long start = System.nanoTime();
        int status = 0;
        try {
            ClassicHttpResponse response = answer(request(departure, number.getValue(), target), scope, chain);
            status = response.getCode();
            return response;
        } finally {
            if (log.isDebugEnabled()) {
                URI uri = departure.call().uri();
                log.debug(
                        "{} {}{} {} {} ms, connection {}",
                        departure.call().method(),
                        uri.getHost(),
                        uri.getRawPath(),
                        status == 0 ? "no answer" : status,
                        (System.nanoTime() - start) / 1_000_000,
                        departure.connection());
            }
        }
    }

    /** The answer with all of its body, or none: neither outlasts its time or exceeds its size, headers included. */
    private ClassicHttpResponse answer(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        try (var deadline = Deadline.of(scope.execRuntime, totalTimeout)) {
            try {
                ClassicHttpResponse response = chain.proceed(request, scope);
                HttpEntity entity = response.getEntity();
                if (entity != null) {
                    response.setEntity(new ByteArrayEntity(read(entity, scope), null));
                }
                return response;
            } catch (MessageConstraintException headers) {
                throw new AnswerTooLarge();
            } catch (IOException | HttpException | IllegalStateException failed) {
                if (deadline.passed()) {
                    throw new AnswerTooSlow();
                }
                throw failed;
            }
        }
    }

    private ClassicHttpRequest request(Departure departure, String number, HttpHost target) {
        Call call = departure.call();
        var request = new BasicClassicHttpRequest(call.method(), target, path(call.uri()));
        call.headers().forEach(request::setHeader);
        String body = call.body();
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), null));
        }
        Credential credential = departure.trusted() ? credentials.find(departure.connection()) : null;
        if (credential != null) {
            departures.send(number, credential);
            request.setHeader(HttpHeaders.AUTHORIZATION, authorization(credential));
        }
        return request;
    }

    private static String authorization(Credential credential) {
        return switch (credential) {
            case Credential.Basic basic ->
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((basic.username() + ":"
                                                + basic.password().reveal())
                                        .getBytes(StandardCharsets.UTF_8));
            case Credential.Bearer bearer -> "Bearer " + bearer.token().reveal();
        };
    }

    private byte[] read(HttpEntity entity, ExecChain.Scope scope) throws IOException {
        InputStream in = entity.getContent();
        if (in == null) {
            return new byte[0];
        }
        boolean complete = false;
        try {
            byte[] body = read(in, entity.getContentLength());
            complete = true;
            in.close();
            return body;
        } finally {
            if (!complete) {
                // closing the stream would read the rest of the answer first
                scope.execRuntime.discardEndpoint();
            }
        }
    }

    private byte[] read(InputStream in, long announced) throws IOException {
        if (announced > maxAnswer) {
            throw new AnswerTooLarge();
        }
        byte[] buffer = new byte[(int) Math.max(CHUNK, announced + 1)];
        int length = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer, length, buffer.length - length)) {
            length += read;
            if (length > maxAnswer) {
                throw new AnswerTooLarge();
            }
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, maxAnswer + 1L));
            }
        }
        return Arrays.copyOf(buffer, length);
    }

    private static String path(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** A host's name; an IPv6 address without its brackets. */
    private static String bare(@Nullable String host) {
        String name = String.valueOf(host);
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }
}
