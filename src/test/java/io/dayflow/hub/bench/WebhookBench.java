package io.dayflow.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.server.ChildJvm;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HookedService;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.RawSender;
import io.dayflow.hub.server.ServerLogs;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Webhooks: the hub's intake against a plain controller and the bare database, all on the same durable PostgreSQL in the
 * same run, by turns; and the way from a stored event to DayFlow's row. Settings: {@code -Dbench.rounds=5},
 * {@code -Dbench.webhooks=8000}.
 */
@Tag("bench")
@ExtendWith(ServerLogs.class)
class WebhookBench {

    private static final int CLIENTS = 16;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int REQUESTS = Integer.getInteger("bench.webhooks", 8_000);
    private static final int WARM_UP = 2;
    private static final BenchReport REPORT = new BenchReport();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @TempDir
    Path folder;

    @AfterAll
    static void report() {
        System.out.println(REPORT.table());
        REPORT.write(Path.of("target", "bench-webhooks.json"));
    }

    /** One round: answers a second, and the time of each answer in milliseconds. */
    private record Round(double rate, List<Double> millis) {}

    @Test
    void intakeAndTheWayToDayflow() throws Exception {
        HookedService.install(folder);
        try (HubProcess hub = HubProcess.in(folder)
                        .property(HookedService.SECRET_PROPERTY, HookedService.SECRET)
                        .start();
                DayflowDatabase database = hub.database()) {
            HookedService service = HookedService.connected(database);
            intake(hub, database, service);
            latency(hub, database, service);
        }
    }

