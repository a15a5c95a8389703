package io.dayflow.hub.call;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of this machine and of private networks from public ones. Everything that the IANA registries of
 * special-purpose addresses (RFC 6890) do not give to the public internet counts as private, among it the addresses
 * where cloud machines read their own credentials. Of IPv6 only global unicast is public, and of that not what is set apart
 * for protocols, Teredo among it. An IPv6 address that carries an IPv4 one (NAT64, 6to4) is judged by both: with a public one
 * it leads nowhere but there, and in networks that have IPv6 alone it is how public IPv4 services are reached.
 */
public final class PrivateAddresses {

    private record Block(byte[] prefix, int bits) {

        static Block of(String text) {
            int slash = text.indexOf('/');
            return new Block(
                    InetAddress.ofLiteral(text.substring(0, slash)).getAddress(),
                    Integer.parseInt(text.substring(slash + 1)));
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Block> PRIVATE = List.of(
            Block.of("0.0.0.0/8"),
            Block.of("10.0.0.0/8"),
            Block.of("100.64.0.0/10"),
            Block.of("127.0.0.0/8"),
            Block.of("169.254.0.0/16"),
            Block.of("172.16.0.0/12"),
            Block.of("192.0.0.0/24"),
            Block.of("192.0.2.0/24"),
            Block.of("192.88.99.0/24"),
            Block.of("192.168.0.0/16"),
            Block.of("198.18.0.0/15"),
            Block.of("198.51.100.0/24"),
            Block.of("203.0.113.0/24"),
            Block.of("224.0.0.0/4"),
            Block.of("240.0.0.0/4"),
            Block.of("2001::/23"),
            Block.of("2001:db8::/32"),
            Block.of("3fff::/20"));

    /** Where cloud machines read who they are and what opens their doors; one of them lies among public addresses. */
    private static final List<Block> METADATA = List.of(
            Block.of("100.100.100.200/32"),
            Block.of("168.63.129.16/32"),
            Block.of("169.254.169.254/32"),
            Block.of("169.254.170.2/32"),
            Block.of("169.254.170.23/32"),
            Block.of("192.0.0.192/32"),
            Block.of("fd00:ec2::254/128"),
            Block.of("fd00:ec2::23/128"),
            Block.of("fd20:ce::254/128"));

    private static final Block GLOBAL_UNICAST = Block.of("2000::/3");
    private static final Block TRANSLATED = Block.of("64:ff9b::/96");
    private static final Block SIX_TO_FOUR = Block.of("2002::/16");

    private PrivateAddresses() {}

    /** Whether an address is not one of the public internet. */
    public static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (PRIVATE.stream().anyMatch(block -> block.holds(bytes))) {
            return true;
        }
        return switch (address) {
            case Inet4Address v4 -> metadata(v4);
            case Inet6Address v6 -> !GLOBAL_UNICAST.holds(bytes) && !carries(bytes) || carriesPrivate(bytes);
            default -> true;
        };
    }

    /** Whether a cloud tells its machines their secrets there: nothing to be called even among private addresses. */
    public static boolean metadata(InetAddress address) {
        byte[] bytes = address.getAddress();
        return METADATA.stream().anyMatch(block -> block.holds(bytes))
                || bytes.length == 16
                        && (carries(bytes) && metadata(v4(bytes, 12))
                                || SIX_TO_FOUR.holds(bytes) && metadata(v4(bytes, 2)));
    }

    /** Whether the IPv4 address at its end is the one that is meant. */
    private static boolean carries(byte[] bytes) {
        return TRANSLATED.holds(bytes) || isMapped(bytes);
    }

    private static boolean carriesPrivate(byte[] bytes) {
        return carries(bytes) && contain(v4(bytes, 12))
                || SIX_TO_FOUR.holds(bytes) && contain(v4(bytes, 2))
                || isIsatap(bytes) && contain(v4(bytes, 12));
    }

    /** RFC 5214: the interface of an ISATAP address is an IPv4 one. */
    private static boolean isIsatap(byte[] bytes) {
        return (bytes[8] & ~3) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
    }

    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    private static InetAddress v4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an IPv4 address", e);
        }
    }
}
