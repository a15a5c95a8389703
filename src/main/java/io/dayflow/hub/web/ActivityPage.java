package io.dayflow.hub.web;

import io.dayflow.hub.job.ControlJob;
import io.dayflow.hub.job.JobCard;
import io.dayflow.hub.job.Jobs;
import io.dayflow.hub.job.UndoJob;
import io.dayflow.hub.journal.Journal;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the hub does and did: syncs with their progress, and every write that it made. */
@Controller
class ActivityPage {

    private static final int LIMIT = 25;
    private static final int MOST_CHANGES = 25;

    private final Jobs jobs;
    private final ControlJob control;
    private final UndoJob undo;
    private final Journal journal;
    private final Views views;
    private final ItemParts parts;

    ActivityPage(Jobs jobs, ControlJob control, UndoJob undo, Journal journal, Views views, ItemParts parts) {
        this.jobs = jobs;
        this.control = control;
        this.undo = undo;
        this.journal = journal;
        this.views = views;
        this.parts = parts;
    }

    @GetMapping("/activity")
    String activity(
            Visitor visitor,
            @RequestParam(required = false) @Nullable UUID connection,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request,
            Model model) {
        var id = visitor.userId();
        var open = jobs.open(id).stream()
                .flatMap(job -> jobs.find(id, job).stream())
                .filter(job -> connection == null || job.integrationId().equals(connection))
                .toList();
        var page = jobs.list(id, connection, null, Pages.byId(cursor, LIMIT));
        model.addAttribute("open", views.jobs(id, open));
        model.addAttribute(
                "past",
                views.jobs(
                        id,
                        page.items().stream()
                                .filter(job -> open.stream()
                                        .noneMatch(other -> other.jobId().equals(job.jobId())))
                                .toList()));
        model.addAttribute(
                "held", open.stream().filter(job -> job.status().equals("held")).count());
        model.addAttribute("connection", connection);
        model.addAttribute(
                "connectionName", connection == null ? null : views.names(id).get(connection.toString()));
        model.addAttribute("next", page.nextCursor());
        model.addAttribute("cursor", cursor);
        model.addAttribute("here", ItemParts.address(request));
        return "activity";
    }

    @GetMapping("/activity/jobs/{id}")
    String job(
            Visitor visitor,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request,
            Model model) {
        var card = job(visitor, id);
        var changes = jobs.changes(visitor.userId(), card, Pages.byNumber(cursor, MOST_CHANGES));
        var names = views.names(visitor.userId());
        model.addAttribute("job", views.job(card, names));
        model.addAttribute("changes", changes.items());
        model.addAttribute("next", changes.nextCursor());
        model.addAttribute("cursor", cursor);
        model.addAttribute("connectionNames", names);
        model.addAttribute("fields", parts.fields(visitor, request));
        model.addAttribute("here", ItemParts.address(request));
        return "job";
    }

    @PostMapping("/activity/jobs/{id}")
    String steer(Visitor visitor, @PathVariable UUID id, @RequestParam String action, RedirectAttributes next) {
        var wanted = Arrays.stream(ControlJob.Action.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(action))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest("action", "is pause, resume, cancel, confirm or undo"));
        var job = control.control(visitor.userId(), id, wanted);
        Notice.good(next, "job.did." + action);
        return "redirect:/activity/jobs/" + job;
    }

    /** Shows what taking the job back would do; that page's button does it. */
    @PostMapping("/activity/jobs/{id}/undo")
    String askUndo(Visitor visitor, @PathVariable UUID id) {
        return "redirect:/activity/jobs/" + undo.undo(visitor.userId(), id, true);
    }

    /** The same for one write. */
    @PostMapping("/activity/history/{id}/undo")
    String askUndoEntry(Visitor visitor, @PathVariable long id) {
        return "redirect:/activity/jobs/" + undo.undoEntry(visitor.userId(), id, true);
    }

    private JobCard job(Visitor visitor, UUID id) {
        return jobs.find(visitor.userId(), id).orElseThrow(() -> new NotFound("There is no such sync."));
    }

    @GetMapping("/activity/history")
    String history(
            Visitor visitor,
            @RequestParam(required = false) @Nullable UUID item,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request,
            Model model) {
        PageRequest asked = Pages.byNumber(cursor, MOST_CHANGES);
        var page = journal.list(visitor.userId(), item, null, asked);
        model.addAttribute("entries", page.items());
        model.addAttribute("next", page.nextCursor());
        model.addAttribute("cursor", cursor);
        model.addAttribute("item", item);
        model.addAttribute("connectionNames", views.names(visitor.userId()));
        model.addAttribute("fields", parts.fields(visitor, request));
        return "history";
    }
}
