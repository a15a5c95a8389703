package io.dayflow.hub.web;

import io.dayflow.hub.deleted.DeletedItems;
import io.dayflow.hub.deleted.RestoreItem;
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

/** What was deleted on whatever side, and is taken back by a click. */
@Controller
@RequestMapping("/activity/deleted")
class DeletedPage {

    private static final int LIMIT = 50;

    private final DeletedItems deleted;
    private final RestoreItem restore;
    private final Views views;

    DeletedPage(DeletedItems deleted, RestoreItem restore, Views views) {
        this.deleted = deleted;
        this.restore = restore;
        this.views = views;
    }

    @GetMapping
    String deleted(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request,
            Model model) {
        var page = deleted.list(visitor.userId(), Pages.byId(cursor, LIMIT));
        model.addAttribute("items", page.items());
        model.addAttribute("next", page.nextCursor());
        model.addAttribute("cursor", cursor);
        model.addAttribute("connectionNames", views.names(visitor.userId()));
        model.addAttribute("here", ItemParts.address(request));
        return "deleted";
    }

    @PostMapping("/{id}/restore")
    String restore(Visitor visitor, @PathVariable UUID id, RedirectAttributes next) {
        restore.restore(visitor.userId(), id);
        Notice.good(next, "deleted.restored");
        return "redirect:/activity/deleted";
    }
}
