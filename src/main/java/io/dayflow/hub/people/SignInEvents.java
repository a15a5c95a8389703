package io.dayflow.hub.people;

import io.dayflow.hub.audit.Deed;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationFailureProviderNotFoundEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.stereotype.Component;

/** Tells the audit trail of sign-ins, refused ones, and sign-outs. */
@Component
class SignInEvents {

    private final HubAccounts accounts;
    private final PeopleAudit audit;

    SignInEvents(HubAccounts accounts, PeopleAudit audit) {
        this.accounts = accounts;
        this.audit = audit;
    }

    /** By a page; scripts that prove themselves with each request do not sign in. */
    @EventListener
    void signedIn(InteractiveAuthenticationSuccessEvent event) {
        var person = SessionContexts.person(event.getAuthentication());
        if (person != null) {
            audit.record(Deed.SIGNED_IN, person, Map.of("name", person.name()));
        }
    }

    @EventListener
    void signedOut(LogoutSuccessEvent event) {
        var person = SessionContexts.person(event.getAuthentication());
        if (person != null) {
            audit.record(Deed.SIGNED_OUT, person, Map.of("name", person.name()));
        }
    }

    /** A name is told only where somebody has it: others may be passwords in the wrong field. */
    @EventListener
    void refused(AbstractAuthenticationFailureEvent event) {
        if (event instanceof AuthenticationFailureProviderNotFoundEvent) {
            return; // of the passwords' manager, asked after the issuer's: that one's failure is told
        }
        if (event.getException() instanceof OAuth2AuthenticationException atIssuer) {
            audit.refused(null, Map.of("by", "oidc", "reason", IssuerSignIn.reason(atIssuer)));
            return;
        }
        var account = accounts.byName(event.getAuthentication().getName());
        if (account.isPresent()) {
            audit.refused(account.get().userId(), Map.of("name", account.get().name()));
        } else {
            audit.refused(null, Map.of());
        }
    }
}
