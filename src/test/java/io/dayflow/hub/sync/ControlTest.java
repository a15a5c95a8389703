package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.sync.memory.MemoryJobs;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A running job obeys between two pages, two batches of deletions and two pushes, and goes on where it was. */
class ControlTest {

    private MemoryAccount ann;
    private int answers;

    @BeforeEach
    void connect() {
        ann = new MemoryAccount(7, MemoryAccount.settings("latest"), "home", "work");
    }

    @Test
    void aRunThatIsPausedBetweenPagesKeepsWhatItWroteAndGoesOnThere() {
        IntStream.range(0, 23)
                .forEach(i -> ann.service.add("h%02d".formatted(i), "home", Map.of("title", "Home " + i)));
        IntStream.range(0, 4).forEach(i -> ann.service.add("w" + i, "work", Map.of("title", "Work " + i)));
        // the listing, then two pages
        askAfter(1 + 2 * 5, "pause");

        MemoryJobs.Stored paused = run();

        assertThat(paused.status()).isEqualTo("paused");
        assertThat(ann.rows()).hasSize(10);
        assertThat(ann.hub.ports().connections().dueRuns()).isEmpty();

        ann.service.onAnswer = () -> {};
        ann.service.reads = 0;
        MemoryJobs.Stored done = resume(paused);

        assertThat(done.id()).isEqualTo(paused.id());
        assertThat(done.status()).isEqualTo("completed");
        assertThat(ann.rows()).hasSize(27);
        assertThat(ann.service.reads).as("what was written is not read again").isEqualTo(17);
    }

    @Test
    void aRunThatIsPausedWhileItPushesLeavesTheRestPendingUntilItIsResumed() {
        IntStream.range(0, 6).forEach(i -> ann.addRow("Row " + i));
        ann.absorbDayflow();
        askAfter(2 + 3, "pause");

        MemoryJobs.Stored paused = run();

        assertThat(paused.status()).isEqualTo("paused");
        assertThat(ann.service.writes).hasSize(3);
        assertThat(ann.hub.ports().connections().duePushes())
                .as("nobody else pushes either")
                .isEmpty();

        ann.service.onAnswer = () -> {};
        assertThat(resume(paused).status()).isEqualTo("completed");
        assertThat(ann.service.writes).hasSize(6).containsOnly("create");
        assertThat(ann.service.ids()).hasSize(6);
    }

    @Test
    void aRunThatIsCancelledWhileItPushesStopsThereAndTheRestStaysPending() {
        IntStream.range(0, 6).forEach(i -> ann.addRow("Row " + i));
        ann.absorbDayflow();
        askAfter(2 + 3, "cancel");

        assertThat(run().status()).isEqualTo("cancelled");

        assertThat(ann.service.writes).hasSize(3);
        assertThat(ann.hub.ports().connections().duePushes()).containsExactly(ann.connection);
    }

    @Test
    void aRunThatIsPausedBeforeItDeletesDeletesNothingYet() {
        IntStream.range(0, 5).forEach(i -> ann.service.add("t" + i, "home", Map.of("title", "Task " + i)));
        run();
        ann.service.remove("t0");
        answers = 0;
        // both listings
        askAfter(2, "pause");

        MemoryJobs.Stored paused = run();

        assertThat(paused.status()).isEqualTo("paused");
        assertThat(ann.rows()).hasSize(5);
        ann.service.onAnswer = () -> {};
        assertThat(resume(paused).status()).isEqualTo("completed");
        assertThat(ann.rows()).hasSize(4);
    }

    /** Whatever the instant, nothing is lost and nothing doubled. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void aRunThatIsPausedAgainAndAgainEndsAsOneThatIsNot(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        IntStream.range(0, 40).forEach(i -> ann.service.add("t" + i, "home", Map.of("title", "Task " + i)));
        IntStream.range(0, 10).forEach(i -> ann.addRow("Row " + i));
        ann.absorbDayflow();
        askAfter(1 + random.nextInt(15), "pause");
        MemoryJobs.Stored job = run();
        int pauses = 0;
        while (job.status().equals("paused")) {
            pauses++;
            answers = 0;
            askAfter(1 + random.nextInt(25), "pause");
            job = resume(job);
        }

        assertThat(pauses).as("seed %s", seed).isPositive();
        assertThat(job.status()).isEqualTo("completed");
        assertThat(ann.rows()).as("seed %s", seed).hasSize(50);
        assertThat(ann.service.ids()).as("seed %s", seed).hasSize(50);
        assertThat(ann.service.writes).as("seed %s", seed).hasSize(10).containsOnly("create");
    }

    private MemoryJobs.Stored run() {
        answers = 0;
        return ann.run(false);
    }

    private MemoryJobs.Stored resume(MemoryJobs.Stored paused) {
        ann.store.jobs.put(paused.id(), paused.withStatus("pending"));
        return ann.goOn();
    }

    /** The user asks while the service answers for the nth time; the run may end before. */
    private void askAfter(int answer, String what) {
        ann.service.onAnswer = () -> {
            if (++answers == answer) {
                ann.store.jobs.stream()
                        .filter(job -> job.status().equals("running"))
                        .toList()
                        .forEach(job -> ann.store.jobs.put(job.id(), job.withControl(what)));
            }
        };
    }
}
