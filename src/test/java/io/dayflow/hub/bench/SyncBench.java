package io.dayflow.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.sandbox.caldav.StandInRequest;
import io.dayflow.hub.server.CalDavStandIn;
import io.dayflow.hub.server.CalendarCorpus;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubClient;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.Radicale;
import io.dayflow.hub.server.ServerLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Speed and memory of a whole hub, each figure beside its limit from the same run. A figure that misses its limit is
 * reported, and fails nothing. Settings: {@code -Dbench.rounds=5}, {@code -Dbench.edits=60},
 * {@code -Dbench.jvm="-Xmx…"} for options of the hub's JVM beside those that the pom gives it.
 */
@Tag("bench")
@ExtendWith(ServerLogs.class)
class SyncBench {

    private static final int EVENTS = 1_000;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int EDITS = Integer.getInteger("bench.edits", 60);
    private static final long MIB = 1 << 20;
    private static final BenchReport REPORT = new BenchReport();

    @TempDir
    Path folder;

    @AfterAll
    static void report() {
        System.out.println(REPORT.table());
        REPORT.write(Path.of("target", "bench.json"));
    }

    @Test
    void aFirstSyncAndASyncWithNothingNewAgainstAnotherTool() {
        Vdirsyncer.installed();
        List<Double> theirFirst = new ArrayList<>();
        List<Double> theirNext = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        List<Double> next = new ArrayList<>();
        try (Radicale radicale = Radicale.prepare(sub("radicale"))) {
            new CalendarCorpus(42).write(radicale, "work", "Work", EVENTS);
            radicale.start();
            // Radicale reads every object once and remembers it: nobody's round shall pay for that.
            radicale.client().bodies(radicale.home().resolve("work/"));
            radicale.client().changes(radicale.home().resolve("work/"), "");
            try (HubProcess hub = hub("hub");
                    DayflowDatabase database = hub.database()) {
                for (int round = 0; round < ROUNDS; round++) {
                    Vdirsyncer vdirsyncer = Vdirsyncer.discover(sub("vdirsyncer" + round), radicale, "work");
                    theirFirst.add(Figures.seconds(vdirsyncer.sync()));
                    assertThat(vdirsyncer.copied()).isEqualTo(EVENTS);
                    Connected connected = connect(hub, database, radicale.baseUrl());
                    first.add(connected.timedSync());
                    assertThat(database.count("calendar_events", connected.user()))
                            .isEqualTo(EVENTS);
                    for (int i = 0; i < 3; i++) {
                        theirNext.add(Figures.seconds(vdirsyncer.sync()));
                        next.add(connected.timedSync());
                    }
                }
            }
        }
        REPORT.add(
                "first sync of 1,000 events from Radicale, against vdirsyncer's",
                Figures.median(first) / Figures.median(theirFirst),
                1.0,
                "x",
                Map.of("hub s", Figures.list(first), "vdirsyncer s", Figures.list(theirFirst)));
        REPORT.add(
                "the same, only the first round after the hub's start",
                first.getFirst() / Figures.median(theirFirst),
                1.0,
                "x",
                Map.of());
        REPORT.add(
                "a sync with nothing new, against vdirsyncer's",
                Figures.median(next) / Figures.median(theirNext),
                0.3,
                "x",
                Map.of("hub s", Figures.list(next), "vdirsyncer s", Figures.list(theirNext)));
    }

    @Test
    void fromTheCommitOfAnEditToTheOutgoingRequest() {
        List<Double> delays = new ArrayList<>();
        try (CalDavStandIn standIn = CalDavStandIn.start();
                HubProcess hub = hub("hub");
                DayflowDatabase database = hub.database()) {
            new CalendarCorpus(43).fill(standIn.addCalendar("work", "Work", "VEVENT"), 50);
            Connected connected = connect(hub, database, standIn.baseUrl());
            connected.timedSync();
            List<Map<String, Object>> rows = database.rows("calendar_events", connected.user());
            assertThat(rows).hasSize(50);
            for (int i = 0; i < EDITS; i++) {
                // A person's pace, uneven, so that edits meet the hub at rest and at any phase of its timers.
                LockSupport.parkNanos(Duration.ofMillis(150 + 37L * (i % 7)).toNanos());
                standIn.forgetRequests();
                UUID row = (UUID) rows.get(i % rows.size()).get("id");
                long committed = database.updateMeasured("calendar_events", row, "title", "Edited " + i);
                StandInRequest put = standIn.awaitRequest(
                        Duration.ofSeconds(20), request -> request.method().equals("PUT"));
                delays.add((put.nanos() - committed) / 1e6);
            }
        }
        REPORT.add(
                "from commit of a DayFlow edit to the outgoing request, median",
                Figures.median(delays),
                150,
                "ms",
                Map.of(
                        "edits",
                        delays.size(),
                        "p95 ms",
                        Figures.quantile(delays, 0.95),
                        "max ms",
                        Figures.quantile(delays, 1)));
    }

