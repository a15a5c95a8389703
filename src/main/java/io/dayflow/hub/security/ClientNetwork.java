package io.dayflow.hub.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of a client's address that tells one client from another: all of an IPv4 address, but of an IPv6 address the
 * network of 64 bits only, since whoever has one address of it has them all.
 */
public final class ClientNetwork {

    private static final String UNKNOWN = "unknown";
    private static final int HALF = 8;
    private static final String ZEROS = ":0:0:0:0";

    private ClientNetwork() {}

    /** @param address as the server names it; nothing is looked up. Null where there is none */
    public static String of(@Nullable String address) {
        if (address == null || address.isBlank()) {
            return UNKNOWN;
        }
        int zone = address.indexOf('%');
        try {
            InetAddress plain = InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
            if (!(plain instanceof Inet6Address)) {
                return plain.getHostAddress();
            }
            byte[] bytes = plain.getAddress();
            Arrays.fill(bytes, HALF, bytes.length, (byte) 0);
            String whole = InetAddress.getByAddress(bytes).getHostAddress();
            return whole.substring(0, whole.length() - ZEROS.length()) + "::/64";
        } catch (IllegalArgumentException | java.net.UnknownHostException e) {
            return UNKNOWN;
        }
    }
}
