package io.dayflow.hub.web;

import io.dayflow.hub.dayflow.Users;
import io.dayflow.hub.dayflow.Users.User;
import io.dayflow.hub.people.SignedIn;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Finds out for whom a page is: a user's own, an operator's as whom the operator acts. That is the one chosen in this
 * session, else the account's own user, else the one who was there first. Nobody else may choose.
 */
@Component
class Visitors implements HandlerMethodArgumentResolver {

    private static final String CHOSEN = Visitors.class.getName() + ".chosen";
    private static final String VISITOR = Visitors.class.getName() + ".visitor";

    private final Users users;

    Visitors(Users users) {
        this.users = users;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Visitor.class);
    }

    @Override
    public Visitor resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var servlet = request.getNativeRequest(HttpServletRequest.class);
        if (servlet == null) {
            throw new IllegalStateException("pages are asked for by HTTP");
        }
        return of(servlet);
    }

    /**
     * @throws AccessDeniedException if nobody is signed in
     * @throws NoUser if DayFlow has no user
     */
    Visitor of(HttpServletRequest request) {
        return of(request, signedIn());
    }

    /**
     * @param person who has signed in in the request's session
     * @throws NoUser if DayFlow has no user
     */
    Visitor of(HttpServletRequest request, SignedIn person) {
        if (request.getAttribute(VISITOR) instanceof Visitor known) {
            return known;
        }
        var user = (person.operator() ? chosen(request) : Optional.<User>empty())
                .or(() -> Optional.ofNullable(person.userId()).flatMap(users::find))
                .or(() -> person.operator() ? users.oldest() : Optional.empty())
                .orElseThrow(NoUser::new);
        var visitor = new Visitor(person, user, new Caller(user.id(), person.operator()));
        request.setAttribute(VISITOR, visitor);
        return visitor;
    }

    /**
     * Acts as another user from now on.
     *
     * @throws NotFound if there is no such user, or none for this visitor
     */
    void choose(HttpServletRequest request, UUID userId) {
        if (!signedIn().operator()) {
            throw new NotFound("There is no such user.");
        }
        var user = users.find(userId).orElseThrow(() -> new NotFound("There is no such user."));
        request.getSession().setAttribute(CHOSEN, user.id());
        request.removeAttribute(VISITOR);
    }

    private Optional<User> chosen(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(CHOSEN) instanceof UUID id ? users.find(id) : Optional.empty();
    }

    /** Whoever proves themselves with each request, as scripts do, has no pages. */
    private static SignedIn signedIn() {
        var proof = SecurityContextHolder.getContext().getAuthentication();
        if (proof == null || !(proof.getPrincipal() instanceof SignedIn person)) {
            throw new AccessDeniedException("Nobody is signed in.");
        }
        return person;
    }
}
