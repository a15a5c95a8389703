package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every call except the bulk one, by method and path. */
final class Rest {

    private final Ledger ledger;
    private final Allowance allowance;
    private final Tasks tasks;
    private final Places places;

    Rest(Ledger ledger, Allowance allowance) {
        this.ledger = ledger;
        this.allowance = allowance;
        this.tasks = new Tasks(ledger);
        this.places = new Places(ledger);
    }

    Answer answer(Request request) {
        var path = request.path();
        return switch (path.isEmpty() ? "" : path.getFirst()) {
            case "sync" ->
                only("POST", request, 1, () -> Answer.ok(new Sync(ledger, allowance).answer(request.body())));
            case "user" -> only("GET", request, 1, () -> Answer.ok(Sync.shown(ledger.user())));
            case "tasks" -> tasks(request);
            case "projects" -> places(request, Type.PROJECT);
            case "sections" -> places(request, Type.SECTION);
            case "labels" -> labels(request);
            default -> throw ApiError.notFound("Page");
        };
    }

    private Answer tasks(Request request) {
        var path = request.path();
        if (path.size() == 1) {
            return request.method().equals("POST")
                    ? Answer.ok(tasks.add(args(request.body())))
                    : read(request, () -> page(request, "results", listed(request)));
        }
        if (path.size() == 3 && path.get(1).equals("completed")) {
            return read(request, () -> page(request, "items", completed(request, path.get(2))));
        }
        var id = id(path.get(1));
        if (path.size() == 2) {
            return switch (request.method()) {
                case "GET" -> Answer.ok(ledger.get(Type.ITEM, id));
                case "POST" -> Answer.ok(tasks.update(id, args(request.body())));
                case "DELETE" -> done(() -> tasks.delete(id));
                default -> throw ApiError.of(405, "Method not allowed");
            };
        }
        return only("POST", request, 3, () -> switch (path.get(2)) {
            case "close" -> done(() -> tasks.close(id));
            case "reopen" -> done(() -> tasks.reopen(id));
            case "move" -> Answer.ok(tasks.move(id, request.body()));
            default -> throw ApiError.notFound("Page");
        });
    }

    private Answer places(Request request, Type type) {
        var path = request.path();
        if (path.size() == 1) {
            if (request.method().equals("POST")) {
                return Answer.ok(
                        type == Type.PROJECT ? places.addProject(request.body()) : places.addSection(request.body()));
            }
            return read(request, () -> page(request, "results", within(request, type)));
        }
        var id = id(path.get(1));
        if (path.size() == 3) {
            return only("POST", request, 3, () -> switch (path.get(2)) {
                case "archive" -> done(() -> places.archive(type, id, true));
                case "unarchive" -> done(() -> places.archive(type, id, false));
                default -> throw ApiError.notFound("Page");
            });
        }
        return switch (request.method()) {
            case "GET" -> Answer.ok(ledger.alive(type, id));
            case "POST" -> Answer.ok(places.update(type, id, request.body()));
            case "DELETE" ->
                done(() -> {
                    if (type == Type.PROJECT) {
                        places.deleteProject(id);
                    } else {
                        places.deleteSection(id);
                    }
                });
            default -> throw ApiError.of(405, "Method not allowed");
        };
    }

    private Answer labels(Request request) {
        var path = request.path();
        if (path.size() == 1) {
            return request.method().equals("POST")
                    ? Answer.ok(places.addLabel(request.body()))
                    : read(request, () -> page(request, "results", ledger.alive(Type.LABEL)));
        }
        if (path.get(1).equals("shared")) {
            return read(request, () -> Answer.ok(shared()));
        }
        var id = id(path.get(1));
        return switch (request.method()) {
            case "GET" -> Answer.ok(ledger.alive(Type.LABEL, id));
            case "POST" -> done(() -> places.changeLabel(id, Args.required(request.body(), "name")), Type.LABEL, id);
            case "DELETE" -> done(() -> places.changeLabel(id, null));
            default -> throw ApiError.of(405, "Method not allowed");
        };
    }

    /** Names that tasks carry without there being a label. */
    private ObjectNode shared() {
        Set<String> own = ledger.alive(Type.LABEL).stream()
                .map(label -> label.path("name").asText())
                .collect(Collectors.toSet());
        var answer = Ledger.object();
        var names = answer.putArray("results");
        ledger.alive(Type.ITEM).stream()
                .flatMap(task -> task.path("labels").valueStream().map(JsonNode::asText))
                .filter(name -> !own.contains(name))
                .distinct()
                .sorted()
                .forEach(names::add);
        return answer.putNull("next_cursor");
    }

    private List<ObjectNode> within(Request request, Type type) {
        var project = type == Type.SECTION ? filter(request, "project_id") : null;
        return ledger.alive(type).stream()
                .filter(thing -> !thing.path("is_archived").asBoolean())
                .filter(matches("project_id", project))
                .toList();
    }

