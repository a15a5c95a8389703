package io.dayflow.hub.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;

/** Who has signed in to the pages, as a caller of the REST interface. Offered as a bean, it is asked where there is no token. */
public interface SessionCallers {

    /**
     * Somebody who has signed in.
     *
     * @param name as the audit trail names them
     * @param accountId whose session it is
     * @param handle which session it is
     * @param caller for whom they act on the pages
     */
    record Person(String name, UUID accountId, UUID handle, Caller caller) {}

    /** Whose request it is, where it comes with a session in which somebody has signed in. Begins none. */
    Optional<Person> of(HttpServletRequest request);
}
