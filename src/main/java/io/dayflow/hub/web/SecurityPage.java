package io.dayflow.hub.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The way into the section. */
@Controller
class SecurityPage {

    @GetMapping("/security")
    String security() {
        return "redirect:/security/access";
    }
}
