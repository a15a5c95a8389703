package io.dayflow.hub.web;

import io.dayflow.hub.privacy.ActsFor;
import io.dayflow.hub.security.PublicAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the account menu does. */
@Controller
class AccountPage {

    private static final Duration YEAR = Duration.ofDays(365);

    private final Visitors visitors;
    private final ActsFor actsFor;
    private final PublicAddress address;

    AccountPage(Visitors visitors, ActsFor actsFor, PublicAddress address) {
        this.visitors = visitors;
        this.actsFor = actsFor;
        this.address = address;
    }

    @PostMapping("/account/user")
    String actAs(@RequestParam UUID user, HttpServletRequest request) {
        visitors.choose(request, user);
        actsFor.tell(user);
        return "redirect:/integrations";
    }

    /** Light, dark, or what the reader's system says. */
    @PostMapping("/account/theme")
    String theme(
            @RequestParam(defaultValue = "") String theme, HttpServletRequest request, HttpServletResponse response) {
        boolean chosen = Frames.THEMES.contains(theme);
        var cookie = ResponseCookie.from(Frames.themeCookie(address), chosen ? theme : "")
                .path("/")
                .maxAge(chosen ? YEAR : Duration.ZERO)
                .httpOnly(true)
                .secure(address.isTls() || request.isSecure())
                .sameSite("Lax")
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        return Back.to(request, "/integrations");
    }
}
