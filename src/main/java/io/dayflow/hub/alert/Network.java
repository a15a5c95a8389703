package io.dayflow.hub.alert;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where a request came from, as far as it tells one sender from another. */
public final class Network {

    private static final int HALF = 8;

    private Network() {}

    /** The address; of an IPv6 one its first 64 bits, since whoever has one has all of those. */
    public static String of(@Nullable String address) {
        if (address == null) {
            return "unknown";
        }
        try {
            if (InetAddress.ofLiteral(address) instanceof Inet6Address v6) {
                byte[] bytes = v6.getAddress();
                Arrays.fill(bytes, HALF, bytes.length, (byte) 0);
                return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
            }
            return address;
        } catch (IllegalArgumentException | java.net.UnknownHostException e) {
            return "unknown";
        }
    }
}
