package io.dayflow.hub.security;

import org.jspecify.annotations.Nullable;

/**
 * The part of a client's address that counts: all of an IPv4 address, but of an IPv6 address the network of 64 bits only,
 * since whoever has one address of it has them all.
 */
final class ClientNetwork {

    private static final int GROUPS = 8;
    private static final int OF_NETWORK = 4;

    private ClientNetwork() {}

    /** @param address as the server names it; nothing is looked up. Null where there is none */
    static String of(@Nullable String address) {
        if (address == null || address.isBlank()) {
            return "unknown";
        }
        int zone = address.indexOf('%');
        var plain = zone < 0 ? address : address.substring(0, zone);
        if (plain.indexOf(':') < 0 || plain.indexOf('.') >= 0) {
            return plain; // IPv4, or IPv4 written as IPv6
        }
        return network(plain);
    }

    private static String network(String address) {
        int gap = address.indexOf("::");
        var head = (gap < 0 ? address : address.substring(0, gap)).split(":");
        var tail = gap < 0 ? "" : address.substring(gap + 2);
        int known = head.length == 1 && head[0].isEmpty() ? 0 : head.length;
        var groups = new StringBuilder();
        var rest = tail.isEmpty() ? new String[0] : tail.split(":");
        for (int group = 0; group < OF_NETWORK; group++) {
            int ofRest = group - (GROUPS - rest.length);
            var text = group < known ? head[group] : ofRest >= 0 && ofRest < rest.length ? rest[ofRest] : "0";
            groups.append(text.replaceFirst("^0+(?=.)", "")).append(':');
        }
        return groups + ":/64";
    }
}
