package io.dayflow.hub.people;

import io.dayflow.hub.CannotStart;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Signing in at an OpenID Connect issuer; off without one. The client's secret comes from {@code HUB_OIDC_CLIENT_SECRET}.
 *
 * @param issuer its address, at which its description is found
 * @param clientId the hub's registration there
 * @param name what the button says
 * @param claim which claim of the person names the DayFlow user; for addresses only {@code email}, which is the only one that
 *     issuers say of whether it is verified
 * @param matches what that claim is compared with: the user's address, which has to be verified, or the user's id
 * @param roleClaim which claim holds roles; null: everybody is a user
 * @param operatorRole the role there that makes an operator here
 */
@ConfigurationProperties("hub.sign-in.oidc")
public record IssuerSettings(
        @Nullable String issuer,
        @Nullable String clientId,
        @DefaultValue("OpenID Connect") String name,
        @DefaultValue("email") String claim,
        @DefaultValue("email") Match matches,
        @Nullable String roleClaim,
        @DefaultValue("operator") String operatorRole) {

    /** What a claim is compared with. */
    public enum Match {
        /** The address of the user, if the issuer verified it. */
        EMAIL,
        /** The id of the user. */
        ID
    }

    public IssuerSettings {
        if (issuer != null && !issuer.isBlank() && (clientId == null || clientId.isBlank())) {
            throw new CannotStart("hub.sign-in.oidc.issuer needs hub.sign-in.oidc.client-id");
        }
        if (issuer != null && !issuer.isBlank() && matches == Match.EMAIL && !claim.equals("email")) {
            throw new CannotStart(
                    "hub.sign-in.oidc.claim is '" + claim + "', but only of the claim 'email' an issuer says whether"
                            + " it is verified: set hub.sign-in.oidc.matches to 'id', or leave the claim 'email'");
        }
    }

    /** Whether there is an issuer. */
    public boolean on() {
        return issuer != null && !issuer.isBlank();
    }
}
