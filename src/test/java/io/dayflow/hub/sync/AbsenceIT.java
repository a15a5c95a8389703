package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.Listing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Absence is not deletion: it takes proof. */
@EngineTest
class AbsenceIT {

    @Autowired
    private ApplicationContext hub;

    private ListAccount ann;

    /** Home and Work are kept in agreement, the attic is not. */
    @BeforeEach
    void connect() {
        ann = new ListAccount(hub, "{}", "home", "work");
        ann.service.add("milk", "home", Map.of("title", "Buy milk"));
        ann.service.add("bread", "home", Map.of("title", "Buy bread"));
        assertThat(ann.run()).isEqualTo("completed");
    }

    @AfterEach
    void close() {
        ann.close();
    }

    @Test
    void a_whole_listing_that_names_no_more_what_is_done_or_moved_deletes_nothing() {
        ann.service.add("tea", "home", Map.of("title", "Buy tea"));
        ann.service.add("jam", "home", Map.of("title", "Buy jam"));
        ann.run();
        ann.service.complete("milk");
        ann.service.move("bread", "work");
        ann.service.move("tea", "attic");
        ann.service.remove("jam");

        assertThat(ann.run("full")).isEqualTo("completed");

        assertThat(ann.row("Buy milk")).containsEntry("status", "completed");
        assertThat(ann.link("bread")).isEqualTo("work live");
        assertThat(ann.link("tea")).isEqualTo("home detached");
        assertThat(ann.row("Buy tea")).isNotNull();
        assertThat(ann.dayflow.rows("tasks", ann.user))
                .extracting(row -> row.get("title"))
                .containsExactly("Buy bread", "Buy milk", "Buy tea");
    }

    @Test
    void a_row_that_is_gone_when_its_copy_is_looked_at_takes_the_copy_along() {
        ann.dayflow.delete("tasks", ann.rowId("Buy milk"));

        ann.hint("milk", "home");
        ann.push();

        assertThat(ann.service.isGone("milk")).isTrue();
        assertThat(ann.service.writes).containsExactly("delete");
    }

    @Test
    void when_a_look_at_what_is_absent_fails_nothing_is_gone_and_the_next_run_looks_again() {
        ann.service.complete("milk");
        ann.service.remove("bread");
        ann.service.readFault.set(new Fault.Transient("the service is tired"));

        assertThat(ann.run("full")).isEqualTo("failed");

        assertThat(ann.dayflow.count("tasks", ann.user)).isEqualTo(2);
        assertThat(List.of(ann.link("milk"), ann.link("bread"))).containsExactly("home live", "home live");
        ann.retryNow();
        assertThat(ann.run("full")).isEqualTo("completed");
        assertThat(ann.row("Buy milk")).containsEntry("status", "completed");
        assertThat(ann.dayflow.count("tasks", ann.user)).isEqualTo(1);
    }

    @Test
    void what_moved_while_a_whole_listing_was_read_is_absent_from_it_and_not_gone() {
        ann.service.whole = Listing.Coverage.EVERYTHING;
        ann.service.move("milk", "work");
        ann.hint("milk", "home");

        ann.absent("milk", "home");

        assertThat(ann.link("milk")).isEqualTo("work live");
    }

    @Test
    void an_object_that_was_just_listed_and_is_not_found_is_left_alone_until_the_next_listing_tells() {
        ann.service.set("milk", "title", "Buy oat milk");
        ann.service.hidden.add("milk");

        assertThat(ann.run()).isEqualTo("completed");
        assertThat(ann.row("Buy milk")).containsEntry("status", "pending");
        assertThat(ann.link("milk")).isEqualTo("home live");

        ann.service.hidden.clear();
        ann.run();
        assertThat(ann.row("Buy oat milk")).isNotNull();
        assertThat(ann.conflicts()).isEmpty();
    }

    @Test
    void an_object_that_was_just_listed_and_then_deleted_is_gone_with_the_next_listing() {
        ann.service.set("milk", "title", "Buy oat milk");
        ann.service.hidden.add("milk");
        ann.run();

        ann.service.remove("milk");
        ann.run();

        assertThat(ann.dayflow.rows("tasks", ann.user))
                .extracting(row -> row.get("title"))
                .containsExactly("Buy bread");
    }

    @Test
    void an_object_that_is_always_listed_and_never_found_becomes_a_dead_letter_and_holds_nothing_up() {
        ann.service.set("milk", "title", "Buy oat milk");
        ann.service.hidden.add("milk");
        for (int run = 0; run < 4; run++) {
            assertThat(ann.run()).isEqualTo("completed");
        }

        assertThat(ann.deadLetters())
                .singleElement()
                .satisfies(letter ->
                        assertThat(letter).containsEntry("external_id", "milk").containsEntry("fault", "unreadable"));
        assertThat(ann.row("Buy milk")).isNotNull();
        int reads = ann.service.reads;
        ann.run();
        assertThat(ann.service.reads).isEqualTo(reads);
    }
}
