package io.dayflow.hub.web;

import io.dayflow.hub.deadletter.DeadLetters;
import io.dayflow.hub.livefile.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What failed for good, edited files that were refused, and the way to the routes. */
@Controller
class OperationsPage {

    private static final int LIMIT = 25;

    private final DeadLetters deadLetters;
    private final Refusals refusals;
    private final Views views;

    OperationsPage(DeadLetters deadLetters, Refusals refusals, Views views) {
        this.deadLetters = deadLetters;
        this.refusals = refusals;
        this.views = views;
    }

    @GetMapping("/operations")
    String operations(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request,
            Model model) {
        var page = deadLetters.list(visitor.userId(), Pages.byId(cursor, LIMIT));
        model.addAttribute("letters", page.items());
        model.addAttribute("count", deadLetters.count(visitor.userId()));
        model.addAttribute("next", page.nextCursor());
        model.addAttribute("cursor", cursor);
        model.addAttribute("connectionNames", views.names(visitor.userId()));
        model.addAttribute("refusals", visitor.caller().operator() ? refusals.all() : List.of());
        model.addAttribute("here", ItemParts.address(request));
        return "operations";
    }

    @PostMapping("/operations/dead-letters/{id}/replay")
    String replay(Visitor visitor, @PathVariable UUID id, RedirectAttributes next) {
        deadLetters.replay(visitor.userId(), visitor.caller().operator(), id);
        Notice.good(next, "letter.replayed");
        return "redirect:/operations";
    }

    @PostMapping("/operations/dead-letters/{id}/discard")
    String discard(Visitor visitor, @PathVariable UUID id, RedirectAttributes next) {
        deadLetters.delete(visitor.userId(), id);
        Notice.good(next, "letter.discarded");
        return "redirect:/operations";
    }
}
