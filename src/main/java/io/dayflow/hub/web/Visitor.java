package io.dayflow.hub.web;

import io.dayflow.hub.dayflow.Users.User;
import io.dayflow.hub.security.Caller;
import java.time.ZoneId;
import java.util.UUID;

/**
 * Who looks at a page, and for whom.
 *
 * @param account the name that was signed in with
 * @param user the DayFlow user whose items, connections and jobs are shown
 * @param caller how use cases are called
 */
public record Visitor(String account, User user, Caller caller) {

    public UUID userId() {
        return user.id();
    }

    public ZoneId zone() {
        return user.zone();
    }
}
