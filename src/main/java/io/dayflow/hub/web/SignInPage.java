package io.dayflow.hub.web;

import io.dayflow.hub.people.IssuerSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The way in. */
@Controller
class SignInPage {

    private static final Set<String> REFUSALS = Set.of("no_user", "unverified", "disabled", "taken", "failed");

    private final IssuerSettings issuer;

    SignInPage(IssuerSettings issuer) {
        this.issuer = issuer;
    }

    @GetMapping("/")
    String home() {
        return "redirect:/integrations";
    }

    @GetMapping("/login")
    String signIn(HttpServletRequest request, Model model) {
        if (request.getUserPrincipal() != null) {
            return "redirect:/integrations";
        }
        model.addAttribute("failed", request.getParameter("error") != null);
        model.addAttribute("wait", request.getAttribute("signInWait"));
        model.addAttribute("out", request.getParameter("out") != null);
        var refused = request.getParameter("refused");
        model.addAttribute("refused", refused != null && REFUSALS.contains(refused) ? refused : null);
        model.addAttribute("issuer", issuer.on() ? issuer.name() : null);
        return "login";
    }
}
