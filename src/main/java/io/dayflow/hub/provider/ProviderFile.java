package io.dayflow.hub.provider;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.Provider.Auth;
import io.dayflow.hub.provider.Provider.FaultRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one file of {@code config/providers}. */
final class ProviderFile {

    private static final Set<String> PERIOD = Set.of("start", "end");
    private static final String FIELD = "[a-zA-Z][a-zA-Z0-9]{0,39}";

    private ProviderFile() {}

    /**
     * What a file says.
     *
     * @param provider null where it names no routes: the service is described, and nobody can connect it yet
     * @param oauth null where the service has no OAuth 2.0
     * @param handshake null where it asks nothing before it tells
     */
    record Described(
            String id,
            @Nullable Provider provider,
            @Nullable Oauth oauth,
            @Nullable Handshake handshake) {}

    /**
     * @param addressOverride what the operator set as the provider's address, by provider id; null for nothing
     * @param check of the jq in it
     * @throws InvalidProviderFile if anything in it is unknown, missing or of the wrong type
     */
    static Described read(Path file, Function<String, @Nullable String> addressOverride, MappingCheck check) {
        var root = YamlSection.read(file);
        var id = root.text("id");
        if (!file.getFileName().toString().equals(id + ".yaml")) {
            throw root.refused("id", "takes the file's own name without .yaml, not " + id);
        }
        var displayName = root.text("displayName");
        var type = root.oneOf("type", List.of("task_management", "calendar"));
        var kinds = kinds(root);
        var auth = root.sections("auth").stream().map(ProviderFile::auth).toList();
        var oauth = oauth(root, auth, id, displayName);
        if (!root.has("routes")) {
            var asking = root.has("webhook") ? WebhookSection.asking(root.section("webhook")) : null;
            root.end();
            return new Described(id, null, oauth, asking);
        }
        var routes = root.text("routes");
        var address = root.textOrNull("address");
        var domain = root.textOrNull("domain");
        var views = root.has("views") ? views(root.section("views"), kinds, check) : Map.<Kind, String>of();
        var faults = root.has("faults") ? faults(root.section("faults"), check) : FaultRules.STANDARD;
        var features = features(root.section("features"));
        var limits = limits(root.section("limits"));
        var poll = poll(root.section("poll"));
        var fields = fields(root.section("fields"), kinds);
        var webhook = root.has("webhook") ? WebhookSection.read(root.section("webhook")) : WebhookSection.NONE;
        root.end();
        var override = addressOverride.apply(id);
        var provider = new Provider(
                id,
                displayName,
                type,
                kinds,
                auth,
                routes,
                override == null ? address : override,
                domain,
                views,
                faults,
                features,
                limits,
                poll,
                fields,
                webhook.form());
        return new Described(id, provider, oauth, webhook.handshake());
    }

    private static @Nullable Oauth oauth(YamlSection root, List<Auth> auth, String id, String displayName) {
        boolean named = auth.stream().anyMatch(way -> way.method().equals("oauth2"));
        if (root.has("oauth") != named) {
            throw root.refused("oauth", "belongs to the method oauth2 of auth: neither is there without the other");
        }
        return named ? OauthSection.read(root.section("oauth"), id, displayName) : null;
    }

    private static Set<Kind> kinds(YamlSection root) {
        var kinds = EnumSet.noneOf(Kind.class);
        for (var kind : root.texts("kinds")) {
            try {
                kinds.add(Kind.of(kind));
            } catch (IllegalArgumentException e) {
                throw root.refused("kinds", "takes event and task, not " + kind);
            }
        }
        if (kinds.isEmpty()) {
            throw root.refused("kinds", "takes at least one of event and task");
        }
        return kinds;
    }

    /** A field whose name ends in a question mark may be left out. */
    private static Auth auth(YamlSection section) {
        var method = section.oneOf("method", List.of("password", "token", "oauth2"));
        var fields = new ArrayList<String>();
        var optional = new HashSet<String>();
        for (var text : section.texts("fields")) {
            var name = text.endsWith("?") ? text.substring(0, text.length() - 1) : text;
            if (!name.matches(FIELD)) {
                throw section.refused("fields", "takes names like username, with a question mark if optional: url?");
            }
            fields.add(name);
            if (!name.equals(text)) {
                optional.add(name);
            }
        }
        var help = section.text("help");
        section.end();
        return new Auth(method, fields, optional, help);
    }

    private static Map<Kind, String> views(YamlSection section, Set<Kind> kinds, MappingCheck check) {
        var views = new EnumMap<Kind, String>(Kind.class);
        for (var kind : kinds) {
            if (section.has(kind.id())) {
                views.put(kind, document(section, kind.id(), check));
            }
        }
        section.end();
        return views;
    }

    private static String document(YamlSection section, String key, MappingCheck check) {
        var document = section.text(key);
        if (!document.endsWith(".jq")) {
            throw section.refused(key, "takes a document by its path below routes, for example acme/task-view.jq");
        }
        try {
            check.document(document);
        } catch (IllegalArgumentException e) {
            throw section.refused(key, "names a document that cannot be used: " + e.getMessage());
        }
        return document;
    }

    private static @Nullable String expression(YamlSection section, String key, MappingCheck check) {
        var expression = section.textOrNull(key);
        try {
            if (expression != null) {
                check.expression(expression);
            }
        } catch (IllegalArgumentException e) {
            throw section.refused(key, "takes a jq expression: " + e.getMessage());
        }
        return expression;
    }

    private static FaultRules faults(YamlSection section, MappingCheck check) {
        var retryAfter = expression(section, "retryAfter", check);
        var message = expression(section, "message", check);
        var kinds = new TreeMap<Integer, String>();
        for (var key : section.keys()) {
            if (key.matches("[345][0-9][0-9]")) {
                kinds.put(Integer.valueOf(key), section.oneOf(key, Fault.KINDS));
            }
        }
        section.end();
        return new FaultRules(kinds, retryAfter, message);
    }

    private static Provider.Features features(YamlSection section) {
        var features = new Provider.Features(
                section.flag("tasks"),
                section.flag("events"),
                section.flag("webhooks"),
                section.flag("incremental"),
                section.flag("push"));
        section.end();
        return features;
    }

    private static Provider.Limits limits(YamlSection section) {
        var limits = new Provider.Limits(
                section.count("requestsPerMinute"),
                section.count("burst"),
                section.count("concurrency"),
                section.count("pageSize"));
        section.end();
        return limits;
    }

    private static Provider.Poll poll(YamlSection section) {
        var poll = new Provider.Poll(section.duration("interval"), section.duration("fastest"));
        section.end();
        if (poll.fastest().compareTo(poll.interval()) > 0) {
            throw section.refused("fastest", "takes a time that is not longer than interval");
        }
        return poll;
    }

    private static Map<Kind, List<String>> fields(YamlSection section, Set<Kind> kinds) {
        var fields = new EnumMap<Kind, List<String>>(Kind.class);
        for (var kind : kinds) {
            var names = List.copyOf(section.texts(kind.id()));
            for (var name : names) {
                if (!kind.fields().contains(name)) {
                    throw section.refused(
                            kind.id(),
                            "takes the canonical fields " + String.join(", ", kind.fields()) + "; not " + name);
                }
            }
            if (kind == Kind.EVENT && !names.containsAll(PERIOD)) {
                throw section.refused(
                        kind.id(), "takes both start and end beside others: neither means anything without the other");
            }
            fields.put(kind, names);
        }
        section.end();
        return fields;
    }
}
