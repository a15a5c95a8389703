package io.dayflow.hub.web;

import io.dayflow.hub.people.Sessions;
import io.dayflow.hub.people.SignedIn;
import io.dayflow.hub.security.SessionCallers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** Lets whoever has signed in call the REST interface for the user whose pages they see. */
@Component
class RestVisitors implements SessionCallers {

    private final SecurityContextRepository contexts;
    private final Visitors visitors;

    RestVisitors(SecurityContextRepository contexts, Visitors visitors) {
        this.contexts = contexts;
        this.visitors = visitors;
    }

    @Override
    public Optional<Person> of(HttpServletRequest request) {
        var proof = contexts.loadDeferredContext(request).get().getAuthentication();
        if (proof == null || !(proof.getPrincipal() instanceof SignedIn person)) {
            return Optional.empty();
        }
        try {
            var caller = visitors.of(request, person).caller();
            return Sessions.handle(request)
                    .map(handle -> new Person(proof.getName(), person.accountId(), handle, caller));
        } catch (NoUser nobody) {
            return Optional.empty(); // to act for
        }
    }
}