    @Test
    void memoryDuringFirstSyncsOfGrowingCalendars() {
        Memory small = memory(5_000);
        Memory large = memory(20_000);
        Memory larger = memory(40_000);
        REPORT.add(
                "RSS of the hub during a first sync of 20,000 events, peak",
                large.peak() / (double) MIB,
                512,
                "MiB",
                Map.of(
                        "before MiB", large.before() / MIB,
                        "high-water mark of the process MiB", large.highWater() / MIB,
                        "seconds", large.seconds()));
        REPORT.add(
                "the same with 40,000 events, against the peak with 5,000, before the bounded heap has filled once",
                larger.peak() / (double) small.peak(),
                1.05,
                "x",
                Map.of());
        REPORT.add(
                "the same with 40,000 events, against the peak with 20,000",
                larger.peak() / (double) large.peak(),
                1.05,
                "x",
                Map.of(
                        "5,000 peak MiB",
                        small.peak() / MIB,
                        "5,000 seconds",
                        small.seconds(),
                        "40,000 peak MiB",
                        larger.peak() / MIB,
                        "40,000 seconds",
                        larger.seconds()));
        REPORT.add(
                "time per event of a first sync of 40,000 events, against that of 5,000",
                larger.seconds() / 40_000 / (small.seconds() / 5_000),
                1.3,
                "x",
                Map.of(
                        "5,000 ms each",
                        small.seconds() * 1e3 / 5_000,
                        "20,000 ms each",
                        large.seconds() * 1e3 / 20_000,
                        "40,000 ms each",
                        larger.seconds() * 1e3 / 40_000));
    }

    /** Resident bytes: before the run, the highest of the samples during it, and the process's own mark since its start. */
    private record Memory(long before, long peak, long highWater, double seconds) {}

    private Memory memory(int events) {
        try (CalDavStandIn standIn = CalDavStandIn.start();
                HubProcess hub = hub("hub" + events);
                DayflowDatabase database = hub.database()) {
            new CalendarCorpus(44).fill(standIn.addCalendar("work", "Work", "VEVENT"), events);
            Connected connected = connect(hub, database, standIn.baseUrl());
            long before = hub.rssBytes();
            AtomicLong peak = new AtomicLong(before);
            AtomicBoolean running = new AtomicBoolean(true);
            Thread sampler = Thread.ofPlatform().daemon().start(() -> {
                while (running.get() && hub.alive()) {
                    peak.accumulateAndGet(hub.rssBytes(), Math::max);
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                }
            });
            double seconds = connected.timedSync();
            running.set(false);
            sampler.join();
            assertThat(database.count("calendar_events", connected.user())).isEqualTo(events);
            return new Memory(before, peak.get(), hub.peakRssBytes(), seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A connection whose calendar is selected and not yet read. */
    private record Connected(HubClient client, UUID user, String integrationId) {

        /** Seconds from asking for a run until its job is seen to be complete. */
        double timedSync() {
            long before = System.nanoTime();
            String job = client.startSync(integrationId, Map.of());
            JsonNode ended = client.awaitJob(job, Duration.ofMinutes(10));
            double seconds = (System.nanoTime() - before) / 1e9;
            assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("completed");
            return seconds;
        }
    }

    private static Connected connect(HubProcess hub, DayflowDatabase database, URI server) {
        UUID user = database.createUser("Europe/Berlin");
        HubClient client = hub.client(user);
        String integration = client.connectCalDav(server, "alice", "secret")
                .path("integrationId")
                .asText();
        client.selectCollections(integration, "Work");
        return new Connected(client, user, integration);
    }

    private HubProcess hub(String name) {
        HubProcess.Builder builder = HubProcess.in(sub(name)).property("hub.warm-up.events", "400"); // as shipped
        String options = System.getProperty("bench.jvm", "");
        if (!options.isBlank()) {
            builder.jvm(options.strip().split("\\s+"));
        }
        return builder.start();
    }

    private Path sub(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
