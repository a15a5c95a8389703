package io.dayflow.hub.people;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A line of routes-table.txt: an endpoint, what each kind of caller gets, and a request by which it is asked.
 *
 * @param example path and query, then the JSON body if there is one; names in braces are objects of the user
 */
record RouteRow(String method, String pattern, List<String> expected, String example) {

    static final List<String> CALLERS = List.of("none", "user", "other", "operator", "wrong", "expired");

    static RouteRow parse(String line) {
        var parts = line.split("\\|", 3);
        var endpoint = parts[0].strip().split("\\s+");
        var expected = Arrays.asList(parts[1].strip().split("\\s+"));
        if (endpoint.length != 2 || expected.size() != CALLERS.size()) {
            throw new IllegalArgumentException("a row is: method path | " + CALLERS + " | request: " + line);
        }
        var example = parts.length == 3 ? parts[2].strip() : "";
        return new RouteRow(endpoint[0], endpoint[1], expected, example);
    }

    String endpoint() {
        return method + " " + pattern;
    }

    /** The method to ask with. */
    String verb() {
        return method.equals("ANY") ? "GET" : method.replace("+", "");
    }

    String path() {
        var from = example.isEmpty() ? pattern : example;
        int space = from.indexOf(' ');
        return space < 0 ? from : from.substring(0, space);
    }

    /** JSON, or empty. */
    String body() {
        int space = example.indexOf(' ');
        return space < 0 ? "" : example.substring(space + 1).strip();
    }

    boolean isRest() {
        return pattern.startsWith("/api/") && !pattern.startsWith("/api/webhooks");
    }

    boolean isConsole() {
        return pattern.startsWith("/actuator") || pattern.startsWith("/v3/");
    }

    boolean isReading() {
        return List.of("GET", "HEAD", "OPTIONS").contains(verb());
    }

    /** As it would stand in the file, with other outcomes. */
    String line(List<String> outcomes) {
        var columns = new ArrayList<String>();
        for (var outcome : outcomes) {
            columns.add("%-8s".formatted(outcome));
        }
        return "%-6s %-58s | %s | %s"
                .formatted(method, pattern, String.join(" ", columns), example)
                .stripTrailing();
    }
}
