package io.dayflow.hub.call;

import java.net.UnknownHostException;

/** A host name leads to an address that must not be called. */
final class PrivateAddressRefused extends UnknownHostException {

    private PrivateAddressRefused(String message) {
        super(message);
    }

    /** This machine, or a private network. */
    static PrivateAddressRefused ofNetwork() {
        return new PrivateAddressRefused(
                "The address leads to this machine or a private network, which is refused unless "
                        + "hub.security.allow-private-addresses=true");
    }

    /** Where a cloud tells its machines their secrets. */
    static PrivateAddressRefused ofMetadata() {
        return new PrivateAddressRefused(
                "The address leads to where a cloud tells its machines their secrets, which is always refused");
    }
}
