package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The one call that reads and writes in bulk. */
final class Sync {

    private static final List<Type> LISTS = List.of(Type.PROJECT, Type.SECTION, Type.ITEM, Type.LABEL);

    /** Resources that exist and of which the stand-in has none. */
    private static final List<String> EMPTY = List.of(
            "notes",
            "project_notes",
            "filters",
            "reminders",
            "reminders_location",
            "live_notifications",
            "collaborators",
            "collaborator_states",
            "completed_info",
            "folders",
            "workspaces",
            "view_options");

    private final Ledger ledger;
    private final Allowance allowance;

    Sync(Ledger ledger, Allowance allowance) {
        this.ledger = ledger;
        this.allowance = allowance;
    }

    ObjectNode answer(JsonNode request) {
        var token = Ledger.text(request, "sync_token");
        var commands = request.path("commands");
        boolean reads = token != null || request.has("resource_types");
        if (!reads && commands.isMissingNode()) {
            throw ApiError.missing("sync_token");
        }
        boolean full = reads && (token == null || token.equals("*"));
        long known = full || !reads ? 0 : version(token == null ? "" : token);
        allowance.take(full, ledger.instant());
        var answer = Ledger.object();
        if (!commands.isMissingNode()) {
            var run = new Commands(ledger);
            run.run(commands);
            answer.set("sync_status", run.status());
            answer.set("temp_id_mapping", run.mapping());
        }
        answer.put("full_sync", full);
        if (full) {
            answer.put("full_sync_date_utc", ledger.now());
        }
        if (reads) {
            read(answer, types(request.path("resource_types")), full, known);
        }
        return answer.put("sync_token", token(ledger.version()));
    }

    private void read(ObjectNode answer, Set<String> types, boolean full, long known) {
        for (var type : LISTS) {
            if (types.contains(type.resource())) {
                var list = answer.putArray(type.resource());
                (full ? active(type) : ledger.since(type, known)).forEach(list::add);
            }
        }
        boolean changed = !ledger.since(Type.ACCOUNT, known).isEmpty();
        if (types.contains(Type.ACCOUNT.resource()) && (full || changed)) {
            answer.set("user", shown(ledger.user()));
        }
        EMPTY.stream().filter(types::contains).forEach(answer::putArray);
        if (types.contains("day_orders")) {
            answer.putObject("day_orders");
        }
    }

    /** What is not deleted, done or in an archive. */
    private List<ObjectNode> active(Type type) {
        Map<String, Boolean> archived = ledger.alive(Type.PROJECT).stream()
                .collect(Collectors.toMap(
                        project -> project.path("id").asText(),
                        project -> project.path("is_archived").asBoolean()));
        return ledger.alive(type).stream()
                .filter(thing -> !thing.path("checked").asBoolean())
                .filter(thing -> !thing.path("is_archived").asBoolean())
                .filter(thing -> !archived.getOrDefault(thing.path("project_id").asText(), false))
                .toList();
    }

    private static Set<String> types(JsonNode given) {
        var types = new HashSet<String>();
        if (!given.isArray()) {
            throw given.isMissingNode()
                    ? ApiError.missing("resource_types")
                    : ApiError.invalid("resource_types", "A list of names");
        }
        given.forEach(name -> types.add(name.asText()));
        if (types.contains("all")) {
            LISTS.forEach(type -> types.add(type.resource()));
            types.addAll(EMPTY);
            types.addAll(List.of("user", "day_orders"));
        }
        given.forEach(name -> {
            if (name.asText().startsWith("-")) {
                types.remove(name.asText().substring(1));
            }
        });
        return types;
    }

    /** A token is bound to its account; all given before the tokens were expired are invalid. */
    private String token(long version) {
        var text = ledger.account() + "." + epoch() + "." + version;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private long version(String token) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            var own = ledger.account() + "." + epoch() + ".";
            if (text.startsWith(own)) {
                return Long.parseLong(text.substring(own.length()));
            }
        } catch (IllegalArgumentException foreign) {
            // refused below
        }
        throw ApiError.invalidToken();
    }

    private int epoch() {
        return ledger.user().path(TodoistAccounts.EPOCH).asInt();
    }

    /** The user without what the stand-in keeps with it. */
    static ObjectNode shown(ObjectNode user) {
        var shown = user.deepCopy();
        shown.remove(List.of(TodoistAccounts.EPOCH, TodoistAccounts.TOKEN));
        return shown;
    }
}
