package io.dayflow.hub.server;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A service that a hub process knows by {@code src/test/resources/hooked}: its events say all there is to say of a task, so
 * that it never has to be asked. Immutable.
 */
public final class HookedService {

    /** The property by which the hub knows {@link #SECRET}. */
    public static final String SECRET_PROPERTY = "hub.providers.hooked.client-secret";

    public static final String SECRET = "the-secret-of-the-hooked-app";

    public final UUID user;
    public final UUID connection = UUID.randomUUID();
    private final String account = "account-" + connection;

    private HookedService(UUID user) {
        this.user = user;
    }

    /** Puts the service's files where a hub in this folder finds them. */
    public static void install(Path folder) {
        Path files = Path.of("src/test/resources/hooked").toAbsolutePath();
        HubFolder.copy(files, folder);
    }

    /** A new user with an account whose list "inbox" is kept in agreement. */
    public static HookedService connected(DayflowDatabase database) {
        HookedService service = new HookedService(database.createUser("Europe/Berlin"));
        database.execute("""
                insert into hub.connection (id, user_id, provider, display_name, account, endpoints, confirmed_at, last_sync_at)
                values (?, ?, 'hooked', 'Hooked', ?, jsonb_build_object('userId', ?::text), now(), now())
                """, service.connection, service.user, service.account, service.account);
        database.execute("""
                insert into hub.collection (id, connection_id, external_id, kind, name, selected)
                values (gen_random_uuid(), ?, 'inbox', 'task', 'Inbox', true)
                """, service.connection);
        return service;
    }

    /** That this task has this title in this version, padded to a size that such events usually have. */
    public byte[] event(String task, int version, String title) {
        return """
                {"user": "%s", "changed": [{"id": "%s", "version": "%06d", "list": "inbox",
                 "object": {"title": "%s", "description": "%s"}}]}
                """.formatted(account, task, version, title, "x".repeat(700)).getBytes(StandardCharsets.UTF_8);
    }

    /** The whole HTTP/1.1 request that delivers the event. */
    public static byte[] request(URI hub, String deliveryId, byte[] event) {
        byte[] head = """
                POST /api/webhooks/hooked HTTP/1.1\r
                Host: %s:%d\r
                Content-Type: application/json\r
                X-Hooked-Signature: %s\r
                X-Hooked-Delivery: %s\r
                Content-Length: %d\r
                \r
                """.formatted(hub.getHost(), hub.getPort(), signature(event), deliveryId, event.length)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + event.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(event, 0, whole, head.length, event.length);
        return whole;
    }

    static String signature(byte[] event) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(event));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
