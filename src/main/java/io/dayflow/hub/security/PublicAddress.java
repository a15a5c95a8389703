package io.dayflow.hub.security;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The address by which browsers reach this hub, as {@code PUBLIC_URL} names it. */
@Component
public final class PublicAddress {

    private final String address;

    PublicAddress(Environment environment) {
        this.address = environment.getProperty("PUBLIC_URL", "").strip();
    }

    /** Whether browsers come by TLS, which may end at a proxy before the hub. */
    public boolean isTls() {
        return address.toLowerCase(Locale.ROOT).startsWith("https://");
    }

    /** The address without a slash at its end, where one is named. */
    public Optional<URI> uri() {
        return address.isEmpty() ? Optional.empty() : Optional.of(URI.create(address.replaceAll("/+$", "")));
    }
}
