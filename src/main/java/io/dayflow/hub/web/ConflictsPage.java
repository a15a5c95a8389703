package io.dayflow.hub.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.dayflow.hub.conflict.ConflictCard;
import io.dayflow.hub.conflict.Conflicts;
import io.dayflow.hub.conflict.Resolution;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What both sides changed differently: what each says, and the decision, field by field. */
@Controller
class ConflictsPage {

    private static final int LIMIT = 25;
    private static final String BASE = "base";
    private static final String DAYFLOW = "dayflow";
    private static final String EXTERNAL = "external";

    private final Conflicts conflicts;
    private final Views views;
    private final ItemParts parts;

    ConflictsPage(Conflicts conflicts, Views views, ItemParts parts) {
        this.conflicts = conflicts;
        this.views = views;
        this.parts = parts;
    }

    /**
     * A field in conflict.
     *
     * @param number its place, which names it in the form
     * @param base null, as the others: nothing
     * @param chosen {@code base}, {@code dayflow}, {@code external}, or empty while it is not
     */
    public record Field(
            int number,
            String label,
            @Nullable String base,
            @Nullable String dayflow,
            @Nullable String external,
            String chosen) {

        /** DayFlow's value, with the words that are new in it and those that are gone. */
        public List<Words.Part> dayflowParts() {
            return Words.against(base, dayflow);
        }

        /** The service's value, with the words that are new in it and those that are gone. */
        public List<Words.Part> externalParts() {
            return Words.against(base, external);
        }

        /** What the field will hold. */
        public @Nullable String result() {
            return switch (chosen) {
                case BASE -> base;
                case DAYFLOW -> dayflow;
                case EXTERNAL -> external;
                default -> null;
            };
        }
    }

    @GetMapping("/conflicts")
    String conflicts(
            Visitor visitor,
            @RequestParam(defaultValue = "open") String show,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request,
            Model model) {
        boolean resolved = show.equals("resolved");
        var page = conflicts.list(visitor.userId(), resolved ? "resolved" : "open", Pages.byId(cursor, LIMIT));
        model.addAttribute("conflicts", page.items());
        model.addAttribute("next", page.nextCursor());
        model.addAttribute("cursor", cursor);
        model.addAttribute("resolved", resolved);
        model.addAttribute("open", conflicts.open(visitor.userId()));
        model.addAttribute("connectionNames", views.names(visitor.userId()));
        model.addAttribute("fields", parts.fields(visitor, request));
        model.addAttribute("here", ItemParts.address(request));
        return "conflicts";
    }

    @GetMapping("/conflicts/{id}")
    String conflict(Visitor visitor, @PathVariable UUID id, HttpServletRequest request, Model model) {
        return show(visitor, find(visitor, id), Map.of(), request, model);
    }

    private String show(
            Visitor visitor, ConflictCard card, Map<String, String> chosen, HttpServletRequest request, Model model) {
        var texts = parts.fields(visitor, request);
        var fields = new ArrayList<Field>();
        for (var field : card.fields()) {
            int number = fields.size();
            fields.add(new Field(
                    number,
                    texts.label(field.path("field").asText()),
                    texts.text(field.get(BASE)),
                    texts.text(field.get(DAYFLOW)),
                    texts.text(field.get(EXTERNAL)),
                    chosen.getOrDefault(
                            "choice" + number,
                            field.path("suggestion").asText("").replace("null", ""))));
        }
        model.addAttribute("conflict", card);
        model.addAttribute("fields", fields);
        model.addAttribute(
                "whole", card.type().equals("delete_edit") || card.type().equals("duplicate") || fields.isEmpty());
        model.addAttribute("deletion", card.type().equals("delete_edit") && !fields.isEmpty());
        model.addAttribute("deletedHere", card.fields().at("/0/" + DAYFLOW).asBoolean());
        model.addAttribute(
                "service",
                views.names(visitor.userId()).getOrDefault(card.integrationId().toString(), ""));
        return "conflict";
    }

