package io.dayflow.hub.oauth;

import io.dayflow.hub.call.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Reads answers whole, up to a size and for a time that no token needs: a service that drips, be it headers, holds nobody. */
final class SmallAnswers implements ExecChainHandler {

    private static final int LARGEST = 256 * 1024;

    private final Duration limit;

    SmallAnswers(Duration limit) {
        this.limit = limit;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        try (var deadline = Deadline.of(scope.execRuntime, limit)) {
            try {
                return whole(chain.proceed(request, scope), scope);
            } catch (IOException | HttpException | IllegalStateException failed) {
                if (deadline.passed()) {
                    throw new SocketTimeoutException("the answer takes too long");
                }
                throw failed;
            }
        }
    }

    private static ClassicHttpResponse whole(ClassicHttpResponse response, ExecChain.Scope scope) throws IOException {
        var entity = response.getEntity();
        if (entity != null) {
            boolean complete = false;
            try {
                response.setEntity(whole(entity));
                complete = true;
            } finally {
                if (!complete) {
                    scope.execRuntime.discardEndpoint();
                }
            }
        }
        return response;
    }

    private static HttpEntity whole(HttpEntity entity) throws IOException {
        var body = new byte[4096];
        int length = 0;
        try (InputStream in = entity.getContent()) {
            for (int read = in.read(body); read >= 0; read = in.read(body, length, body.length - length)) {
                length += read;
                if (length > LARGEST) {
                    throw new IOException("the answer is too large");
                }
                if (length == body.length) {
                    body = Arrays.copyOf(body, body.length * 2);
                }
            }
        }
        return new ByteArrayEntity(Arrays.copyOf(body, length), ContentType.parse(entity.getContentType()));
    }
}
