package io.dayflow.hub.call;

import java.net.UnknownHostException;

/** A host name leads to a private address and such are not allowed. */
final class PrivateAddressRefused extends UnknownHostException {

    PrivateAddressRefused() {
        super("The address leads to this machine or a private network, which is refused unless "
                + "hub.security.allow-private-addresses=true");
    }
}
