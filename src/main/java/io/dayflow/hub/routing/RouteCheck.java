package io.dayflow.hub.routing;

import io.dayflow.hub.routing.RouteSource.Bean;
import io.dayflow.hub.routing.RouteSource.Named;
import io.dayflow.hub.routing.RouteSource.Templated;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/** Whether what a route file names is there. */
final class RouteCheck {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*?}}");

    private final CamelContext camel;

    RouteCheck(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * Checks a file.
     *
     * @param before the file as it is in use; null for a new one
     * @param others all other files
     * @throws RefusedRoutes with the first thing that is not there, or there twice
     */
    void check(RouteSource file, @Nullable RouteSource before, Collection<RouteSource> others) {
        ids(file, others);
        file.beans.forEach(this::bean);
        file.froms.forEach(this::component);
        file.targets.forEach(this::component);
        configurations(file, others);
        templates(file, others);
        Set<String> froms = new HashSet<>();
        others.forEach(other -> other.froms.forEach(from -> froms.add(base(from.name()))));
        file.froms.forEach(from -> froms.add(base(from.name())));
        file.targets.forEach(target -> called(target, froms, ""));
        Set<String> former = new HashSet<>();
        if (before != null) {
            before.froms.forEach(from -> former.add(base(from.name())));
        }
        for (RouteSource other : others) {
            other.targets.stream()
                    .filter(target -> former.contains(base(target.name())))
                    .forEach(target -> called(new Named(target.name(), 0), froms, other.name + " calls it: "));
        }
    }

    private static void ids(RouteSource file, Collection<RouteSource> others) {
        Set<String> seen = new TreeSet<>();
        file.routes.forEach(route -> once(route.name(), route.line(), seen, others));
        file.templated.forEach(route -> once(route.routeId(), route.line(), seen, others));
    }

    private static void once(String id, int line, Set<String> seen, Collection<RouteSource> others) {
        if (!seen.add(id)) {
            throw new RefusedRoutes(line, "the route id \"" + id + "\" is there twice");
        }
        for (RouteSource other : others) {
            if (other.routeIds().contains(id)) {
                throw new RefusedRoutes(line, "the route id \"" + id + "\" is taken by " + other.name);
            }
        }
    }

    private void bean(Bean named) {
        if (isOpen(named.ref())) {
            return;
        }
        Object bean = camel.getRegistry().lookupByName(named.ref());
        if (bean == null) {
            throw new RefusedRoutes(named.line(), "there is no bean \"" + named.ref() + "\" (docs/routes.md lists all)");
        }
        String method = named.method() == null ? "" : named.method().replaceFirst("(?s)\\(.*", "");
        if (!method.isEmpty() && !isOpen(method)) {
            Class<?> type = bean instanceof Class<?> given ? given : AopUtils.getTargetClass(bean);
            if (Arrays.stream(type.getMethods()).noneMatch(m -> m.getName().equals(method))) {
                throw new RefusedRoutes(
                        named.line(), "the bean \"" + named.ref() + "\" has no method \"" + method + "\"");
            }
        }
    }

    private void component(Named uri) {
        String name = uri.name();
        int colon = name.indexOf(':');
        String scheme = colon < 0 ? name : name.substring(0, colon);
        if (scheme.isEmpty() || isOpen(scheme)) {
            return;
        }
        if (camel.getComponent(scheme, true, false) == null) {
            throw new RefusedRoutes(uri.line(), "there is no component \"" + scheme + "\" for \"" + name + "\"");
        }
    }

    /** A call within the hub needs somebody who takes it. */
    private static void called(Named target, Set<String> froms, String who) {
        String uri = base(target.name());
        if (!uri.startsWith("direct:") && !uri.startsWith("seda:") || isOpen(uri) || froms.contains(uri)) {
            return;
        }
        boolean templated = froms.stream()
                .filter(from -> from.contains("{{"))
                .anyMatch(from -> uri.matches(quoted(from)));
        if (!templated) {
            throw new RefusedRoutes(target.line(), who + "no route begins with \"" + uri + "\"");
        }
    }

    private static String quoted(String from) {
        StringBuilder pattern = new StringBuilder();
        int done = 0;
        var placeholder = PLACEHOLDER.matcher(from);
        while (placeholder.find()) {
            pattern.append(Pattern.quote(from.substring(done, placeholder.start()))).append(".*");
            done = placeholder.end();
        }
        return pattern.append(Pattern.quote(from.substring(done))).toString();
    }

    private static void configurations(RouteSource file, Collection<RouteSource> others) {
        Set<String> known = new HashSet<>();
        file.configurations.forEach(configuration -> known.add(configuration.name()));
        others.forEach(other -> other.configurations.forEach(configuration -> known.add(configuration.name())));
        for (Named used : file.configurationsUsed) {
            for (String id : used.name().split(",")) {
                if (!isOpen(id) && !id.contains("*") && !known.contains(id.strip())) {
                    throw new RefusedRoutes(used.line(), "there is no route configuration \"" + id.strip() + "\"");
                }
            }
        }
    }

    private static void templates(RouteSource file, Collection<RouteSource> others) {
        for (Templated route : file.templated) {
            var template = find(route.template(), file)
                    .or(() -> others.stream()
                            .flatMap(other -> find(route.template(), other).stream())
                            .findFirst())
                    .orElseThrow(() -> new RefusedRoutes(
                            route.line(), "there is no route template \"" + route.template() + "\""));
            List<String> missing = template.required().stream()
                    .filter(parameter -> !route.given().contains(parameter))
                    .toList();
            if (!missing.isEmpty()) {
                throw new RefusedRoutes(
                        route.line(), "\"" + route.routeId() + "\" leaves out what its template needs: " + missing);
            }
        }
    }

    private static Optional<RouteSource.Template> find(String id, RouteSource file) {
        return file.templates.stream().filter(t -> t.id().equals(id)).findFirst();
    }

    /** Whether it is known only when a message comes, or a template is used. */
    private static boolean isOpen(String text) {
        return text.contains("${") || text.contains("{{");
    }

    private static String base(String uri) {
        int options = uri.indexOf('?');
        return (options < 0 ? uri : uri.substring(0, options)).replaceFirst("^(\\w+)://", "$1:");
    }
}
