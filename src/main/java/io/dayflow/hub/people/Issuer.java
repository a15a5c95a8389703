package io.dayflow.hub.people;

import io.dayflow.hub.security.PublicAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * The issuer, which describes itself when somebody first signs in there: the hub starts without it. However many come, it is
 * asked once at a time, and left alone for a while when it did not answer. Thread-safe.
 */
final class Issuer implements ClientRegistrationRepository {

    static final String ID = "oidc";

    /** So long an issuer that did not answer is not asked again. */
    static final Duration LEFT_ALONE = Duration.ofSeconds(10);

    private static final long LONGEST_WAIT_SECONDS = 10;
    private static final Logger log = LoggerFactory.getLogger(Issuer.class);

    private final IssuerSettings settings;
    private final PublicAddress address;
    private final String secret;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable ClientRegistration known;
    private volatile Instant silentUntil = Instant.MIN;

    Issuer(IssuerSettings settings, PublicAddress address, String secret, Clock clock) {
        this.settings = settings;
        this.address = address;
        this.secret = secret;
        this.clock = clock;
    }

    /** @throws OAuth2AuthenticationException if the issuer does not describe itself now */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        if (!id.equals(ID)) {
            return null;
        }
        var registration = known;
        return registration == null ? ask() : registration;
    }

    private ClientRegistration ask() {
        if (isSilent() || !hasTurn()) {
            throw unreachable();
        }
        try {
            var registration = known;
            if (registration != null) {
                return registration;
            }
            if (isSilent()) {
                throw unreachable();
            }
            registration = described();
            known = registration;
            return registration;
        } finally {
            asking.unlock();
        }
    }

    private boolean isSilent() {
        return clock.instant().isBefore(silentUntil);
    }

    private boolean hasTurn() {
        try {
            return asking.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ClientRegistration described() {
        try {
            return ClientRegistrations.fromIssuerLocation(String.valueOf(settings.issuer()))
                    .registrationId(ID)
                    .clientId(String.valueOf(settings.clientId()))
                    .clientSecret(secret)
                    .clientName(settings.name())
                    .scope("openid", "email", "profile")
                    .redirectUri(address.uri().map(Object::toString).orElse("{baseUrl}")
                            + "/login/oauth2/code/{registrationId}")
                    .build();
        } catch (RuntimeException failed) {
            silentUntil = clock.instant().plus(LEFT_ALONE);
            log.warn("The issuer {} does not describe itself: {}", settings.issuer(), failed.getMessage());
            throw unreachable();
        }
    }

    private static OAuth2AuthenticationException unreachable() {
        return new OAuth2AuthenticationException(
                new OAuth2Error("issuer_unreachable"), "the issuer does not describe itself");
    }
}
