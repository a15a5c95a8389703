package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.link.OpenConflict;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A deletion that a person is asked about, and that an edit on a third side takes back meanwhile. */
class BroughtBackElsewhereTest {

    private final MemoryScene scene = new MemoryScene();
    private final SceneAccount asks =
            new SceneAccount(scene, "{\"exportNew\": \"all\", \"conflictResolution\": \"manual\"}", "home");
    private final SceneAccount keeps =
            new SceneAccount(scene, "{\"exportNew\": \"all\", \"conflictResolution\": \"merge\"}", "home");

    @Test
    void nobodyIsAskedAnyMore() {
        UUID row = scene.add(Map.of("title", "Buy milk", "status", "pending", "priority", "medium"));
        scene.absorb();
        keeps.push();
        asks.push();
        String copy = row.toString();
        scene.delete(row);
        scene.absorb();
        asks.service.set(copy, "notes", "two");
        asks.run();
        assertThat(open()).isEqualTo(1);

        keeps.service.set(copy, "title", "Buy oat milk");
        keeps.run();
        asks.push();

        assertThat(open()).isZero();
        assertThat(scene.row("Buy oat milk").text("notes")).isEqualTo("two");
        assertThat(asks.service.field(copy, "title")).isEqualTo("Buy oat milk");
    }

    private long open() {
        return scene.store.conflicts.stream()
                .filter(conflict -> conflict.open() && conflict.content().type() == OpenConflict.Type.DELETE_EDIT)
                .count();
    }
}
