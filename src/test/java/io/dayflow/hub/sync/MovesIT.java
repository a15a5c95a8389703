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
    void a_task_that_moved_to_another_selected_list_keeps_its_row_and_takes_its_category_along() {
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
    void a_move_back_and_a_move_that_the_other_lists_walk_sees_first_are_followed_too() {
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
    void a_category_that_its_user_chose_in_dayflow_stays_when_the_task_moves() {
        UUID errands = ann.dayflow.insert("categories", Map.of("name", "Errands", "user_id", ann.user));
        ann.edit("Buy milk", Map.of("category_id", errands));
        ann.push();

        ann.service.move("milk", "work");
        ann.run();

        assertThat(ann.category("Buy milk")).isEqualTo("Errands");
        assertThat(ann.link("milk")).isEqualTo("work live");
    }

    @Test
    void an_edit_of_dayflow_and_a_move_of_the_service_are_both_kept() {
        ann.edit("Buy milk", Map.of("description", "two litres"));
        ann.service.move("milk", "work");
        ann.absorbDayflow();

        ann.run();

        assertThat(ann.service.field("milk", "notes")).isEqualTo("two litres");
        assertThat(ann.category("Buy milk")).isEqualTo("Work");
        assertThat(ann.link("milk")).isEqualTo("work live");
    }

    @Test
    void an_open_conflict_travels_along() {
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
    void a_task_that_moved_to_a_list_that_is_not_selected_stays_in_dayflow_and_is_left_alone_from_then_on() {
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
    void what_moved_to_a_list_that_nobody_knows_is_no_deletion() {
        ann.service.move("milk", "somebody else's");

        ann.run();

        assertThat(ann.link("milk")).isEqualTo("home detached");
        assertThat(ann.row("Buy milk")).isNotNull();
    }

    @Test
    void a_conflict_of_what_moved_away_is_settled_and_keeps_both_values() {
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
    void what_comes_back_is_known_again_and_what_both_sides_did_meanwhile_is_merged() {
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
    void what_comes_back_to_another_list_is_known_again_there() {
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
    void when_its_new_list_is_selected_later_the_task_is_known_again() {
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
    void what_was_deleted_in_dayflow_while_it_was_away_is_not_deleted_on_the_service_when_it_comes_back() {
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
    void new_tasks_of_lists_that_are_not_selected_are_ignored() {
        ann.service.add("box", "attic", Map.of("title", "Open the box"));

        ann.run();
        ann.hint("box", "home");

        assertThat(ann.dayflow.count("tasks", ann.user)).isEqualTo(2);
    }

    @Test
    void webhooks_move_and_release_and_bring_back_too() {
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
    void a_sight_older_than_the_last_one_says_nothing_whatever_the_order_in_which_they_come() {
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
