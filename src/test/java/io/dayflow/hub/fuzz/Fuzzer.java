package io.dayflow.hub.fuzz;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sends inputs to a running hub, several at once, counts the answers and remembers what was wrong with them. */
final class Fuzzer {

    private static final int WORKERS = 8;
    private static final int MOST_REPORTED = 5;

    private final int port;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, Map<Integer, AtomicInteger>> answers = new ConcurrentSkipListMap<>();

    Fuzzer(int port) {
        this.port = port;
    }

    /** An answer that must not be, with what led to it. */
    record Fault(String what, Input input, int status, String answer) {}

    /** Sends all of them, whatever comes back; those that were refused. */
    List<Input> send(List<Input> inputs) throws InterruptedException, ExecutionException {
        var next = new AtomicInteger();
        var refused = new ConcurrentLinkedQueue<Input>();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> running = IntStream.range(0, WORKERS)
                    .mapToObj(worker -> workers.submit(() -> {
                        try (var wire = new Wire(port)) {
                            for (int i = next.getAndIncrement();
                                    i < inputs.size() && faults.size() < MOST_REPORTED;
                                    i = next.getAndIncrement()) {
                                if (one(wire, inputs.get(i)) >= 400) {
                                    refused.add(inputs.get(i));
                                }
                            }
                        }
                    }))
                    .toList();
            for (var worker : running) {
                worker.get();
            }
        }
        return refused.stream()
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .toList();
    }

    private int one(Wire wire, Input input) {
        try {
            var answer = wire.send(input);
            answers.computeIfAbsent(input.call(), call -> new ConcurrentSkipListMap<>())
                    .computeIfAbsent(answer.status(), status -> new AtomicInteger())
                    .incrementAndGet();
            String fault = Verdicts.fault(input.method(), answer);
            if (fault != null) {
                faults.add(new Fault(fault, input, answer.status(), answer.body()));
            }
            return answer.status();
        } catch (IOException | RuntimeException e) {
            faults.add(new Fault("no answer: " + e, input, 0, ""));
            return 0;
        }
    }

    /** The first faults with all that is needed to see them again, the first one as small as it gets; empty: none. */
    String report(long seed) {
        var text = new StringBuilder();
        for (var fault : faults.stream().limit(MOST_REPORTED).toList()) {
            text.append("seed %d: %s, %d %s%n  %s%n"
                    .formatted(seed, fault.what(), fault.status(), fault.answer(), fault.input()));
        }
        if (!faults.isEmpty()) {
            var first = faults.element();
            text.append(
                    first.what().equals(verdict(first.input()))
                            ? "the first one, shrunk:%n  %s%n"
                                    .formatted(Shrinking.of(
                                            first.input(), input -> first.what().equals(verdict(input))))
                            : "the first one, sent again, does no harm: look at what was sent at the same time%n"
                                    .formatted());
        }
        return text.toString();
    }

    private @Nullable String verdict(Input input) {
        try (var wire = new Wire(port)) {
            return Verdicts.fault(input.method(), wire.send(input));
        } catch (IOException | RuntimeException e) {
            return "no answer: " + e;
        }
    }

    /** How often which status was answered to inputs for calls that begin so. */
    Map<Integer, Integer> answers(String calls) {
        var sum = new TreeMap<Integer, Integer>();
        answers.forEach((call, statuses) -> {
            if (call.contains(calls)) {
                statuses.forEach((status, number) -> sum.merge(status, number.get(), Integer::sum));
            }
        });
        return sum;
    }

    /** The calls that took at least one input. */
    List<String> accepting() {
        return answers.entrySet().stream()
                .filter(entry -> entry.getValue().keySet().stream().anyMatch(status -> status < 300))
                .map(Map.Entry::getKey)
                .toList();
    }
}
