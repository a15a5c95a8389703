package io.dayflow.hub.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.RunningHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * A hundred thousand generated requests, most to the addresses of webhooks and some to every call of the REST interface, all
 * of them over HTTP: no answer says that the hub broke or what it is made of, each refusal is a problem document, and what is
 * refused leaves nothing behind. {@code -Dseed=…} repeats a run, {@code -Dfuzz.inputs=…} makes it longer. Last, faults are
 * planted, and found.
 */
@RunningHub
@Import(FakeEngine.class)
@TestPropertySource(
        properties = {
            "hub.config-dir=src/test/resources/config",
            "hub.providers.testtasks.client-secret=" + Input.SECRET,
            "hub.providers.testtimed.client-secret=" + Input.SECRET,
            "camel.main.auto-startup=false",
            "hub.limits.enabled=false",
            "logging.level.root=error",
            "logging.level.io.dayflow.hub.api=error"
        })
class FuzzIT {

    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 100_000);

    /** Of so many, nearly every call has to take some. */
    private static final int ENOUGH = 50_000;

    /** Of ten. */
    private static final int WEBHOOKS = 8;

    /** After so many, what was deleted is there again. */
    private static final int SEASON = 5_000;

    /** So many are sent again, in such parts, to see what a part leaves behind. */
    private static final int AGAIN = 5_000;

    private static final int PART = 400;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CamelContext camel;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private Fuzzer fuzzer;
    private Garden garden;

    @BeforeEach
    void start() throws Exception {
        camel.getRouteController().startRoute("core-webhook");
        fuzzer = new Fuzzer(port);
        garden = new Garden(jdbc);
        garden.plant();
    }

    /** The levels outlast this hub, and other tests look at what is logged. */
    @AfterAll
    static void logAgain(@Autowired LoggingSystem logging) {
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
        logging.setLogLevel("io.dayflow.hub.api", null);
    }

    @Test
    void whateverComesInNothingBreaksAndNothingRefusedIsKept() throws Exception {
        var calls = Call.below("/api", mappings);
        assertThat(calls).as("the calls of the running application").hasSizeGreaterThan(25);
        System.out.printf("fuzz: seed %d, %d calls%n", seed, calls.size());
        var generator = new Generator(seed, calls, Garden.ids(), WEBHOOKS);

        long begun = System.nanoTime();
        List<Input> refused = new ArrayList<>();
        for (int from = 0; from < INPUTS; from += SEASON) {
            garden.plant();
            refused.addAll(fuzzer.send(IntStream.range(from, Math.min(INPUTS, from + SEASON))
                    .mapToObj(generator::input)
                    .toList()));
            assertThat(fuzzer.report(seed)).isEmpty();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("fuzz: %d inputs in %.0f s, %.0f a second%n", INPUTS, seconds, INPUTS / seconds);
        theyReachWhatIsBehindTheDoor(calls);
        nothingRefusedIsKept(refused);
    }

    @Test
    void aHandlerThatBreaksIsReportedWithTheInputAndASmallerOne() throws Exception {
        new Planted(mappings, jdbc).during("breaks", () -> {
            fuzzer.send(planted(Call.below(Planted.PATH, mappings)));

            assertThat(fuzzer.report(seed))
                    .contains("seed " + seed, "the hub broke, 500", "POST " + Planted.PATH + "/breaks")
                    .contains("the first one, shrunk:")
                    .containsPattern(
                            "\\[Authorization: [^,]*, X-User-Id: [^,]*, Content-Type: [^,]*] \\{\"count\":-[0-9]*}");
        });
    }

    @Test
    void aHandlerThatKeepsWhatItRefusesIsReportedWithTheInput() throws Exception {
        new Planted(mappings, jdbc).during("keeps", () -> {
            var refused = fuzzer.send(planted(Call.below(Planted.PATH, mappings)));

            assertThatThrownBy(() -> nothingRefusedIsKept(refused))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("tables that refused requests changed, seed " + seed
                            + ": [hub.dayflow_change, public.tasks] by #")
                    .hasMessageContaining("{\"title\":\"");
        });
    }

    @Test
    void aHandlerThatTellsOfItsInsideIsReported() throws Exception {
        new Planted(mappings, jdbc).during("tells", () -> {
            fuzzer.send(planted(Call.below(Planted.PATH, mappings)));

            assertThat(fuzzer.report(seed)).contains("a stack trace, 400", "{\"title\":\"Work\"}");
        });
    }

    @Test
    void theSameSeedMakesTheSameInputs() {
        var calls = Call.below("/api", mappings);
        var one = new Generator(seed, calls, Garden.ids(), WEBHOOKS);
        var other = new Generator(seed, calls, Garden.ids(), WEBHOOKS);
        var another = new Generator(seed + 1, calls, Garden.ids(), WEBHOOKS);

        assertThat(IntStream.range(0, 500).mapToObj(one::input).toList())
                .isEqualTo(IntStream.range(0, 500).mapToObj(other::input).toList());
        assertThat(IntStream.range(0, 500).mapToObj(another::input).toList())
                .isNotEqualTo(IntStream.range(0, 500).mapToObj(other::input).toList());
    }

    /** Always the same ones: among them are some that meet the fault. */
    private static List<Input> planted(List<Call> calls) {
        var generator = new Generator(1, calls, Garden.ids(), 0);
        return IntStream.range(0, 3_000).mapToObj(generator::input).toList();
    }

    /** Requests that all end at the same wall would show nothing of what is behind it. */
    private void theyReachWhatIsBehindTheDoor(List<Call> calls) {
        var webhooks = fuzzer.answers("/api/webhooks");
        var rest = fuzzer.answers("/api/integrations");
        System.out.printf("fuzz: webhooks %s, REST %s%n", webhooks, rest);
        assertThat(share(webhooks, 200)).as("stored deliveries").isGreaterThan(0.2);
        assertThat(share(webhooks, 400)).as("signed, and no JSON").isGreaterThan(0.08);
        assertThat(share(webhooks, 401)).as("not signed").isGreaterThan(0.1);
        assertThat(share(webhooks, 413)).as("too large").isPositive();
        assertThat(share(rest, 400)).as("refused for what they say").isGreaterThan(0.2);
        assertThat(share(rest, 401)).as("refused for who they are").isLessThan(0.05);
        assertThat(share(rest, 200) + share(rest, 201) + share(rest, 202) + share(rest, 204))
                .as("accepted")
                .isGreaterThan(0.1);
        var never = calls.stream()
                .map(Call::toString)
                .filter(call -> !fuzzer.accepting().contains(call))
                .toList();
        System.out.printf("fuzz: calls that took none: %s%n", never);
        if (INPUTS >= ENOUGH) {
            assertThat(never).as("calls that took none of their inputs").hasSizeLessThan(calls.size() / 3);
        }
    }

    private static double share(Map<Integer, Integer> answers, int status) {
        return answers.getOrDefault(status, 0)
                / (double) answers.values().stream().mapToInt(number -> number).sum();
    }

    /** Refused ones once more, in parts; what of a part is taken now, because others changed what it is about, is left out. */
    private void nothingRefusedIsKept(List<Input> refused) throws Exception {
        int step = Math.max(1, refused.size() / AGAIN);
        List<Input> again = IntStream.range(0, refused.size() / step)
                .mapToObj(i -> refused.get(i * step))
                .toList();
        int compared = 0;
        for (int from = 0; from < again.size(); from += PART) {
            compared += compare(again.subList(from, Math.min(again.size(), from + PART)));
        }
        System.out.printf("fuzz: %d refused ones left nothing behind%n", compared);
        assertThat(fuzzer.report(seed)).isEmpty();
        assertThat(compared).as("of %d that were refused again", again.size()).isGreaterThan(again.size() * 8 / 10);
    }

    /** How many were refused and so compared. */
    private int compare(List<Input> part) throws InterruptedException, ExecutionException {
        garden.plant();
        List<Input> left = part;
        for (int i = 0; i < 4; i++) {
            long line = lastLine();
            var before = Kept.now(jdbc);
            var refused = fuzzer.send(left);
            if (refused.size() == left.size()) {
                var changed = before.changedIn(Kept.now(jdbc));
                assertThat(changed)
                        .as(
                                "tables that refused requests changed, seed %d: %s",
                                seed, changed.isEmpty() ? "" : culprit(refused))
                        .isEmpty();
                assertThat(saidSince(line))
                        .as("lines of the audit trail about what was refused")
                        .isSubsetOf("webhook.refused", "access.refused", "credentials.refused");
                return refused.size();
            }
            left = refused;
        }
        return 0;
    }

    private String culprit(List<Input> refused) throws InterruptedException, ExecutionException {
        for (var input : refused) {
            var before = Kept.now(jdbc);
            fuzzer.send(List.of(input));
            var changed = before.changedIn(Kept.now(jdbc));
            if (!changed.isEmpty()) {
                return changed + " by " + Shrinking.of(input, this::leavesSomething);
            }
        }
        return "none of them alone";
    }

    private boolean leavesSomething(Input input) {
        var before = Kept.now(jdbc);
        try {
            return fuzzer.send(List.of(input)).size() == 1
                    && !before.changedIn(Kept.now(jdbc)).isEmpty();
        } catch (InterruptedException | ExecutionException e) {
            return false;
        }
    }

    private long lastLine() {
        return jdbc.sql("select coalesce(max(id), 0) from hub.audit")
                .query(Long.class)
                .single();
    }

    private List<String> saidSince(long line) {
        return jdbc.sql("select distinct action from hub.audit where id > ?")
                .param(line)
                .query(String.class)
                .list();
    }
}
