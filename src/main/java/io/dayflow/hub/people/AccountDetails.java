package io.dayflow.hub.people;

import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** An account as a sign-in by password looks at it. */
final class AccountDetails implements UserDetails, CredentialsContainer, AccountHolder {

    private static final long serialVersionUID = 1L;

    private final transient SignedIn person;
    private transient @Nullable String passwordHash;

    AccountDetails(Account account) {
        this.person = account.signedIn();
        this.passwordHash = account.passwordHash();
    }

    @Override
    public SignedIn person() {
        return person;
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return person.authorities();
    }

    @Override
    public String getPassword() {
        return Objects.requireNonNullElse(passwordHash, "");
    }

    @Override
    public String getUsername() {
        return person.name();
    }

    @Override
    public void eraseCredentials() {
        passwordHash = null;
    }
}
