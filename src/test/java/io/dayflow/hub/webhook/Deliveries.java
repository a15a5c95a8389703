package io.dayflow.hub.webhook;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.security.Secret;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What the service of {@code testtasks.yaml} would send. */
final class Deliveries {

    static final String SECRET = "the-secret-of-the-test-app";

    private Deliveries() {}

    static String signature(String body) {
        return Base64.getEncoder()
                .encodeToString(Signatures.sign(Secret.of(SECRET), body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A signed delivery. */
    static HttpRequest.Builder signed(HubCalls hub, String id, String body) {
        return unsigned(hub, body).header("X-Test-Signature", signature(body)).header("X-Test-Delivery", id);
    }

    static HttpRequest.Builder unsigned(HubCalls hub, String body) {
        return hub.to("/api/webhooks/testtasks")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    static HttpResponse<String> deliver(HubCalls hub, String id, String body) {
        return hub.send(signed(hub, id, body));
    }
}
