package io.dayflow.hub.people;

import jakarta.servlet.ServletContext;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.HttpEndpointModel;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Every address that a running hub answers at, by what the hub itself says: Spring's mappings, Camel's endpoints, servlets. */
final class Endpoints {

    private Endpoints() {}

    static Set<String> of(ApplicationContext hub) {
        var found = new TreeSet<String>();
        for (var mapping :
                hub.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
            mapping.getHandlerMethods().keySet().forEach(info -> {
                var methods = info.getMethodsCondition().getMethods();
                for (var pattern : info.getPatternValues()) {
                    if (methods.isEmpty()) {
                        found.add("ANY " + pattern);
                    }
                    methods.forEach(method -> found.add(method + " " + pattern));
                }
            });
        }
        for (var mapping : hub.getBeansOfType(AbstractUrlHandlerMapping.class).values()) {
            mapping.getHandlerMap().keySet().forEach(path -> found.add("GET " + path));
        }
        hub.getBean(ServletContext.class).getServletRegistrations().values().stream()
                .filter(servlet -> !servlet.getName().equals("dispatcherServlet"))
                .forEach(servlet -> servlet.getMappings().forEach(path -> found.add("ANY " + path)));
        var camel = hub.getBean(CamelContext.class).getComponent("platform-http", PlatformHttpComponent.class);
        for (HttpEndpointModel endpoint : camel.getHttpEndpoints()) {
            var verbs = endpoint.getVerbs();
            for (var verb : (verbs == null || verbs.isBlank() ? "ANY" : verbs).split(",")) {
                found.add(verb.strip() + " " + endpoint.getUri());
            }
        }
        return found;
    }
}
