package io.dayflow.hub.caldav;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends calls over the JDK's client, as the call door does: redirects keep the method, statuses become faults. */
final class HttpDoor implements Function<Call, Answer> {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final @Nullable String authorization;

    /** @param credentials like {@code alice:secret}; null sends none */
    HttpDoor(@Nullable String credentials) {
        authorization = credentials == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Answer apply(Call call) {
        URI at = call.uri();
        for (int redirects = 0; redirects < 5; redirects++) {
            HttpResponse<byte[]> response = repeated(call, at);
            int status = response.statusCode();
            if (status / 100 == 2 || call.expected().contains(status)) {
                Map<String, String> headers = new HashMap<>();
                response.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
                return new Answer(status, headers, response.body(), at);
            }
            var location = response.headers().firstValue("location");
            if (status / 100 != 3 || location.isEmpty()) {
                throw Routes.fault(status);
            }
            at = at.resolve(location.get());
        }
        throw Routes.fault(310);
    }

    /** Once more where the server closed a connection that was kept open: the JDK's client finds out too late. */
    private HttpResponse<byte[]> repeated(Call call, URI at) {
        try {
            return send(call, at);
        } catch (UncheckedIOException e) {
            return send(call, at);
        }
    }

    private HttpResponse<byte[]> send(Call call, URI at) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at)
                .method(
                        call.method(),
                        call.body() == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(call.body()));
        call.headers().forEach(request::header);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
