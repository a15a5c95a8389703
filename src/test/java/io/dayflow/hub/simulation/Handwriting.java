package io.dayflow.hub.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What people write: every value is one that nobody wrote before. Texts in the form of the side they write on. */
final class Handwriting {

    private static final LocalDate FIRST_DAY = LocalDate.of(2027, 1, 4);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> THINGS = List.of("milk", "Tax", "Rent ", " bread", "Ärzte", "call", "plan");
    private static final List<String> PRIORITIES = List.of("low", "medium", "high", "urgent");

    private final ZoneId zone;
    private int written;

    Handwriting(ZoneId zone) {
        this.zone = zone;
    }

    /** A side to write on: which fields it has, and whether in DayFlow's own form. */
    record Paper(Kind kind, Set<String> fields, boolean dayflow) {}

    /** A new object. */
    View fresh(Paper paper, SplittableRandom chance) {
        View view = View.empty(paper.kind()).with("title", text(title(chance)));
        if (paper.kind() == Kind.EVENT) {
            view = moved(view, paper, chance);
        } else {
            view = view.with("status", text("pending"));
        }
        int more = chance.nextInt(4);
        for (int i = 0; i < more; i++) {
            view = edited(view, paper, chance);
        }
        return view;
    }

    /** The same object with one field edited. */
    View edited(View before, Paper paper, SplittableRandom chance) {
        List<String> weighted = new ArrayList<>();
        for (String field : paper.fields()) {
            int weight = switch (field) {
                case "title", "notes", "description", "labels" -> 3;
                case "due", "start", "attendees", "categories" -> 2;
                case "location", "estimate", "priority", "recurrence", "overrides", "exdates", "x-own" -> 1;
                default -> 0;
            };
            for (int i = 0; i < weight; i++) {
                weighted.add(field);
            }
        }
        String field = weighted.get(chance.nextInt(weighted.size()));
        JsonNode value = before.get(field);
        return switch (field) {
            case "title" -> before.with(field, text(title(chance)));
            case "notes", "description" -> before.with(field, lines(value, chance));
            case "labels", "categories" -> before.with(field, labels(value, chance));
            case "due" -> before.with(field, orNothing(text(time(paper, chance)), chance));
            case "start" ->
                paper.kind() == Kind.EVENT
                        ? moved(before, paper, chance)
                        : before.with(field, orNothing(text(time(paper, chance)), chance));
            case "attendees" -> before.with(field, attendees(value, paper, chance));
            case "location", "x-own" -> before.with(field, orNothing(text(word() + " place"), chance));
            case "estimate" -> before.with(field, orNothing(IntNode.valueOf(Tokens.FIRST_NUMBER + ++written), chance));
            case "priority" -> before.with(field, text(PRIORITIES.get(chance.nextInt(PRIORITIES.size()))));
            case "recurrence" -> repeated(before, paper, chance);
            case "overrides" -> overridden(before, chance);
            case "exdates" -> excepted(before, chance);
            default -> throw new IllegalStateException(field);
        };
    }

    /** The same object by another name. */
    View retitled(View before) {
        return before.with("title", text(word() + " unnoticed"));
    }

    /** Done, or open again. */
    View completed(View before, Paper paper, String now) {
        boolean done = "completed".equals(before.text("status"));
        View view = before.with("status", text(done ? "pending" : "completed"));
        if (paper.fields().contains("completedAt")) {
            view = view.with("completedAt", done ? null : text(now));
        }
        if (paper.fields().contains("progress")) {
            view = view.with("progress", done ? null : IntNode.valueOf(100));
        }
        return view;
    }

    private String word() {
        return "w" + ++written + "w";
    }

    private String title(SplittableRandom chance) {
        String word = chance.nextInt(4) == 0 ? word().replace('w', 'W') : word();
        String title = word + " " + THINGS.get(chance.nextInt(THINGS.size()));
        return chance.nextInt(60) == 0 ? title + " forbidden" : title;
    }

    private @Nullable JsonNode lines(@Nullable JsonNode value, SplittableRandom chance) {
        List<String> lines = new ArrayList<>(
                value == null ? List.of() : Arrays.asList(value.asText().split("\n")));
        int place = lines.isEmpty() ? 0 : chance.nextInt(lines.size());
        switch (lines.isEmpty() ? 0 : chance.nextInt(4)) {
            case 0 -> lines.add(word() + " line");
            case 1 -> lines.add(place, word() + " line");
            case 2 -> lines.set(place, word() + " line");
            default -> lines.remove(place);
        }
        return lines.isEmpty() ? null : text(String.join("\n", lines));
    }

    private @Nullable JsonNode labels(@Nullable JsonNode value, SplittableRandom chance) {
        TreeSet<String> labels = new TreeSet<>();
        if (value != null) {
            value.forEach(label -> labels.add(label.asText()));
        }
        if (labels.isEmpty() || chance.nextInt(3) > 0) {
            labels.add(chance.nextBoolean() ? word() : "Label " + word());
        } else {
            labels.remove(new ArrayList<>(labels).get(chance.nextInt(labels.size())));
        }
        return array(labels);
    }

