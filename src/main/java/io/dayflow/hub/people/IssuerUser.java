package io.dayflow.hub.people;

import java.util.Collection;
import java.util.Map;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Whom an issuer has proved, with the account that it is here. Lives as long as the request of the sign-in. */
record IssuerUser(OidcUser proved, SignedIn person) implements OidcUser, AccountHolder {

    @Override
    public Map<String, Object> getClaims() {
        return proved.getClaims();
    }

    @Override
    public OidcUserInfo getUserInfo() {
        return proved.getUserInfo();
    }

    @Override
    public OidcIdToken getIdToken() {
        return proved.getIdToken();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return proved.getAttributes();
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return person.authorities();
    }

    @Override
    public String getName() {
        return person.actor();
    }
}
