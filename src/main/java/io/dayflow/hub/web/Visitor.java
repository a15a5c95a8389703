package io.dayflow.hub.web;

import io.dayflow.hub.dayflow.Users.User;
import io.dayflow.hub.people.SignedIn;
import io.dayflow.hub.security.Caller;
import java.time.ZoneId;
import java.util.UUID;

/**
 * Who looks at a page, and for whom.
 *
 * @param person who signed in
 * @param user the DayFlow user whose items, connections and jobs are shown
 * @param caller how use cases are called
 */
public record Visitor(SignedIn person, User user, Caller caller) {

    /** The name that was signed in with. */
    public String account() {
        return person.name();
    }

    public UUID userId() {
        return user.id();
    }

    public ZoneId zone() {
        return user.zone();
    }
}
