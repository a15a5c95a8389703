package io.dayflow.hub.web;

import io.dayflow.hub.dayflow.EditTask;
import io.dayflow.hub.dayflow.PlannerPages;
import io.dayflow.hub.dayflow.Saved;
import io.dayflow.hub.dayflow.TaskRow;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The tasks that DayFlow holds: looked at, made, edited, done, deleted. */
@Controller
@RequestMapping("/items/tasks")
class TasksPage {

    private static final int LIMIT = 50;

    private final PlannerPages planner;
    private final EditTask edit;
    private final ItemParts parts;
    private final Clock clock;

    TasksPage(PlannerPages planner, EditTask edit, ItemParts parts, Clock clock) {
        this.planner = planner;
        this.edit = edit;
        this.parts = parts;
        this.clock = clock;
    }

    /** When tasks are due, seen from now. */
    public enum When {
        LATE,
        TODAY,
        LATER,
        NEVER;

        static When of(TaskRow row, Times times) {
            var due = row.due();
            if (due == null) {
                return NEVER;
            }
            var day = due.atZone(times.zone()).toLocalDate();
            if (day.isBefore(times.today()) || (!row.dueOnDay() && due.isBefore(times.now()))) {
                return LATE;
            }
            return day.equals(times.today()) ? TODAY : LATER;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @GetMapping
    String tasks(
            Visitor visitor,
            @RequestParam(defaultValue = "open") String show,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request,
            Model model) {
        boolean over = show.equals("over");
        var page = planner.tasks(visitor.userId(), visitor.zone(), over, q.strip(), Pages.byId(cursor, LIMIT));
        var times = parts.times(visitor, request);
        var groups = new EnumMap<When, List<TaskRow>>(When.class);
        page.items()
                .forEach(row -> groups.computeIfAbsent(
                                over ? When.NEVER : When.of(row, times), when -> new ArrayList<>())
                        .add(row));
        model.addAttribute("groups", groups);
        model.addAttribute("over", over);
        model.addAttribute("q", q);
        model.addAttribute("cursor", cursor);
        model.addAttribute("next", page.nextCursor());
        model.addAttribute("counts", planner.counts(visitor.userId(), visitor.zone(), clock.instant()));
        model.addAttribute("here", ItemParts.address(request));
        return "tasks";
    }

    @GetMapping("/new")
    String fresh(Visitor visitor, Model model) {
        return show(visitor, null, null, Forms.newTask(), FormErrors.NONE, model);
    }

    @PostMapping
    String create(
            Visitor visitor,
            @RequestParam Map<String, String> typed,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            edit.create(visitor.userId(), visitor.zone(), typed);
        } catch (InvalidRequest e) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return show(visitor, null, null, typed, FormErrors.of(e, ""), model);
        }
        Notice.good(next, "tasks.made", typed.getOrDefault("title", "").strip());
        return "redirect:/items/tasks";
    }

    @GetMapping("/{id}")
    String task(Visitor visitor, @PathVariable UUID id, Model model) {
        var row = row(visitor, id);
        return show(visitor, id, row.updatedAt(), Forms.of(row, visitor.zone()), FormErrors.NONE, model);
    }

    @PostMapping("/{id}")
    String save(
            Visitor visitor,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        var seen = seen(typed);
        try {
            return switch (edit.update(visitor.userId(), visitor.zone(), id, seen, typed)) {
                case Saved.Done done -> {
                    Notice.good(
                            next, "tasks.saved", typed.getOrDefault("title", "").strip());
                    yield "redirect:/items/tasks";
                }
                case Saved.ChangedMeanwhile changed -> {
                    response.setStatus(HttpStatus.CONFLICT.value());
                    var now = row(visitor, id);
                    model.addAttribute("theirs", Forms.differing(typed, Forms.of(now, visitor.zone())));
                    yield show(visitor, id, now.updatedAt(), typed, FormErrors.NONE, model);
                }
                case Saved.Gone gone -> {
                    // What was typed is not lost: it may become a new task.
                    response.setStatus(HttpStatus.CONFLICT.value());
                    model.addAttribute("gone", true);
                    yield show(visitor, null, null, typed, FormErrors.NONE, model);
                }
            };
        } catch (InvalidRequest e) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return show(visitor, id, seen, typed, FormErrors.of(e, ""), model);
        }
    }

    @PostMapping("/{id}/done")
    String done(
            Visitor visitor,
            @PathVariable UUID id,
            @RequestParam boolean done,
            HttpServletRequest request,
            RedirectAttributes next) {
        edit.complete(visitor.userId(), id, done);
        return Back.to(request, "/items/tasks");
    }

    @GetMapping("/{id}/delete")
    String askDelete(Visitor visitor, @PathVariable UUID id, Model model) {
        return ItemParts.askDelete("tasks", id, row(visitor, id).title(), model);
    }

    @PostMapping("/{id}/delete")
    String delete(Visitor visitor, @PathVariable UUID id, RedirectAttributes next) {
        var title = row(visitor, id).title();
        edit.delete(visitor.userId(), id);
        Notice.good(next, "items.deleted", title);
        return "redirect:/items/tasks";
    }

    private String show(
            Visitor visitor,
            @Nullable UUID id,
            @Nullable Instant seen,
            Map<String, String> form,
            FormErrors errors,
            Model model) {
        parts.form(visitor, id, seen, form, errors, model);
        model.addAttribute("statuses", EditTask.STATUSES);
        model.addAttribute("priorities", EditTask.PRIORITIES);
        return "task";
    }

    private TaskRow row(Visitor visitor, UUID id) {
        return planner.task(visitor.userId(), visitor.zone(), id)
                .orElseThrow(() -> new NotFound("There is no such task."));
    }

    static Instant seen(Map<String, String> typed) {
        try {
            return Instant.parse(typed.getOrDefault("seen", ""));
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
