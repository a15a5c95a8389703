package io.dayflow.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteConventionTest {

    @TempDir
    Path folder;

    @Test
    void ourRoutesKeepToTheConventions() {
        assertThat(RouteConventions.violationsIn(Path.of("routes"))).isEmpty();
    }

    @Test
    void aGoodRouteIsTaken() throws IOException {
        write("todoist/todoist.camel.yaml", """
                - route:
                    id: todoist-list
                    description: Lists what changed since the cursor.
                    from:
                      id: todoist-list-from
                      uri: direct:todoist.list
                      steps:
                        - bean:
                            id: todoist-list-map
                            ref: mapping
                            method: in
                """);
        assertThat(RouteConventions.violationsIn(folder)).isEmpty();
    }

    @Test
    void everyRuleSaysWhatToDo() throws IOException {
        write("todoist/todoist.camel.yaml", """
                - route:
                    id: list_All
                    from:
                      uri: direct:todoist.list
                      steps:
                        - bean: {id: map, ref: mapping}
                        - to: {uri: "bean:mapping"}
                - route:
                    id: clickup-get
                    description: One thing. And another.
                    from: {uri: "direct:x"}
                - route:
                    description: No name.
                    from: {uri: "direct:y"}
                """);
        write("core/call.camel.yaml", """
                - route:
                    id: core-call
                    description: Calls the service.
                    errorHandler: {noErrorHandler: {}}
                    from:
                      uri: direct:call
                      steps:
                        - choice:
                            id: core-call-choice
                            when:
                              - simple: "${variable.provider} == 'todoist'"
                                id: when-todoist
                """);
        assertThat(RouteConventions.violationsIn(folder))
                .satisfiesExactlyInAnyOrder(
                        said -> assertThat(said).contains("'list_All' is not in kebab-case"),
                        said -> assertThat(said).contains("'list_All' has no description"),
                        said -> assertThat(said).contains("the step id 'map'", "call it 'list_All-map'"),
                        said -> assertThat(said).contains("bean step", "names no method"),
                        said -> assertThat(said).contains("endpoint bean:mapping names no method"),
                        said -> assertThat(said).contains("'clickup-get' does not begin with its folder"),
                        said -> assertThat(said).contains("'clickup-get' is not one sentence"),
                        said -> assertThat(said).contains("a route has no id"),
                        said -> assertThat(said).contains("the step id 'when-todoist'"),
                        said -> assertThat(said).contains("'core-call' has an errorHandler", "errorHandlerRef"),
                        said -> assertThat(said).contains("the core names the provider 'todoist'"));
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
