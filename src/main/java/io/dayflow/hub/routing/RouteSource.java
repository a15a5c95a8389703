package io.dayflow.hub.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What one route file names, each with its line: read from its YAML, without Camel. */
final class RouteSource {

    /** A name and where it stands. */
    record Named(String name, int line) {}

    /** A bean with its method; the method is null where only the bean is named. */
    record Bean(String ref, @Nullable String method, int line) {}

    /** A template and its parameters that have no default. */
    record Template(String id, Set<String> required, int line) {}

    /** A route made from a template. */
    record Templated(String template, String routeId, Set<String> given, int line) {}

    private static final Set<String> STEPS_TO = Set.of("to", "toD", "wireTap", "enrich", "pollEnrich");
    private static final Set<String> BEAN_NAMES = Set.of("aggregationStrategy", "errorHandlerRef");

    final String name;
    final String content;
    final List<Named> routes = new ArrayList<>();
    final List<Named> configurations = new ArrayList<>();
    final List<Named> configurationsUsed = new ArrayList<>();
    final List<Template> templates = new ArrayList<>();
    final List<Templated> templated = new ArrayList<>();
    final List<Bean> beans = new ArrayList<>();
    final List<Named> froms = new ArrayList<>();
    final List<Named> targets = new ArrayList<>();

    private RouteSource(String name, String content) {
        this.name = name;
        this.content = content;
    }

    /** @throws RefusedRoutes if it is no YAML, or no list of routes */
    static RouteSource read(String name, String content) {
        RouteSource source = new RouteSource(name, content);
        Node root;
        try {
            root = new Compose(LoadSettings.builder().setUseMarks(true).build())
                    .composeString(content)
                    .orElseThrow(() -> new RefusedRoutes(1, "the file holds nothing; it takes a list of routes"));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new RefusedRoutes(line, e.getProblem() + "; accepted is YAML 1.2");
        }
        if (!(root instanceof SequenceNode list)) {
            throw new RefusedRoutes(line(root), "the file takes a list: - route: …");
        }
        list.getValue().forEach(source::entry);
        return source;
    }

    /** The ids of all routes that the file makes. */
    Set<String> routeIds() {
        Set<String> ids = new TreeSet<>();
        routes.forEach(route -> ids.add(route.name()));
        templated.forEach(route -> ids.add(route.routeId()));
        return ids;
    }

    /** Where a route begins; 0 if it is not in this file. */
    int lineOf(String routeId) {
        return Stream.concat(routes.stream(), templated.stream().map(made -> new Named(made.routeId(), made.line())))
                .filter(route -> route.name().equals(routeId))
                .mapToInt(Named::line)
                .findFirst()
                .orElse(0);
    }

    private void entry(Node node) {
        for (NodeTuple tuple : node instanceof MappingNode mapping ? mapping.getValue() : List.<NodeTuple>of()) {
            String key = text(tuple.getKeyNode());
            Map<String, Node> values = values(tuple.getValueNode());
            int line = line(tuple.getKeyNode());
            switch (key) {
                case "route" -> routes.add(new Named(required(values, "id", "a route", line), line));
                case "routeConfiguration" ->
                    configurations.add(new Named(required(values, "id", "a route configuration", line), line));
                case "routeTemplate" ->
                    templates.add(new Template(
                            required(values, "id", "a route template", line), parameters(values, false), line));
                case "templatedRoute" ->
                    templated.add(new Templated(
                            required(values, "routeTemplateRef", "a templated route", line),
                            required(values, "routeId", "a templated route", line),
                            parameters(values, true),
                            line));
                default -> {}
            }
            if (!key.equals("templatedRoute")) {
                walk(key, tuple.getValueNode());
            }
        }
    }

    /** All parameters, or those without a default. */
    private static Set<String> parameters(Map<String, Node> values, boolean all) {
        Set<String> names = new TreeSet<>();
        if (values.get("parameters") instanceof SequenceNode list) {
            for (Node parameter : list.getValue()) {
                Map<String, Node> keys = values(parameter);
                boolean optional = keys.containsKey("defaultValue")
                        || keys.get("required") instanceof ScalarNode flag && flag.getValue().equals("false");
                if (all || !optional) {
                    names.add(text(keys.get("name")));
                }
            }
        }
        return names;
    }

    private void walk(String key, Node node) {
        switch (node) {
            case SequenceNode list -> list.getValue().forEach(child -> walk(key, child));
            case ScalarNode scalar -> scalar(key, scalar);
            case MappingNode mapping -> {
                Map<String, Node> values = values(mapping);
                if (values.containsKey("ref") && (key.equals("bean") || key.equals("method"))) {
                    String method = values.get("method") instanceof ScalarNode named ? named.getValue() : null;
                    beans.add(new Bean(text(values.get("ref")), method, line(mapping)));
                }
                for (NodeTuple tuple : mapping.getValue()) {
                    String inner = text(tuple.getKeyNode());
                    if (inner.equals("uri")) {
                        uri(key.equals("from"), tuple.getValueNode());
                    } else {
                        walk(inner, tuple.getValueNode());
                    }
                }
            }
            default -> {}
        }
    }

    private void scalar(String key, ScalarNode scalar) {
        if (STEPS_TO.contains(key) || key.equals("from")) {
            uri(key.equals("from"), scalar);
        } else if (BEAN_NAMES.contains(key)) {
            String bean = scalar.getValue().replaceFirst("^#(bean:)?", "");
            if (!bean.startsWith("class:")) {
                beans.add(new Bean(bean, null, line(scalar)));
            }
        } else if (key.equals("routeConfigurationId")) {
            configurationsUsed.add(new Named(scalar.getValue(), line(scalar)));
        }
    }

    private void uri(boolean from, Node node) {
        (from ? froms : targets).add(new Named(text(node), line(node)));
    }

    private static Map<String, Node> values(Node node) {
        Map<String, Node> values = new TreeMap<>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> values.put(text(tuple.getKeyNode()), tuple.getValueNode()));
        }
        return values;
    }

    private static String required(Map<String, Node> values, String key, String what, int line) {
        String text = text(values.get(key));
        if (text.isBlank()) {
            throw new RefusedRoutes(line, what + " needs \"" + key + "\"");
        }
        return text;
    }

    private static String text(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
