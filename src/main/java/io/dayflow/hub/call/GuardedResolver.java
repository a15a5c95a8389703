package io.dayflow.hub.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves the names of hosts for the connection that is about to be opened, and refuses private addresses. Since the
 * connection is opened to the very addresses that were judged here, a name that changes its address between a check and
 * its use gains nothing. Literal addresses pass through here too.
 */
public final class GuardedResolver implements DnsResolver {

    private static final Set<String> PRIVATE_NAMES =
            Set.of("localhost", "local", "localdomain", "internal", "home.arpa", "intranet", "lan");

    private final DnsResolver names;
    private final boolean allowPrivate;
    private final AllowedAddresses allowed;

    /** @param allowed private addresses that may be called even if private ones may not */
    public GuardedResolver(boolean allowPrivate, AllowedAddresses allowed) {
        this(SystemDefaultDnsResolver.INSTANCE, allowPrivate, allowed);
    }

    GuardedResolver(DnsResolver names, boolean allowPrivate, AllowedAddresses allowed) {
        this.names = names;
        this.allowPrivate = allowPrivate;
        this.allowed = allowed;
    }

    /** All addresses of a host, for a connection to that port. */
    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        InetAddress[] addresses = allowed.allow(host, port) ? resolved(host) : resolve(host);
        return Arrays.stream(addresses)
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    /**
     * All addresses of a host. One private address among them refuses them all; one where a cloud tells its machines their
     * secrets does so even where private ones are allowed.
     */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        if (!allowPrivate && isPrivateName(host)) {
            throw PrivateAddressRefused.ofNetwork();
        }
        InetAddress[] addresses = resolved(host);
        for (InetAddress address : addresses) {
            if (PrivateAddresses.metadata(address)) {
                throw PrivateAddressRefused.ofMetadata();
            }
            if (!allowPrivate && PrivateAddresses.contain(address)) {
                throw PrivateAddressRefused.ofNetwork();
            }
        }
        return addresses;
    }

    /** Whether a host was not resolved because its address is private, and not because there is none. */
    public boolean refuses(UnknownHostException failed) {
        return failed instanceof PrivateAddressRefused;
    }

    private InetAddress[] resolved(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        if (addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }

    /** Names that are never of the public internet: RFC 6761, RFC 6762, RFC 8375, and the top-level domain internal. */
    private static boolean isPrivateName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        while (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        String bare = name;
        return PRIVATE_NAMES.stream().anyMatch(domain -> bare.equals(domain) || bare.endsWith("." + domain));
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }
}
