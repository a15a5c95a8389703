package io.dayflow.hub.call;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Names single addresses that may be called although they are private: an exception as narrow as one port of one host.
 * Thread-safe.
 */
@FunctionalInterface
public interface AllowedAddresses {

    boolean allow(String host, int port);

    /**
     * Those of a setting such as {@code 127.0.0.1:5232, radicale.local:5232}.
     *
     * @throws IllegalArgumentException with what is accepted, if it is none
     */
    static AllowedAddresses parse(String setting) {
        List<String> addresses = Arrays.stream(setting.split(","))
                .map(address -> address.strip().toLowerCase(Locale.ROOT))
                .filter(address -> !address.isEmpty())
                .toList();
        for (var address : addresses) {
            if (!address.matches("(\\[[0-9a-f:.]+]|[a-z0-9._-]+):[0-9]{1,5}")) {
                throw new IllegalArgumentException("hub.security.allowed-addresses takes host:port, several joined by"
                        + " commas, for example 127.0.0.1:5232, not " + address);
            }
        }
        return (host, port) -> addresses.contains(host.toLowerCase(Locale.ROOT) + ":" + port);
    }
}
