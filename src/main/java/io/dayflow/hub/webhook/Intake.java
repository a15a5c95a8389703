package io.dayflow.hub.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dayflow.hub.alert.Rule;
import io.dayflow.hub.alert.Signals;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.AuditThrottle;
import io.dayflow.hub.provider.Handshake;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.security.ClientNetwork;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.storage.Columns;
import io.dayflow.hub.webhook.Signatures.Verdict;
import io.dayflow.hub.webhook.WebhookRefused.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * From a request to a stored delivery. Nothing of a body is parsed, and nothing but a line in the audit trail is kept,
 * before its signature is found good. Every refusal is a {@link WebhookRefused}. Thread-safe.
 */
@Component
public class Intake {

    private static final int LONGEST_ID = 200;
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final ProviderCatalog catalog;
    private final WebhookSecrets secrets;
    private final Bodies bodies;
    private final Inbox inbox;
    private final AuditThrottle audit;
    private final Signals signals;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Intake(
            ProviderCatalog catalog,
            WebhookSecrets secrets,
            Bodies bodies,
            Inbox inbox,
            AuditThrottle audit,
            Signals signals,
            JdbcClient jdbc,
            Clock clock,
            Supplier<UUID> ids) {
        this.catalog = catalog;
        this.secrets = secrets;
        this.bodies = bodies;
        this.inbox = inbox;
        this.audit = audit;
        this.signals = signals;
        this.jdbc = jdbc;
        this.clock = clock;
        this.ids = ids;
    }

    /** A request, as far as it matters here. */
    public interface Request {

        /** {@code POST} or {@code HEAD}. */
        String method();

        /** The called address in parts, as they were sent: the service, and where it names one, the integration. */
        List<String> path();

        /** What the called address has behind its question mark, as it was sent; null where it has none. */
        @Nullable
        String query();

        /** The values of all headers of that name; empty those that hold control characters. */
        List<String> headers(String name);

        /** As the request says, or negative. */
        long announcedLength();

        InputStream body() throws IOException;

        @Nullable
        String remoteAddress();
    }

    /**
     * A request whose body is read.
     *
     * @param form how the service tells of changes; null where it has no routes, and nothing that it tells is taken
     * @param handshake how it asks before; null where it does not
     * @param connectionId the connection that the called address names; null where it names none
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    public record Received(
            Request request,
            String provider,
            Provider.@Nullable Webhook form,
            @Nullable Handshake handshake,
            @Nullable UUID connectionId,
            byte[] body) {

        /** How it has to be signed; null where nothing that is signed is taken. */
        private Provider.@Nullable Signature signature() {
            if (form != null) {
                return form.signature();
            }
            return handshake != null && handshake.body() != null
                    ? handshake.body().signature()
                    : null;
        }
    }

    /** Reads the body, if the service and, where the address names one, the integration can be. */
    public Received receive(Request request) {
        List<String> path = request.path();
        String service = path.isEmpty() ? "" : path.getFirst();
        Handshake handshake = catalog.handshake(service).orElse(null);
        boolean head = request.method().equals("HEAD");
        if (head && (handshake == null || !handshake.head())) {
            throw new WebhookRefused(Reason.METHOD, "This address takes POST only.");
        }
        if (path.isEmpty() || path.size() > 2) {
            throw absent("address");
        }
        String integrationId = path.size() == 2 ? path.getLast() : null;
        Provider.Webhook form = catalog.find(service).map(Provider::webhook).orElse(null);
        if (form == null && handshake == null) {
            throw absent("service with webhooks");
        }
        if (integrationId != null && !ID.matcher(integrationId).matches()) {
            throw absent("integration");
        }
        try {
            return new Received(
                    request,
                    service,
                    form,
                    handshake,
                    integrationId == null ? null : UUID.fromString(integrationId),
                    head ? new byte[0] : bodies.read(request.body(), request.announcedLength()));
        } catch (IOException e) {
            throw new WebhookRefused(Reason.UNREADABLE, "The body did not arrive.");
        }
    }

    /** Passes what the service has signed; anything else leaves a line in the audit trail. */
    public void verify(Received received) {
        Provider.Signature signature = received.signature();
        if (signature == null) {
            throw absent("service with webhooks");
        }
        List<Secret> valid = secrets.of(received.provider(), received.connectionId());
        String fault = null;
        if (valid.isEmpty()) {
            fault = "no_secret";
        } else {
            Verdict verdict =
                    Signatures.verify(signature, valid, received.request()::headers, received.body(), clock.instant());
            if (verdict != Verdict.GOOD) {
                fault = verdict.id();
            }
        }
        if (fault != null) {
            Map<String, Object> detail = new HashMap<>();
            detail.put("signature", fault);
            audit.record(new AuditLine(
                    null,
                    AuditLine.ANONYMOUS,
                    "webhook.refused",
                    received.provider(),
                    detail,
                    received.request().remoteAddress()));
            signals.tell(
                    Rule.WEBHOOK_SIGNATURE,
                    received.provider() + " "
                            + ClientNetwork.of(received.request().remoteAddress()),
                    null);
            throw new WebhookRefused(Reason.UNSIGNED, "The body is not signed by the service.");
        }
    }

    /** Returns when the delivery is stored durably. */
    public void store(Received received) {
        Provider.Webhook form = received.form();
        if (form == null) {
            throw absent("service with webhooks");
        }
        if (!isJson(received.body())) {
            throw new WebhookRefused(Reason.UNREADABLE, "The body is no JSON object or array.");
        }
        UUID connection = received.connectionId();
        if (connection != null && !isConnected(received.provider(), connection)) {
            tellIfDisconnected(received.provider(), connection);
            throw absent("integration");
        }
        UUID id = ids.get();
        inbox.store(new Delivery(
                id,
                received.provider(),
                received.connectionId(),
                deliveryId(received, form, id),
                received.body(),
                clock.instant()));
    }

    /**
     * What tells an event from others. Where the service sends none, every delivery is an event of its own: two changes of
     * one object may well be told in the same words, and taking the second for the first would lose it.
     */
    private static String deliveryId(Received received, Provider.Webhook form, UUID ownId) {
        String header = form.deliveryHeader();
        List<String> values = header == null ? List.of() : received.request().headers(header);
        String named = values.isEmpty() ? "" : values.getFirst().strip();
        if (named.isEmpty() || named.length() > LONGEST_ID) {
            return "own:" + ownId;
        }
        // whoever knows the secret of one connection must not use up ids of another's deliveries
        UUID connection = received.connectionId();
        return connection == null ? "id:" + named : "at:" + connection + ":" + named;
    }

    private boolean isConnected(String provider, UUID connectionId) {
        return jdbc.sql("""
                        select exists (select 1 from hub.connection
                                       where id = :id and provider = :provider and disconnected_at is null)
                        """)
                .param("id", connectionId)
                .param("provider", provider)
                .query(Boolean.class)
                .single();
    }

    private void tellIfDisconnected(String provider, UUID connectionId) {
        jdbc.sql("""
                        select user_id, disconnected_at from hub.connection
                        where id = :id and provider = :provider and disconnected_at is not null
                        """).param("id", connectionId).param("provider", provider).query(row -> {
            signals.tellOfDisconnected(
                    connectionId, Columns.id(row, "user_id"), Columns.instant(row, "disconnected_at"));
        });
    }

    /** Reads without keeping anything: what an event means is read when it is worked on. */
    static boolean isJson(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static WebhookRefused absent(String what) {
        return new WebhookRefused(Reason.NOT_FOUND, "There is no such " + what + ".");
    }
}
