package io.dayflow.hub.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.PermissionsPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter.XFrameOptionsMode;
import org.springframework.stereotype.Component;

/** The headers by which browsers protect what the hub answers. */
@Component
public final class Protection {

    /** For what is no page: nothing is loaded, and nobody frames it. */
    static final String NOTHING = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static final Duration YEAR = Duration.ofDays(365);
    private static final String PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    private final PublicAddress address;
    private final HeaderWriter tlsOnly;
    private final List<HeaderWriter> strictest;

    Protection(PublicAddress address) {
        this.address = address;
        var opener = new CrossOriginOpenerPolicyHeaderWriter();
        opener.setPolicy(CrossOriginOpenerPolicy.SAME_ORIGIN);
        var resource = new CrossOriginResourcePolicyHeaderWriter();
        resource.setPolicy(CrossOriginResourcePolicy.SAME_ORIGIN);
        this.tlsOnly = new HstsHeaderWriter(this::isTls, YEAR.toSeconds(), true);
        this.strictest = List.of(
                new XContentTypeOptionsHeaderWriter(),
                new XFrameOptionsHeaderWriter(XFrameOptionsMode.DENY),
                new ContentSecurityPolicyHeaderWriter(NOTHING),
                new ReferrerPolicyHeaderWriter(ReferrerPolicy.NO_REFERRER),
                new PermissionsPolicyHeaderWriter(PERMISSIONS),
                opener,
                resource,
                tlsOnly);
    }

    /** What tells browsers to come by TLS only, here and to all names below this one. */
    HeaderWriter tlsOnly() {
        return tlsOnly;
    }

    /** Writes them into an answer that no chain has a part in. */
    public void into(HttpServletRequest request, HttpServletResponse answer) {
        strictest.forEach(writer -> writer.writeHeaders(request, answer));
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
                .permissionsPolicyHeader(permissions -> permissions.policy(PERMISSIONS))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .httpStrictTransportSecurity(tls -> tls.maxAgeInSeconds(YEAR.toSeconds())
                        .includeSubDomains(true)
                        .requestMatcher(this::isTls)));
    }

    private boolean isTls(HttpServletRequest request) {
        return address.isTls() || request.isSecure();
    }
}
