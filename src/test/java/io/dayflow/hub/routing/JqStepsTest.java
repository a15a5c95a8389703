package io.dayflow.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.mapping.MappingFailed;
import io.dayflow.hub.mapping.Mappings;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bean as routes call it: in a Camel context, with documents in a folder. */
class JqStepsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final ConnectionRef CONNECTION = new ConnectionRef(
            new UUID(1, 1), new UUID(1, 2), "acme", "https://api.acme.example/v1/", "ada", Map.of("userId", "7"));
    private static final CollectionRef COLLECTION =
            new CollectionRef(new UUID(2, 1), "inbox", Kind.TASK, "Inbox", false, Map.of("project", "p1"), "token-1");

    @TempDir
    Path routes;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(routes.resolve("acme"));
        camel.getRegistry().bind("jq", new JqSteps(new Mappings(routes), Clock.fixed(NOW, ZoneOffset.UTC)));
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void aDocumentMakesACall() throws Exception {
        document("call.jq", """
                {method: "POST", path: "tasks/\\(.externalId | @uri)", query: {limit: 200, label: ["a b", "c"], none: null},
                 headers: {"X-User": $connection.endpoints.userId}, json: {content: .desired.title, at: $now},
                 expected: [404]}
                """);

        Call call = run("call", "call.jq", push()).getMessage().getBody(Call.class);

        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.uri()).hasToString("https://api.acme.example/v1/tasks/a%2Fb?limit=200&label=a+b&label=c");
        assertThat(call.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("X-User", "7");
        assertThat(call.body()).isEqualTo("{\"content\":\"Milk\",\"at\":\"2026-03-01T08:00:00Z\"}");
        assertThat(call.expected()).containsExactly(404);
        assertThat(call.repeatable()).isFalse();
    }

    @Test
    void aDocumentReadsAnAnswerIntoAListing() throws Exception {
        document("list.jq", """
                {entries: [.items[] | {externalId: .id, version: .v, gone: .is_deleted, elsewhere: (.p != null), payload: .}],
                 cursor: .sync_token, more: ($answer.headers.link != null), coverage: "visible"}
                """);
        Answer answer = answer("""
                {"sync_token": "t2", "items": [{"id": 12, "v": "1", "is_deleted": false}, {"id": "b", "v": null, "is_deleted": true}]}
                """, Map.of("Link", "next"));

        Listing listing = run("listing", "list.jq", answer).getMessage().getBody(Listing.class);

        assertThat(listing.entries()).hasSize(2);
        assertThat(listing.entries().getFirst().externalId()).isEqualTo("12");
        assertThat(listing.entries().getFirst().payload()).isEqualTo("{\"id\":12,\"v\":\"1\",\"is_deleted\":false}");
        assertThat(listing.entries().getLast().gone()).isTrue();
        assertThat(listing.cursor()).isEqualTo("t2");
        assertThat(listing.more()).isTrue();
        assertThat(listing.coverage()).isEqualTo(Listing.Coverage.VISIBLE);
        assertThat(listing.entries()).noneMatch(Listing.Entry::elsewhere);
    }

    @Test
    void aDocumentMapsAnObjectToACanonicalView() throws Exception {
        document("in.jq", """
                {parts: [{fields: {title: .content, labels, progress: .done, due: .due, notes: null}, modifiedAt: .at}], collection: "work"}
                """);
        Fetched object = new Fetched("8J", "v1", """
                {"content": "Milk", "labels": ["b", "a", "b"], "done": 50.0, "due": "2026-03-01", "at": "2026-02-28T10:00:00.123+01:00"}
                """);

        Mapped mapped = run("mapped", "in.jq", object).getMessage().getBody(Mapped.class);

        Mapped.Part part = mapped.parts().getFirst();
        assertThat(mapped.collection()).isEqualTo("work");
        assertThat(part.view().fields().keySet()).containsExactly("due", "labels", "progress", "title");
        assertThat(part.view().get("labels")).hasToString("[\"a\",\"b\"]");
        assertThat(part.view().get("progress")).isEqualTo(JsonNodeFactory.instance.numberNode(50));
        assertThat(part.modifiedAt()).isEqualTo(Instant.parse("2026-02-28T09:00:00.123Z"));
    }

    @Test
    void aValueThatNoItemCanHoldIsAProblemOfItsPart() throws Exception {
        document("in.jq", "{parts: [.[] | {key: .k, fields: {title: .t, priority: .p}}]}");
        Fetched object = new Fetched(
                "8J", null, "[{\"k\": \"1\", \"t\": \"a\", \"p\": \"high\"}, {\"k\": \"2\", \"p\": \"p1\"}]");

        Mapped mapped = run("mapped", "in.jq", object).getMessage().getBody(Mapped.class);

        assertThat(mapped.parts()).extracting(Mapped.Part::key).containsExactly("1");
        assertThat(mapped.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("2");
            assertThat(problem.reason()).contains("acme/in.jq", "priority", "(acme 8J)");
        });
    }

    @Test
    void mappingThrowsWhatWentWrongForTheDeadLetter() throws Exception {
        document("in.jq", "{parts: [{fields: {title: (.content + 1)}}]}");

        Exchange exchange = run("mapped", "in.jq", new Fetched("8J", "v1", "{\"content\": \"Milk\"}"));

        assertThat(exchange.getException(MappingFailed.class))
                .hasMessageContaining("acme/in.jq")
                .hasMessageEndingWith("(acme 8J)");
    }

    @Test
    void everywhereElseAFailingDocumentIsAnUnreadableFault() throws Exception {
        document("out.jq", "{method: \"GET\", path: .a.b.c, more: 1}");

        var fault = fault(run("call", "out.jq", null));

        assertThat(fault).isInstanceOf(Fault.Unreadable.class);
        assertThat(fault.message()).contains("acme/out.jq", "path", "acme");
    }

    @Test
    void aMissingDocumentIsNamed() throws Exception {
        assertThat(fault(run("value", "none.jq", null)).message()).contains("acme/none.jq");
    }

    @Test
    void aPushEndsAsTheDocumentSays() throws Exception {
        document("done.jq", ".");

        assertThat(pushed("{\"written\": {\"externalId\": \"x\", \"version\": \"2\", \"payload\": {\"a\": 1}}}"))
                .isEqualTo(new Pushed.Written("x", "", "2", "{\"a\":1}"));
        assertThat(pushed("{\"deleted\": true}")).isEqualTo(new Pushed.Deleted());
        assertThat(pushed("{\"stale\": \"x\"}")).isEqualTo(new Pushed.Stale("x"));
        assertThat(pushed("{\"gone\": true}")).isEqualTo(new Pushed.Gone());
        assertThat(fault(run("pushed", "done.jq", """
                {"fault": {"kind": "rate_limited", "message": "slow down", "retryAfter": 12}}
                """)))
                .isEqualTo(new Fault.RateLimited("slow down", NOW.plusSeconds(12)));
        assertThat(fault(run("pushed", "done.jq", "{\"ok\": true}")).message())
                .contains("exactly one of written, deleted, stale, gone and fault");
    }

    @Test
    void conditionsAndValuesSeeWhatTheRouteKeeps() throws Exception {
        document(
                "more.jq",
                "$state.next != null and $push.desired.title == \"Milk\" and $collection.cursor == \"token-1\"");
        Exchange exchange = exchange(null);
        exchange.setVariable("state", JsonNodeFactory.instance.objectNode().put("next", "n"));
        exchange.setVariable("push", push());

        template().send("bean:jq?method=test('acme/more.jq')", exchange);

        assertThat(exchange.getMessage().getBody()).isEqualTo(true);
    }

    @Test
    void routesCallItAsAnExpression() throws Exception {
        document("one.jq", ".[0]");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one")
                        .setVariable("first")
                        .method("jq", "value('acme/one.jq')")
                        .setBody()
                        .variable("first");
            }
        });

        Exchange exchange = exchange(List.of("a", "b"));
        template().send("direct:one", exchange);

        assertThat(exchange.getMessage().getBody(JsonNode.class).asText()).isEqualTo("a");
    }

    private Pushed pushed(String json) {
        return run("pushed", "done.jq", json).getMessage().getBody(Pushed.class);
    }

    private Fault fault(Exchange exchange) {
        return catchThrowableOfType(FaultException.class, () -> {
                    throw exchange.getException(FaultException.class);
                })
                .fault();
    }

    private Exchange run(String method, String document, Object body) {
        Exchange exchange = exchange(body);
        template().send("bean:jq?method=" + method + "('acme/" + document + "')", exchange);
        return exchange;
    }

    private Exchange exchange(Object body) {
        Exchange exchange = camel.getEndpoint("direct:test").createExchange();
        exchange.setVariable("connection", CONNECTION);
        exchange.setVariable("collection", COLLECTION);
        exchange.getMessage().setBody(body);
        return exchange;
    }

    private ProducerTemplate template() {
        return camel.createProducerTemplate();
    }

    private void document(String name, String source) throws Exception {
        Files.writeString(routes.resolve("acme").resolve(name), source);
    }

    private static Push push() {
        View desired = View.of(Kind.TASK, Map.of("title", JsonNodeFactory.instance.textNode("Milk")));
        return new Push(new UUID(3, 3), Kind.TASK, "a/b", "", "1", null, desired, "{\"id\":\"a/b\"}", "uid-1");
    }

    private static Answer answer(String json, Map<String, String> headers) {
        return new Answer(200, headers, json.getBytes(StandardCharsets.UTF_8), URI.create("https://api.acme.example/"));
    }
}
