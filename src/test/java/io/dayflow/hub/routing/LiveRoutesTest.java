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
        write(live, "acme/second.camel.yaml", SECOND);
        write(live, "acme/first.camel.yaml", FIRST);
        assertThat(refusals.all()).isEmpty();
        assertThat(first()).isEqualTo("hello Ana!");
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void anEditedFileIsUsedAndOnlyItsRoutesAreStartedAnew() {
        var untouched = camel.getRoute("acme-second");

        write(live, "acme/first.camel.yaml", FIRST.replace("greet }", "part }"));

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
    void aBrokenFileIsRefusedWithItsLineAndTheFormerRoutesGoOn(String from, String to, int line, String reason) {
        write(live, "acme/first.camel.yaml", FIRST.replace(from, to));

        assertThat(refusals.all()).singleElement().satisfies(refusal -> {
            assertThat(refusal.file()).isEqualTo("routes/acme/first.camel.yaml");
            assertThat(refusal.reason()).contains(reason);
            assertThat(refusal.line()).isEqualTo(line);
        });
        assertThat(first()).isEqualTo("hello Ana!");
        assertThat(other()).isEqualTo("other");

        write(live, "acme/first.camel.yaml", FIRST.replace("greet }", "part }"));

        assertThat(refusals.all()).isEmpty();
        assertThat(first()).isEqualTo("bye Ana!");
    }

    @Test
    void anEmptyFileIsRefused() {
        write(live, "acme/first.camel.yaml", "");

        assertThat(refusals.all())
                .extracting(Refusal::reason)
                .singleElement()
                .asString()
                .contains("holds nothing");
        assertThat(first()).isEqualTo("hello Ana!");
    }

    @Test
    void aRouteThatOthersCallCannotBeRenamedAway() {
        write(live, "acme/second.camel.yaml", SECOND.replace("uri: direct:acme.second", "uri: direct:acme.zweite"));

        assertThat(refusals.all())
                .extracting(Refusal::reason)
                .singleElement()
                .asString()
                .contains("acme/first.camel.yaml calls it");
        assertThat(first()).isEqualTo("hello Ana!");
    }

    @Test
    void aRouteTakenOutOfItsFileIsStopped() {
        write(live, "acme/first.camel.yaml", FIRST.substring(0, FIRST.indexOf("- route:\n    id: acme-other")));

        assertThat(camel.getRoute("acme-other")).isNull();
        assertThat(camel.getRouteDefinition("acme-other")).isNull();
        assertThat(first()).isEqualTo("hello Ana!");
    }

    @Test
    void theRoutesOfADeletedFileAreStoppedAndANewFileMayTakeTheirPlace() {
        live.deleted("acme/first.camel.yaml");

        assertThat(camel.getRoute("acme-first")).isNull();

        write(live, "new/first.camel.yaml", FIRST);

        assertThat(first()).isEqualTo("hello Ana!");
    }

    @Test
    void aChangedTemplateIsInUseInTheRoutesMadeOfIt() {
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
        write(live, "templates/shape.camel.yaml", template);
        write(live, "acme/made.camel.yaml", made.replace("name: word", "name: wort"));
        assertThat(refusals.all())
                .extracting(Refusal::reason)
                .singleElement()
                .asString()
                .contains("[word]");

        write(live, "acme/made.camel.yaml", made);
        assertThat(refusals.all()).isEmpty();
        assertThat(ask("direct:acme.yes")).isEqualTo("yes.");

        write(live, "templates/shape.camel.yaml", template.replace("defaultValue: \".\"", "defaultValue: \"?\""));
        assertThat(refusals.all()).isEmpty();
        assertThat(ask("direct:acme.yes")).isEqualTo("yes?");
    }

    @Test
    void filesInUseSinceTheStartAreKnown() {
        LiveRoutes later = new LiveRoutes(camel, refusals);
        later.begin(Map.of("acme/first.camel.yaml", FIRST, "acme/second.camel.yaml", SECOND));

        write(later, "acme/first.camel.yaml", FIRST.replace("greet }", "part }"));

        assertThat(first()).isEqualTo("bye Ana!");
    }

    @Test
    void filesThatCallEachOtherMayComeTogetherAndRoutesMayMoveBetweenThem() {
        String one = SECOND.replace("acme", "new").replace("simple: \"${body}!\"", "constant: \"2\"");
        String two = FIRST.replace("acme", "new");
        live.written(Map.of("new/one.camel.yaml", one, "new/two.camel.yaml", two));
        assertThat(refusals.all()).isEmpty();

        int other = two.indexOf("- route:\n    id: new-other");
        live.written(Map.of(
                "new/one.camel.yaml", one + two.substring(other), "new/two.camel.yaml", two.substring(0, other)));

        assertThat(refusals.all()).isEmpty();
        assertThat(ask("direct:new.first")).isEqualTo("2");
        assertThat(ask("direct:new.other")).isEqualTo("other");
    }

    @Test
    void aRefusedFileIsUsedOnceWhatItLacksIsThere() {
        String caller = SECOND.replace("second", "third")
                .replace("- setBody: { simple: \"${body}!\" }", "- to: { uri: direct:acme.fourth }");
        write(live, "acme/third.camel.yaml", caller);
        assertThat(refusals.all()).hasSize(1);

        write(live, "acme/fourth.camel.yaml", SECOND.replace("second", "fourth"));

        assertThat(refusals.all()).isEmpty();
        assertThat(ask("direct:acme.third")).isEqualTo("Ana!");
    }

    private static void write(LiveRoutes live, String name, String content) {
        live.written(Map.of(name, content));
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