    private void intake(HubProcess hub, DayflowDatabase database, HookedService service) throws Exception {
        database.execute("create table public.plain_event (like hub.webhook_event including all)");
        // the intake alone is compared: another worker seems to be at the events
        database.execute(
                "insert into hub.lease values ('webhook:hooked', 'bench', gen_random_uuid(), now() + interval '1 day')");
        List<Round> ours = new ArrayList<>();
        List<Round> plain = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        URI url = URI.create(hub.databaseUrl());
        String[] user = url.getUserInfo().split(":", 2);
        String jdbcUrl = "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath();
        try (ChildJvm controller = new ChildJvm(
                PlainWebhooks.class,
                folder,
                Map.of(
                        "plain.secret",
                        HookedService.SECRET,
                        "spring.datasource.url",
                        jdbcUrl,
                        "spring.datasource.username",
                        user[0],
                        "spring.datasource.password",
                        user[1],
                        "spring.datasource.hikari.maximum-pool-size",
                        "16"))) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                Round hubs = round(hub.baseUrl(), service);
                Round controllers = round(controller.baseUrl(), service);
                double inserts = bare(jdbcUrl, user, service);
                if (round >= 0) {
                    ours.add(hubs);
                    plain.add(controllers);
                    bare.add(inserts);
                }
                assertThat(count(database, "hub.webhook_event")).isEqualTo(count(database, "public.plain_event") / 2);
            }
        }
        database.execute("delete from hub.webhook_event");
        database.execute("delete from hub.lease where owner = 'bench'");
        List<Double> rates = ours.stream().map(Round::rate).toList();
        List<Double> plainRates = plain.stream().map(Round::rate).toList();
        List<Double> millis =
                ours.stream().flatMap(round -> round.millis().stream()).toList();
        List<Double> plainMillis =
                plain.stream().flatMap(round -> round.millis().stream()).toList();
        REPORT.add(
                "signed webhook stored and answered, 16 clients: a plain controller's rate against the hub's",
                Figures.median(plainRates) / Figures.median(rates),
                1.0,
                "x",
                Map.of(
                        "hub/s", Figures.list(rates),
                        "plain controller/s", Figures.list(plainRates),
                        "bare inserts/s", Figures.list(bare),
                        "hub p50 ms", Figures.median(millis),
                        "plain p50 ms", Figures.median(plainMillis)));
        REPORT.add(
                "the same, p99",
                Figures.quantile(millis, 0.99),
                50,
                "ms",
                Map.of("plain p99 ms", Figures.quantile(plainMillis, 0.99), "max ms", Figures.quantile(millis, 1)));
    }

    private static Round round(URI server, HookedService service) throws Exception {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            int number = NUMBERS.incrementAndGet();
            requests.add(HookedService.request(server, "d" + number, service.event("t" + number, 1, "Task " + number)));
        }
        AtomicInteger next = new AtomicInteger();
        long before = System.nanoTime();
        List<Double> millis = atOnce(() -> {
            List<Double> mine = new ArrayList<>();
            try (RawSender sender = new RawSender(server)) {
                for (int i = next.getAndIncrement(); i < REQUESTS; i = next.getAndIncrement()) {
                    long sent = System.nanoTime();
                    int status = sender.send(requests.get(i));
                    mine.add((System.nanoTime() - sent) / 1e6);
                    assertThat(status).isEqualTo(200);
                }
            }
            return mine;
        });
        return new Round(REQUESTS / ((System.nanoTime() - before) / 1e9), millis);
    }

    /** Rows a second that as many connections insert, one commit each, with nothing around it. */
    private static double bare(String url, String[] user, HookedService service) throws Exception {
        AtomicInteger next = new AtomicInteger();
        long before = System.nanoTime();
        atOnce(() -> {
            try (Connection connection = DriverManager.getConnection(url, user[0], user[1]);
                    PreparedStatement insert = connection.prepareStatement("""
                            insert into public.plain_event (id, provider, delivery_id, body, received_at)
                            values (?, 'bare', ?, ?, now()) on conflict (provider, delivery_id) do nothing
                            """)) {
                for (int i = next.getAndIncrement(); i < REQUESTS; i = next.getAndIncrement()) {
                    UUID id = UUID.randomUUID();
                    insert.setObject(1, id);
                    insert.setString(2, id.toString());
                    insert.setBytes(3, service.event("t" + i, 1, "Task " + i));
                    insert.executeUpdate();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return List.of();
        });
        return REQUESTS / ((System.nanoTime() - before) / 1e9);
    }

    private static List<Double> atOnce(Callable<List<Double>> client) throws Exception {
        List<Double> all = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<List<Double>> done : clients.invokeAll(java.util.Collections.nCopies(CLIENTS, client))) {
                all.addAll(done.get());
            }
        }
        return all;
    }

    private static long count(DayflowDatabase database, String table) {
        return (Long)
                database.query("select count(*) as n from " + table).getFirst().get("n");
    }

    private static void latency(HubProcess hub, DayflowDatabase database, HookedService service) {
        List<Double> millis = new ArrayList<>();
        try (RawSender sender = new RawSender(hub.baseUrl())) {
            for (int i = 0; i < 80; i++) {
                // uneven, so that events meet the hub at rest and at any phase of its timers
                LockSupport.parkNanos(Duration.ofMillis(100 + 37L * (i % 7)).toNanos());
                String title = "Measured " + i;
                byte[] request = HookedService.request(
                        hub.baseUrl(), "latency" + i, service.event("task" + i % 5, i + 2, title));
                assertThat(sender.send(request)).isEqualTo(200);
                long stored = System.nanoTime();
                while (database.query("select 1 from public.tasks where user_id = ? and title = ?", service.user, title)
                        .isEmpty()) {
                    LockSupport.parkNanos(500_000);
                    assertThat(Duration.ofNanos(System.nanoTime() - stored)).isLessThan(Duration.ofSeconds(20));
                }
                if (i >= 20) {
                    millis.add((System.nanoTime() - stored) / 1e6);
                }
            }
        }
        REPORT.add(
                "from a stored webhook to DayFlow's committed row, median",
                Figures.median(millis),
                150,
                "ms",
                Map.of(
                        "events", millis.size(),
                        "p95 ms", Figures.quantile(millis, 0.95),
                        "max ms", Figures.quantile(millis, 1)));
    }
}