    private List<ObjectNode> listed(Request request) {
        var ids = request.query("ids");
        Set<String> wanted = ids == null ? Set.of() : Set.copyOf(Arrays.asList(ids.split("\\s*,\\s*")));
        var label = request.query("label");
        Stream<ObjectNode> found = ledger.alive(Type.ITEM).stream()
                .filter(task -> !task.path("checked").asBoolean())
                .filter(matches("project_id", filter(request, "project_id")))
                .filter(matches("section_id", filter(request, "section_id")))
                .filter(matches("parent_id", filter(request, "parent_id")))
                .filter(task ->
                        wanted.isEmpty() || wanted.contains(task.path("id").asText()))
                .filter(task -> label == null
                        || task.path("labels")
                                .valueStream()
                                .anyMatch(name -> name.asText().equals(label)));
        return found.sorted(
                        Comparator.comparingInt(task -> task.path("child_order").asInt()))
                .toList();
    }

    private List<ObjectNode> completed(Request request, String by) {
        if (!by.equals("by_completion_date")) {
            throw ApiError.notFound("Page");
        }
        var since = needed(request, "since");
        var until = needed(request, "until");
        return ledger.alive(Type.ITEM).stream()
                .filter(task -> task.path("checked").asBoolean())
                .filter(matches("project_id", filter(request, "project_id")))
                .filter(task -> task.path("completed_at").asText().compareTo(since) >= 0)
                .filter(task -> task.path("completed_at").asText().compareTo(until) < 0)
                .sorted(Comparator.comparing(
                                (ObjectNode task) -> task.path("completed_at").asText())
                        .reversed())
                .toList();
    }

    private static String needed(Request request, String name) {
        var value = request.query(name);
        if (value == null) {
            throw ApiError.missing(name);
        }
        if (!value.matches("\\d{4}-\\d{2}-\\d{2}.*")) {
            throw ApiError.invalid(name, "A date or a time");
        }
        return value;
    }

    private Answer page(Request request, String key, List<ObjectNode> all) {
        return Answer.ok(Pages.page(ledger.account(), request, key, all));
    }

    /** What REST calls otherwise than a sync does. */
    private static ObjectNode args(JsonNode body) {
        ObjectNode args = body.deepCopy();
        var string = Ledger.text(body, "due_string");
        var date = Ledger.text(body, "due_date");
        var time = Ledger.text(body, "due_datetime");
        if (string != null || date != null || time != null) {
            var due = args.putObject("due");
            due.put("string", string);
            due.put("date", time != null ? time : date);
            due.put("lang", body.path("due_lang").asText("en"));
        }
        if (body.has("deadline_date")) {
            var deadline = Ledger.text(body, "deadline_date");
            args.set(
                    "deadline",
                    deadline == null ? args.nullNode() : Ledger.object().put("date", deadline));
        }
        if (body.has("duration") && !body.path("duration").isObject()) {
            var amount = body.path("duration");
            args.set("duration", amount);
            if (!amount.isNull()) {
                var duration = args.putObject("duration");
                duration.set("amount", amount);
                duration.put("unit", body.path("duration_unit").asText());
            }
        }
        if (body.path("order").isInt()) {
            args.set("child_order", body.path("order"));
        }
        if (body.has("assignee_id")) {
            args.set("responsible_uid", body.path("assignee_id"));
        }
        return args;
    }

    private interface Call {
        Answer answer();
    }

    private static Answer only(String method, Request request, int length, Call call) {
        if (request.path().size() != length) {
            throw ApiError.notFound("Page");
        }
        if (!request.method().equals(method)) {
            throw ApiError.of(405, "Method not allowed");
        }
        return call.answer();
    }

    private static Answer read(Request request, Call call) {
        return only("GET", request, request.path().size(), call);
    }

    private static Answer done(Runnable change) {
        change.run();
        return Answer.NOTHING;
    }

    private Answer done(Runnable change, Type type, String id) {
        change.run();
        return Answer.ok(ledger.get(type, id));
    }

    private static Predicate<ObjectNode> matches(String field, @Nullable String value) {
        return thing -> value == null || value.equals(Ledger.text(thing, field));
    }

    private static @Nullable String filter(Request request, String name) {
        var value = request.query(name);
        if (value != null && !isId(value)) {
            throw ApiError.invalid(name, "An id");
        }
        return value;
    }

    private static String id(String segment) {
        if (!isId(segment)) {
            throw ApiError.invalid("id", "An id");
        }
        return segment;
    }

    /** Numbers are ids of the former versions, which this one refuses. */
    private static boolean isId(String text) {
        return text.matches("[A-Za-z0-9]{1,64}") && !text.matches("[0-9]+");
    }
}
