package io.dayflow.hub.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The way in. */
@Controller
class SignInPage {

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
        return "login";
    }
}
