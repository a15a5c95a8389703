package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.sandbox.Deliveries;
import io.dayflow.hub.sandbox.Deliveries.Delivery;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells what happened in an account by webhook, in the service's form and with its signature. */
final class TodoistEvents {

    private static final String ALGORITHM = "HmacSHA256";

    private final Deliveries deliveries;
    private final Supplier<String> secret;

    TodoistEvents(Deliveries deliveries, Supplier<String> secret) {
        this.deliveries = deliveries;
        this.secret = secret;
    }

    void tell(ObjectNode user, List<Ledger.Event> events) {
        if (!secret.get().isEmpty()) {
            deliveries.send(
                    user.path("id").asText(),
                    events.stream().map(event -> delivery(body(user, event))).toList());
        }
    }

    static ObjectNode body(ObjectNode user, Ledger.Event event) {
        var id = user.path("id").asText();
        var body = Ledger.object();
        body.put("event_name", event.name());
        body.put("user_id", id);
        body.set("event_data", event.data());
        if (event.extra() != null) {
            body.set("event_data_extra", event.extra());
        }
        body.putObject("initiator")
                .put("id", id)
                .put("email", user.path("email").asText())
                .put("full_name", user.path("full_name").asText())
                .put("is_premium", user.path("is_premium").asBoolean())
                .putNull("image_id");
        body.put("triggered_at", event.at());
        body.put("version", "1");
        return body;
    }

    private Delivery delivery(ObjectNode body) {
        var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return new Delivery(
                bytes,
                Map.of(
                        "Content-Type",
                        "application/json; charset=utf-8",
                        "User-Agent",
                        "Todoist-Webhooks",
                        "X-Todoist-Delivery-ID",
                        UUID.randomUUID().toString(),
                        "X-Todoist-Hmac-SHA256",
                        signature(bytes)));
    }

    private String signature(byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.get().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
