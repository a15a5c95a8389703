package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tasks such as people have, the same for every account: in some projects and sections, some due today, some coming back. */
final class MadeUpTasks {

    private static final long SEED = 20_260_301;

    private static final List<String> VERBS = List.of(
            "Review", "Draft", "Send", "Plan", "Book", "Order", "Clean", "Repair", "Compare", "Print", "Update", "Sort",
            "Prepare", "Check", "Renew", "Return", "Cancel", "Collect", "Archive", "Measure");

    private static final List<String> THINGS = List.of(
            "the quarterly report",
            "the meeting notes",
            "train tickets",
            "the kitchen shelf",
            "printer paper",
            "the bicycle tyres",
            "the insurance papers",
            "library books",
            "the holiday photos",
            "the garden plan",
            "the onboarding guide",
            "the invoice for the desk",
            "the weekly menu",
            "window cleaning",
            "the backup disk",
            "the slides for Monday",
            "the phone contract",
            "a birthday present",
            "the test results",
            "the parking permit",
            "the reading list",
            "the balcony plants",
            "the budget table",
            "the car inspection",
            "the winter tyres");

    private static final List<String> PROJECTS = List.of("Work", "Home", "Errands");
    private static final List<String> SECTIONS = List.of("This week", "Later");
    private static final List<String> LABELS = List.of("phone", "computer", "waiting", "quick");

    private static final List<String> RULES = List.of(
            "every day",
            "every weekday",
            "every monday",
            "every 2 weeks",
            "every month",
            "every! 3 days",
            "every mon, thu at 09:00");

    private static final List<String> NOTES = List.of(
            "See the **shared folder** for the last version.",
            "- what is missing\n- who is asked\n- until when",
            "Details at [the handbook](https://example.com/handbook).",
            "Takes longer than it looks.");

    private final Tasks tasks;
    private final Places places;
    private final Random random = new Random(SEED);
    private final List<ObjectNode> wheres = new ArrayList<>();

    MadeUpTasks(Ledger ledger) {
        this.tasks = new Tasks(ledger);
        this.places = new Places(ledger);
    }

    void make(int count) {
        LABELS.subList(0, 3).forEach(name -> places.addLabel(Ledger.object().put("name", name)));
        wheres.add(Ledger.object());
        for (var name : PROJECTS) {
            var project = places.addProject(Ledger.object().put("name", name)).path("id");
            wheres.add((ObjectNode) Ledger.object().set("project_id", project));
            if (!name.equals("Errands")) {
                for (var section : SECTIONS) {
                    ObjectNode args = Ledger.object().put("name", section);
                    args.set("project_id", project);
                    wheres.add((ObjectNode) Ledger.object()
                            .set("section_id", places.addSection(args).path("id")));
                }
            }
        }
        var today = tasks.userNow();
        for (int i = 0; i < count; i++) {
            tasks.add(task(i, today));
        }
    }

    private ObjectNode task(int i, LocalDateTime now) {
        var task = wheres.get(random.nextInt(wheres.size())).deepCopy();
        task.put("content", title(i));
        if (random.nextInt(3) == 0) {
            task.put("description", NOTES.get(random.nextInt(NOTES.size())));
        }
        task.put("priority", random.nextInt(2) == 0 ? 1 : 1 + random.nextInt(4));
        if (random.nextInt(2) == 0) {
            task.putArray("labels").add(LABELS.get(random.nextInt(LABELS.size())));
        }
        var today = now.toLocalDate();
        var due = Ledger.object();
        switch (i % 6) {
            case 0 -> due.put("date", today.toString());
            case 1 -> due.put("date", today.plusDays(1 + random.nextInt(20)).toString());
            case 2 -> due.put("date", today.plusDays(random.nextInt(7)) + "T1" + random.nextInt(8) + ":30:00");
            case 3 -> due.put("string", RULES.get(random.nextInt(RULES.size())));
            case 4 ->
                due.put("date", today.plusDays(random.nextInt(7)) + "T1" + random.nextInt(6) + ":00:00Z")
                        .put("timezone", "Europe/Berlin");
            default -> {
                return task;
            }
        }
        task.set("due", due);
        if (due.path("date").asText().length() > 10) {
            task.putObject("duration")
                    .put("amount", 30 + 15 * random.nextInt(5))
                    .put("unit", "minute");
        }
        return task;
    }

    /** Each title once: the pairs in an order that looks like none, then numbered. */
    private static String title(int i) {
        int pairs = VERBS.size() * THINGS.size();
        int pair = (int) (i % pairs * 137L % pairs);
        var title = VERBS.get(pair % VERBS.size()) + " " + THINGS.get(pair / VERBS.size());
        return i < pairs ? title : title + ", part " + (1 + i / pairs);
    }
}
