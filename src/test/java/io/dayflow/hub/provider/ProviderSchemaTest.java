package io.dayflow.hub.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.dayflow.hub.item.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code provider.schema.json} and the reader of providers' files agree on what is good. */
class ProviderSchemaTest {

    private static final Path FOLDER = Path.of("config/providers");
    private static final Path SCHEMA = FOLDER.resolve("provider.schema.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WHOLE = """
            id: whole
            displayName: Whole
            type: task_management
            kinds: [task]
            auth:
              - method: token
                fields: [token]
                help: Somewhere.
              - method: oauth2
                fields: []
                help: It asks.
            oauth:
              authorize: https://example.org/authorize
              token: https://example.org/token
              revoke: {address: https://example.org/revoke, client: none}
              scopes: [read, "write:all"]
              separator: comma
              client: none
              requests: form
              pkce: true
              parameters: {prompt: consent, offline: true}
              tokens: {expire: sometimes, refresh: rotates}
              partial: true
              issuer: {name: https://example.org, always: false}
            routes: whole
            address: https://api.example.org/
            domain: example.org
            views:
              task: whole/task-view.jq
            faults:
              403: rejected
              retryAfter: .wait
              message: .error
            features: {tasks: true, events: false, webhooks: true, incremental: true, push: true}
            limits: {requestsPerMinute: 60, burst: 10, concurrency: 2, pageSize: 50}
            poll: {interval: 15m, fastest: 5m}
            fields:
              task: [title, due]
            webhook:
              signature: {header: X-Signature, algorithm: hmac-sha256, encoding: hex, prefix: sha256=}
              delivery: {header: X-Delivery}
              account: userId
              ordered: true
              believed: false
              unsubscribe: true
              handshake:
                query: validationToken
                body: {type: url_verification, answer: challenge}
                head: true
            """;
    private static final String WITHOUT_ROUTES = """
            id: whole
            displayName: Whole
            type: task_management
            kinds: [task]
            auth:
              - method: token
                fields: [token]
                help: Somewhere.
            webhook:
              signature: {header: X-Signature, algorithm: hmac-sha256, encoding: hex}
              handshake:
                query: validationToken
                body: {type: url_verification, answer: challenge}
                head: true
            """;

    @TempDir
    Path folder;

    @Test
    void everyFileThatShipsIsGood() throws IOException {
        Map<String, List<String>> faults = new TreeMap<>();
        try (var files = Files.newDirectoryStream(FOLDER, "*.yaml")) {
            for (Path file : files) {
                String text = Files.readString(file);
                List<String> found = problems(text);
                if (!text.startsWith("# yaml-language-server: $schema=provider.schema.json\n")) {
                    found.add("it does not begin with: # yaml-language-server: $schema=provider.schema.json");
                }
                if (!found.isEmpty()) {
                    faults.put(file.toString(), found);
                }
            }
        }

        assertThat(faults).isEmpty();
    }

    @Test
    void aFileWithEveryKeyIsGoodForBoth() throws IOException {
        assertThat(problems(WHOLE)).isEmpty();
        assertThat(catalog(WHOLE).find("whole")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "displayName: Whole => displayName: ''",
                "displayName: Whole => display: Whole",
                "type: task_management => type: tasks",
                "kinds: [task] => kinds: []",
                "kinds: [task] => kinds: [note]",
                "kinds: [task] => kinds: [task, event]",
                "method: token => method: magic",
                "fields: [token] => fields: ['the token']",
                "help: Somewhere. => hint: Somewhere.",
                "task: whole/task-view.jq => task: whole/task-view.js",
                "task: whole/task-view.jq => event: whole/event-view.jq",
                "403: rejected => 403: refused",
                "403: rejected => 200: rejected",
                "403: rejected => 4xx: rejected",
                "retryAfter: .wait => retryAfter: [1]",
                "tasks: true => tasks: maybe",
                "webhooks: true, => ''",
                "burst: 10 => burst: 0",
                "burst: 10 => burst: 2.5",
                "interval: 15m => interval: 15",
                "task: [title, due] => task: title",
                "task: [title, due] => event: [title]",
                "task: [title, due] => task: [title, duo]",
                "header: X-Signature, => ''",
                "algorithm: hmac-sha256 => algorithm: md5",
                "encoding: hex => encoding: base32",
                "{header: X-Delivery} => {name: X-Delivery}",
                "ordered: true => ordered: 1",
                "authorize: https://example.org/authorize => authorize: http://example.org/authorize",
                "token: https://example.org/token => token: example.org",
                "scopes: [read => scopes: ['read all'",
                "scopes: [read => scopes: ['read,all'",
                "separator: comma => separator: ','",
                "client: none => client: magic",
                "requests: form => requests: xml",
                "pkce: true => pkce: false",
                "{prompt: consent => {state: consent",
                "expire: sometimes => expire: rarely",
                "refresh: rotates => refresh: maybe",
                "always: false => always: often",
                "method: oauth2 => method: password",
                "oauth: => oath:",
                "routes: whole => ways: whole",
                "query: validationToken => query: 'the token'",
                "{type: url_verification, answer: challenge} => {type: url_verification}",
                "{type: url_verification, answer: challenge} => challenge",
                "head: true => head: 200",
                "head: true => get: true",
            })
    void whatIsBadIsBadForBoth(String from, String to) {
        isBadForBoth(WHOLE, from, to);
    }

    @Test
    void bothKnowTheFieldsOfTheModelAndThatAnEventHasAPeriod() throws IOException {
        String both = WHOLE.replace("kinds: [task]", "kinds: [event, task]")
                .replace("task: [title, due]", "task: " + Kind.TASK.fields() + "\n  event: " + Kind.EVENT.fields());

        assertThat(problems(both)).isEmpty();
        assertThat(catalog(both).find("whole")).isPresent();
        isBadForBoth(both, "start, end, location", "start, location");
        isBadForBoth(both, "start, end, location", "end, location");
    }

    private void isBadForBoth(String good, String from, String to) {
        String bad = good.replace(from, to.equals("''") ? "" : to);

        assertThat(bad).isNotEqualTo(good);
        assertThat(problems(bad)).as("the schema refuses it").isNotEmpty();
        assertThatThrownBy(() -> catalog(bad)).isInstanceOf(InvalidProviderFile.class);
    }

    @Test
    void aServiceWithoutRoutesMayAskAndNothingElse() throws IOException {
        assertThat(problems(WITHOUT_ROUTES)).isEmpty();
        var catalog = catalog(WITHOUT_ROUTES);
        assertThat(catalog.find("whole")).isEmpty();
        assertThat(catalog.handshake("whole").orElseThrow().head()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "handshake: => ordered: true\\n  handshake:",
                "handshake: => account: userId\\n  handshake:",
                "handshake: => delivery: {header: X-Delivery}\\n  handshake:",
                "signature: {header: X-Signature, algorithm: hmac-sha256, encoding: hex} => ''",
                "handshake: => handshakes:",
            })
    void whatIsBadWithoutRoutesIsBadForBoth(String from, String to) {
        isBadForBoth(WITHOUT_ROUTES, from, to.replace("\\n", "\n"));
    }

    @Test
    void aHandshakeHasAtLeastOneForm() {
        String asking = "query: validationToken\n    body: {type: url_verification, answer: challenge}\n    head: true";
        isBadForBoth(WITHOUT_ROUTES, asking, "head: false");
        isBadForBoth(WITHOUT_ROUTES, "handshake:\n    " + asking, "");
    }

    @Test
    void everyKeyIsDescribed() throws IOException {
        List<String> silent = new ArrayList<>();
        describe("", JSON.readTree(SCHEMA.toFile()), silent);

        assertThat(silent).as("keys of %s without a description", SCHEMA).isEmpty();
    }

    private static void describe(String path, JsonNode node, List<String> silent) {
        for (String group : List.of("properties", "patternProperties")) {
            node.path(group).properties().forEach(entry -> {
                String key = path + "/" + entry.getKey();
                if (!entry.getValue().has("description")) {
                    silent.add(key);
                }
                describe(key, entry.getValue(), silent);
            });
        }
        if (node.path("items").isObject()) {
            describe(path + "[]", node.path("items"), silent);
        }
    }

    private static List<String> problems(String yaml) {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        List<String> problems = new ArrayList<>();
        schema().validate(JSON.valueToTree(document)).forEach(problem -> problems.add(problem.toString()));
        return problems;
    }

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(SCHEMA));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ProviderCatalog catalog(String yaml) throws IOException {
        Files.writeString(folder.resolve("whole.yaml"), yaml);
        return new ProviderCatalog(folder, id -> null);
    }
}
