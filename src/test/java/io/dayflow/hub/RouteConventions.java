package io.dayflow.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What every file below a routes folder has to keep to. One rule per method; a violation says what to do. */
final class RouteConventions {

    private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Set<String> SHARED = Set.of("core", "templates");

    private final Path routes;
    private final List<String> violations = new ArrayList<>();

    private RouteConventions(Path routes) {
        this.routes = routes;
    }

    /** All violations below the folder; none when there is no such folder. */
    static List<String> violationsIn(Path routes) {
        var conventions = new RouteConventions(routes);
        if (Files.isDirectory(routes)) {
            conventions.check();
        }
        return conventions.violations;
    }

    private void check() {
        var seen = new TreeSet<String>();
        for (var file : filesEndingIn(".camel.yaml")) {
            var folder = folder(file);
            each(parsed(file), "route", (_, route) -> {
                var id = text(route, "id");
                if (folder.equals("templates") && id.isEmpty()) {
                    return; // named and described by the template around it
                }
                named(file, folder, id);
                described(file, id, route);
                if (!seen.add(id)) {
                    violated(file, "the route id '" + id + "' is used twice: route ids are unique in all files");
                }
                stepsBelongTo(file, id, route);
                drawable(file, id, route);
            });
            each(parsed(file), "routeTemplate", (_, template) -> described(file, text(template, "id"), template));
            eachBean(file, parsed(file));
        }
        coreKnowsNoProvider();
    }

    private void named(Path file, String folder, String id) {
        if (id.isEmpty()) {
            violated(file, "a route has no id: give it one that begins with '" + folder + "-'");
        } else if (!KEBAB.matcher(id).matches()) {
            violated(
                    file,
                    "the route id '" + id + "' is not in kebab-case: use small letters, digits and single hyphens");
        } else if (!SHARED.contains(folder) && !id.startsWith(folder + "-")
                || folder.equals("core") && !id.startsWith("core-")) {
            violated(file, "the route id '" + id + "' does not begin with its folder: call it '" + folder + "-<verb>'");
        }
    }

    private void described(Path file, String id, Map<?, ?> route) {
        var description = text(route, "description").strip();
        if (description.isEmpty()) {
            violated(file, "the route '" + id + "' has no description: say in one sentence what it does");
        } else if (!description.endsWith(".")
                || description.substring(0, description.length() - 1).contains(". ")) {
            violated(file, "the description of '" + id + "' is not one sentence that ends with a full stop");
        }
    }

    private void stepsBelongTo(Path file, String routeId, Map<?, ?> route) {
        walk("from", route.get("from"), (name, node) -> {
            var id = text(node, "id");
            if (!id.isEmpty() && !id.startsWith(routeId + "-")) {
                violated(
                        file,
                        "the step id '" + id + "' (" + name + ") does not begin with its route's id: call it '"
                                + routeId + "-" + id + "'");
            }
        });
    }

    private void drawable(Path file, String routeId, Map<?, ?> route) {
        if (route.containsKey("errorHandler")) {
            violated(
                    file,
                    "the route '" + routeId + "' has an errorHandler written into it, and Hawtio then draws no diagram"
                            + " of any route: make it a bean and name that by errorHandlerRef");
        }
    }

    private void eachBean(Path file, Object document) {
        walk(document, (name, node) -> {
            if (name.equals("bean")
                    && node.containsKey("ref") | node.containsKey("beanType")
                    && text(node, "method").isEmpty()) {
                violated(file, "the bean step " + node + " names no method: add 'method'");
            }
            var uri = text(node, "uri");
            if (uri.startsWith("bean:")
                    && !uri.contains("method=")
                    && !(node.get("parameters") instanceof Map<?, ?> parameters && parameters.containsKey("method"))) {
                violated(file, "the endpoint " + uri + " names no method: add '?method=…'");
            }
        });
    }

    private void coreKnowsNoProvider() {
        var providers = new TreeSet<String>();
        for (var file : filesEndingIn("")) {
            if (!SHARED.contains(folder(file)) && !folder(file).isEmpty()) {
                providers.add(folder(file));
            }
        }
        for (var file : filesEndingIn("")) {
            for (var provider : providers) {
                if (folder(file).equals("core")
                        && Pattern.compile("\\b" + Pattern.quote(provider) + "\\b")
                                .matcher(read(file))
                                .find()) {
                    violated(file, "the core names the provider '" + provider + "': take it from the message instead");
                }
            }
        }
    }

    // --- reading

    private void each(Object document, String kind, BiConsumer<String, Map<?, ?>> action) {
        walk(document, (name, node) -> {
            if (name.equals(kind) || kind.equals("routeTemplate") && name.equals("route-template")) {
                action.accept(name, node);
            }
        });
    }

    /** Shows every map of the document with the name it stands under; the maps of a list stand under the list's. */
    private void walk(Object node, BiConsumer<String, Map<?, ?>> action) {
        walk("", node, action);
    }

    private void walk(String name, Object node, BiConsumer<String, Map<?, ?>> action) {
        if (node instanceof List<?> list) {
            list.forEach(child -> walk(name, child, action));
        } else if (node instanceof Map<?, ?> map) {
            action.accept(name, map);
            map.forEach((key, child) -> walk(String.valueOf(key), child, action));
        }
    }

    private static String text(Map<?, ?> node, String key) {
        return node.get(key) == null ? "" : String.valueOf(node.get(key));
    }

    private Object parsed(Path file) {
        try {
            var document = new Yaml(new SafeConstructor(new LoaderOptions())).load(read(file));
            return document == null ? List.of() : document;
        } catch (RuntimeException unreadable) {
            violated(file, "is not readable YAML: " + unreadable.getMessage());
            return List.of();
        }
    }

    private List<Path> filesEndingIn(String end) {
        try (var files = Files.walk(routes)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(end))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The first folder below the routes: core, templates or a provider's id. */
    private String folder(Path file) {
        var relative = routes.relativize(file);
        return relative.getNameCount() < 2 ? "" : relative.getName(0).toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void violated(Path file, String what) {
        violations.add(file + ": " + what);
    }
}
