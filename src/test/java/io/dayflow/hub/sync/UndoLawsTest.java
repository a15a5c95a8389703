package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On generated runs: an undo restores what was before, keeps what came later, and changes nothing more when done twice. */
class UndoLawsTest {

    private static final int RUNS = 1000;

    @Test
    void undoRestoresTheStateAndKeepsWhatCameLater() {
        Long given = Long.getLong("seed");
        for (long seed = given == null ? 1 : given; seed <= (given == null ? RUNS : given); seed++) {
            try {
                new Story(new Random(seed * 0x9E3779B97F4A7C15L)).tell();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "fails for seed " + seed + ", repeat with -Dseed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** A planner at two services; a run of one of them; perhaps edits after it; and its undo. */
    private static final class Story {

        private final Random chance;
        private final MemoryScene scene;
        private final SceneAccount one;
        private final SceneAccount other;
        private int named;

        /** What was edited after the run: item, then field, then value. */
        private final Map<UUID, Map<String, String>> later = new HashMap<>();

        private final Set<UUID> laterDeleted = new HashSet<>();

        Story(Random chance) {
            this.chance = chance;
            this.scene = new MemoryScene(chance);
            String settings = "{\"exportNew\": \"all\", \"conflictResolution\": \"latest\"}";
            this.one = new SceneAccount(scene, settings, "home");
            this.other = new SceneAccount(scene, settings, "home");
        }

        void tell() {
            begin();
            Map<UUID, View> before = scene.rows();
            Set<UUID> mine = change();
            scene.absorb();
            UUID run = one.run();
            assertThat(scene.store.jobs.get(run).status()).isEqualTo("completed");
            other.push();
            Map<UUID, View> afterRun = scene.rows();
            if (chance.nextBoolean()) {
                editLater();
            }
            scene.clock.move(Duration.ofMinutes(1));

            scene.hub.undo().undo(scene.user, run, false);
            settle();

            assertRestored(before, mine, afterRun);
            assertAgreed();
            int writes = scene.journal().size();
            scene.hub.undo().undo(scene.user, run, false);
            settle();
            assertThat(scene.journal()).as("undone again").hasSize(writes);
            if (later.isEmpty() && laterDeleted.isEmpty()) {
                undoTheUndo(run, afterRun);
            }
        }

        private void begin() {
            one.service.add("anchor", "home", Map.of("title", "Anchor"));
            for (int i = chance.nextInt(6); i >= 0; i--) {
                one.service.add("s" + i, "home", Map.of("title", name("at one")));
            }
            for (int i = chance.nextInt(4); i > 0; i--) {
                scene.add(Map.of("title", name("in DayFlow"), "notes", name("notes")));
            }
            settle();
        }

        // ---- what the run meets

        /** Returns the rows that only DayFlow makes; the run copies them, and undoing it does not take them away. */
        private Set<UUID> change() {
            List<UUID> touched = new ArrayList<>();
            for (String id : new TreeSet<>(one.held().keySet())) {
                UUID row = rowOf(one, id);
                switch (id.equals("anchor") ? 0 : chance.nextInt(8)) {
                    case 1, 2 -> edit(one, id);
                    case 3 -> {
                        edit(one, id);
                        touched.add(row);
                    }
                    case 4 -> touched.add(row);
                    case 5 -> one.service.remove(id);
                    case 6 -> scene.delete(row);
                    default -> {}
                }
            }
            // of fields that edit() leaves alone
            touched.forEach(row -> scene.edit(row, Map.of("notes", name("notes in DayFlow"))));
            for (int i = chance.nextInt(3); i > 0; i--) {
                one.service.add("new" + i, "home", Map.of("title", name("new at one")));
            }
            Set<UUID> mine = new HashSet<>();
            for (int i = chance.nextInt(2); i > 0; i--) {
                mine.add(scene.add(Map.of("title", name("new in DayFlow"))));
            }
            return mine;
        }

        private void edit(SceneAccount account, String id) {
            if (chance.nextBoolean()) {
                account.service.set(id, "title", name("title"));
            }
            if (chance.nextBoolean()) {
                account.service.set(id, "due", chance.nextBoolean() ? "2026-12-0" + (1 + chance.nextInt(9)) : null);
            }
            if (chance.nextInt(3) == 0) {
                account.service.setLabels(id, name("label"), "common");
            }
            if (chance.nextInt(4) == 0) {
                account.service.complete(id);
            }
        }

        // ---- what comes later

        private void editLater() {
            for (UUID row : new TreeSet<>(scene.rows().keySet())) {
                scene.clock.move(Duration.ofSeconds(10));
                String field = chance.nextBoolean() ? "title" : "notes";
                String value = name("later");
                switch (chance.nextInt(6)) {
                    case 0 -> {
                        scene.edit(row, Map.of(field, value));
                        later.computeIfAbsent(row, id -> new HashMap<>()).put(field, value);
                    }
                    case 1 -> editCopyLater(one, row, field, value);
                    case 2 -> editCopyLater(other, row, field, value);
                    case 3 -> {
                        if (laterDeleted.isEmpty()) {
                            scene.delete(row);
                            laterDeleted.add(row);
                        }
                    }
                    default -> {}
                }
            }
            scene.clock.move(Duration.ofSeconds(10));
            if (chance.nextBoolean()) {
                // else the undo is the first to meet them, or comes before they are seen
                settle();
            }
        }

        private void editCopyLater(SceneAccount account, UUID row, String field, String value) {
            String id = copyOf(account, row);
            if (id != null && !isMadeByTheRun(row)) {
                account.service.set(id, field, value);
                later.computeIfAbsent(row, it -> new HashMap<>()).put(field, value);
            }
        }

        /** An edit of such an item that the hub has not seen meets a deletion: that is another law's business. */
        private boolean isMadeByTheRun(UUID row) {
            return scene.store.links.stream()
                    .anyMatch(link ->
                            link.itemId().equals(row) && link.externalId().startsWith("new"));
        }

        // ---- what must hold

        private void assertRestored(Map<UUID, View> before, Set<UUID> mine, Map<UUID, View> afterRun) {
            Map<UUID, View> expected = new HashMap<>(before);
            afterRun.forEach((id, view) -> {
                if (!before.containsKey(id) && (mine.contains(id) || later.containsKey(id))) {
                    expected.put(id, view);
                }
            });
            later.forEach((id, fields) -> fields.forEach((field, value) ->
                    expected.computeIfPresent(id, (row, view) -> view.with(field, SceneAccount.text(value)))));
            expected.keySet().removeAll(laterDeleted);
            assertThat(scene.rows()).as("DayFlow's rows").isEqualTo(expected);
        }

        private void assertAgreed() {
            for (SceneAccount account : List.of(one, other)) {
                Map<String, View> wanted = new HashMap<>();
                scene.store.links.stream()
                        .filter(link ->
                                account.connection.equals(link.connectionId()) && link.state() == Link.State.LIVE)
                        .forEach(link -> wanted.put(
                                link.externalId(),
                                account.profile()
                                        .lens(io.dayflow.hub.item.Kind.TASK)
                                        .project(scene.store
                                                .items
                                                .get(link.itemId())
                                                .item())));
                assertThat(account.held()).as("what the service holds").isEqualTo(wanted);
            }
            assertThat(one.held()).hasSize(scene.rows().size());
        }

        private void undoTheUndo(UUID run, Map<UUID, View> afterRun) {
            UUID undo = scene.store.undone.stream()
                    .filter(undone -> run.equals(undone.undoes()))
                    .map(UndoStore.Undone::jobId)
                    .findFirst()
                    .orElseThrow();
            scene.clock.move(Duration.ofMinutes(1));
            scene.hub.undo().undo(scene.user, undo, false);
            settle();
            assertThat(scene.rows()).as("with the undo undone").isEqualTo(afterRun);
            assertAgreed();
        }

        // ---- means

        private void settle() {
            int writes = -1;
            while (writes < scene.journal().size()) {
                writes = scene.journal().size();
                scene.absorb();
                one.push();
                other.push();
                one.run();
                other.run();
            }
        }

        private String name(String what) {
            return what + " " + ++named;
        }

        private UUID rowOf(SceneAccount account, String externalId) {
            return scene.store.links.stream()
                    .filter(link -> account.connection.equals(link.connectionId())
                            && link.externalId().equals(externalId)
                            && link.state() == Link.State.LIVE)
                    .map(Link::itemId)
                    .findFirst()
                    .orElseThrow();
        }

        private @Nullable String copyOf(SceneAccount account, UUID row) {
            return scene.store.links.stream()
                    .filter(link -> account.connection.equals(link.connectionId())
                            && link.itemId().equals(row)
                            && link.state() == Link.State.LIVE
                            && account.held().containsKey(link.externalId()))
                    .map(Link::externalId)
                    .findFirst()
                    .orElse(null);
        }
    }
}
