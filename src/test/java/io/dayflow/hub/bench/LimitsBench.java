package io.dayflow.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;

/**
 * What counting adds to a call: two hubs, of which one counts, are asked by turns, at once and, as somebody does who looks
 * now and then, so that each call takes its token from the database. Setting: {@code -Dbench.calls=2000}.
 */
@Tag("bench")
class LimitsBench {

    private static final int CALLS = Integer.getInteger("bench.calls", 2000);
    private static final String PLENTY = "1000000";

    @RunningHub
    @TestPropertySource(
            properties = {
                "camel.main.auto-startup=false",
                "hub.limits.user.per-minute=" + PLENTY,
                "hub.limits.user.per-hour=" + PLENTY,
                "hub.limits.user.burst=" + PLENTY
            })
    static final class Counting {}

    @RunningHub
    @TestPropertySource(
            properties = {
                "camel.main.auto-startup=false",
                "hub.limits.lot=1",
                "hub.limits.user.per-minute=" + PLENTY,
                "hub.limits.user.per-hour=" + PLENTY,
                "hub.limits.user.burst=" + PLENTY
            })
    static final class OneByOne {}

    @RunningHub
    @TestPropertySource(properties = {"camel.main.auto-startup=false", "hub.limits.enabled=false"})
    static final class NotCounting {}

    @Test
    void whatCountingAddsToACall() {
        Map<String, HubCalls> hubs = new LinkedHashMap<>();
        hubs.put("not counted", hub(NotCounting.class));
        hubs.put("counted", hub(Counting.class));
        hubs.put("counted, each call in the database", hub(OneByOne.class));
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int i = 0; i < CALLS + 300; i++) {
            for (var hub : hubs.entrySet()) {
                long begun = System.nanoTime();
                var answer = hub.getValue().send(hub.getValue().asUser("/api/integrations/jobs"));
                double taken = (System.nanoTime() - begun) / 1e6;
                assertThat(answer.statusCode()).isEqualTo(200);
                if (i >= 300) {
                    times.computeIfAbsent(hub.getKey(), name -> new ArrayList<>())
                            .add(taken);
                }
            }
        }
        times.forEach((name, all) -> {
            double mean = all.stream().mapToDouble(time -> time).average().orElseThrow();
            System.out.printf("call, %s: median %.3f ms, mean %.3f ms%n", name, Figures.median(all), mean);
        });
    }

    private static HubCalls hub(Class<?> settings) {
        return new HubCalls(new TestContextManager(settings)
                .getTestContext()
                .getApplicationContext()
                .getBean(Environment.class)
                .getRequiredProperty("local.server.port", Integer.class));
    }
}
