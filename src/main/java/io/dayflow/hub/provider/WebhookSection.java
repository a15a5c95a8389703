package io.dayflow.hub.provider;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the section {@code webhook} of a provider's file says.
 *
 * @param form null where the service does not tell of changes
 * @param handshake null where it asks nothing before
 */
record WebhookSection(
        Provider.@Nullable Webhook form, @Nullable Handshake handshake) {

    /** There is no such section. */
    static final WebhookSection NONE = new WebhookSection(null, null);

    private static final String PARAMETER = "[a-zA-Z][a-zA-Z0-9_]{0,39}";

    /** That of a service with routes. */
    static WebhookSection read(YamlSection section) {
        var signature = signature(section.section("signature"));
        String deliveryHeader = null;
        if (section.has("delivery")) {
            var delivery = section.section("delivery");
            deliveryHeader = delivery.text("header");
            delivery.end();
        }
        var account = section.textOrNull("account");
        var ordered = section.has("ordered") && section.flag("ordered");
        var believed = section.has("believed") && section.flag("believed");
        var unsubscribe = section.has("unsubscribe") && section.flag("unsubscribe");
        var handshake = section.has("handshake") ? handshake(section.section("handshake"), signature) : null;
        section.end();
        return new WebhookSection(
                new Provider.Webhook(signature, deliveryHeader, account, ordered, believed, unsubscribe), handshake);
    }

    /** That of a service without routes: nothing that it tells can be taken yet, but what it asks can be answered. */
    static Handshake asking(YamlSection section) {
        var signature = section.has("signature") ? signature(section.section("signature")) : null;
        var handshake = handshake(section.section("handshake"), signature);
        section.end();
        return handshake;
    }

    private static Handshake handshake(YamlSection section, Provider.@Nullable Signature signature) {
        var query = section.textOrNull("query");
        if (query != null && !query.matches(PARAMETER)) {
            throw section.refused("query", "takes the name of a parameter, for example validationToken");
        }
        var body = section.has("body") ? challenge(section, signature) : null;
        boolean head = section.has("head") && section.flag("head");
        section.end();
        if (query == null && body == null && !head) {
            throw section.refused(
                    "query", "is missing; it takes a parameter's name, unless body or head says how it asks");
        }
        return new Handshake(query, body, head);
    }

    private static Handshake.Challenge challenge(YamlSection handshake, Provider.@Nullable Signature signature) {
        if (signature == null) {
            throw handshake.refused(
                    "body", "needs webhook.signature: it is answered only where the service has signed it");
        }
        var section = handshake.section("body");
        var challenge = new Handshake.Challenge(section.text("type"), section.text("answer"), signature);
        section.end();
        return challenge;
    }

    private static Provider.Signature signature(YamlSection section) {
        var header = section.text("header");
        section.oneOf("algorithm", List.of("hmac-sha256"));
        var encoding = section.oneOf("encoding", List.of("base64", "hex"));
        var prefix = section.textOrNull("prefix");
        var timestamp = section.has("timestamp") ? timestamp(section.section("timestamp")) : null;
        section.end();
        return new Provider.Signature(
                header,
                Provider.Signature.Encoding.valueOf(encoding.toUpperCase(Locale.ROOT)),
                prefix == null ? "" : prefix,
                timestamp);
    }

    private static Provider.Signature.Timestamp timestamp(YamlSection section) {
        var header = section.text("header");
        var before = section.textOrNull("before");
        var after = section.textOrNull("after");
        var window = section.duration("window");
        section.end();
        return new Provider.Signature.Timestamp(
                header, before == null ? "" : before, after == null ? "" : after, window);
    }
}
