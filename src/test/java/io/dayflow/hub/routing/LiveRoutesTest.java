package io.dayflow.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.livefile.Refusal;
import io.dayflow.hub.livefile.Refusals;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of edited route files, in a real Camel context: each row of the table in routes/README.md. */
class LiveRoutesTest {

    private static final String FIRST = """
            - route:
                id: acme-first
                from:
                  uri: direct:acme.first
                  steps:
                    - bean: { ref: greeter, method: greet }
                    - to: { uri: direct:acme.second }
            - route:
                id: acme-other
                from:
                  uri: direct:acme.other
                  steps:
                    - setBody: { constant: "other" }
            """;
    private static final String SECOND = """
            - route:
                id: acme-second
                from:
                  uri: direct:acme.second
                  steps:
                    - setBody: { simple: "${body}!" }
            """;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Refusals refusals = new Refusals(Clock.systemUTC());
    private final LiveRoutes live = new LiveRoutes(camel, refusals);

    /** A bean that routes name. */
    public static final class Greeter {
        public String greet(String name) {
            return "hello " + name;
        }

        public String part(String name) {
            return "bye " + name;
        }
    }

    @BeforeEach
    void start() throws Exception {
        camel.getRegistry().bind("greeter", new Greeter());
        camel.start();
        live.written("acme/second.camel.yaml", SECOND);
        live.written("acme/first.camel.yaml", FIRST);
        assertThat(refusals.all()).isEmpty();
        assertThat(first()).isEqualTo("hello Ana!");
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void an_edited_file_is_used_and_only_its_routes_are_started_anew() {
        var untouched = camel.getRoute("acme-second");

        live.written("acme/first.camel.yaml", FIRST.replace("greet }", "part }"));

        assertThat(first()).isEqualTo("bye Ana!");
        assertThat(camel.getRoute("acme-second")).isSameAs(untouched);
        assertThat(refusals.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "id: acme-first => id: [acme-first => 3 => YAML",
                "steps: => stepps: => 6 => stepps",
                "ref: greeter => ref: nobody => 6 => no bean \"nobody\"",
                "method: greet => method: shout => 6 => no method \"shout\"",
                "direct:acme.second => direct:acme.third => 7 => no route begins with \"direct:acme.third\"",
                "direct:acme.second => teleport:acme => 7 => no component \"teleport\"",
                "id: acme-other => id: acme-first => 8 => there twice",
                "id: acme-other => id: acme-second => 8 => taken by acme/second.camel.yaml",
                "id: acme-other => x: 1 => 8 => needs \"id\"",
                "constant: \"other\" => simple: \"${nonsense\" => 8 => \"acme-other\" cannot be made",
            })
    void a_broken_file_is_refused_with_its_line_and_the_former_routes_go_on(
            String from, String to, int line, String reason) {
        live.written("acme/first.camel.yaml", FIRST.replace(from, to));

        assertThat(refusals.all()).singleElement().satisfies(refusal -> {
            assertThat(refusal.file()).isEqualTo("routes/acme/first.camel.yaml");
            assertThat(refusal.reason()).contains(reason);
            assertThat(refusal.line()).isEqualTo(line);
        });
        assertThat(first()).isEqualTo("hello Ana!");
        assertThat(other()).isEqualTo("other");

        live.written("acme/first.camel.yaml", FIRST.replace("greet }", "part }"));

        assertThat(refusals.all()).isEmpty();
        assertThat(first()).isEqualTo("bye Ana!");
    }

    @Test
    void an_empty_file_is_refused() {
        live.written("acme/first.camel.yaml", "");

        assertThat(refusals.all()).extracting(Refusal::reason).singleElement().asString().contains("holds nothing");
        assertThat(first()).isEqualTo("hello Ana!");
    }

    @Test
    void a_route_that_others_call_cannot_be_renamed_away() {
        live.written("acme/second.camel.yaml", SECOND.replace("uri: direct:acme.second", "uri: direct:acme.zweite"));

        assertThat(refusals.all())
                .extracting(Refusal::reason)
                .singleElement()
                .asString()
                .contains("acme/first.camel.yaml calls it");
        assertThat(first()).isEqualTo("hello Ana!");
    }

    @Test
    void a_route_taken_out_of_its_file_is_stopped() {
        live.written("acme/first.camel.yaml", FIRST.substring(0, FIRST.indexOf("- route:\n    id: acme-other")));

        assertThat(camel.getRoute("acme-other")).isNull();
        assertThat(camel.getRouteDefinition("acme-other")).isNull();
        assertThat(first()).isEqualTo("hello Ana!");
    }

    @Test
    void the_routes_of_a_deleted_file_are_stopped_and_a_new_file_may_take_their_place() {
        live.deleted("acme/first.camel.yaml");

        assertThat(camel.getRoute("acme-first")).isNull();

        live.written("new/first.camel.yaml", FIRST);

        assertThat(first()).isEqualTo("hello Ana!");
    }

    @Test
    void a_changed_template_is_in_use_in_the_routes_made_of_it() {
        String template = """
                - routeTemplate:
                    id: acme-shape
                    parameters:
                      - name: word
                      - name: mark
                        defaultValue: "."
                    from:
                      uri: "direct:acme.{{word}}"
                      steps:
                        - setBody: { constant: "{{word}}{{mark}}" }
                """;
        String made = """
                - templatedRoute:
                    routeTemplateRef: acme-shape
                    routeId: acme-made
                    parameters:
                      - name: word
                        value: yes
                """;
        live.written("templates/shape.camel.yaml", template);
        live.written("acme/made.camel.yaml", made.replace("name: word", "name: wort"));
        assertThat(refusals.all()).extracting(Refusal::reason).singleElement().asString().contains("[word]");

        live.written("acme/made.camel.yaml", made);
        assertThat(refusals.all()).isEmpty();
        assertThat(ask("direct:acme.yes")).isEqualTo("yes.");

        live.written("templates/shape.camel.yaml", template.replace("defaultValue: \".\"", "defaultValue: \"?\""));
        assertThat(refusals.all()).isEmpty();
        assertThat(ask("direct:acme.yes")).isEqualTo("yes?");
    }

    @Test
    void files_in_use_since_the_start_are_known() {
        LiveRoutes later = new LiveRoutes(camel, refusals);
        later.begin(Map.of("acme/first.camel.yaml", FIRST, "acme/second.camel.yaml", SECOND));

        later.written("acme/first.camel.yaml", FIRST.replace("greet }", "part }"));

        assertThat(first()).isEqualTo("bye Ana!");
    }

    private Object first() {
        return camel.createProducerTemplate().requestBody("direct:acme.first", "Ana");
    }

    private Object other() {
        return ask("direct:acme.other");
    }

    private Object ask(String uri) {
        return camel.createProducerTemplate().requestBody(uri, "Ana");
    }
}
