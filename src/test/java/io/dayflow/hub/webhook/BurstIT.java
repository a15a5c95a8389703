package io.dayflow.hub.webhook;

import static io.dayflow.hub.webhook.TestAccount.fat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dayflow.hub.HubCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Very many deliveries at once. */
@WebhookTest
class BurstIT {

    private static final int SENDERS = 16;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestService service;

    private HubCalls hub;
    private TestAccount account;

    @BeforeEach
    void begin() {
        hub = new HubCalls(port);
        jdbc.sql("delete from hub.webhook_event").update();
        service.reset();
        account = new TestAccount(jdbc);
    }

    @Test
    void theSameDeliveryAThousandTimesHasOneEffect() {
        service.hold("1", "0001", "Once");
        String body = account.body(fat("1", "0001", "inbox", "Once"));

        Map<Integer, Integer> answers = send(Collections.nCopies(1_000, Map.entry("the-same", body)));

        assertThat(answers).isEqualTo(Map.of(200, 1_000));
        account.awaitTitles("Once");
        account.awaitQuiet();
        assertThat(account.count("select count(*) from hub.webhook_event")).isEqualTo(1);
        assertThat(account.count("select count(*) from hub.journal where user_id = ?", account.user))
                .isEqualTo(1);
        assertThat(account.count("select count(*) from hub.item where user_id = ?", account.user))
                .isEqualTo(1);
    }

    @Test
    void tenThousandInAnyOrderAreAllWorkedOnAndTheNewestOfEachObjectStands() {
        long seed = Long.getLong("seed", System.nanoTime());
        List<Map.Entry<String, String>> deliveries = new ArrayList<>();
        for (int object = 0; object < 200; object++) {
            service.hold("o" + object, "0049", object + ".49");
            for (int version = 0; version < 50; version++) {
                deliveries.add(Map.entry(
                        object + "/" + version,
                        account.body(fat("o" + object, "%04d".formatted(version), "inbox", object + "." + version))));
            }
        }
        Collections.shuffle(deliveries, new Random(seed));

        Map<Integer, Integer> answers = send(deliveries);

        assertThat(answers).as("seed %d", seed).isEqualTo(Map.of(200, 10_000));
        await().atMost(Duration.ofSeconds(60)).until(() -> account.count("""
                select (select count(*) from hub.webhook_event where state = 'stored')
                     + (select count(*) from hub.webhook_hint)
                """) == 0);
        assertThat(account.count("select count(*) from hub.webhook_event where state = 'done'"))
                .as("seed %d", seed)
                .isEqualTo(10_000);
        assertThat(account.titles())
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 200)
                        .mapToObj(object -> object + ".49")
                        .toList());
        assertThat(service.reads.stream().flatMap(List::stream))
                .as("each object is looked at once, when it is new; seed %d", seed)
                .doesNotHaveDuplicates()
                .hasSize(200);
    }

    /** Sends them from many threads; how many answers of each status came. */
    private Map<Integer, Integer> send(List<Map.Entry<String, String>> deliveries) {
        Map<Integer, Integer> answers = new ConcurrentHashMap<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            deliveries.forEach(delivery -> senders.submit(() -> answers.merge(
                    Deliveries.deliver(hub, delivery.getKey(), delivery.getValue())
                            .statusCode(),
                    1,
                    Integer::sum)));
        }
        return answers;
    }
}
