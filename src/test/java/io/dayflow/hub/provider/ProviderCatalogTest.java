package io.dayflow.hub.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.item.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderCatalogTest {

    private static final String GOOD = """
            id: good
            displayName: Good Calendar
            type: calendar
            kinds: [event, task]
            auth:
              - method: password
                fields: [url?, username, password]
                help: Made on the account's page.
            routes: caldav
            address: https://dav.example.org/
            features: {tasks: true, events: true, webhooks: false, incremental: true, push: true}
            limits: {requestsPerMinute: 60, burst: 10, concurrency: 2, pageSize: 50}
            poll:
              interval: 15m
              fastest: 5m
            fields:
              event: [title, start, end]
              task: [title, due]
            """;

    @TempDir
    Path folder;

    @Test
    void aFileIsAProvider() throws IOException {
        var provider = catalog(GOOD).find("good").orElseThrow();

        assertThat(provider.displayName()).isEqualTo("Good Calendar");
        assertThat(provider.kinds()).containsExactlyInAnyOrder(Kind.TASK, Kind.EVENT);
        assertThat(provider.auth("password").orElseThrow().fields()).containsExactly("url", "username", "password");
        assertThat(provider.auth("password").orElseThrow().required("url")).isFalse();
        assertThat(provider.auth("password").orElseThrow().required("username")).isTrue();
        assertThat(provider.auth("oauth2")).isEmpty();
        assertThat(provider.address()).isEqualTo("https://dav.example.org/");
        assertThat(provider.domain()).isNull();
        assertThat(provider.poll()).isEqualTo(new Provider.Poll(Duration.ofMinutes(15), Duration.ofMinutes(5)));
        assertThat(provider.limits()).isEqualTo(new Provider.Limits(60, 10, 2, 50));
        assertThat(provider.fields().get(Kind.EVENT)).isEqualTo(List.of("title", "start", "end"));
    }

    @Test
    void aFileMaySayHowTheSideShowsFieldsAndWhatItsErrorsMean() throws IOException {
        var provider = catalog(GOOD + """
                views: {task: good/task-view.jq}
                faults:
                  403: rejected
                  410: gone
                  retryAfter: .error_extra.retry_after
                  message: .error
                """).find("good").orElseThrow();

        assertThat(provider.views()).containsExactly(Map.entry(Kind.TASK, "good/task-view.jq"));
        assertThat(provider.faults())
                .isEqualTo(new Provider.FaultRules(
                        Map.of(403, "rejected", 410, "gone"), ".error_extra.retry_after", ".error"));
    }

    @Test
    void jqThatCannotBeUsedIsRefusedWithItsLine() throws IOException {
        Files.writeString(folder.resolve("good.yaml"), GOOD + "views: {task: good/none.jq}\n");
        var check = new MappingCheck() {
            @Override
            public void document(String name) {
                throw new IllegalArgumentException(name + " is not there");
            }

            @Override
            public void expression(String source) {}
        };

        assertThatThrownBy(() -> new ProviderCatalog(folder, id -> null, check))
                .isInstanceOf(InvalidProviderFile.class)
                .hasMessageContainingAll("line 19", "\"views.task\"", "good/none.jq is not there");
    }

    @Test
    void theOperatorsAddressWins() throws IOException {
        Files.writeString(folder.resolve("good.yaml"), GOOD);

        var catalog = new ProviderCatalog(folder, id -> "http://127.0.0.1:1234/" + id);

        assertThat(catalog.find("good").orElseThrow().address()).isEqualTo("http://127.0.0.1:1234/good");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: calendar | type: kalender | line 3 | \"type\" takes one of task_management, calendar",
                "type: calendar | typ: calendar | line 1 | \"type\" is missing",
                "routes: caldav | routes: caldav\\ncolour: red | line 10 | \"colour\" is no key here; accepted are id",
                "burst: 10 | burst: ten | line 12 | \"limits.burst\" takes a whole number from 1",
                "burst: 10 | burst: 0 | line 12 | \"limits.burst\" takes a whole number from 1",
                "push: true | push: maybe | line 11 | \"features.push\" takes true or false",
                "push: true | push: true, pull: true | line 11 | \"features.pull\" is no key here",
                "fastest: 5m | fastest: 5 | line 15 | \"poll.fastest\" takes a time with its unit",
                "fastest: 5m | fastest: 1h | line 15 | \"poll.fastest\" takes a time that is not longer than interval",
                "method: password | method: magic | line 6 | \"auth[0].method\" takes one of password, token, oauth2",
                "kinds: [event, task] | kinds: [event, note] | line 4 | \"kinds\" takes event and task, not note",
                "kinds: [event, task] | kinds: event | line 4 | \"kinds\" takes a list of texts",
                "task: [title, due] | tasks: [title] | line 17 | \"fields.task\" is missing",
                "task: [title, due] | task: [title, duo] | line 18 | \"fields.task\" takes the canonical fields title, notes",
                "event: [title, start, end] | event: [title, start] | line 17 | \"fields.event\" takes both start and end",
                "id: good | id: other | line 1 | \"id\" takes the file's own name without .yaml",
                "id: good | id: good\\nid: good | line 2 | \"id\" is there twice",
                "kinds: [event, task] | kinds: [event | line 5 | accepted is YAML",
                "displayName: Good Calendar | displayName: | line 2 | \"displayName\" takes a text"
            })
    void aBrokenFileIsNamedWithItsPlaceAndWhatIsAccepted(String from, String to, String line, String reason) {
        var broken = GOOD.replace(from, to.replace("\\n", "\n"));

        assertThatThrownBy(() -> catalog(broken))
                .isInstanceOf(InvalidProviderFile.class)
                .hasMessageContaining("good.yaml " + line + ":")
                .hasMessageContaining(reason);
    }

    @Test
    void aFileThatBreaksLaterLeavesTheCatalogAsItWas() throws IOException {
        var catalog = catalog(GOOD);
        Files.writeString(folder.resolve("good.yaml"), GOOD.replace("calendar", "kalender"));

        assertThatThrownBy(catalog::reload).isInstanceOf(InvalidProviderFile.class);
        assertThat(catalog.find("good")).isPresent();
    }

    private ProviderCatalog catalog(String yaml) throws IOException {
        Files.writeString(folder.resolve("good.yaml"), yaml);
        return new ProviderCatalog(folder, id -> null);
    }
}
