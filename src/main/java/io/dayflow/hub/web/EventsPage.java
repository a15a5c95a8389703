package io.dayflow.hub.web;

import io.dayflow.hub.dayflow.EditEvent;
import io.dayflow.hub.dayflow.EventRow;
import io.dayflow.hub.dayflow.PlannerPages;
import io.dayflow.hub.dayflow.Saved;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
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
import org.springframework.web.servlet.support.RequestContextUtils;

/** The events that DayFlow holds, a week at a time: looked at, made, edited, deleted. */
@Controller
@RequestMapping("/items/events")
class EventsPage {

    private static final int WEEK = 7;

    private final PlannerPages planner;
    private final EditEvent edit;
    private final ItemParts parts;
    private final Clock clock;

    EventsPage(PlannerPages planner, EditEvent edit, ItemParts parts, Clock clock) {
        this.planner = planner;
        this.edit = edit;
        this.parts = parts;
        this.clock = clock;
    }

    /** A day and what touches it. */
    public record Day(LocalDate date, boolean today, List<EventRow> events) {}

    @GetMapping
    String week(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String week,
            HttpServletRequest request,
            Model model) {
        var today = clock.instant().atZone(visitor.zone()).toLocalDate();
        var first = date(week, today)
                .with(TemporalAdjusters.previousOrSame(
                        WeekFields.of(RequestContextUtils.getLocale(request)).getFirstDayOfWeek()));
        var last = first.plusDays(WEEK - 1);
        var events = planner.events(visitor.userId(), visitor.zone(), first, last);
        model.addAttribute(
                "days",
                IntStream.range(0, WEEK)
                        .mapToObj(first::plusDays)
                        .map(date -> new Day(date, date.equals(today), on(date, events)))
                        .toList());
        model.addAttribute("first", first);
        model.addAttribute("last", last);
        model.addAttribute("count", events.size());
        model.addAttribute("here", ItemParts.address(request));
        return "events";
    }

    /** What lasts all day comes first. */
    private static List<EventRow> on(LocalDate date, List<EventRow> events) {
        return events.stream()
                .filter(event ->
                        !event.firstDay().isAfter(date) && !event.lastDay().isBefore(date))
                .sorted((one, other) -> Boolean.compare(other.allDay(), one.allDay()))
                .toList();
    }

    private static LocalDate date(@Nullable String text, LocalDate otherwise) {
        try {
            var date = text == null ? otherwise : LocalDate.parse(text);
            return date.getYear() < 1900 || date.getYear() > 2200 ? otherwise : date;
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    @GetMapping("/new")
    String fresh(Visitor visitor, @RequestParam(required = false) @Nullable String day, Model model) {
        var now = clock.instant().atZone(visitor.zone());
        var form = Forms.newEvent(date(day, now.toLocalDate()), now);
        return show(visitor, null, null, form, FormErrors.NONE, model);
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
        Notice.good(next, "events.made", typed.getOrDefault("title", "").strip());
        return toWeek(typed);
    }

    private static String toWeek(Map<String, String> typed) {
        return "redirect:/items/events?week=" + date(typed.get("startDate"), LocalDate.EPOCH);
    }

    @GetMapping("/{id}")
    String event(Visitor visitor, @PathVariable UUID id, Model model) {
        var row = row(visitor, id);
        model.addAttribute("attendees", row.attendees());
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
        var seen = TasksPage.seen(typed);
        try {
            return switch (edit.update(visitor.userId(), visitor.zone(), id, seen, typed)) {
                case Saved.Done done -> {
                    Notice.good(
                            next,
                            "events.saved",
                            typed.getOrDefault("title", "").strip());
                    yield toWeek(typed);
                }
                case Saved.ChangedMeanwhile changed -> {
                    response.setStatus(HttpStatus.CONFLICT.value());
                    var now = row(visitor, id);
                    model.addAttribute("theirs", Forms.differing(typed, Forms.of(now, visitor.zone())));
                    yield show(visitor, id, now.updatedAt(), typed, FormErrors.NONE, model);
                }
                case Saved.Gone gone -> {
                    // What was typed is not lost: it may become a new event.
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

    @GetMapping("/{id}/delete")
    String askDelete(Visitor visitor, @PathVariable UUID id, Model model) {
        return ItemParts.askDelete("events", id, row(visitor, id).title(), model);
    }

    @PostMapping("/{id}/delete")
    String delete(Visitor visitor, @PathVariable UUID id, RedirectAttributes next) {
        var row = row(visitor, id);
        edit.delete(visitor.userId(), id);
        Notice.good(next, "items.deleted", row.title());
        return "redirect:/items/events?week=" + row.firstDay();
    }

    private String show(
            Visitor visitor,
            @Nullable UUID id,
            @Nullable Instant seen,
            Map<String, String> form,
            FormErrors errors,
            Model model) {
        parts.form(visitor, id, seen, form, errors, model);
        return "event";
    }

    private EventRow row(Visitor visitor, UUID id) {
        return planner.event(visitor.userId(), visitor.zone(), id)
                .orElseThrow(() -> new NotFound("There is no such event."));
    }
}