    @PostMapping("/conflicts/{id}")
    String decide(
            Visitor visitor,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            RedirectAttributes next) {
        var card = find(visitor, id);
        try {
            boolean always = typed.containsKey("always");
            switch (typed.getOrDefault("keep", "")) {
                case DAYFLOW -> decide(visitor, id, Resolution.KEEP_DAYFLOW, always);
                case EXTERNAL -> decide(visitor, id, Resolution.KEEP_EXTERNAL, always);
                default -> decide(visitor, card, choices(card, typed), always);
            }
        } catch (InvalidRequest e) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("wrong", FormErrors.of(e, "values."));
            return show(visitor, card, typed, request, model);
        }
        Notice.good(next, "conflict.decided", card.title());
        return "redirect:/conflicts";
    }

    /** One side throughout is that side's decision; anything else is a merge. */
    private void decide(Visitor visitor, ConflictCard card, List<String> choices, boolean always) {
        var id = card.conflictId();
        if (choices.stream().allMatch(DAYFLOW::equals)) {
            decide(visitor, id, Resolution.KEEP_DAYFLOW, always);
        } else if (choices.stream().allMatch(EXTERNAL::equals)) {
            decide(visitor, id, Resolution.KEEP_EXTERNAL, always);
        } else if (always) {
            throw new InvalidRequest("always", "needs one side for all fields");
        } else {
            var values = new LinkedHashMap<String, JsonNode>();
            for (int number = 0; number < choices.size(); number++) {
                var field = card.fields().get(number);
                var value = field.get(choices.get(number));
                values.put(field.path("field").asText(), value == null ? NullNode.getInstance() : value);
            }
            conflicts.resolve(visitor.userId(), id, Resolution.MERGE, values);
        }
    }

    private void decide(Visitor visitor, UUID id, Resolution resolution, boolean always) {
        if (always) {
            conflicts.resolveAlways(visitor.userId(), id, resolution);
        } else {
            conflicts.resolve(visitor.userId(), id, resolution, Map.of());
        }
    }

    @PostMapping("/conflicts")
    String decideMany(
            Visitor visitor,
            @RequestParam(name = "conflict", defaultValue = "") List<UUID> selected,
            @RequestParam String keep,
            RedirectAttributes next) {
        if (selected.isEmpty()) {
            Notice.attention(next, "conflicts.many.none");
            return "redirect:/conflicts";
        }
        var decided = conflicts.resolveAll(visitor.userId(), selected, side(keep));
        Notice.good(
                next,
                "conflicts.many.done",
                decided.resolved().size(),
                decided.refused().size());
        return "redirect:/conflicts";
    }

    @PostMapping("/conflicts/{id}/bring-back")
    String bringBack(Visitor visitor, @PathVariable UUID id, @RequestParam String keep, RedirectAttributes next) {
        var card = conflicts.bringBack(visitor.userId(), id, side(keep));
        boolean deletion = card.type().equals("delete_edit");
        Notice.good(next, deletion ? "conflict.back.done.deletion" : "conflict.back.done", card.title());
        return "redirect:/conflicts/" + id;
    }

    private static Resolution side(String keep) {
        return switch (keep) {
            case DAYFLOW -> Resolution.KEEP_DAYFLOW;
            case EXTERNAL -> Resolution.KEEP_EXTERNAL;
            default -> throw new InvalidRequest("keep", "must be dayflow or external");
        };
    }

    private static List<String> choices(ConflictCard card, Map<String, String> typed) {
        var choices = new ArrayList<String>();
        for (int number = 0; number < card.fields().size(); number++) {
            var choice = typed.getOrDefault("choice" + number, "");
            if (!List.of(BASE, DAYFLOW, EXTERNAL).contains(choice)) {
                throw new InvalidRequest("choice" + number, "needs a decision");
            }
            choices.add(choice);
        }
        return choices;
    }

    private ConflictCard find(Visitor visitor, UUID id) {
        return conflicts.find(visitor.userId(), id).orElseThrow(() -> new NotFound("There is no such conflict."));
    }
}
