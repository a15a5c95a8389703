package io.dayflow.hub.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.privacy.ErasureWorker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** What a service was told to tell ends with the connection, and with the person, by the routes as they run. */
@WebhookTest
@TestPropertySource(
        properties = {
            "hub.security.allow-private-addresses=true",
            "hub.call.max-attempts=1",
            "hub.privacy.revoke-attempts=2",
            "hub.privacy.revoke-delay=0s"
        })
class UnsubscribeIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INTEGRATIONS = "/api/integrations";
    private static final Service SERVICE = new Service();

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ErasureWorker worker;

    @Autowired
    CamelContext camel;

    private HubCalls hub;
    private UUID user;

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry registry) {
        registry.add("hub.providers.testtasks.base-url", SERVICE::address);
    }

    @AfterAll
    static void stop() {
        SERVICE.server.stop(0);
    }

    @BeforeEach
    void begin() throws Exception {
        SERVICE.reset();
        // the test alone says when an erasure goes on
        camel.getRouteController().stopRoute("core-wake-erasures");
        camel.getRouteController().stopRoute("core-sweep-erasures");
        hub = new HubCalls(port);
        user = UUID.randomUUID();
        jdbc.sql("insert into public.users (id, email, timezone) values (?, ?, 'Europe/Berlin')")
                .params(user, user + "@example.org")
                .update();
    }

    /** A service that keeps hooks, and who asked for what with which token. */
    private static final class Service {

        private final Map<String, String> hooks = new ConcurrentHashMap<>();
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final HttpServer server;
        private volatile int status;
        private volatile CountDownLatch held = new CountDownLatch(0);

        Service() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            server.createContext("/hooks", this::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
        }

        void reset() {
            held.countDown();
            hooks.clear();
            asked.clear();
            status = 200;
        }

        /** As a route that subscribes would: told to call this integration's own address. */
        void hook(String id, String integration) {
            hooks.put(id, "https://hub.example.org/api/webhooks/testtasks/" + integration);
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                held.await();
                var id = exchange.getRequestURI().getPath().substring("/hooks".length());
                asked.add(exchange.getRequestMethod() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                if (status == 200 && exchange.getRequestMethod().equals("DELETE")) {
                    hooks.remove(id.substring(1));
                }
                var list = JSON.createArrayNode();
                hooks.forEach((hook, calls) -> list.addObject().put("id", hook).put("calls", calls));
                var body = list.toString().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private HttpRequest.Builder asUser(String path) {
        return hub.asUser(path, user);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    private String connect(String token) {
        var connected = hub.post(
                asUser(INTEGRATIONS),
                "{\"action\": \"connect\", \"service\": \"testtasks\", \"credentials\": {\"token\": \"%s\"}}"
                        .formatted(token));
        assertThat(connected.statusCode()).as(connected.body()).isEqualTo(201);
        return json(connected).path("integrationId").asText();
    }

    private void disconnect(String integration) {
        var ended =
                hub.send(asUser(INTEGRATIONS + "?integrationId=" + integration).DELETE());
        assertThat(ended.statusCode()).as(ended.body()).isBetween(200, 204);
        assertThat(credentials(integration)).as("stored credentials").isZero();
    }

    private long credentials(String integration) {
        return jdbc.sql("select count(*) from hub.connection where id = ? and credentials is not null")
                .param(UUID.fromString(integration))
                .query(Long.class)
                .single();
    }

    private String told(String integration) {
        return jdbc.sql("select detail ->> 'webhooks' from hub.audit where action = 'connection.disconnected'"
                        + " and user_id = ? and object = ?")
                .params(user, "connection:" + integration)
                .query(String.class)
                .single();
    }

    private String asksForErasure() {
        var asked = hub.send(asUser(INTEGRATIONS + "/data").DELETE());
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        return json(asked).path("receiptId").asText();
    }

    private JsonNode receipt(String id) {
        return json(hub.send(asUser(INTEGRATIONS + "/data/receipts/" + id)));
    }

    @Test
    void disconnectingRemovesTheConnectionsOwnHooksWithItsOwnToken() {
        var one = connect("first");
        var other = connect("second");
        SERVICE.hook("a", one);
        SERVICE.hook("b", other);
        SERVICE.hook("c", one);

        disconnect(one);

        assertThat(SERVICE.hooks).containsOnlyKeys("b");
        assertThat(SERVICE.asked).containsExactly("GET Bearer first", "DELETE Bearer first", "DELETE Bearer first");
        assertThat(told(one)).isEqualTo("unsubscribed");
        assertThat(credentials(other)).isOne();
    }

    @Test
    void aServiceThatRefusesOrIsAwayStopsNoDisconnecting() {
        var refused = connect("first");
        var away = connect("second");

        SERVICE.status = 403;
        disconnect(refused);
        SERVICE.status = 503;
        disconnect(away);

        assertThat(told(refused)).isEqualTo("refused");
        assertThat(told(away)).isEqualTo("unanswered");
    }

    @Test
    void aServiceThatNeverAnswersIsNotWaitedForLong() {
        var integration = connect("first");
        SERVICE.held = new CountDownLatch(1);
        var begun = Instant.now();

        disconnect(integration);

        assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
        assertThat(told(integration)).isEqualTo("unanswered");
    }

    @Test
    void whoeverIsNoOwnerEndsNothing() {
        var integration = connect("first");
        SERVICE.hook("a", integration);
        var others = hub.send(
                hub.asUser(INTEGRATIONS + "?integrationId=" + integration).DELETE());

        HubCalls.problem(others, 404);

        assertThat(SERVICE.hooks).containsOnlyKeys("a");
        assertThat(SERVICE.asked).isEmpty();
    }

    @Test
    void anErasureRemovesThemToo() {
        SERVICE.hook("a", connect("first"));
        SERVICE.hook("b", connect("second"));
        SERVICE.hook("c", UUID.randomUUID().toString());
        var id = asksForErasure();

        worker.work();

        assertThat(SERVICE.hooks).containsOnlyKeys("c");
        assertThat(receipt(id).path("status").asText()).isEqualTo("done");
        assertThat(receipt(id).path("permissions").toString())
                .isEqualTo("{\"testtasks\":{\"typed\":2,\"unsubscribed\":2}}");
    }

    @Test
    void anErasureAsksAgainWithWhatWasTypedAndForgetsItInTheEnd() {
        var integration = connect("first");
        SERVICE.hook("a", integration);
        SERVICE.status = 503;
        var id = asksForErasure();

        worker.work();
        assertThat(receipt(id).path("status").asText()).isEqualTo("running");
        assertThat(credentials(integration)).as("needed once more").isOne();
        SERVICE.status = 200;
        worker.work();

        assertThat(SERVICE.hooks).isEmpty();
        assertThat(receipt(id).path("permissions").toString())
                .isEqualTo("{\"testtasks\":{\"typed\":1,\"unsubscribed\":1}}");
    }

    @Test
    void anErasureThatIsNeverAnsweredSaysSoAndEnds() {
        SERVICE.hook("a", connect("first"));
        SERVICE.status = 503;
        var id = asksForErasure();

        worker.work();
        worker.work();

        assertThat(receipt(id).path("status").asText()).isEqualTo("done");
        assertThat(receipt(id).path("permissions").toString())
                .isEqualTo("{\"testtasks\":{\"typed\":1,\"still_subscribed\":1}}");
        assertThat(jdbc.sql("select count(*) from hub.connection where user_id = ?")
                        .param(user)
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
