package io.dayflow.hub.web;

import io.dayflow.hub.endpoint.EndpointCard;
import io.dayflow.hub.endpoint.EndpointEvent;
import io.dayflow.hub.endpoint.Endpoints;
import io.dayflow.hub.endpoint.KeepEndpoints;
import io.dayflow.hub.endpoint.KeepEndpoints.By;
import io.dayflow.hub.endpoint.KeepEndpoints.Wish;
import io.dayflow.hub.endpoint.KeepMessages;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/** Addresses that are told what happens: added, tried, looked at, and what they were told sent again. */
@Controller
@RequestMapping("/operations/webhooks")
class EndpointsPage {

    private static final int LIMIT = 25;

    private final Endpoints endpoints;
    private final KeepEndpoints keep;
    private final KeepMessages messages;

    EndpointsPage(Endpoints endpoints, KeepEndpoints keep, KeepMessages messages) {
        this.endpoints = endpoints;
        this.keep = keep;
        this.messages = messages;
    }

    @GetMapping
    String list(Visitor visitor, Model model) {
        return list(visitor, model, FormErrors.NONE, Map.of());
    }

    @PostMapping
    String add(
            Visitor visitor,
            @RequestParam(defaultValue = "") String url,
            @RequestParam(defaultValue = "") String description,
            @RequestParam(required = false) @Nullable List<String> events,
            @RequestParam(defaultValue = "own") String scope,
            Model model,
            RedirectAttributes next) {
        try {
            var wanted = Objects.requireNonNullElse(events, List.<String>of()).stream()
                    .map(EndpointsPage::event)
                    .toList();
            var made = keep.create(by(visitor), new Wish(url, wanted, description, true), scope.equals("all"));
            next.addFlashAttribute("secret", made.secret());
            return "redirect:/operations/webhooks/" + made.endpoint().endpointId();
        } catch (InvalidRequest refused) {
            return list(visitor, model, FormErrors.of(refused, ""), Map.of("url", url, "description", description));
        } catch (ConflictingState full) {
            Notice.attention(next, "endpoints.full");
            return "redirect:/operations/webhooks";
        }
    }

    @GetMapping("/{id}")
    String show(
            Visitor visitor,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request,
            Model model) {
        var operator = visitor.caller().operator();
        var page = endpoints.messages(visitor.userId(), operator, id, Pages.byNumber(cursor, LIMIT));
        model.addAttribute("endpoint", found(visitor, id));
        model.addAttribute("messages", page.items());
        model.addAttribute("next", page.nextCursor());
        model.addAttribute("cursor", cursor);
        model.addAttribute("here", ItemParts.address(request));
        return "endpoint";
    }

    @PostMapping("/{id}/ping")
    String ping(Visitor visitor, @PathVariable UUID id, RedirectAttributes next) {
        messages.ping(by(visitor), id);
        Notice.good(next, "endpoint.pinged");
        return "redirect:/operations/webhooks/" + id;
    }

    @PostMapping("/{id}/active")
    String active(Visitor visitor, @PathVariable UUID id, @RequestParam boolean active, RedirectAttributes next) {
        keep.update(by(visitor), id, new Wish(null, null, null, active));
        Notice.good(next, active ? "endpoint.switched.on" : "endpoint.switched.off");
        return "redirect:/operations/webhooks/" + id;
    }

    @PostMapping("/{id}/secret")
    String rotate(Visitor visitor, @PathVariable UUID id, RedirectAttributes next) {
        next.addFlashAttribute("secret", keep.rotate(by(visitor), id).secret());
        return "redirect:/operations/webhooks/" + id;
    }

    @PostMapping("/{id}/delete")
    String delete(Visitor visitor, @PathVariable UUID id, RedirectAttributes next) {
        keep.delete(by(visitor), id);
        Notice.good(next, "endpoint.deleted");
        return "redirect:/operations/webhooks";
    }

    @PostMapping("/{id}/messages/{message}/redeliver")
    String redeliver(Visitor visitor, @PathVariable UUID id, @PathVariable UUID message, RedirectAttributes next) {
        messages.redeliver(by(visitor), id, message);
        Notice.good(next, "endpoint.redelivered");
        return "redirect:/operations/webhooks/" + id;
    }

    private String list(Visitor visitor, Model model, FormErrors errors, Map<String, String> typed) {
        var operator = visitor.caller().operator();
        var known = endpoints.list(visitor.userId(), operator, PageRequest.first(PageRequest.MOST));
        model.addAttribute("endpoints", known.items());
        model.addAttribute(
                "troubled",
                known.items().stream()
                        .filter(card -> card.failingSince() != null || card.disabledWhy() != null)
                        .count());
        model.addAttribute("events", EndpointEvent.values());
        model.addAttribute("operator", operator);
        model.addAttribute("errors", errors);
        model.addAttribute("typed", typed);
        return "endpoints";
    }

    private EndpointCard found(Visitor visitor, UUID id) {
        return endpoints
                .find(visitor.userId(), visitor.caller().operator(), id)
                .orElseThrow(() -> new NotFound("There is no such endpoint."));
    }

    private static EndpointEvent event(String name) {
        try {
            return EndpointEvent.of(name);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidRequest("events", String.valueOf(unknown.getMessage()));
        }
    }

    private static By by(Visitor visitor) {
        return new By(visitor.userId(), visitor.caller().operator());
    }
}
