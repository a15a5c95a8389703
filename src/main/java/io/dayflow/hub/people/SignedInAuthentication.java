package io.dayflow.hub.people;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** The proof of a session. It is never stored: the session holds the account's id only. */
final class SignedInAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient SignedIn person;

    SignedInAuthentication(SignedIn person) {
        super(person.authorities());
        this.person = person;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public SignedIn getPrincipal() {
        return person;
    }

    @Override
    public String getName() {
        return person.actor();
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a session holds the account's id only");
    }
}
