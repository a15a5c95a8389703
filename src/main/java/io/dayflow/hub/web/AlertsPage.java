package io.dayflow.hub.web;

import io.dayflow.hub.alert.Alerts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What happened more often than it should, until somebody has seen it. */
@Controller
@RequestMapping("/operations/alerts")
class AlertsPage {

    private static final int LIMIT = 50;

    private final Alerts alerts;

    AlertsPage(Alerts alerts) {
        this.alerts = alerts;
    }

    @GetMapping
    String list(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request,
            Model model) {
        var page = alerts.list(visitor.caller(), null, null, Pages.byId(cursor, LIMIT));
        model.addAttribute("alerts", page.items());
        model.addAttribute("open", alerts.open(visitor.caller()));
        model.addAttribute("next", page.nextCursor());
        model.addAttribute("cursor", cursor);
        model.addAttribute("here", ItemParts.address(request));
        return "alerts";
    }

    @PostMapping("/{id}/acknowledge")
    String acknowledge(Visitor visitor, @PathVariable UUID id, RedirectAttributes next) {
        alerts.acknowledge(visitor.caller(), id);
        Notice.good(next, "alert.acknowledged");
        return "redirect:/operations/alerts";
    }
}