    private @Nullable JsonNode attendees(@Nullable JsonNode value, Paper paper, SplittableRandom chance) {
        List<ObjectNode> people = new ArrayList<>();
        if (value != null) {
            value.forEach(person -> people.add((ObjectNode) person.deepCopy()));
        }
        if (people.isEmpty() || chance.nextInt(3) == 0) {
            ObjectNode person =
                    JSON.objectNode().put("email", word() + "@example.org").put("name", "Name " + word());
            people.add(paper.dayflow() ? person.put("status", "pending") : person);
        } else if (chance.nextBoolean()) {
            people.get(chance.nextInt(people.size())).put("name", "Name " + word());
        } else {
            people.remove(chance.nextInt(people.size()));
        }
        ArrayNode array = JSON.arrayNode();
        people.forEach(array::add);
        return people.isEmpty() ? null : array;
    }

    private View repeated(View before, Paper paper, SplittableRandom chance) {
        if (before.get("recurrence") != null && chance.nextInt(3) == 0) {
            return before.with("recurrence", null).with("exdates", null).with("overrides", null);
        }
        if (paper.kind() == Kind.TASK && before.get("due") == null) {
            return before;
        }
        boolean daily = paper.kind() == Kind.TASK || chance.nextBoolean();
        JsonNode rule = paper.dayflow()
                ? JSON.objectNode().put("type", daily ? "daily" : "weekly")
                : text(daily ? "FREQ=DAILY" : "FREQ=WEEKLY");
        return before.with("recurrence", rule);
    }

    private View overridden(View before, SplittableRandom chance) {
        String start = before.text("start");
        if (before.get("recurrence") == null || start == null) {
            return before;
        }
        String original = occurrence(start, 7L * (1 + chance.nextInt(4)));
        JsonNode known = before.get("overrides");
        ObjectNode overrides = known == null ? JSON.objectNode() : (ObjectNode) known.deepCopy();
        overrides.set(
                original,
                JSON.objectNode()
                        .put("title", word() + " this once")
                        .put("start", original)
                        .put("end", original));
        return before.with("overrides", overrides).with("exdates", without(before.get("exdates"), original));
    }

    private View excepted(View before, SplittableRandom chance) {
        String start = before.text("start");
        if (before.get("recurrence") == null || start == null) {
            return before;
        }
        String original = occurrence(start, 7L * (1 + chance.nextInt(4)));
        TreeSet<String> dates = new TreeSet<>();
        if (before.get("exdates") != null) {
            before.get("exdates").forEach(date -> dates.add(date.asText()));
        }
        dates.add(original);
        JsonNode known = before.get("overrides");
        ObjectNode overrides = known == null ? JSON.objectNode() : (ObjectNode) known.deepCopy();
        overrides.remove(original);
        return before.with("exdates", array(dates)).with("overrides", overrides);
    }

    private static @Nullable JsonNode without(@Nullable JsonNode dates, String date) {
        TreeSet<String> kept = new TreeSet<>();
        if (dates != null) {
            dates.forEach(value -> kept.add(value.asText()));
        }
        kept.remove(date);
        return array(kept);
    }

    private static String occurrence(String start, long days) {
        return switch (When.parse(start)) {
            case When.Day day -> When.of(day.date().plusDays(days)).toString();
            case When.Floating floating ->
                When.of(floating.dateTime().plusDays(days)).toString();
            case When.Zoned zoned -> When.of(zoned.dateTime().plusDays(days)).toString();
        };
    }

    /** To another time, with what hangs on the old one left behind. */
    private View moved(View before, Paper paper, SplittableRandom chance) {
        ZonedDateTime start = moment(chance);
        boolean whole = chance.nextInt(4) == 0;
        View view = before.with("exdates", null).with("overrides", null);
        if (paper.dayflow()) {
            ZonedDateTime from = whole ? start.toLocalDate().atStartOfDay(zone) : start;
            ZonedDateTime to = whole ? from.toLocalDate().plusDays(1).atStartOfDay(zone) : from.plusMinutes(30);
            return view.with("start", text(When.of(from.toInstant()).toString()))
                    .with("end", text(When.of(to.toInstant()).toString()))
                    .with("allDay", JSON.booleanNode(whole));
        }
        When from = whole ? When.of(start.toLocalDate()) : When.of(start);
        When to = whole ? When.of(start.toLocalDate().plusDays(1)) : When.of(start.plusMinutes(30));
        return view.with("start", text(from.toString())).with("end", text(to.toString()));
    }

    private String time(Paper paper, SplittableRandom chance) {
        ZonedDateTime moment = moment(chance);
        if (paper.dayflow()) {
            return When.of(moment.toInstant()).toString();
        }
        return switch (chance.nextInt(3)) {
            case 0 -> When.of(moment.toLocalDate()).toString();
            case 1 -> When.of(moment.toInstant()).toString();
            default -> When.of(moment).toString();
        };
    }

    /** A time on a day that no other value lies on. */
    private ZonedDateTime moment(SplittableRandom chance) {
        return FIRST_DAY
                .plusDays(++written)
                .atTime(LocalTime.of(chance.nextInt(24), chance.nextInt(60), chance.nextInt(60)))
                .atZone(zone);
    }

    private @Nullable JsonNode orNothing(JsonNode value, SplittableRandom chance) {
        return chance.nextInt(6) == 0 ? null : value;
    }

    private static @Nullable JsonNode array(Set<String> values) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(array::add);
        return values.isEmpty() ? null : array;
    }

    private static TextNode text(String text) {
        return TextNode.valueOf(text);
    }
}
