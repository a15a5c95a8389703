package io.dayflow.hub.web;

import io.dayflow.hub.people.ChangePassword;
import io.dayflow.hub.people.HubAccounts;
import io.dayflow.hub.people.MakeToken;
import io.dayflow.hub.people.PersonalTokens;
import io.dayflow.hub.people.Sessions;
import io.dayflow.hub.people.TokenScope;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.refusal.TooManyRequests;
import io.dayflow.hub.security.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a person is signed in, the tokens of their scripts, and their password. */
@Controller
@RequestMapping("/security/access")
class AccessPage {

    private static final String HERE = "redirect:/security/access";
    private static final int LIMIT = 100;
    private static final List<Integer> DAYS = List.of(7, 30, 90, 365);

    private final Sessions sessions;
    private final PersonalTokens tokens;
    private final MakeToken make;
    private final ChangePassword password;
    private final HubAccounts accounts;
    private final Clock clock;

    AccessPage(
            Sessions sessions,
            PersonalTokens tokens,
            MakeToken make,
            ChangePassword password,
            HubAccounts accounts,
            Clock clock) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.make = make;
        this.password = password;
        this.accounts = accounts;
        this.clock = clock;
    }

    @GetMapping
    String access(Visitor visitor, HttpServletRequest request, Model model) {
        return show(visitor, FormErrors.NONE, request, model);
    }

    private String show(Visitor visitor, FormErrors errors, HttpServletRequest request, Model model) {
        var account = visitor.person().accountId();
        model.addAttribute("sessions", sessions.of(account));
        model.addAttribute("present", Sessions.handle(request).orElse(null));
        model.addAttribute(
                "tokens", tokens.list(visitor.userId(), Pages.byId(null, LIMIT)).items());
        model.addAttribute("days", DAYS);
        model.addAttribute(
                "hasPassword",
                accounts.card(account).filter(card -> card.password()).isPresent());
        model.addAttribute("errors", errors);
        return "access";
    }

    @PostMapping("/sessions/{handle}/end")
    String end(Visitor visitor, @PathVariable String handle, RedirectAttributes next) {
        sessions.end(visitor.person().accountId(), id(handle, "session"));
        Notice.good(next, "access.session.ended");
        return HERE;
    }

    @PostMapping("/sessions/end-others")
    String endOthers(Visitor visitor, HttpServletRequest request, RedirectAttributes next) {
        int ended = sessions.endOthers(
                visitor.person().accountId(), Sessions.handle(request).orElseThrow());
        Notice.good(next, "access.sessions.ended", ended);
        return HERE;
    }

    /** The token is on this one answer, and nowhere else. */
    @PostMapping("/tokens")
    String token(
            Visitor visitor,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "read") String scope,
            @RequestParam(defaultValue = "false") boolean operator,
            @RequestParam(defaultValue = "30") int days,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Set<TokenScope> scopes = EnumSet.of(TokenScope.READ);
        if (scope.equals("write")) {
            scopes.add(TokenScope.WRITE);
        }
        if (operator) {
            scopes.add(TokenScope.OPERATOR);
        }
        var errors = FormErrors.NONE;
        try {
            var made = make.make(
                    visitor.userId(),
                    visitor.person().accountId(),
                    new MakeToken.Wanted(name, scopes, clock.instant().plus(Duration.ofDays(days))));
            model.addAttribute("made", made);
        } catch (InvalidRequest wrong) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("typed", name);
            errors = FormErrors.of(wrong, "");
        }
        return show(visitor, errors, request, model);
    }

    @PostMapping("/tokens/{id}/revoke")
    String revoke(Visitor visitor, @PathVariable String id, RedirectAttributes next) {
        tokens.revoke(visitor.userId(), id(id, "token"));
        Notice.good(next, "access.token.revoked");
        return HERE;
    }

    @PostMapping("/password")
    String password(
            Visitor visitor,
            @RequestParam(defaultValue = "") String old,
            @RequestParam(defaultValue = "") String fresh,
            @RequestParam(defaultValue = "") String again,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            RedirectAttributes next) {
        try {
            password.change(
                    visitor.person().accountId(),
                    Secret.of(old),
                    Secret.of(fresh),
                    Secret.of(again),
                    Sessions.handle(request).orElseThrow(),
                    request.getRemoteAddr());
            Notice.good(next, "access.password.done");
            return HERE;
        } catch (InvalidRequest wrong) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return show(visitor, FormErrors.of(wrong, ""), request, model);
        } catch (TooManyRequests wait) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait.seconds()));
            var slower =
                    new InvalidRequest("old", "was wrong too often: the next try is taken in " + wait.seconds() + " s");
            return show(visitor, FormErrors.of(slower, ""), request, model);
        }
    }

    static UUID id(@Nullable String text, String what) {
        var given = Objects.requireNonNullElse(text, "");
        if (!given.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw new NotFound("There is no such " + what + ".");
        }
        return UUID.fromString(given);
    }
}
