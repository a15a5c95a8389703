package io.dayflow.hub.web;

import io.dayflow.hub.dayflow.PlannerPages;
import io.dayflow.hub.refusal.NotFound;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The way to the pages of tasks and events. */
@Controller
class ItemsPage {

    private final PlannerPages planner;

    ItemsPage(PlannerPages planner) {
        this.planner = planner;
    }

    @GetMapping("/items")
    String items() {
        return "redirect:/items/tasks";
    }

    /** An item by its id alone, which is that of its row in DayFlow. */
    @GetMapping("/items/{id:[0-9a-fA-F-]{36}}")
    String item(Visitor visitor, @PathVariable UUID id) {
        if (planner.task(visitor.userId(), visitor.zone(), id).isPresent()) {
            return "redirect:/items/tasks/" + id;
        }
        return planner.event(visitor.userId(), visitor.zone(), id)
                .map(event -> "redirect:/items/events/" + event.id())
                .orElseThrow(() -> new NotFound("DayFlow no longer holds this item."));
    }
}
