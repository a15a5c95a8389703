package io.dayflow.hub.routing;

import io.dayflow.hub.livefile.Refusals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes edited route files into use. A file is checked first; what fails is refused, and the routes that it had go on. Where
 * a route cannot be started all the same, the former source is put back. Only the routes of that file are started anew, and
 * of those that are made of its templates or stand under its configurations. Used by one thread.
 */
final class LiveRoutes {

    private static final Logger log = LoggerFactory.getLogger(LiveRoutes.class);
    private static final Pattern LINE = Pattern.compile("\\bline:? (\\d+)");
    private static final long PATIENCE = 10;

    private final ModelCamelContext camel;
    private final RouteCheck check;
    private final Refusals refusals;
    private final Map<String, RouteSource> files = new TreeMap<>();

    /** The files as they were last written, as far as they are YAML; among them those that are refused. */
    private final Map<String, RouteSource> written = new TreeMap<>();

    LiveRoutes(CamelContext camel, Refusals refusals) {
        this.camel = (ModelCamelContext) camel;
        this.check = new RouteCheck(camel);
        this.refusals = refusals;
    }

    /** The files as they were when the routes were started. */
    void begin(Map<String, String> contents) {
        contents.forEach((name, content) -> {
            try {
                RouteSource source = RouteSource.read(name, content);
                files.put(name, source);
                written.put(name, source);
            } catch (RefusedRoutes e) {
                refusals.refuse(shown(name), e.line(), e.reason());
            }
        });
    }

    /** Takes new or edited files into use, by name, or refuses them. What was refused before may be good beside them. */
    void written(Map<String, String> contents) {
        Map<String, RouteSource> waiting = new TreeMap<>();
        written.values().stream()
                .filter(source -> !isInUse(source))
                .forEach(source -> waiting.put(source.name, source));
        contents.forEach((name, content) -> {
            waiting.remove(name);
            try {
                waiting.put(name, RouteSource.read(name, content));
            } catch (RefusedRoutes e) {
                written.remove(name);
                refusals.refuse(shown(name), e.line(), e.reason());
            }
        });
        written.putAll(waiting);
        boolean moved = true;
        while (moved && !waiting.isEmpty()) {
            moved = List.copyOf(waiting.values()).stream()
                            .filter(this::use)
                            .map(source -> waiting.remove(source.name))
                            .count()
                    > 0;
        }
    }

    private boolean isInUse(RouteSource source) {
        RouteSource used = files.get(source.name);
        return used != null && used.content.equals(source.content);
    }

    private boolean use(RouteSource source) {
        String name = source.name;
        RouteSource before = files.get(name);
        try {
            List<RouteSource> others = new ArrayList<>(files.values());
            others.remove(before);
            check.check(source, before, others, written.values());
            Collection<RoutesBuilder> built = build(source);
            try {
                replace(before, built);
                files.put(name, source);
                restart(dependents(source));
            } catch (Exception e) {
                putBack(before, source);
                throw e;
            }
            refusals.lift(shown(name));
            log.info("{} is in use: {} routes", shown(name), source.routeIds().size());
            return true;
        } catch (RefusedRoutes e) {
            refusals.refuse(shown(name), e.line(), e.reason());
        } catch (Exception e) {
            RefusedRoutes refused = refused(e, source);
            refusals.refuse(shown(name), refused.line(), refused.reason());
        }
        return false;
    }

    /** Stops the routes of a file that is gone. */
    void deleted(String name) {
        refusals.lift(shown(name));
        written.remove(name);
        RouteSource before = files.remove(name);
        if (before != null) {
            try {
                remove(before, before.routeIds());
                log.info("{} is gone, its routes are stopped", shown(name));
            } catch (Exception e) {
                log.warn("{} is gone, but its routes could not be stopped", shown(name), e);
            }
        }
    }

    private void replace(@Nullable RouteSource before, Collection<RoutesBuilder> built) throws Exception {
        if (before != null) {
            remove(before, before.routeIds());
        }
        start(built);
    }

    private void start(Collection<RoutesBuilder> built) throws Exception {
        for (RoutesBuilder builder : built) {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                configurations.updateRouteConfigurationsToCamelContext(camel);
            }
        }
        for (RoutesBuilder builder : built) {
            builder.updateRoutesToCamelContext(camel);
            builder.addTemplatedRoutesToCamelContext(camel);
        }
    }

    /** Starts files anew that depend on one that changed. */
    private void restart(List<RouteSource> sources) throws Exception {
        for (RouteSource source : sources) {
            replace(source, build(source));
        }
    }

    private void putBack(@Nullable RouteSource before, RouteSource failed) {
        try {
            remove(failed, failed.routeIds());
            if (before == null) {
                files.remove(failed.name);
            } else {
                files.put(before.name, before);
                start(build(before));
                restart(dependents(before));
            }
        } catch (Exception e) {
            log.error("{} could not be put back, its routes are stopped", shown(failed.name), e);
        }
    }

    private Collection<RoutesBuilder> build(RouteSource source) throws Exception {
        Resource resource = ResourceHelper.fromString("file:" + source.name, source.content);
        Collection<RoutesBuilder> builders = PluginHelper.getRoutesLoader(camel).findRoutesBuilders(List.of(resource));
        for (RoutesBuilder builder : builders) {
            if (builder instanceof RouteBuilder routes) {
                routes.configureRoutes(camel);
            }
        }
        return builders;
    }

    private void remove(RouteSource source, Set<String> ids) throws Exception {
        for (String id : ids) {
            camel.getRouteController().stopRoute(id, PATIENCE, TimeUnit.SECONDS);
            RouteDefinition definition = camel.getRouteDefinition(id);
            if (definition != null) {
                camel.removeRouteDefinition(definition);
            }
            camel.removeRoute(id);
        }
        for (RouteSource.Template template : source.templates) {
            camel.removeRouteTemplateDefinitions(template.id());
        }
    }

    private List<RouteSource> dependents(RouteSource source) {
        Set<String> templates = new HashSet<>();
        source.templates.forEach(template -> templates.add(template.id()));
        Set<String> configurations = new TreeSet<>();
        source.configurations.forEach(configuration -> configurations.add(configuration.name()));
        return files.values().stream()
                .filter(other -> !other.name.equals(source.name))
                .filter(other -> other.templated.stream().anyMatch(route -> templates.contains(route.template()))
                        || other.configurationsUsed.stream().anyMatch(used -> configurations.contains(used.name())))
                .toList();
    }

    /** What Camel found, with the line that it names, or that of the route which it could not make. */
    private static RefusedRoutes refused(Throwable failure, RouteSource source) {
        Throwable cause = failure;
        String route = null;
        while (true) {
            route = switch (cause) {
                case FailedToCreateRouteException made -> made.getRouteId();
                case FailedToStartRouteException started -> started.getRouteId();
                default -> route;
            };
            if (cause.getCause() == null) {
                break;
            }
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        String brief = message.strip().replaceAll("\\s+", " ");
        brief = brief.length() > 400 ? brief.substring(0, 400) + "…" : brief;
        var line = LINE.matcher(brief);
        if (line.find()) {
            return new RefusedRoutes(Integer.parseInt(line.group(1)), brief);
        }
        String id = route;
        return id == null
                ? new RefusedRoutes(0, brief)
                : new RefusedRoutes(source.lineOf(id), "the route \"" + id + "\" cannot be made: " + brief);
    }

    private static String shown(String name) {
        return "routes/" + name;
    }
}
