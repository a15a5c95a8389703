package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.deleted.DeletedCard;
import io.dayflow.hub.deleted.DeletedItems;
import io.dayflow.hub.deleted.RestoreItem;
import io.dayflow.hub.job.UndoJob;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.trace.Decision;
import io.dayflow.hub.trace.SideState;
import io.dayflow.hub.trace.SideState.Word;
import io.dayflow.hub.trace.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is stored explains why an item is as it is on each side; and what was deleted is listed and taken back. */
@EngineTest
class TraceIT {

    @Autowired
    private ApplicationContext hub;

    @Autowired
    private Traces traces;

    @Autowired
    private DeletedItems deleted;

    @Autowired
    private RestoreItem restore;

    @Autowired
    private UndoJob undo;

    @Autowired
    private JdbcClient jdbc;

    private ListAccount ann;
    private UUID milk;

    @BeforeEach
    void connect() {
        ann = new ListAccount(hub, "{}", "home", "work");
        ann.service.add("milk", "home", Map.of("title", "Buy milk"));
        ann.service.add("bread", "home", Map.of("title", "Buy bread"));
        ann.run();
        milk = ann.rowId("Buy milk");
    }

    @AfterEach
    void close() {
        ann.close();
    }

    @Test
    void anItemInAgreementSaysHowItCameAbout() {
        assertThat(side(milk).state()).isEqualTo(Word.IN_AGREEMENT);
        assertThat(traces.of(ann.user, milk, PageRequest.first(50))
                        .sides()
                        .getFirst()
                        .state())
                .isEqualTo(Word.IN_AGREEMENT);
        assertThat(events(milk)).contains("known", "linked", "create");
    }

