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
    void aWholeListingThatNamesNoMoreWhatIsDoneOrMovedDeletesNothing() {
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
    void aRowThatIsGoneWhenItsCopyIsLookedAtTakesTheCopyAlong() {
        ann.dayflow.delete("tasks", ann.rowId("Buy milk"));

        ann.hint("milk", "home");
        ann.push();

        assertThat(ann.service.isGone("milk")).isTrue();
        assertThat(ann.service.writes).containsExactly("delete");
    }

    @Test
    void whenALookAtWhatIsAbsentFailsNothingIsGoneAndTheNextRunLooksAgain() {
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
    void whatMovedWhileAWholeListingWasReadIsAbsentFromItAndNotGone() {
        ann.service.whole = Listing.Coverage.EVERYTHING;
        ann.service.move("milk", "work");
        ann.hint("milk", "home");

        ann.absent("milk", "home");

        assertThat(ann.link("milk")).isEqualTo("work live");
    }

    @Test
    void anObjectThatWasJustListedAndIsNotFoundIsLeftAloneUntilTheNextListingTells() {
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
    void anObjectThatWasJustListedAndThenDeletedIsGoneWithTheNextListing() {
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
    void anObjectThatIsAlwaysListedAndNeverFoundBecomesADeadLetterAndHoldsNothingUp() {
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
