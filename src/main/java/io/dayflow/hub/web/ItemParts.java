package io.dayflow.hub.web;

import io.dayflow.hub.dayflow.PlannerPages;
import io.dayflow.hub.journal.Journal;
import io.dayflow.hub.journal.JournalEntry;
import io.dayflow.hub.merge.Paths;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.trace.ItemTrace;
import io.dayflow.hub.trace.SideState;
import io.dayflow.hub.trace.Traces;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the pages of tasks and of events have in common. */
@Component
class ItemParts {

    private static final int LATEST = 5;
    private static final int STEPS = 20;
    private static final List<String> REPEATS = List.of("none", "daily", "weekly", "monthly", "yearly");

    private final PlannerPages planner;
    private final Journal journal;
    private final Traces traces;
    private final Views views;
    private final Frames frames;
    private final MessageSource texts;

    ItemParts(PlannerPages planner, Journal journal, Traces traces, Views views, Frames frames, MessageSource texts) {
        this.planner = planner;
        this.journal = journal;
        this.traces = traces;
        this.views = views;
        this.frames = frames;
        this.texts = texts;
    }

    Times times(Visitor visitor, HttpServletRequest request) {
        return frames.times(visitor, request);
    }

    FieldTexts fields(Visitor visitor, HttpServletRequest request) {
        return new FieldTexts(texts, times(visitor, request));
    }

    /**
     * A form for an item.
     *
     * @param id null: a new one
     * @param seen when what the form shows was last changed
     */
    void form(
            Visitor visitor,
            @Nullable UUID id,
            @Nullable Instant seen,
            Map<String, String> form,
            FormErrors errors,
            Model model) {
        model.addAttribute("id", id);
        model.addAttribute("seen", seen);
        model.addAttribute("form", form);
        model.addAttribute("errors", errors);
        model.addAttribute("repeats", REPEATS);
        model.addAttribute("categories", planner.categories(visitor.userId()));
        model.addAttribute("connectionNames", views.names(visitor.userId()));
        List<JournalEntry> history = id == null
                ? List.of()
                : journal.list(visitor.userId(), id, null, PageRequest.first(LATEST))
                        .items();
        model.addAttribute("history", history);
        Optional<ItemTrace> trace =
                id == null ? Optional.empty() : traces.find(visitor.userId(), id, PageRequest.first(STEPS));
        model.addAttribute(
                "sides",
                trace.map(it -> it.sides().stream().map(this::side).toList()).orElse(List.of()));
        model.addAttribute("steps", trace.map(it -> it.decisions().items()).orElse(List.of()));
    }

    private SyncSide side(SideState at) {
        return new SyncSide(at, at.fields().stream().map(this::label).distinct().collect(Collectors.joining(", ")));
    }

    private String label(String path) {
        var field = Paths.field(path);
        return Objects.requireNonNullElse(texts.getMessage("item." + field, null, field, Locale.ENGLISH), field);
    }

    static String askDelete(String kind, UUID id, String title, Model model) {
        model.addAttribute("kind", kind);
        model.addAttribute("id", id);
        model.addAttribute("title", title);
        return "delete";
    }

    /** The page's own address, for the part of it that is fetched anew. */
    static String address(HttpServletRequest request) {
        var query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }
}
