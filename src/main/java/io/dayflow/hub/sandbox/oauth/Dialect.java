package io.dayflow.hub.sandbox.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns what a service's clients say into what Spring's server hears: JSON into a form, commas into blanks, no scopes into
 * one. Whoever speaks another dialect than the service's is refused.
 */
final class Dialect extends OncePerRequestFilter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 64 * 1024;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var manners = Manners.of(Here.service(request)).orElse(null);
        if (manners == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        switch (Here.endpoint(request)) {
            case "authorize" -> {
                var context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(OauthServer.VISITOR);
                SecurityContextHolder.setContext(context);
                boolean asks = request.getMethod().equals("GET");
                chain.doFilter(
                        asks ? new Parameters(request, scopes(request, manners)) : request, new ToConsent(response));
            }
            case "token", "revoke" -> exchange(manners, request, response, chain);
            default -> chain.doFilter(request, response);
        }
    }

    private static void exchange(
            Manners manners, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean json = String.valueOf(request.getContentType()).startsWith("application/json");
        if (json != manners.json()) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            return;
        }
        if (!json) {
            chain.doFilter(request, response);
            return;
        }
        JsonNode body = JSON.readTree(request.getInputStream().readNBytes(LARGEST));
        var parameters = new LinkedHashMap<String, String[]>();
        body.properties()
                .forEach(field -> parameters.put(
                        field.getKey(), new String[] {field.getValue().asText()}));
        chain.doFilter(new Parameters(request, parameters), response);
    }

    private static Map<String, String[]> scopes(HttpServletRequest request, Manners manners) {
        var parameters = new LinkedHashMap<>(request.getParameterMap());
        var asked = request.getParameter("scope");
        if (manners.scopes().isEmpty()) {
            parameters.put("scope", new String[] {Clients.EVERYTHING});
        } else if (asked != null && manners.separator().equals(",")) {
            parameters.put("scope", new String[] {asked.replace(" ", "%20").replace(',', ' ')});
        }
        return parameters;
    }

    /** Spring's server knows one page for all services; here each has its own. */
    private static final class ToConsent extends HttpServletResponseWrapper {

        ToConsent(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendRedirect(String location) throws IOException {
            int page = location.indexOf(OauthServer.CONSENT + "?");
            super.sendRedirect(
                    page < 0 ? location : "consent" + location.substring(page + OauthServer.CONSENT.length()));
        }
    }

    /** A request with other parameters than those that came. */
    private static final class Parameters extends HttpServletRequestWrapper {

        private final Map<String, String[]> parameters;

        Parameters(HttpServletRequest request, Map<String, String[]> parameters) {
            super(request);
            this.parameters = parameters;
        }

        @Override
        public @Nullable String getParameter(String name) {
            var values = parameters.get(name);
            return values == null ? null : values[0];
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return parameters;
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(parameters.keySet());
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return parameters.get(name);
        }

        /** Spring's server leaves out what is named here; what counts is in the parameters. */
        @Override
        public @Nullable String getQueryString() {
            return getMethod().equals("GET") ? query() : super.getQueryString();
        }

        private String query() {
            return String.join(
                    "&", parameters.keySet().stream().map(name -> name + "=").toList());
        }
    }
}
