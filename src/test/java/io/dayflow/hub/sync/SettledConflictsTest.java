package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.sync.memory.MemoryStore;
import java.time.Duration;
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

    // ---- a deletion against an edit

    @Test
    void aDeletionThatTheServiceWinsKeepsTheEditWhichCanBeBroughtBack() {
        MemoryAccount ann = deletedThere("source");

        assertThat(ann.rows()).isEmpty();
        MemoryStore.Conflict kept = decided(ann, "keep_external", false);
        bringBack(ann, kept, false);
        ann.push();

        assertThat(ann.store.rows.all())
                .singleElement()
                .matches(row -> "Red fence".equals(row.view().text("title")));
        assertThat(ann.service.ids()).singleElement().matches(id -> "Red fence".equals(ann.service.field(id, "title")));
        ann.run(false);
        assertThat(ann.rows()).hasSize(1);
        only(ann);
    }

    @Test
    void anEditThatWinsOverTheServicesDeletionKeepsThatTheServiceDeletedIt() {
        MemoryAccount ann = deletedThere("merge");

        assertThat(ann.rows()).hasSize(1);
        MemoryStore.Conflict kept = decided(ann, "keep_dayflow", false);
        bringBack(ann, kept, true);
        ann.push();

        assertThat(ann.rows()).isEmpty();
        assertThat(ann.service.ids()).allMatch(ann.service::isGone);
        ann.run(false);
        assertThat(ann.rows()).isEmpty();
        only(ann);
    }

    @Test
    void anEditThatTheServiceWinsOverADeletionInDayFlowKeepsTheDeletion() {
        MemoryAccount ann = deletedHere("source");

        assertThat(ann.rows()).hasSize(1);
        MemoryStore.Conflict kept = decided(ann, "keep_external", true);
        assertThatThrownBy(() -> bringBack(ann, kept, false)).isInstanceOf(ConflictingState.class);
        bringBack(ann, kept, true);
        ann.push();

        assertThat(ann.rows()).isEmpty();
        assertThat(ann.service.isGone("fence")).isTrue();
    }

    @Test
    void aDeletionInDayFlowThatWinsKeepsTheServicesEditWhichCanBeBroughtBack() {
        MemoryAccount ann = contestedDeletion("latest");
        ann.service.set("fence", "title", "Green fence");
        ann.pass(Duration.ofMinutes(1));
        ann.store.deleteRow(ann.rows().getFirst());
        ann.push();
        ann.run(false);

        assertThat(ann.service.isGone("fence")).isTrue();
        MemoryStore.Conflict kept = decided(ann, "keep_dayflow", true);
        assertThatThrownBy(() -> bringBack(ann, kept, true)).isInstanceOf(ConflictingState.class);
        bringBack(ann, kept, false);
        ann.push();

        assertThat(ann.store.rows.all())
                .singleElement()
                .matches(row -> "Green fence".equals(row.view().text("title")));
    }

    @Test
    void aDeletionThatNobodyEditedAgainstIsNoConflict() {
        MemoryAccount ann = contestedDeletion("source");
        ann.service.remove("fence");
        ann.run(false);
        assertThat(ann.rows()).isEmpty();

        MemoryAccount bob = contestedDeletion("source");
        bob.store.deleteRow(bob.rows().getFirst());
        bob.push();
        bob.run(false);

        assertThat(bob.service.isGone("fence")).isTrue();
        assertThat(ann.store.conflicts.all()).isEmpty();
        assertThat(bob.store.conflicts.all()).isEmpty();
    }

    @Test
    void nothingIsBroughtBackWhileAConflictAboutTheItemIsOpen() {
        MemoryAccount ann = deletedThere("merge");
        MemoryStore.Conflict kept = only(ann);
        ann.use(MemoryAccount.settings("manual"));
        String id = ann.service.ids().stream()
                .filter(one -> !ann.service.isGone(one))
                .findFirst()
                .orElseThrow();
        ann.service.set(id, "title", "Green fence");
        ann.setRow(ann.rows().getFirst(), "title", "Blue fence");
        ann.absorbDayflow();
        ann.run(false);
        assertThat(ann.store.conflicts.all()).anyMatch(MemoryStore.Conflict::open);

        assertThatThrownBy(() -> bringBack(ann, kept, true))
                .isInstanceOf(ConflictingState.class)
                .hasMessageContaining("open");
        assertThat(ann.rows()).hasSize(1);
    }

    private static MemoryAccount contestedDeletion(String strategy) {
        MemoryAccount ann = new MemoryAccount(SEED, MemoryAccount.settings(strategy), "home");
        ann.service.add("fence", "home", Map.of("title", "Fence"));
        ann.run(false);
        return ann;
    }

    /** The service deleted what DayFlow edited. */
    private static MemoryAccount deletedThere(String strategy) {
        MemoryAccount ann = contestedDeletion(strategy);
        ann.service.remove("fence");
        ann.setRow(ann.rows().getFirst(), "title", "Red fence");
        ann.absorbDayflow();
        ann.run(false);
        ann.run(false);
        return ann;
    }

    /** DayFlow deleted what the service edited. */
    private static MemoryAccount deletedHere(String strategy) {
        MemoryAccount ann = contestedDeletion(strategy);
        ann.service.set("fence", "title", "Green fence");
        ann.store.deleteRow(ann.rows().getFirst());
        ann.absorbDayflow();
        ann.run(false);
        ann.run(false);
        return ann;
    }

    private static MemoryStore.Conflict decided(MemoryAccount ann, String resolution, boolean deletedHere) {
        MemoryStore.Conflict kept = only(ann);
        assertThat(kept.open()).isFalse();
        assertThat(kept.resolution()).isEqualTo(resolution);
        assertThat(kept.resolvedBy()).isEqualTo("strategy");
        assertThat(kept.content().type()).isEqualTo(OpenConflict.Type.DELETE_EDIT);
        assertThat(kept.content().fields())
                .containsExactly(new OpenConflict.Field(
                        "deleted",
                        BooleanNode.FALSE,
                        BooleanNode.valueOf(deletedHere),
                        BooleanNode.valueOf(!deletedHere),
                        resolution.substring("keep_".length())));
        return kept;
    }

    private static void bringBack(MemoryAccount ann, MemoryStore.Conflict conflict, boolean deleted) {
        ann.hub
                .bringBack()
                .bringBack(ann.user, conflict.content().id(), Map.of("deleted", BooleanNode.valueOf(deleted)));
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
