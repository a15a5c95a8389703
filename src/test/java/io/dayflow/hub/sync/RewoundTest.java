package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.link.DeadLetter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody wants to be read again is read again, whatever a run that had passed it saves after that. */
class RewoundTest {

    private static final String NO_DATE = "the day after tomorrow";

    private final MemoryScene scene = new MemoryScene();
    private final SceneAccount lists = new SceneAccount(scene, "{\"exportNew\": \"all\"}", "home");

    @BeforeEach
    void oneObjectCannotBeRead() {
        lists.service.add("bread", "home", Map.of("title", "Buy bread"));
        lists.service.add("milk", "home", Map.of("title", "Buy milk", "due", NO_DATE));
        lists.run();
        assertThat(letter().externalId()).isEqualTo("milk");
        assertThat(scene.rows()).hasSize(1);
    }

    /** Without anybody telling: the service, or the hub's own reading of it, is repaired. */
    private void repair() {
        lists.service.corrupt("milk", "due", "2026-11-20");
    }

    private DeadLetter letter() {
        assertThat(scene.store.letters.all()).hasSize(1);
        return scene.store.letters.stream().findFirst().orElseThrow();
    }

    private void replay() {
        scene.hub.replay().replay(scene.user, letter().id());
    }

    /** An answer of the service is on its way to the hub when somebody asks. */
    private void replayWithAnswer(int number) {
        AtomicInteger answers = new AtomicInteger();
        lists.service.onAnswer = () -> {
            if (answers.incrementAndGet() == number) {
                replay();
            }
        };
    }

    @ParameterizedTest
    @EnumSource(JobStore.Mode.class)
    void aRunThatListedBeforeTheReplayDoesNotSaveItsCursorOverIt(JobStore.Mode mode) {
        lists.service.set("bread", "title", "Buy rye bread");
        // a sweep looks at everything once more after it has listed the news and read an object of them
        replayWithAnswer(mode == JobStore.Mode.SWEEP ? 3 : 1);
        lists.run(mode);

        assertThat(scene.row("Buy rye bread"))
                .as("what the run has read is kept")
                .isNotNull();
        repair();
        lists.run();
        assertThat(scene.row("Buy milk").text("due")).isEqualTo("2026-11-20T00:00:00Z");
        assertThat(scene.store.letters.all()).isEmpty();
    }

    @Test
    void anObjectThatWasReadBeforeTheReplayIsReadOnceMore() {
        lists.service.set("milk", "notes", "two");
        // the listing answers first, then the object that it named
        replayWithAnswer(2);
        lists.run();
        assertThat(letter().version()).as("that reading was not the one").isNull();

        repair();
        lists.run();
        assertThat(scene.row("Buy milk")).isNotNull();
    }

    @Test
    void theRunThatReadsItIsDueAtOnce() {
        replayWithAnswer(1);
        lists.run();
        assertThat(scene.store.connections.get(lists.connection).next()).isEqualTo(scene.clock.instant());

        lists.run();
        assertThat(scene.store.connections.get(lists.connection).next()).isAfter(scene.clock.instant());
    }

    @Test
    void theCursorMovesOnAfterwards() {
        replayWithAnswer(1);
        lists.run();
        lists.run();
        int reads = lists.service.reads;

        lists.run();
        assertThat(lists.service.reads).isEqualTo(reads);
        assertThat(letter().version()).isNotNull();
    }
}
