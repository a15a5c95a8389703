package io.dayflow.hub.security;

import io.dayflow.hub.security.CallLimits.Who;
import io.dayflow.hub.security.SessionCallers.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * A caller of the REST interface who has proved to be one. Its name is the id of the user who owns the proof, or what
 * the person of a session is called; the principal is for whom the call is made.
 */
public final class CallerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    /** May do what changes nothing. */
    static final String READ = "SCOPE_read";
    /** May do what changes something. */
    static final String WRITE = "SCOPE_write";
    /** Is DayFlow's own backend, and no token of a person. */
    static final String SERVICE = "SERVICE";

    private final transient Caller caller;
    private final transient @Nullable Permit permit;
    private final transient @Nullable Person person;

    private CallerAuthentication(
            Caller caller, @Nullable Permit permit, @Nullable Person person, List<String> authorities) {
        super(AuthorityUtils.createAuthorityList(authorities));
        this.caller = caller;
        this.permit = permit;
        this.person = person;
        setAuthenticated(true);
    }

    /** DayFlow's backend for a user. */
    static CallerAuthentication service(Caller caller) {
        return new CallerAuthentication(
                caller, null, null, List.of("ROLE_USER", "ROLE_OPERATOR", READ, WRITE, SERVICE));
    }

    /** A token of somebody's own. */
    static CallerAuthentication token(Permit permit, Caller caller) {
        var authorities = new ArrayList<>(List.of("ROLE_USER", READ));
        if (caller.operator()) {
            authorities.add("ROLE_OPERATOR");
        }
        if (permit.mayWrite()) {
            authorities.add(WRITE);
        }
        return new CallerAuthentication(caller, permit, null, authorities);
    }

    /** A session of the pages. */
    static CallerAuthentication session(Person person, Caller caller) {
        var authorities = new ArrayList<>(List.of("ROLE_USER", READ, WRITE));
        if (caller.operator()) {
            authorities.add("ROLE_OPERATOR");
        }
        return new CallerAuthentication(caller, null, person, authorities);
    }

    /** Who calls in a session; nothing for tokens. */
    public Optional<Person> person() {
        return Optional.ofNullable(person);
    }

    /** The personal token that was presented; nothing for the service token and for sessions. */
    public Optional<UUID> tokenId() {
        return Optional.ofNullable(permit).map(Permit::tokenId);
    }

    /** On whom the call counts. */
    Who counted() {
        if (person != null) {
            return new Who.Session(caller.userId());
        }
        return permit == null ? new Who.Service(caller.userId()) : new Who.Token(permit.tokenId(), caller.userId());
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public String getName() {
        if (person != null) {
            return person.name();
        }
        return (permit == null ? caller : permit.caller()).userId().toString();
    }
}
