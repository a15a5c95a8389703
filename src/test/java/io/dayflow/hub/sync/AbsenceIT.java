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
}
