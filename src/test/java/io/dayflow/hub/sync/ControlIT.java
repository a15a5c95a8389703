package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.job.ControlJob;
import io.dayflow.hub.job.ControlJob.Action;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A person steers, by whatever instance, a run that another one works on. */
@EngineTest
class ControlIT {

    @Autowired
    private ApplicationContext hub;

    private ListAccount ann;
    private int answers;

    @BeforeEach
    void connect() {
        ann = new ListAccount(hub, "{\"exportNew\": \"all\"}", "home", "work");
    }

    @AfterEach
    void close() {
        ann.close();
    }

    @Test
    void aRunPausedBetweenPagesGoesOnAtItsCursor() {
        IntStream.range(0, 120).forEach(i -> ann.service.add("h" + i, "home", Map.of("title", "Home " + i)));
        askAfter(1 + 50, Action.PAUSE);

        assertThat(ann.run()).isEqualTo("paused");
        assertThat(ann.dayflow.count("tasks", ann.user)).isEqualTo(50);

        steer(Action.RESUME);
        ann.service.onAnswer = () -> {};
        ann.service.reads = 0;
        assertThat(ann.goOn()).isEqualTo("completed");
        assertThat(ann.dayflow.count("tasks", ann.user)).isEqualTo(120);
        assertThat(ann.service.reads).isEqualTo(70);
    }

    @Test
    void aRunPausedWhileItPushesLeavesTheRestToNobodyElse() {
        IntStream.range(0, 6).forEach(i -> ann.dayflow.createTask(ann.user, "Row " + i));
        ann.absorbDayflow();
        askAfter(2 + 3, Action.PAUSE);

        assertThat(ann.run()).isEqualTo("paused");
        assertThat(ann.service.writes).hasSize(3);
        ConnectionStore connections = hub.getBean(ConnectionStore.class);
        assertThat(connections.duePushes()).doesNotContain(ann.connection);

        steer(Action.RESUME);
        ann.service.onAnswer = () -> {};
        assertThat(connections.duePushes()).contains(ann.connection);
        assertThat(ann.goOn()).isEqualTo("completed");
        assertThat(ann.service.writes).hasSize(6).containsOnly("create");
    }

    private void steer(Action action) {
        hub.getBean(ControlJob.class).control(ann.user, ann.job(), action);
    }

    private void askAfter(int answer, Action action) {
        answers = 0;
        ann.service.onAnswer = () -> {
            if (++answers == answer) {
                steer(action);
            }
        };
    }
}
