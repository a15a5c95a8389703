package io.dayflow.hub.security;

import java.time.Duration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.stereotype.Component;

/** The headers by which browsers protect what the hub answers. */
@Component
final class Protection {

    private static final Duration YEAR = Duration.ofDays(365);

    private final PublicAddress address;

    Protection(PublicAddress address) {
        this.address = address;
    }

    /**
     * Joins them to a chain. Strict transport security is said where browsers come by TLS, be it to a proxy before the hub.
     *
     * @param policy the Content-Security-Policy, whose frame-ancestors say the same as X-Frame-Options
     */
    void into(HttpSecurity http, String policy, ReferrerPolicy referrer) throws Exception {
        boolean alone = policy.contains("frame-ancestors 'none'");
        http.headers(headers -> headers.frameOptions(frame -> {
                    if (alone) {
                        frame.deny();
                    } else {
                        frame.sameOrigin();
                    }
                })
                .contentSecurityPolicy(csp -> csp.policyDirectives(policy))
                .referrerPolicy(leaving -> leaving.policy(referrer))
                .permissionsPolicyHeader(permissions ->
                        permissions.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .httpStrictTransportSecurity(tls -> tls.maxAgeInSeconds(YEAR.toSeconds())
                        .includeSubDomains(false)
                        .requestMatcher(request -> address.isTls() || request.isSecure())));
    }
}
