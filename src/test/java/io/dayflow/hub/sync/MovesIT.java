package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.provider.Fetched;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What lives in another of the service's lists than it did. */
@EngineTest
class MovesIT {

    @Autowired
    private ApplicationContext hub;

    private ListAccount ann;

    @BeforeEach
    void connect() {
        ann = account("{}");
        ann.service.add("milk", "home", Map.of("title", "Buy milk"));
        ann.service.add("bread", "home", Map.of("title", "Buy bread"));
        assertThat(ann.run()).isEqualTo("completed");
        assertThat(ann.category("Buy milk")).isEqualTo("Home");
    }

    @AfterEach
    void close() {
        ann.close();
    }

    /** Home and Work are kept in agreement, the attic is not. */
    private ListAccount account(String settings) {
        return new ListAccount(hub, settings, "home", "work");
    }

    @Test
    void aTaskThatMovedToAnotherSelectedListKeepsItsRowAndTakesItsCategoryAlong() {
        UUID row = ann.rowId("Buy milk");

        ann.service.move("milk", "work");
        ann.run();

        assertThat(ann.rowId("Buy milk")).isEqualTo(row);
        assertThat(ann.category("Buy milk")).isEqualTo("Work");
        assertThat(ann.category("Buy bread")).isEqualTo("Home");
        assertThat(ann.link("milk")).isEqualTo("work live");
        assertThat(ann.service.writes).isEmpty();
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));
        ann.push();
        assertThat(ann.service.field("milk", "title")).isEqualTo("Buy oat milk");
    }

    @Test
    void aMoveBackAndAMoveThatTheOtherListsWalkSeesFirstAreFollowedToo() {
        ann.service.add("desk", "work", Map.of("title", "Tidy desk"));
        ann.run();

        // Home is walked before Work: it sees the desk as its own before Work could tell that it left
        ann.service.move("desk", "home");
        ann.service.move("milk", "work");
        ann.run();
        assertThat(List.of(ann.link("desk"), ann.link("milk"))).containsExactly("home live", "work live");
        assertThat(ann.category("Tidy desk")).isEqualTo("Home");

        ann.service.move("desk", "work");
        ann.service.move("milk", "home");
        ann.run();
        assertThat(List.of(ann.link("desk"), ann.link("milk"))).containsExactly("work live", "home live");
        assertThat(ann.category("Buy milk")).isEqualTo("Home");
        assertThat(ann.dayflow.count("tasks", ann.user)).isEqualTo(3);
    }

    @Test
    void aCategoryThatItsUserChoseInDayflowStaysWhenTheTaskMoves() {
        UUID errands = ann.dayflow.insert("categories", Map.of("name", "Errands", "user_id", ann.user));
        ann.edit("Buy milk", Map.of("category_id", errands));
        ann.push();

        ann.service.move("milk", "work");
        ann.run();

        assertThat(ann.category("Buy milk")).isEqualTo("Errands");
        assertThat(ann.link("milk")).isEqualTo("work live");
    }

    @Test
    void anEditOfDayflowAndAMoveOfTheServiceAreBothKept() {
        ann.edit("Buy milk", Map.of("description", "two litres"));
        ann.service.move("milk", "work");
        ann.absorbDayflow();

        ann.run();

        assertThat(ann.service.field("milk", "notes")).isEqualTo("two litres");
        assertThat(ann.category("Buy milk")).isEqualTo("Work");
        assertThat(ann.link("milk")).isEqualTo("work live");
    }

    @Test
    void anOpenConflictTravelsAlong() {
        ListAccount bob = account("{\"conflictResolution\": \"manual\"}");
        bob.service.add("milk", "home", Map.of("title", "Buy milk"));
        bob.run();
        bob.edit("Buy milk", Map.of("title", "Buy oat milk"));
        bob.service.set("milk", "title", "Buy soy milk");
        bob.absorbDayflow();
        bob.run();
        assertThat(bob.conflicts()).singleElement().satisfies(c -> assertThat(c).containsEntry("status", "open"));

        bob.service.move("milk", "work");
        bob.run();

        assertThat(bob.conflicts()).singleElement().satisfies(c -> assertThat(c).containsEntry("status", "open"));
        assertThat(bob.link("milk")).startsWith("work live");
        assertThat(bob.category("Buy oat milk")).isEqualTo("Work");
        assertThat(bob.service.field("milk", "title")).isEqualTo("Buy soy milk");
        bob.close();
    }

    @Test
    void aTaskThatMovedToAListThatIsNotSelectedStaysInDayflowAndIsLeftAloneFromThenOn() {
        ann.service.set("milk", "title", "Buy a lot of milk");
        ann.service.move("milk", "attic");

        ann.run();

        assertThat(ann.link("milk")).isEqualTo("home detached");
        assertThat(ann.category("Buy a lot of milk")).isEqualTo("Home");
        assertThat(ann.journal())
                .filteredOn(entry -> ann.connection.equals(entry.get("connection_id")))
                .singleElement()
                .satisfies(entry -> assertThat(entry).containsEntry("cause", "moved"));
        ann.edit("Buy a lot of milk", Map.of("title", "Mine alone"));
        ann.push();
        ann.service.set("milk", "title", "Theirs alone");
        ann.run();
        assertThat(ann.service.field("milk", "title")).isEqualTo("Theirs alone");
        assertThat(ann.row("Mine alone")).isNotNull();
        assertThat(ann.dayflow.count("tasks", ann.user)).isEqualTo(2);
        assertThat(ann.service.writes).isEmpty();
    }

    @Test
    void whatMovedToAListThatNobodyKnowsIsNoDeletion() {
        ann.service.move("milk", "somebody else's");

        ann.run();

        assertThat(ann.link("milk")).isEqualTo("home detached");
        assertThat(ann.row("Buy milk")).isNotNull();
    }

    @Test
    void aConflictOfWhatMovedAwayIsSettledAndKeepsBothValues() {
        ListAccount bob = account("{\"conflictResolution\": \"manual\"}");
        bob.service.add("milk", "home", Map.of("title", "Buy milk"));
        bob.run();
        bob.edit("Buy milk", Map.of("title", "Buy oat milk"));
        bob.service.set("milk", "title", "Buy soy milk");
        bob.absorbDayflow();
        bob.run();

        bob.service.move("milk", "attic");
        bob.run();

        assertThat(bob.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict).containsEntry("status", "resolved");
            assertThat((String) conflict.get("resolution")).contains("not selected");
            assertThat(conflict.get("fields").toString()).contains("Buy oat milk", "Buy soy milk");
        });
        assertThat(bob.row("Buy oat milk")).isNotNull();
        bob.close();
    }

    @Test
    void whatComesBackIsKnownAgainAndWhatBothSidesDidMeanwhileIsMerged() {
        UUID row = ann.rowId("Buy milk");
        ann.service.move("milk", "attic");
        ann.run();
        ann.edit("Buy milk", Map.of("description", "two litres"));
        ann.push();
        ann.service.set("milk", "title", "Buy oat milk");
        ann.run();

        ann.service.move("milk", "home");
        ann.run();

        assertThat(ann.rowId("Buy oat milk")).isEqualTo(row);
        assertThat(ann.link("milk")).isEqualTo("home live");
        assertThat(ann.service.field("milk", "notes")).isEqualTo("two litres");
        assertThat(ann.dayflow.count("tasks", ann.user)).isEqualTo(2);
    }

    @Test
    void whatComesBackToAnotherListIsKnownAgainThere() {
        UUID row = ann.rowId("Buy milk");
        ann.service.move("milk", "attic");
        ann.run();

        ann.service.move("milk", "work");
        ann.run();

        assertThat(ann.rowId("Buy milk")).isEqualTo(row);
        assertThat(ann.category("Buy milk")).isEqualTo("Work");
        assertThat(ann.link("milk")).isEqualTo("work live");
    }

    @Test
    void whenItsNewListIsSelectedLaterTheTaskIsKnownAgain() {
        UUID row = ann.rowId("Buy milk");
        ann.service.move("milk", "attic");
        ann.run();

        ann.select("attic", true);
        ann.run();

        assertThat(ann.rowId("Buy milk")).isEqualTo(row);
        assertThat(ann.category("Buy milk")).isEqualTo("Attic");
        assertThat(ann.link("milk")).isEqualTo("attic live");
    }

    @Test
    void whatWasDeletedInDayflowWhileItWasAwayIsNotDeletedOnTheServiceWhenItComesBack() {
        ann.service.move("milk", "attic");
        ann.run();
        ann.dayflow.delete("tasks", ann.rowId("Buy milk"));
        ann.push();

        ann.service.move("milk", "home");
        ann.run();

        assertThat(ann.service.isGone("milk")).isFalse();
        assertThat(ann.row("Buy milk")).isNotNull();
        assertThat(ann.service.writes).isEmpty();
    }

    @Test
    void newTasksOfListsThatAreNotSelectedAreIgnored() {
        ann.service.add("box", "attic", Map.of("title", "Open the box"));

        ann.run();
        ann.hint("box", "home");

        assertThat(ann.dayflow.count("tasks", ann.user)).isEqualTo(2);
    }

    @Test
    void webhooksMoveAndReleaseAndBringBackToo() {
        UUID row = ann.rowId("Buy milk");

        ann.service.move("milk", "work");
        ann.hint("milk", "home");
        assertThat(ann.link("milk")).isEqualTo("work live");
        assertThat(ann.category("Buy milk")).isEqualTo("Work");

        ann.service.move("milk", "attic");
        ann.hint("milk", "work");
        assertThat(ann.link("milk")).isEqualTo("work detached");

        ann.service.move("milk", "home");
        ann.hint("milk", "home");
        assertThat(ann.link("milk")).isEqualTo("home live");
        assertThat(ann.rowId("Buy milk")).isEqualTo(row);

        ann.service.add("box", "work", Map.of("title", "Open the box"));
        ann.hint("box", "home");
        assertThat(ann.category("Open the box")).isEqualTo("Work");
        ann.run();
        assertThat(ann.dayflow.count("tasks", ann.user)).isEqualTo(3);
        assertThat(ann.service.writes).isEmpty();
    }

    @Test
    void aSightOlderThanTheLastOneSaysNothingWhateverTheOrderInWhichTheyCome() {
        List<Fetched> before = ann.service.get(List.of("milk"));
        ann.service.set("milk", "title", "Buy oat milk");
        ann.service.move("milk", "work");
        ann.hint("milk", "home");

        ann.hint(before, "home");

        assertThat(ann.row("Buy oat milk")).isNotNull();
        assertThat(ann.link("milk")).isEqualTo("work live");
        ann.run();
        assertThat(ann.service.writes).isEmpty();
    }
}
