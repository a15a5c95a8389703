package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What a preview finds in PostgreSQL; that the run then does the same is {@link PreviewTest}'s. */
@EngineTest
class PreviewIT {

    @Autowired
    private ApplicationContext hub;

    private ListAccount ann;

    @BeforeEach
    void connect() {
        ann = new ListAccount(hub, "{\"conflictResolution\": \"manual\"}", "home", "work");
        ann.service.add("milk", "home", Map.of("title", "Buy milk"));
        ann.service.add("bread", "home", Map.of("title", "Buy bread"));
        ann.service.add("report", "work", Map.of("title", "Report"));
        assertThat(ann.run()).isEqualTo("completed");
    }

    @AfterEach
    void close() {
        ann.close();
    }

    @Test
    void aPreviewSaysWhatWouldHappenOnBothSidesAndWritesNothing() {
        ann.service.set("milk", "title", "Buy oat milk");
        ann.service.add("tea", "home", Map.of("title", "Buy tea"));
        ann.service.remove("report");
        ann.edit("Buy bread", Map.of("title", "Buy rye bread"));
        ann.absorbDayflow();
        var links = ann.dayflow.query("select * from hub.link where connection_id = ? order by id", ann.connection);
        var written = ann.journal();

        assertThat(ann.preview()).isEqualTo("completed");

        assertThat(ann.foreseen())
                .containsExactlyInAnyOrder(
                        "update: Buy oat milk", "create: Buy tea", "delete: Report", "update: Buy rye bread");
        assertThat(ann.journal()).isEqualTo(written);
        assertThat(ann.dayflow.query("select * from hub.link where connection_id = ? order by id", ann.connection))
                .isEqualTo(links);
        assertThat(ann.service.writes).isEmpty();
    }

    @Test
    void whetherTheRunAsksIsJudgedByWhereCopiesWouldLie() {
        ann.service.move("bread", "work");
        ann.service.add("letter", "work", Map.of("title", "Letter"));
        IntStream.range(0, 3).forEach(i -> ann.service.add("new" + i, "work", Map.of("title", "New " + i)));
        ann.run("full");
        ann.service.move("letter", "home");
        ann.service.remove("milk");
        ann.service.remove("letter");

        ann.preview();
        assertThat(ann.run()).isEqualTo("completed");
        assertThat(ann.foreseen()).noneMatch(line -> line.startsWith("hold"));

        ann.service.move("bread", "home");
        for (String id : new String[] {"report", "new0", "new1", "new2"}) {
            ann.service.remove(id);
        }
        ann.preview();

        assertThat(ann.run()).isEqualTo("held");
        assertThat(ann.question()).hasValueSatisfying(reason -> {
            assertThat(reason).contains("\"Work\" had 4 items");
            assertThat(ann.foreseen()).contains("hold: " + reason);
        });
    }

    @Test
    void deletionsOfDayflowThatWouldBeHeldBackAreSaidWithTheReason() {
        IntStream.range(0, 30).forEach(i -> ann.service.add("t" + i, "home", Map.of("title", "Task " + i)));
        ann.run();
        IntStream.range(0, 15).forEach(i -> ann.dayflow.delete("tasks", ann.rowId("Task " + i)));
        ann.absorbDayflow();

        ann.preview();
        ann.run();

        assertThat(ann.question()).hasValueSatisfying(reason -> {
            assertThat(reason).contains("15 of 33 items");
            assertThat(ann.foreseen()).contains("hold: " + reason);
        });
        assertThat(ann.service.writes).isEmpty();
    }
}
