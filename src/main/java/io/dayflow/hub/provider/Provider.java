package io.dayflow.hub.provider;

import io.dayflow.hub.item.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A service as the hub knows it: what {@code config/providers/<id>.yaml} says.
 *
 * @param id its name everywhere, for example in {@code hub.connection.provider}
 * @param type {@code task_management} or {@code calendar}
 * @param routes the first part of its routes' endpoints, {@code direct:<routes>.<verb>}; siblings may share them
 * @param address where it answers, unless the user names an address; null where only the user knows
 * @param domain the domain whose DNS records lead to it; null where there is none
 * @param views by kind, the document that tells how it would hold the fields; a kind without one holds them as they are
 * @param faults what its error answers mean where that differs from every other service
 * @param fields the canonical fields it can hold, by kind
 * @param webhook how it tells of changes by itself; null where it does not
 */
public record Provider(
        String id,
        String displayName,
        String type,
        Set<Kind> kinds,
        List<Auth> auth,
        String routes,
        @Nullable String address,
        @Nullable String domain,
        Map<Kind, String> views,
        FaultRules faults,
        Features features,
        Limits limits,
        Poll poll,
        Map<Kind, List<String>> fields,
        @Nullable Webhook webhook) {

    public Provider {
        kinds = Set.copyOf(kinds);
        auth = List.copyOf(auth);
        views = Map.copyOf(views);
        fields = Map.copyOf(fields);
    }

    /** A way to prove who one is. */
    public Optional<Auth> auth(String method) {
        return auth.stream().filter(a -> a.method().equals(method)).findFirst();
    }

    /**
     * A way to prove who one is.
     *
     * @param method {@code password}, {@code token} or {@code oauth2}
     * @param fields what the user types, in the order of a form
     * @param optional those of {@code fields} that may be left out
     * @param help one sentence on where the user finds them
     */
    public record Auth(String method, List<String> fields, Set<String> optional, String help) {

        public Auth {
            fields = List.copyOf(fields);
            optional = Set.copyOf(optional);
        }

        public boolean required(String field) {
            return fields.contains(field) && !optional.contains(field);
        }
    }

    /**
     * What its error answers mean.
     *
     * @param kinds by HTTP status, a {@link Fault#kind()}
     * @param retryAfter a jq expression over an error's JSON body that gives the seconds to wait; null where there is none
     * @param message a jq expression over an error's JSON body that gives a message for people; null where there is none
     */
    public record FaultRules(
            Map<Integer, String> kinds,
            @Nullable String retryAfter,
            @Nullable String message) {

        /** Nothing differs. */
        public static final FaultRules STANDARD = new FaultRules(Map.of(), null, null);

        public FaultRules {
            kinds = Map.copyOf(kinds);
        }
    }

    /** What it offers, as {@code GET /api/integrations} shows it. */
    public record Features(boolean tasks, boolean events, boolean webhooks, boolean incremental, boolean push) {}

    /**
     * What it bears.
     *
     * @param burst requests at once before the rate counts
     * @param concurrency requests in flight per connection
     * @param pageSize objects per listing or fetch
     */
    public record Limits(int requestsPerMinute, int burst, int concurrency, int pageSize) {}

    /**
     * How often it is asked for news.
     *
     * @param interval the usual time between two runs
     * @param fastest the shortest that a user may choose
     */
    public record Poll(Duration interval, Duration fastest) {}

    /**
     * How the service tells of changes by itself.
     *
     * @param deliveryHeader the header whose value is the same when an event is delivered again; null where there is none
     * @param account the name of the connection's endpoint that {@link Hint#account()} is compared with; null where only
     *     the address that the service calls names the connection
     * @param ordered whether of two versions of an object the greater text is the newer one
     * @param believed whether an event is believed about an object that nobody knows yet: it may be late, and the object
     *     gone. Only for a service that cannot be asked for it
     * @param unsubscribe whether the service was told to tell of a connection, and is to be told when that ends
     */
    public record Webhook(
            Signature signature,
            @Nullable String deliveryHeader,
            @Nullable String account,
            boolean ordered,
            boolean believed,
            boolean unsubscribe) {}

    /**
     * How a webhook proves that it comes from the service: an HMAC-SHA256 of the body as it was sent.
     *
     * @param header the header that holds it
     * @param encoding how the digest is written
     * @param prefix what stands before the digest; empty where nothing does
     * @param timestamp the time that is signed along; null where none is
     */
    public record Signature(
            String header,
            Encoding encoding,
            String prefix,
            @Nullable Timestamp timestamp) {

        /** Without a time. */
        public Signature(String header, Encoding encoding, String prefix) {
            this(header, encoding, prefix, null);
        }

        /**
         * The time of a delivery, in seconds since 1970, as it is signed before the body.
         *
         * @param header the header that holds it
         * @param before what is signed before it; may be empty
         * @param after what is signed between it and the body; may be empty
         * @param window how far it may be off, either way: what is older may be a copy
         */
        public record Timestamp(String header, String before, String after, Duration window) {}

        /** How a digest is written as text. */
        public enum Encoding {
            BASE64,
            HEX
        }
    }
}
