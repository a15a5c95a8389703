package io.dayflow.hub.alert;

import io.dayflow.hub.security.ClientNetwork;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationFailureProviderNotFoundEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Counts sign-ins that were refused, however they were tried. Thread-safe. */
@Component
class RefusedSignIns {

    private static final String OPERATOR = "admin";
    private static final String UNKNOWN = "unknown names";

    private final Signals signals;
    private final JdbcClient jdbc;

    RefusedSignIns(Signals signals, JdbcClient jdbc) {
        this.signals = signals;
        this.jdbc = jdbc;
    }

    @EventListener
    void refused(AbstractAuthenticationFailureEvent event) {
        if (event instanceof AuthenticationFailureProviderNotFoundEvent) {
            return; // of the passwords' manager, asked after the issuer's: that one's failure is told
        }
        String name = event.getAuthentication().getName();
        signals.tell(Rule.SIGN_IN_ACCOUNT, isKnown(name) ? name : UNKNOWN, null);
        if (event.getAuthentication().getDetails() instanceof WebAuthenticationDetails details) {
            signals.tell(Rule.SIGN_IN_ADDRESS, ClientNetwork.of(details.getRemoteAddress()), null);
        }
    }

    /** Any other name may be a password in the wrong field, and is kept nowhere. */
    private boolean isKnown(String name) {
        return name.equals(OPERATOR)
                || name.indexOf('\0') < 0
                        && jdbc.sql("""
                                        select exists (select from hub.account where lower(name) = lower(:name))
                                            or exists (select from public.users where lower(email) = lower(:name))
                                        """)
                                .param("name", name)
                                .query(Boolean.class)
                                .single();
    }
}
