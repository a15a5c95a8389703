package io.dayflow.hub.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * A hundred thousand generated requests to every call of the running application and to the addresses of webhooks: no answer
 * says that the hub broke, each refusal is a problem document that tells nothing of the inside, and what is refused leaves
 * nothing behind. {@code -Dseed=…} repeats a run, {@code -Dfuzz.inputs=…} makes it longer.
 */
@RunningHub
@Import(FakeEngine.class)
@TestPropertySource(
        properties = {
            "hub.config-dir=src/test/resources/config",
            "hub.providers.testtasks.client-secret=" + FuzzIT.SECRET,
            "camel.main.auto-startup=false",
            "hub.limits.enabled=false",
            "logging.level.root=error",
            "logging.level.io.dayflow.hub.api=error"
        })
class FuzzIT {

    static final String SECRET = "the-secret-of-the-test-app";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 100_000);
    private static final int WORKERS = 8;
    private static final int MOST_REPORTED = 20;

    /** What a refusal may leave: lines that say so, what guards and counts, and what housekeeping of its own writes. */
    private static final List<String> GUARDS = List.of("audit", "alert", "alert_count", "lease", "flyway_schema_history");

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CamelContext camel;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> refused = new ConcurrentLinkedQueue<>();
    private final Map<Integer, AtomicInteger> statuses = new java.util.concurrent.ConcurrentSkipListMap<>();

    @Test
    void whateverComesInNothingBreaksAndNothingRefusedIsKept() throws Exception {
        camel.getRouteController().startRoute("core-webhook");
        long seed = Long.getLong("seed", System.nanoTime());
        var calls = Generator.calls(mappings);
        System.out.printf("fuzz: seed %d, %d calls%n", seed, calls.size());
        assertThat(calls).as("the calls of the running application").hasSizeGreaterThan(25);
        var generator = new Generator(seed, "http://127.0.0.1:" + port, calls, ids(), FuzzIT::sign);

        long begun = System.nanoTime();
        send(generator, java.util.stream.IntStream.range(0, INPUTS).boxed().toList(), true);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("fuzz: %d inputs in %.0f s, %.0f a second; answers %s%n", INPUTS, seconds, INPUTS / seconds, statuses);

        assertThat(faults).as("seed %d; the first of them", seed).isEmpty();
        assertThat(statuses.get(200)).as("some of them are right").isNotNull();
        assertThat(refused).as("most of them are wrong").hasSizeGreaterThan(INPUTS / 4);
        nothingRefusedIsKept(generator, seed);
    }

    /** The refused ones once more, in parts, so that what a part left behind would show. */
    private void nothingRefusedIsKept(Generator generator, long seed) throws Exception {
        List<Integer> again = new ArrayList<>(refused).stream()
                .sorted()
                .limit(INPUTS / 5)
                .toList();
        int part = Math.max(1, again.size() / 10);
        int compared = 0;
        for (int from = 0; from < again.size(); from += part) {
            var numbers = again.subList(from, Math.min(again.size(), from + part));
            refused.clear();
            var before = rows();
            send(generator, numbers, false);
            var after = rows();
            if (refused.size() == numbers.size()) {
                compared += numbers.size();
                assertThat(after).as("seed %d, requests %s", seed, numbers).isEqualTo(before);
            }
        }
        System.out.printf("fuzz: %d refused ones left nothing behind%n", compared);
        assertThat(faults).isEmpty();
        assertThat(compared).as("refused the second time, too").isGreaterThan(again.size() / 2);
    }

    private void send(Generator generator, List<Integer> numbers, boolean counted) throws InterruptedException {
        var next = new AtomicInteger();
        try (var client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int worker = 0; worker < WORKERS; worker++) {
                workers.submit(() -> {
                    for (int i = next.getAndIncrement();
                            i < numbers.size() && faults.size() < MOST_REPORTED;
                            i = next.getAndIncrement()) {
                        one(client, generator, numbers.get(i), counted);
                    }
                });
            }
        }
    }

    private void one(HttpClient client, Generator generator, int number, boolean counted) {
        HttpRequest request = null;
        try {
            request = generator.request(number);
            var answer = answer(client, request);
            if (counted) {
                statuses.computeIfAbsent(answer.statusCode(), status -> new AtomicInteger())
                        .incrementAndGet();
            }
            if (answer.statusCode() >= 400) {
                refused.add(number);
            }
            String fault = fault(answer);
            if (fault != null) {
                faults.add("%d %s %s: %d, %s: %s"
                        .formatted(
                                number,
                                request.method(),
                                shortened(request.uri().toString()),
                                answer.statusCode(),
                                fault,
                                shortened(answer.body())));
            }
        } catch (IOException e) {
            faults.add("%d %s: %s".formatted(number, request == null ? "" : shortened(request.uri().toString()), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            faults.add(number + " could not be made: " + e);
        }
    }

    /** A server may close a connection while a body it does not want still comes: then it is asked again. */
    private static HttpResponse<String> answer(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
    }

    /** What is wrong with the answer, or null. */
    private static String fault(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() >= 500) {
            return "the hub broke";
        }
        if (answer.statusCode() < 400) {
            return null;
        }
        if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")) {
            return "no problem document";
        }
        try {
            if (JSON.readTree(answer.body()).path("status").asInt() != answer.statusCode()) {
                return "another status in the document";
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return "no JSON";
        }
        for (var inside : List.of("Exception", "java.", "org.", "\tat ", "select ", "insert into", "PSQL", "io.dayflow")) {
            if (answer.body().contains(inside)) {
                return "it tells of the inside (" + inside.strip() + ")";
            }
        }
        return null;
    }

    private Map<String, Long> rows() {
        var rows = new TreeMap<String, Long>();
        jdbc.sql("""
                        select table_schema || '.' || table_name from information_schema.tables
                        where table_schema in ('hub', 'public') and table_type = 'BASE TABLE'
                        """)
                .query(String.class)
                .list()
                .stream()
                .filter(table -> GUARDS.stream().noneMatch(guard -> table.equals("hub." + guard)))
                .forEach(table -> rows.put(
                        table,
                        jdbc.sql("select count(*) from " + table)
                                .query(Long.class)
                                .single()));
        return rows;
    }

    /** Ids of things that are there, of another user's, and of nothing. */
    private List<String> ids() throws IOException {
        var hub = new HubCalls(port);
        var ids = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            var answer = hub.post(
                    hub.asUser("/api/integrations"),
                    "{\"action\": \"connect\", \"service\": \"testcal\", \"credentials\": {\"username\": \"u%d\", \"password\": \"right\"}}"
                            .formatted(i));
            ids.add(JSON.readTree(answer.body()).path("integrationId").asText());
        }
        UUID connection = UUID.fromString(ids.getFirst());
        for (var table : List.of("job", "item", "alert", "webhook_endpoint")) {
            UUID id = UUID.randomUUID();
            ids.add(id.toString());
            switch (table) {
                case "job" ->
                    jdbc.sql("insert into hub.job (id, connection_id, user_id, operation, mode, status)"
                                    + " values (?, ?, ?, 'manual_sync', 'full', 'completed')")
                            .params(id, connection, RunningHub.USER)
                            .update();
                case "item" ->
                    jdbc.sql("insert into hub.item (id, user_id, kind, fields, match_key)"
                                    + " values (?, ?, 'event', '{\"title\": \"A\"}', 'a')")
                            .params(id, RunningHub.USER)
                            .update();
                case "alert" ->
                    jdbc.sql("insert into hub.alert (id, rule, subject, severity, count, first_at, last_at)"
                                    + " values (?, 'reads', ?, 'low', 1, now(), now())")
                            .params(id, id.toString())
                            .update();
                default ->
                    ids.set(
                            ids.size() - 1,
                            JSON.readTree(hub.post(
                                                    hub.asUser("/api/integrations/webhook-endpoints"),
                                                    "{\"url\": \"https://203.0.113.7.example.org/\", \"events\": [\"job\"]}")
                                            .body())
                                    .path("endpointId")
                                    .asText());
            }
        }
        ids.add(UUID.randomUUID().toString());
        assertThat(ids).doesNotContain("");
        return ids;
    }

    private static String sign(byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
