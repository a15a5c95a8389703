package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.refusal.NotFound;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A link whose sides keep taking each other back is put aside and shown; everything else goes on. */
class QuarantineTest {

    private final MemoryScene scene = new MemoryScene();
    private final SceneAccount lists = new SceneAccount(scene, "{\"exportNew\": \"all\"}", "home");

    @Test
    void aServiceThatMakesSomethingElseOfAValueEachTimeIsNotFoughtOver() {
        war();

        assertThat(link().isQuarantined()).isTrue();
        assertThat(letter().fault()).isEqualTo(DeadLetter.QUARANTINED);
        assertThat(letter().message()).contains("title");
        int writes = lists.service.writes.size();
        for (int i = 0; i < 20; i++) {
            round();
        }
        assertThat(lists.service.writes).hasSize(writes);
        assertThat(scene.store.letters.all()).hasSize(1);
        assertThat(scene.store.connections.get(lists.connection).code()).isEqualTo("partial");
    }

    @Test
    void otherLinksOfTheConnectionGoOn() {
        lists.service.add("bread", "home", Map.of("title", "BREAD"));
        war();

        scene.edit(scene.rowId("BREAD"), Map.of("notes", "rye"));
        round();
        assertThat(lists.service.field("bread", "notes")).isEqualTo("rye");
        lists.service.set("bread", "notes", "white");
        round();
        assertThat(scene.row("BREAD").text("notes")).isEqualTo("white");
    }

    @Test
    void editsOfBothSidesWaitAndAreMergedWhenItIsTriedAgain() {
        war();
        scene.edit(milk(), Map.of("notes", "two"));
        lists.service.set("milk", "due", "2026-12-01");
        for (int i = 0; i < 3; i++) {
            round();
        }
        assertThat(lists.service.field("milk", "notes")).isNull();
        assertThat(scene.row("buy milk").text("due")).isNull();

        peace();
        scene.hub.replay().replay(scene.user, letter().id());
        round();
        round();

        assertThat(scene.store.letters.all()).isEmpty();
        assertThat(link().isQuarantined()).isFalse();
        assertThat(lists.service.field("milk", "notes")).isEqualTo("two");
        assertThat(scene.row("buy milk").text("due")).startsWith("2026-12-01");
        assertThat(lists.service.field("milk", "title")).isEqualTo("buy milk");
        assertThat(link().pending()).isFalse();
        assertThat(lists.sweep()).isZero();
    }

    @Test
    void tryingAgainWhileTheWarGoesOnPutsItAsideAgain() {
        war();

        scene.hub.replay().replay(scene.user, letter().id());
        int writes = lists.service.writes.size();
        for (int i = 0; i < 30; i++) {
            round();
        }

        assertThat(link().isQuarantined()).isTrue();
        assertThat(lists.service.writes.size() - writes).isLessThan(6);
        assertThat(scene.store.letters.all()).hasSize(1);
    }

    @Test
    void whatIsThrownAwayIsGivenUpUntilTheNextEdit() {
        war();
        peace();
        assertThatThrownBy(() -> scene.hub.replay().giveUp(UUID.randomUUID(), letter().id()))
                .isInstanceOf(NotFound.class);

        scene.hub.replay().giveUp(scene.user, letter().id());
        round();
        round();

        assertThat(link().isQuarantined()).isFalse();
        assertThat(lists.service.field("milk", "title")).isEqualTo("BUY MILK");
        lists.service.set("milk", "notes", "two");
        round();
        assertThat(scene.row("buy milk").text("notes")).isEqualTo("two");
        scene.edit(milk(), Map.of("title", "Buy oat milk"));
        round();
        assertThat(lists.service.field("milk", "title")).isEqualTo("Buy oat milk");
    }

    @Test
    void aDeletionOfTheCopyWaitsToo() {
        war();
        lists.service.remove("milk");
        round();
        assertThat(scene.rows()).hasSize(1);
        assertThat(lists.sweep()).isZero();
        assertThat(scene.rows()).hasSize(1);

        peace();
        scene.hub.replay().replay(scene.user, letter().id());
        for (int i = 0; i < 3; i++) {
            round();
        }
        assertThat(link().isQuarantined()).isFalse();
        assertThat(scene.store.conflicts.stream().filter(conflict -> conflict.open()))
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.content().type()).isEqualTo(OpenConflict.Type.DELETE_EDIT));
    }

    @Test
    void aPersonWhoChangesTheirMindOftenIsNoWar() {
        lists.service.add("milk", "home", Map.of("title", "Milk"));
        lists.run();
        for (int i = 0; i < 12; i++) {
            scene.edit(milk(), Map.of("status", i % 2 == 0 ? "in_progress" : "pending"));
            round();
        }
        for (int i = 0; i < 12; i++) {
            lists.service.set("milk", "status", i % 2 == 0 ? "in_progress" : "pending");
            round();
        }
        for (int i = 0; i < 12; i++) {
            scene.edit(milk(), Map.of("title", "Milk " + i));
            round();
            lists.service.set("milk", "notes", "note " + i);
            round();
        }

        assertThat(link().isQuarantined()).isFalse();
        assertThat(scene.store.letters.all()).isEmpty();
        assertThat(lists.service.field("milk", "title")).isEqualTo("Milk 11");
    }

    @Test
    void twoPeopleWhoTakeEachOtherBackOnceInAWhileAreNoWar() {
        lists.service.add("milk", "home", Map.of("title", "Milk"));
        lists.run();
        for (int i = 0; i < 6; i++) {
            scene.edit(milk(), Map.of("title", "Oat milk"));
            round();
            scene.clock.move(Duration.ofMinutes(20));
            lists.service.set("milk", "title", "Milk");
            round();
            scene.clock.move(Duration.ofMinutes(20));
        }

        assertThat(link().isQuarantined()).isFalse();
    }

    private boolean lowers = true;

    /** DayFlow writes titles in small letters, the service in capitals, each as soon as it sees the other's. */
    private void war() {
        lists.service.normalises = title -> title.toUpperCase(Locale.ROOT);
        lists.service.add("milk", "home", Map.of("title", "BUY MILK"));
        for (int i = 0; i < 20; i++) {
            round();
        }
        assertThat(lists.service.field("milk", "title")).isEqualTo("BUY MILK");
        assertThat(link().isQuarantined()).isTrue();
    }

    private void peace() {
        lists.service.normalises = title -> title;
        lowers = false;
    }

    private void round() {
        if (scene.store.jobs.stream().anyMatch(job -> job.status().equals("pending"))) {
            lists.goOn();
        } else {
            lists.run();
        }
        scene.rows().forEach((row, view) -> {
            String title = view.text("title");
            if (lowers && title != null && title.equals("BUY MILK")) {
                scene.edit(row, Map.of("title", "buy milk"));
            }
        });
        scene.absorb();
        lists.push();
    }

    private UUID milk() {
        return UUID.fromString(scene.store.links.stream()
                .filter(link -> link.connectionId() == null && link.itemId().equals(link().itemId()))
                .findFirst()
                .orElseThrow()
                .externalId());
    }

    private Link link() {
        return scene.store.links.stream()
                .filter(link -> lists.connection.equals(link.connectionId())
                        && link.externalId().equals("milk"))
                .findFirst()
                .orElseThrow();
    }

    private DeadLetter letter() {
        return scene.store.letters.all().iterator().next();
    }
}