    @Test
    void aChangeOfDayflowWaitsUntilItIsTakenInAndThenUntilItIsPushed() {
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));
        assertThat(traces.of(ann.user, milk, PageRequest.first(50))
                        .sides()
                        .getFirst()
                        .state())
                .isEqualTo(Word.WAITING);

        ann.absorbDayflow();
        assertThat(side(milk).state()).isEqualTo(Word.WAITING);
        assertThat(side(milk).fields()).containsExactly("title");

        ann.service.writeFault.set(new Fault.Transient("the service is tired"));
        ann.push();
        assertThat(side(milk).until()).isNotNull();
        ann.retryNow();
        ann.push();
        assertThat(side(milk).state()).isEqualTo(Word.IN_AGREEMENT);
        assertThat(decisions(milk).getFirst().side()).isEqualTo(ann.connection.toString());
    }

    @Test
    void aRefusedChangeNamesItsDeadLetter() {
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));
        ann.service.writeFault.set(new Fault.Rejected("titles are short here"));
        ann.push();

        assertThat(side(milk).state()).isEqualTo(Word.REFUSED);
        assertThat(side(milk).detail()).isEqualTo("titles are short here");
        assertThat(side(milk).deadLetterId())
                .isEqualTo(ann.deadLetters().getFirst().get("id"));
        assertThat(events(milk)).contains("refused");
    }

    @Test
    void aConflictNamesItsFieldsAndIsToldWhenItIsSettled() {
        set("settings = '{\"conflictResolution\": \"manual\"}'");
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));
        ann.service.set("milk", "title", "Buy soy milk");
        ann.absorbDayflow();
        ann.run();

        assertThat(side(milk).state()).isEqualTo(Word.CONFLICT);
        assertThat(side(milk).fields()).containsExactly("title");
        assertThat(side(milk).conflictId()).isEqualTo(ann.conflicts().getFirst().get("id"));

        ann.service.set("milk", "title", "Buy oat milk");
        ann.run();
        assertThat(side(milk).state()).isEqualTo(Word.IN_AGREEMENT);
        assertThat(events(milk)).contains("conflict_opened", "conflict_settled");
    }

    @Test
    void whatIsWrongWithTheConnectionIsWhy() {
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));
        ann.absorbDayflow();
        set("not_before = now() + interval '1 hour'");
        assertThat(side(milk).state()).isEqualTo(Word.RATE_LIMITED);
        set("status = 'needs_reconnect', error_message = 'the password is not accepted'");
        assertThat(side(milk).state()).isEqualTo(Word.NEEDS_RECONNECT);
        assertThat(side(milk).detail()).isEqualTo("the password is not accepted");
        set("active = false");
        assertThat(side(milk).state()).isEqualTo(Word.PAUSED);
        set("disconnected_at = now()");
        assertThat(side(milk).state()).isEqualTo(Word.DISCONNECTED);
    }

    @Test
    void whyAnItemOfDayflowIsNotThereIsToldBySettings() {
        set("settings = '{\"exportNew\": \"none\"}'");
        UUID mine = ann.dayflow.createTask(ann.user, "Mine");
        ann.absorbDayflow();

        assertThat(side(mine).state()).isEqualTo(Word.NOT_EXPORTED);
        set("settings = '{\"exportNew\": \"all\"}'");
        assertThat(side(mine).state()).isEqualTo(Word.OLDER);
        set("settings = '{\"exportNew\": \"all\", \"syncTasks\": false}'");
        assertThat(side(mine).state()).isEqualTo(Word.KIND_OFF);
        set("settings = '{\"exportNew\": \"all\"}'");
        jdbc.sql("update hub.collection set read_only = true where connection_id = :id")
                .param("id", ann.connection)
                .update();
        assertThat(side(mine).state()).isEqualTo(Word.NO_COLLECTION);
    }

    @Test
    void aDeletionThatIsHeldIsToldWithItsQuestionAndIsListedUntilItIsTakenBack() {
        ann.service.add("salt", "work", Map.of("title", "Buy salt"));
        ann.run();
        ann.service.remove("milk");
        ann.service.remove("bread");
        ann.run();
        assertThat(side(milk).state()).isEqualTo(Word.HELD);
        assertThat(side(milk).detail()).contains("is now empty");

        ann.service.set("bread", "title", "Buy bread");
        ann.run();
        assertThat(cards()).singleElement().satisfies(card -> {
            assertThat(card.itemId()).isEqualTo(milk);
            assertThat(card.title()).isEqualTo("Buy milk");
            assertThat(card.deletedOn()).isEqualTo(ann.connection.toString());
            assertThat(card.cause()).isEqualTo("user");
            assertThat(card.copies()).containsExactly(new DeletedCard.Copy(ann.connection, "deleted"));
        });
        assertThat(side(milk).state()).isEqualTo(Word.DELETED);
        assertThat(events(milk)).contains("delete", "deleted", "copy_gone");

        restore.restore(ann.user, milk);
        ann.push();
        assertThat(ann.rowId("Buy milk")).isEqualTo(milk);
        assertThat(side(milk).state()).isEqualTo(Word.IN_AGREEMENT);
        assertThat(cards()).isEmpty();
    }

    @Test
    void whoDeletedIsTold() {
        ann.dayflow.delete("tasks", milk);
        ann.absorbDayflow();
        assertThat(cards()).singleElement().satisfies(card -> {
            assertThat(card.deletedOn()).isEqualTo("dayflow");
            assertThat(card.cause()).isEqualTo("user");
            assertThat(card.copies()).containsExactly(new DeletedCard.Copy(ann.connection, "waiting"));
        });

        UUID firstRun = jdbc.sql("select id from hub.job where connection_id = :id order by requested_at limit 1")
                .param("id", ann.connection)
                .query(UUID.class)
                .single();
        undo.undo(ann.user, firstRun, false);
        assertThat(cards().getFirst()).satisfies(card -> {
            assertThat(card.title()).isEqualTo("Buy bread");
            assertThat(card.cause()).isEqualTo("undo");
        });
    }

    @Test
    void decisionsArePagedWithoutALossOrARepetition() {
        for (int i = 0; i < 4; i++) {
            ann.service.set("milk", "title", "Buy milk " + i);
            ann.run();
        }
        List<Decision> all = decisions(milk);
        List<Decision> paged = new ArrayList<>();
        String cursor = null;
        do {
            var request = new PageRequest(2, cursor == null ? null : io.dayflow.hub.paging.Cursor.parse(cursor));
            var page = traces.of(ann.user, milk, request).decisions();
            paged.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(paged).isEqualTo(all);
        assertThat(all).extracting(Decision::at).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void forgottenItemsGoWithTheirLinksAndTheJournalStays() {
        ann.service.remove("milk");
        ann.run();
        jdbc.sql("update hub.item set deleted_at = now() - interval '31 days' where id = :id")
                .param("id", milk)
                .update();

        hub.getBean(ForgetDeleted.class).forget();

        assertThatThrownBy(() -> side(milk)).isInstanceOf(NotFound.class);
        assertThat(cards()).isEmpty();
        assertThat(ann.dayflow.query("select 1 from hub.link where item_id = ?", milk))
                .isEmpty();
        assertThat(ann.dayflow.query("select 1 from hub.journal where item_id = ?", milk))
                .isNotEmpty();
    }

    @Test
    void nobodyElsesItemIsExplained() {
        assertThatThrownBy(() -> traces.of(UUID.randomUUID(), milk, PageRequest.first(1)))
                .isInstanceOf(NotFound.class);
    }

    private SideState side(UUID item) {
        return traces.of(ann.user, item, PageRequest.first(50)).sides().get(1);
    }

    private List<Decision> decisions(UUID item) {
        return traces.of(ann.user, item, PageRequest.first(50)).decisions().items();
    }

    private List<String> events(UUID item) {
        return decisions(item).stream().map(Decision::event).toList();
    }

    private List<DeletedCard> cards() {
        return deleted.list(ann.user, PageRequest.first(50)).items();
    }

    /** @param assignments written in this class */
    private void set(String assignments) {
        jdbc.sql("update hub.connection set " + assignments + " where id = :id")
                .param("id", ann.connection)
                .update();
    }
}
