package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.sync.memory.MemoryStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a strategy decides against is kept, and can be brought back. */
class SettledConflictsTest {

    private static final long SEED = 11;

    @Test
    void whatAStrategyDecidedIsKeptWithEveryValue() {
        MemoryAccount ann = contested("source");

        MemoryStore.Conflict kept = only(ann);

        assertThat(kept.open()).isFalse();
        assertThat(kept.resolution()).isEqualTo("keep_external");
        assertThat(kept.resolvedBy()).isEqualTo("strategy");
        assertThat(kept.content().type()).isEqualTo(OpenConflict.Type.TITLE_MISMATCH);
        assertThat(kept.content().fields())
                .containsExactly(new OpenConflict.Field(
                        "title",
                        TextNode.valueOf("Fence"),
                        TextNode.valueOf("Red fence"),
                        TextNode.valueOf("Green fence"),
                        "external"));
    }

    @Test
    void itIsKeptOnce() {
        MemoryAccount ann = contested("source");

        ann.run(false);
        ann.push();
        ann.run(false);

        only(ann);
    }

    @Test
    void anOpenConflictThatAChangedSettingDecidesIsKeptWithItsLoser() {
        MemoryAccount ann = contested("manual");
        assertThat(only(ann).open()).isTrue();
        ann.use(MemoryAccount.settings("source"));

        ann.setRow(ann.rows().getFirst(), "notes", "ask Ann");
        ann.push();

        assertThat(ann.store.conflicts.all()).noneMatch(MemoryStore.Conflict::open);
        assertThat(ann.store.conflicts.all())
                .extracting(MemoryStore.Conflict::resolution)
                .containsExactlyInAnyOrder("strategy", "keep_external");
        assertThat(ann.service.field("fence", "title")).isEqualTo("Green fence");
        assertThat(ann.store.rows.get(ann.rows().getFirst()).view().text("title"))
                .isEqualTo("Green fence");
    }

    @Test
    void whatOnlyOneSideEditedIsNoConflict() {
        MemoryAccount ann = new MemoryAccount(SEED, MemoryAccount.settings("latest"), "home");
        ann.service.add("fence", "home", Map.of("title", "Fence"));
        ann.run(false);
        ann.service.set("fence", "title", "Green fence");
        ann.run(false);

        assertThat(ann.store.conflicts.all()).isEmpty();
    }

    @Test
    void aLoserThatIsBroughtBackReachesBothSides() {
        MemoryAccount ann = contested("source");
        UUID row = ann.rows().getFirst();

        ann.hub
                .bringBack()
                .bringBack(ann.user, only(ann).content().id(), Map.of("title", TextNode.valueOf("Red fence")));
        ann.push();

        assertThat(ann.service.field("fence", "title")).isEqualTo("Red fence");
        assertThat(ann.store.rows.get(row).view().text("title")).isEqualTo("Red fence");
        ann.run(false);
        assertThat(ann.service.field("fence", "title")).isEqualTo("Red fence");
        only(ann);
    }

    @Test
    void nothingIsBroughtBackIntoADeletedItem() {
        MemoryAccount ann = contested("source");
        ann.store.deleteRow(ann.rows().getFirst());
        ann.push();

        assertThatThrownBy(() -> ann.hub
                        .bringBack()
                        .bringBack(ann.user, only(ann).content().id(), Map.of("title", TextNode.valueOf("Red fence"))))
                .isInstanceOf(ConflictingState.class);
    }

    /** Both sides changed the title. */
    private static MemoryAccount contested(String strategy) {
        MemoryAccount ann = new MemoryAccount(SEED, MemoryAccount.settings(strategy), "home");
        ann.service.add("fence", "home", Map.of("title", "Fence"));
        ann.run(false);
        ann.service.set("fence", "title", "Green fence");
        ann.setRow(ann.rows().getFirst(), "title", "Red fence");
        ann.absorbDayflow();
        ann.run(false);
        return ann;
    }

    private static MemoryStore.Conflict only(MemoryAccount ann) {
        List<MemoryStore.Conflict> all = List.copyOf(ann.store.conflicts.all());
        assertThat(all).hasSize(1);
        return all.getFirst();
    }
}
