package io.dayflow.hub.call;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves the names of hosts for the connection that is about to be opened, and refuses private addresses. Since the
 * connection is opened to the very addresses that were judged here, a name that changes its address between a check and
 * its use gains nothing. Literal addresses pass through here too.
 */
public final class GuardedResolver implements DnsResolver {

    private final DnsResolver names;
    private final boolean allowPrivate;

    public GuardedResolver(boolean allowPrivate) {
        this(SystemDefaultDnsResolver.INSTANCE, allowPrivate);
    }

    GuardedResolver(DnsResolver names, boolean allowPrivate) {
        this.names = names;
        this.allowPrivate = allowPrivate;
    }

    /** All addresses of a host. One private address among them refuses them all. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        if (!allowPrivate) {
            for (InetAddress address : addresses) {
                if (PrivateAddresses.contain(address)) {
                    throw new PrivateAddressRefused();
                }
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }
}
